package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** Our side of the slow hash in front of a password check, in this package as nobody else may ask for it alone. */
final class SlowHashTimes {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 9;

    private SlowHashTimes() {}

    public static void main(String[] arguments) {
        byte[] password = "a password's hash of 32 bytes...".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Bytes salt = Bytes.ofUtf8("forty bytes of salt, as Telegram has it.");
        long[] times = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = CLOCK.getCurrentThreadCpuTime();
            SlowHash.derive(password, salt, 100_000);
            times[i] = CLOCK.getCurrentThreadCpuTime() - begin;
        }
        double first = times[0] / 1e9;
        Arrays.sort(times);
        System.out.printf("{\"cold\": %.6f, \"warm\": %.6f}%n", first, times[ROUNDS / 2] / 1e9);
    }
}
