package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStreams;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jline.utils.Signals;

/** Where the program starts: takes the machine's clock, chance and streams in hand, once, and gives them to the rest. */
public final class Main {
    private static final Set<String> AT_ONCE = Set.of("inspect", "formats", "help", "--help", "-h", "--version", "-V");

    private Main() {}

    /** Runs the program; see {@code tgsession help}. */
    public static void main(String[] arguments) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        // Whatever the locale says: names and letters of people are not ASCII.
        Charset letters = windows ? Charset.defaultCharset() : StandardCharsets.UTF_8;
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), true, letters);
        PrintStream error = new PrintStream(new FileOutputStream(FileDescriptor.err), true, letters);
        Endings endings = new Endings();
        Given given = new Given(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                windows,
                new FileInputStream(FileDescriptor.in),
                output,
                error,
                new StandardStreams(),
                endings,
                Clock.systemDefaultZone(),
                SecureRandom::new,
                () -> end(endings, ExitCode.INTERRUPTED));
        if (lastsAWhile(arguments)) {
            prepareForSignals(endings, error);
        }
        System.exit(new Program(given).run(List.of(arguments)));
    }

    /** What only looks leaves nothing to put right when it is interrupted, unless it waits for somebody to paste. */
    private static boolean lastsAWhile(String[] arguments) {
        List<String> words = List.of(arguments);
        return !words.isEmpty() && (words.contains("-") || !AT_ONCE.contains(words.get(0)));
    }

    private static void prepareForSignals(Endings endings, PrintStream error) {
        // Libraries that have something to say say it to nobody.
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> farewell(endings, error), "farewell"));
        Signals.register("INT", () -> end(endings, ExitCode.INTERRUPTED));
        Signals.register("TERM", () -> end(endings, ExitCode.TERMINATED));
        Signals.register("HUP", () -> end(endings, ExitCode.HUNG_UP));
    }

    private static void end(Endings endings, ExitCode code) {
        endings.begin(code.number());
        System.exit(code.number());
    }

    /** The last thing that happens, however the process was told to end. */
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
