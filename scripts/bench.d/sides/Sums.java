import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AesIge;
import dev.tgsession.crypto.DhGroup;
import dev.tgsession.crypto.PqFactors;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Our side of the sums: seconds of processor time for each, once warm. The numbers to factor stand in a file. */
final class Sums {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int SIZE = 4 << 20;

    private Sums() {}

    public static void main(String[] arguments) throws Exception {
        Random chance = new Random(1);
        Bytes key = bytes(chance, 32);
        Bytes iv = bytes(chance, 32);
        Bytes plain = bytes(chance, SIZE);
        Bytes encrypted = AesIge.encrypt(key, iv, plain);
        if (!AesIge.decrypt(key, iv, encrypted).equals(plain)) {
            throw new AssertionError("AES-IGE does not come back");
        }
        List<Long> numbers = Files.readAllLines(Path.of(arguments[0])).stream().map(Long::parseLong).toList();
        DhGroup group = DhGroup.known();
        BigInteger base = new BigInteger(2000, chance);
        BigInteger exponent = new BigInteger(2048, chance);
        System.out.printf(
                "{\"encrypt\": %.9f, \"decrypt\": %.9f, \"pq\": %.9f, \"power\": %.9f}%n",
                median(25, () -> AesIge.encrypt(key, iv, plain)),
                median(25, () -> AesIge.decrypt(key, iv, encrypted)),
                median(15, () -> numbers.forEach(PqFactors::of)) / numbers.size(),
                median(25, () -> group.power(base, exponent)));
    }

    /** The second half of so many rounds: in the first it is compiled. */
    private static double median(int rounds, Runnable work) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 2 * rounds; i++) {
            long begin = CLOCK.getCurrentThreadCpuTime();
            work.run();
            times.add(CLOCK.getCurrentThreadCpuTime() - begin);
        }
        long[] warm = times.stream().skip(rounds).mapToLong(Long::longValue).toArray();
        Arrays.sort(warm);
        return warm[rounds / 2] / 1e9;
    }

    private static Bytes bytes(Random chance, int count) {
        byte[] drawn = new byte[count];
        chance.nextBytes(drawn);
        return Bytes.of(drawn);
    }
}
