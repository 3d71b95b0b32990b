package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** One run of the program inside the test's own process, with nobody at a terminal. */
record Run(int code, String output, String error) {
    /** Runs a command line in a folder. */
    static Run in(Path folder, String... arguments) {
        return with(folder, Map.of(), new byte[0], arguments);
    }

    /** The same with variables and with something coming through a pipe. */
    static Run with(Path folder, Map<String, String> environment, String input, String... arguments) {
        return with(folder, environment, input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    /** The same with bytes coming through the pipe. */
    static Run with(Path folder, Map<String, String> environment, byte[] input, String... arguments) {
        return with(folder, environment, new ByteArrayInputStream(input), arguments);
    }

    /** The same with a standard input of one's own. */
    static Run with(Path folder, Map<String, String> environment, InputStream input, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Given given = new Given(
                environment,
                folder,
                false,
                input,
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(error, true, StandardCharsets.UTF_8),
                new StandardStreams(),
                new Endings(),
                Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC),
                SecureRandom::new,
                () -> {});
        int code = new Program(given).run(List.of(arguments));
        return new Run(code, output.toString(StandardCharsets.UTF_8), error.toString(StandardCharsets.UTF_8));
    }
}
