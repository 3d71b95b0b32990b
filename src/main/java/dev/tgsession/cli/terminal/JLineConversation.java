package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import dev.tgsession.login.PersonInterruptedException;
import java.io.IOError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.utils.Signals;

/**
 * A talk on a terminal that can edit: arrow keys, lines of any length, nothing shown of a password.
 *
 * <p>JLine is told to keep still about everything else: no history and no completion, no {@code !} expansion, no
 * bracketed paste, no probing of the terminal, no words of its own on standard error.
 */
final class JLineConversation implements Conversation {
    /** Kept in a field, or the silence would be collected with the logger. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private static final String CTRL_D = "\u0004";
    private static final String ESC = "\u001b";

    private final Terminal terminal;
    private volatile Optional<LineReader> reading = Optional.empty();

    /** For each signal we listen to, who listened before. */
    private final Map<Signal, Object> before = new EnumMap<>(Signal.class);

    private JLineConversation(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Takes over the terminal at standard input, and speaks on standard error, or on standard output if only that is a
     * terminal.
     *
     * @param providers JLine's ways to reach a terminal, in order, separated by commas
     * @param interrupted what Ctrl+C and Ctrl+\ do between two questions
     * @throws IOException or any unchecked exception or linkage error, if this terminal is none for JLine
     */
    static JLineConversation open(Map<String, String> environment, String providers, Runnable interrupted)
            throws IOException {
        JLINE.setLevel(Level.OFF);
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(false)
                // The probe's answers arrive late over a slow line, and would be taken for something typed.
                .graphemeCluster(false)
                .systemOutput(SystemOutput.SysErrOrSysOut)
                .providers(providers)
                .encoding(StandardCharsets.UTF_8)
                // From Java 25 on the locale would win for what is typed, and a plain one spoils passwords.
                .stdinEncoding(StandardCharsets.UTF_8)
                // JLine would leave Ctrl+C between two questions to the system, which ends us without a farewell.
                .nativeSignals(false)
                .build();
        terminal.handle(Signal.INT, signal -> interrupted.run());
        terminal.handle(Signal.QUIT, signal -> interrupted.run());
        JLineConversation conversation = on(terminal, environment);
        List.of(Signal.INT, Signal.QUIT, Signal.CONT, Signal.WINCH).forEach(conversation::listenTo);
        return conversation;
    }

    /** On a terminal that is open already. */
    static JLineConversation on(Terminal terminal, Map<String, String> environment) {
        // A terminal nobody told its size (a container, a web console) says 0 x 0, and JLine would draw dots.
        if (terminal.getColumns() <= 0 || terminal.getRows() <= 0) {
            terminal.setSize(Size.of(sizeIn(environment, "COLUMNS", 80), sizeIn(environment, "LINES", 24)));
        }
        return new JLineConversation(terminal);
    }

    @Override
    public String ask(String prompt) throws IOException {
        return answer(newReader(), reader -> reader.readLine(escaped(prompt)));
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        // A mask of zero shows nothing at all, not even how long the answer is.
        return new Password(answer(newReader(), reader -> reader.readLine(escaped(prompt), (char) 0))
                .toCharArray());
    }

    /**
     * Takes a line over that the terminal began.
     *
     * @param typed what stands on it
     * @param keys what was typed behind the Escape that called us
     */
    String goOn(String prompt, char[] typed, String keys, boolean hidden) throws IOException {
        LineReader reader = newReader();
        reader.runMacro(ESC + keys);
        Character mask = hidden ? Character.valueOf((char) 0) : null;
        return answer(reader, asked -> asked.readLine(escaped(prompt), mask, new String(typed)));
    }

    /** One question, however many lines: in between nothing shows, as the terminal is ours from the first key on. */
    @Override
    public Password paste(String prompt, Predicate<String> isLast) throws IOException {
        StringBuilder all = new StringBuilder();
        LineReader reader = newReader();
        KeyMap<Binding> keys = keys();
        bind(keys, lineEnds(reader, all, isLast), "\r", "\n");
        bind(keys, lineEnds(reader, all, line -> true), CTRL_D);
        reader.getKeyMaps().put(LineReader.MAIN, keys);
        try {
            answer(reader, asked -> asked.readLine(escaped(prompt), (char) 0));
        } catch (EndOfInputException end) {
            // Ctrl+D on an empty line is JLine's own, whatever it is bound to.
            if (all.isEmpty()) {
                throw end;
            }
        }
        return Password.of(all);
    }

    /** Puts a line with the others; the last one is the answer to the question. */
    private static Widget lineEnds(LineReader reader, StringBuilder all, Predicate<String> isLast) {
        return () -> {
            String line = reader.getBuffer().toString();
            reader.getBuffer().clear();
            all.append(line).append('\n');
            if (isLast.test(line)) {
                reader.callWidget(LineReader.ACCEPT_LINE);
            }
            return true;
        };
    }

    @Override
    public void tell(String line) {
        String shown = Paragraph.wrap(Printable.of(line), terminal.getColumns());
        Optional<LineReader> current = reading;
        if (current.isPresent()) {
            current.get().printAbove(shown);
        } else {
            terminal.writer().println(shown);
            terminal.flush();
        }
    }

    @Override
    public boolean withPerson() {
        return true;
    }

    @Override
    public void close() {
        before.forEach((signal, listener) -> Signals.unregister(signal.name(), listener));
        before.clear();
        try {
            terminal.close();
        } catch (IOException | IOError gone) {
            // Only a terminal that went away cannot be left as it was found.
        }
    }

    /** Each question gets a reader of its own, so nothing of one answer can turn up in another. */
    private String answer(LineReader reader, Function<LineReader, String> question) throws IOException {
        reading = Optional.of(reader);
        try {
            return question.apply(reader);
        } catch (UserInterruptException interrupt) {
            throw new PersonInterruptedException();
        } catch (EndOfFileException end) {
            // While we read key by key, an end that is no Ctrl+D is the end of the terminal.
            boolean asked = CTRL_D.equals(reader.getLastBinding()) && !isGone();
            throw asked ? new EndOfInputException() : new HungUpException();
        } catch (IllegalStateException closed) {
            // The process is ending, and JLine has already given the terminal back.
            throw new HungUpException();
        } catch (IOError unreadable) {
            throw unreadable.getCause() instanceof InterruptedIOException
                    ? new PersonInterruptedException()
                    : new HungUpException();
        } finally {
            reading = Optional.empty();
            reader.zeroOut();
        }
    }

    /** Hands a signal of the system to whatever the terminal or its reader wants done about it. */
    private void listenTo(Signal signal) {
        Object listener = Signals.register(signal.name(), () -> {
            try {
                terminal.raise(signal);
            } catch (IOError | RuntimeException gone) {
                // A terminal that hangs up sends SIGCONT as well, and cannot be drawn on any more.
            }
        });
        before.put(signal, listener);
    }

    private LineReader newReader() {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("tgsession")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, false)
                .option(LineReader.Option.DISABLE_HIGHLIGHTER, true)
                .variable(LineReader.DISABLE_HISTORY, true)
                .variable(LineReader.DISABLE_COMPLETION, true)
                .build();
        reader.getKeyMaps().put(LineReader.MAIN, keys());
        return reader;
    }

