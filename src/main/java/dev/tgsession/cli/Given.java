package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.Ladder;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.cli.terminal.StandardStreams;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a run is given from outside, once and in one place.
 *
 * @param folder where relative names start
 * @param windows whether that is the system
 * @param input standard input, unbuffered
 * @param output for results only
 * @param error for everything else
 * @param endings what to put right should the process be told to end
 * @param clock with the time zone of this machine
 * @param random made when first asked for: a command that needs no chance shall not wait for it
 * @param interrupt ends the process as Ctrl+C does
 */
record Given(
        Map<String, String> environment,
        Path folder,
        boolean windows,
        InputStream input,
        PrintStream output,
        PrintStream error,
        StandardStreams streams,
        Endings endings,
        Clock clock,
        Supplier<SecureRandom> random,
        Runnable interrupt) {
    /** The machine this runs on. */
    Host host() {
        return Host.of(environment);
    }

    /** Whether a terminal is at one of the three streams, so that a person may see what is said. */
    boolean isWatched() {
        for (StandardStream stream : StandardStream.values()) {
            if (streams.isTerminal(stream)) {
                return true;
            }
        }
        return false;
    }

    /** The way to talk to whoever started us. */
    Ladder ladder() {
        return new Ladder(environment, windows, streams, input, error, endings, interrupt);
    }
}
