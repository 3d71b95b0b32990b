package dev.tgsession.cli.terminal;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jline.terminal.spi.SystemStream;

/**
 * Finds the best way to talk at this console: one rung after the other, from a terminal that can edit down to a pipe.
 *
 * <ol>
 *   <li>the terminal's own line, and JLine with the first key that wants more, where {@code TERM} names a terminal that can
 *       do more than print;
 *   <li>Java's own console, where input and output are a terminal;
 *   <li>plain lines with the echo switched by us, where only the input is;
 *   <li>plain lines from a pipe or a file that holds at least a byte.
 * </ol>
 *
 * <p>Below the last rung nobody can answer, and that is known before anything is sent to anybody.
 */
public final class Ladder {
    /** Names of terminals that only print. */
    private static final Set<String> DUMB = Set.of("", "dumb", "dumb-color", "unknown", "emacs");

    private final Map<String, String> environment;
    private final boolean windows;
    private final StandardStreams streams;
    private final InputStream input;
    private final PrintStream error;
    private final Endings endings;
    private final Runnable interrupted;

    /**
     * With what the process was given.
     *
     * @param input standard input, unbuffered: nothing of it may be read before a rung is found
     * @param interrupted what Ctrl+C does while no question waits for its answer
     */
    public Ladder(
            Map<String, String> environment,
            boolean windows,
            StandardStreams streams,
            InputStream input,
            PrintStream error,
            Endings endings,
            Runnable interrupted) {
        this.environment = environment;
        this.windows = windows;
        this.streams = streams;
        this.input = input;
        this.error = error;
        this.endings = endings;
        this.interrupted = interrupted;
    }

    /**
     * The best conversation to be had. On a pipe it waits for the first byte of the answers.
     *
     * @throws NoConsoleException if nobody can answer
     * @throws IOException if standard input cannot be read
     */
    public Conversation open() throws IOException {
        if (!streams.isTerminal(StandardStream.INPUT)) {
            return onPipe();
        }
        Optional<Conversation> rung = canEdit() ? onPlainLine().or(this::onEditor) : Optional.empty();
        return rung.or(this::onConsole).orElseGet(this::onBareTerminal);
    }

    /**
     * The best conversation to be had for many hidden lines at once, which Java's console would show between two reads.
     *
     * @throws NoConsoleException if nobody can answer
     * @throws IOException if standard input cannot be read
     */
    public Conversation openToPaste() throws IOException {
        if (!streams.isTerminal(StandardStream.INPUT)) {
            return onPipe();
        }
        Optional<Conversation> rung = canEdit() ? onEditor() : Optional.empty();
        return rung.orElseGet(this::onBareTerminal);
    }

    /** A conversation that is opened with the first question only; where there is none, nobody need be there. */
    public Conversation whenAsked() {
        return new LateConversation(this, error);
    }

    private Conversation onPipe() throws IOException {
        Utf8Lines lines = new Utf8Lines(input);
        if (!lines.isReady()) {
            error.println("reading the answers from standard input, which is not a terminal ...");
        }
        if (!lines.hasMore()) {
            throw new NoConsoleException();
        }
        return LineConversation.withPipe(lines, error);
    }

    private boolean canEdit() {
        boolean speaks = streams.isTerminal(StandardStream.ERROR) || streams.isTerminal(StandardStream.OUTPUT);
        return speaks && (windows || !DUMB.contains(environment.getOrDefault("TERM", "")));
    }

    private Optional<Conversation> onPlainLine() {
        if (windows) {
            return Optional.empty();
        }
        // Where JLine would speak, too.
        boolean onError = streams.isTerminal(StandardStream.ERROR);
        PrintStream out = onError
                ? error
                : new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        return Optional.of(new PlainLineConversation(
                new Utf8Lines(input, LineKeys.ESCAPE, LineKeys.CTRL_C),
                out,
                streams.columns(),
                () -> LineKeys.atInput(onError ? SystemStream.Error : SystemStream.Output, endings),
                streams::inputIsGone,
                () -> onEditor().or(this::onConsole).orElseGet(this::onBareTerminal)));
    }

    private JLineConversation editor() throws IOException {
        return JLineConversation.open(environment, StandardStreams.PROVIDERS, interrupted);
    }

    private Optional<Conversation> onEditor() {
        try {
            return Optional.of(editor());
        } catch (IOException | RuntimeException | LinkageError notForJLine) {
            return Optional.empty();
        }
    }

    private Optional<Conversation> onConsole() {
        // In a plain "C" locale Java's console would mangle every letter beyond ASCII, also those of a password.
        return streams.console()
                .filter(console -> windows || console.charset().equals(StandardCharsets.UTF_8))
                .map(console -> new ConsoleConversation(console, streams::inputIsGone));
    }

    private Conversation onBareTerminal() {
        Optional<Echo> echo = SttyEcho.atInput(endings);
        if (echo.isPresent()) {
            return LineConversation.withTerminal(new Utf8Lines(input), terminalOutput(), echo.get());
        }
        // Nobody but Java can hide a password here.
        Console console = streams.console().orElseThrow();
        return new ConsoleConversation(console, streams::inputIsGone);
    }

    /** Standard error if that is the terminal, else the terminal under its own name. */
    private PrintStream terminalOutput() {
        if (streams.isTerminal(StandardStream.ERROR)) {
            return error;
        }
        try {
            return new PrintStream(new FileOutputStream("/dev/tty"), false, StandardCharsets.UTF_8);
        } catch (IOException none) {
            return error;
        }
    }
}
