package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.cli.terminal.PseudoTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command a shell has run, when it is over: how it ended and what it said. */
record ShellRun(int exitCode, String output, String error) {
    /** Lets a shell start the command, as its {@code "$@"}. */
    static ShellRun of(String shell, List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
        whole.addAll(command);
        Path output = Files.createTempFile("tgsession-it", "out");
        Path error = Files.createTempFile("tgsession-it", "err");
        try {
            ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
            PseudoTerminal.bare(builder.environment()).putAll(environment);
            builder.environment().put("TERM", "xterm-256color");
            Process process = builder.redirectOutput(output.toFile())
                    .redirectError(error.toFile())
                    .start();
            process.getOutputStream().close();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
            return new ShellRun(process.exitValue(), read(output), read(error));
        } finally {
            Files.delete(output);
            Files.delete(error);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
