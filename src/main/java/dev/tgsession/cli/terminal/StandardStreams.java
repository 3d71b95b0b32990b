package dev.tgsession.cli.terminal;

import java.io.Console;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * Which of our standard streams end at a terminal.
 *
 * <p>Java alone only says whether both input and output do. The shell that starts us knows of each, and says it in a system
 * property. Without that JLine asks the system, through native code or, where none can be loaded, through {@code test -t}.
 */
public final class StandardStreams {
    /** The system property that lists the streams at a terminal: of the words {@code input}, {@code output}, {@code error}. */
    public static final String PROPERTY = "tgsession.terminals";

    /** JLine's ways to reach a terminal, the better one first. */
    static final String PROVIDERS = "jni,exec";

    /** The system property with the width of the terminal when the program started. */
    public static final String COLUMNS = "tgsession.columns";

    private static final int USUAL_COLUMNS = 80;

    private final Map<StandardStream, Boolean> known = new EnumMap<>(StandardStream.class);
    private Optional<TerminalProvider> provider = Optional.empty();

    /** Kept, or the silence would be collected with the logger; there once we have looked for a provider. */
    private Optional<Logger> silenced = Optional.empty();

    /** As the launcher says, or as the system does. */
    public StandardStreams() {
        String said = System.getProperty(PROPERTY);
        if (said != null) {
            List<String> words = List.of(said.split(" ", -1));
            known.put(StandardStream.INPUT, words.contains("input"));
            known.put(StandardStream.OUTPUT, words.contains("output"));
            known.put(StandardStream.ERROR, words.contains("error"));
        }
    }

    /** Whether the stream ends at a terminal; found out once. */
    public synchronized boolean isTerminal(StandardStream stream) {
        return known.computeIfAbsent(stream, this::ask);
    }

    /** How wide the terminal was when the program started; 80 if nobody knows. */
    int columns() {
        int columns = Integer.getInteger(COLUMNS, 0);
        return columns > 0 ? columns : USUAL_COLUMNS;
    }

    /** Java's console, if it is one at a terminal. */
    Optional<Console> console() {
        // Before Java 22 a console that exists is at a terminal; from 22 to 24 it may be at a pipe.
        return isTerminal(StandardStream.INPUT) ? Optional.ofNullable(System.console()) : Optional.empty();
    }

    /** Whether the terminal at standard input has gone away since. */
    boolean inputIsGone() {
        return known.getOrDefault(StandardStream.INPUT, false) && !ask(StandardStream.INPUT);
    }

    private boolean ask(StandardStream stream) {
        return provider()
                .map(found -> found.isSystemStream(systemStream(stream)))
                // Neither way works here. Then a console says that input and output are terminals, and error likely
                // too.
                .orElseGet(() -> System.console() != null);
    }

    private synchronized Optional<TerminalProvider> provider() {
        if (silenced.isEmpty()) {
            Logger jline = Logger.getLogger("org.jline");
            jline.setLevel(Level.OFF);
            silenced = Optional.of(jline);
            for (String name : PROVIDERS.split(",", -1)) {
                provider = provider.or(() -> working(name));
            }
        }
        return provider;
    }

    /** The provider of that name, if its first answer comes without trouble. */
    private static Optional<TerminalProvider> working(String name) {
        try {
            TerminalProvider found = TerminalProvider.load(name);
            found.isSystemStream(SystemStream.Input);
            return Optional.of(found);
        } catch (Exception | LinkageError unusable) {
            return Optional.empty();
        }
    }

    private static SystemStream systemStream(StandardStream stream) {
        return switch (stream) {
            case INPUT -> SystemStream.Input;
            case OUTPUT -> SystemStream.Output;
            case ERROR -> SystemStream.Error;
        };
    }
}