    /** Typing, correcting, moving, Enter: no key opens an editor, a search or an old answer. */
    private static KeyMap<Binding> keys() {
        KeyMap<Binding> keys = new KeyMap<>();
        keys.setUnicode(new Reference(LineReader.SELF_INSERT));
        bind(keys, LineReader.SELF_INSERT, KeyMap.range(" -~"));
        bind(keys, LineReader.SELF_INSERT, "\t");
        bind(keys, LineReader.ACCEPT_LINE, "\r", "\n");
        bind(keys, LineReader.BACKWARD_DELETE_CHAR, KeyMap.del(), KeyMap.ctrl('H'));
        bind(keys, LineReader.DELETE_CHAR, ESC + "[3~", KeyMap.ctrl('D'));
        // Arrow keys come in either form: the terminal may not have heard yet which one we asked for.
        bind(keys, LineReader.BACKWARD_CHAR, ESC + "[D", ESC + "OD", KeyMap.ctrl('B'));
        bind(keys, LineReader.FORWARD_CHAR, ESC + "[C", ESC + "OC", KeyMap.ctrl('F'));
        bind(keys, LineReader.BEGINNING_OF_LINE, ESC + "[H", ESC + "OH", ESC + "[1~", ESC + "[7~", KeyMap.ctrl('A'));
        bind(keys, LineReader.END_OF_LINE, ESC + "[F", ESC + "OF", ESC + "[4~", ESC + "[8~", KeyMap.ctrl('E'));
        bind(keys, LineReader.UNDEFINED_KEY, ESC + "[A", ESC + "OA", ESC + "[B", ESC + "OB", ESC + "[2~");
        bind(keys, LineReader.UNDEFINED_KEY, ESC + "[5~", ESC + "[6~");
        bind(keys, LineReader.KILL_LINE, KeyMap.ctrl('K'));
        bind(keys, LineReader.BACKWARD_KILL_LINE, KeyMap.ctrl('U'));
        bind(keys, LineReader.BACKWARD_KILL_WORD, KeyMap.ctrl('W'));
        return keys;
    }

    private static void bind(KeyMap<Binding> keys, Widget action, CharSequence... sequences) {
        keys.bind(action, sequences);
    }

    private static void bind(KeyMap<Binding> keys, String action, CharSequence... sequences) {
        keys.bind(new Reference(action), sequences);
    }

    private static void bind(KeyMap<Binding> keys, String action, Iterable<? extends CharSequence> sequences) {
        keys.bind(new Reference(action), sequences);
    }

    private boolean isGone() {
        try {
            terminal.getAttributes();
            return false;
        } catch (IOError | RuntimeException gone) {
            return true;
        }
    }

    /** A percent sign starts a pattern in JLine's prompts. */
    private static String escaped(String prompt) {
        return Printable.of(prompt).replace("%", "%%");
    }

    private static int sizeIn(Map<String, String> environment, String name, int otherwise) {
        try {
            int size = Integer.parseInt(environment.getOrDefault(name, ""));
            return size > 0 && size <= 1000 ? size : otherwise;
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }
}
