import dev.tgsession.session.Peer;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;

/** Our side of looking up user names among many peers of a session file, which is opened anew each time: seconds for one. */
final class LookUp {
    private LookUp() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        long[] times = new long[Integer.parseInt(arguments[2])];
        SessionFormats formats = SessionFormats.standard(InstantSource.system());
        for (int turn = 0; turn < times.length; turn++) {
            long i = 1 + turn * 7_654_321L % count;
            long begin = System.nanoTime();
            Peer found = formats.find(SessionSource.ofFile(Path.of(arguments[0])), "@user_" + i)
                    .byUsername("user_" + i)
                    .orElseThrow();
            times[turn] = System.nanoTime() - begin;
            if (found.markedId() != i || found.accessHash() != i * 7919) {
                throw new AssertionError("user_" + i + " is " + found);
            }
        }
        Arrays.sort(times);
        System.out.printf("{\"username\": %.9f}%n", times[times.length / 2] / 1e9);
    }
}
