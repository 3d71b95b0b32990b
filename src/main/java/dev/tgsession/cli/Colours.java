package dev.tgsession.cli;

import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.cli.terminal.StandardStreams;
import java.util.Map;

/**
 * Colours for words on standard error: only where that is a terminal which knows them, and nobody wished otherwise
 * through <a href="https://no-color.org">NO_COLOR</a>.
 */
final class Colours {
    private final Map<String, String> environment;
    private final StandardStreams streams;

    Colours(Map<String, String> environment, StandardStreams streams) {
        this.environment = environment;
        this.streams = streams;
    }

    String red(String word) {
        return coloured("1;31", word);
    }

    String cyan(String word) {
        return coloured("36", word);
    }

    /** Whether to colour at all; asked late, for finding out about a terminal takes its time. */
    boolean areWanted() {
        String terminal = environment.getOrDefault("TERM", "");
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !terminal.isEmpty()
                && !terminal.startsWith("dumb")
                && streams.isTerminal(StandardStream.ERROR);
    }

    private String coloured(String code, String word) {
        return areWanted() ? "\u001b[" + code + "m" + word + "\u001b[0m" : word;
    }
}
