package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStreams;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/** Where the program starts: takes the machine's clock, chance and streams in hand, once, and gives them to the rest. */
public final class Main {
    /** Until a question stands there, if there is one: nothing else shall be in its way. */
    private static final long HEAD_START_MILLIS = 20;

    private static final Set<String> AT_ONCE = Set.of("inspect", "formats", "help", "--help", "-h", "--version", "-V");

    private Main() {}

    /** Runs the program; see {@code tgsession help}. */
    public static void main(String[] arguments) {
        int code = run(
                List.of(arguments),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
        // Since Java 21 an exit looks for a logger first, which takes as long as the whole version command.
        if (code != ExitCode.OK.number() || othersRun()) {
            System.exit(code);
        }
    }

    /** Whether Java would wait for another thread once we are done. */
    private static boolean othersRun() {
        Thread[] threads = new Thread[Thread.activeCount() + 8];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i] != Thread.currentThread() && !threads[i].isDaemon()) {
                return true;
            }
        }
        return count == threads.length;
    }

    /** Runs it in this process, and gives the exit code. */
    static int run(
            List<String> arguments,
            Map<String, String> environment,
            Path folder,
            InputStream in,
            OutputStream out,
            OutputStream err) {
        // Logging is set up where a library logs for the first time, and no sooner.
        System.setProperty("java.util.logging.config.class", SilentLogging.class.getName());
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        // Whatever the locale says: names and letters of people are not ASCII.
        Charset letters = windows ? Charset.defaultCharset() : StandardCharsets.UTF_8;
        PrintStream error = new PrintStream(err, true, letters);
        Endings endings = new Endings(new Hearing());
        if (lastsAWhile(arguments)) {
            Runtime.getRuntime().addShutdownHook(new Farewell(endings, error));
        }
        Given given = new Given(
                environment,
                folder,
                windows,
                in,
                new PrintStream(out, true, letters),
                error,
                new StandardStreams(),
                endings,
                new LocalClock(),
                new Chance(),
                new Interruption(endings));
        return new Program(given).run(arguments);
    }

    // These are classes, and no lambdas, as each run makes them: the first lambda of a run takes some milliseconds.

    /** Makes the process hear that it is told to end. */
    private static final class Hearing implements Consumer<Endings> {
        @Override
        public void accept(Endings endings) {
            hearSignals(endings);
        }
    }

    /** The last thing that happens, however the process was told to end. */
    private static final class Farewell extends Thread {
        private final Endings endings;
        private final PrintStream error;

        Farewell(Endings endings, PrintStream error) {
            super("farewell");
            this.endings = endings;
            this.error = error;
        }

        @Override
        public void run() {
            farewell(endings, error);
        }
    }

    /** Makes the dice. */
    private static final class Chance implements Supplier<SecureRandom> {
        @Override
        public SecureRandom get() {
            return new LateDice();
        }
    }

    /** Ends the program as Ctrl+C does. */
    private record Interruption(Endings endings) implements Runnable {
        @Override
        public void run() {
            end(endings, ExitCode.INTERRUPTED);
        }
    }

    /** What only looks leaves nothing to put right when it is interrupted, unless it waits for somebody to paste. */
    private static boolean lastsAWhile(List<String> words) {
        return !words.isEmpty() && (words.contains("-") || !AT_ONCE.contains(words.get(0)));
    }

    /** Beside the rest, as it takes a while; until it is done Java itself ends us, with the same exit codes. */
    private static void hearSignals(Endings endings) {
        Thread signals = new Thread(() -> listen(endings), "signals");
        signals.setDaemon(true);
        signals.start();
    }

    private static void listen(Endings endings) {
        try {
            Thread.sleep(HEAD_START_MILLIS);
        } catch (InterruptedException stop) {
            return;
        }
        Signals.register("INT", () -> end(endings, ExitCode.INTERRUPTED));
        Signals.register("QUIT", () -> end(endings, ExitCode.INTERRUPTED));
        Signals.register("TERM", () -> end(endings, ExitCode.TERMINATED));
        Signals.register("HUP", () -> end(endings, ExitCode.HUNG_UP));
    }

    private static void end(Endings endings, ExitCode code) {
        endings.begin(code.number());
        System.exit(code.number());
    }

    private static void farewell(Endings endings, PrintStream error) {
        // A terminal that hung up may already be somebody else's: not a word to it.
        boolean anybodyThere = endings.begun()
                .filter(code -> code != ExitCode.HUNG_UP.number())
                .isPresent();
        if (anybodyThere) {
            error.println();
        }
        endings.run();
        if (anybodyThere) {
            error.println("Interrupted.");
        }
    }
}
