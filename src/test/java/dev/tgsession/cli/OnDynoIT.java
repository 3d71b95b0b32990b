package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.cli.terminal.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program in a folder like a dyno's: launcher and jar cannot be written, the terminal has no name and no
 * size. {@code scripts/rehearse-dyno} does the same with the real build, another user and 512 MB.
 */
class OnDynoIT {
    @TempDir
    Path folder;

    private Practising practising;
    private Path app;

    @BeforeEach
    void openServer() throws IOException {
        assumeTrue(PseudoTerminal.isPossible());
        practising = new Practising(folder);
        app = deploy("app");
    }

    @AfterEach
    void closeServer() throws IOException {
        practising.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    @Test
    void aPersonIsWarnedAndLogsInWhereTheTerminalHasNeitherNameNorSizeAndTheNextDynoHasTheSession() throws Exception {
        String line;
        try (PseudoTerminal terminal = PseudoTerminal.open(0, 0)) {
            start(terminal, practising.login("anna"));
            terminal.expect("This is a Heroku dyno: a file written here is gone when this console closes.");
            terminal.expect("bot token: ").type("+9996620001\r");
            terminal.expect("Login code (5 digits): ").type("22222\r");
            terminal.expect("Show the session as a line of text").type("\r");
            terminal.expect("heroku config:set TG_SESSION=\"$(cat)\" -a APP");
            terminal.expect("Press Enter").type("\r");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain("Picked up", "WARNING", ">....");
            line = terminal.screen()
                    .lines()
                    .filter(text -> text.matches("1[A-Za-z0-9_=-]{340,}"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(app.resolve("anna.practice.session")).exists();

        Path next = deploy("next");
        ShellRun fetched =
                worker(next, "TG_SESSION='" + line + "' \"$@\"", "fetch", "env:TG_SESSION", "-o", "a.session");
        assertThat(fetched.exitCode()).as(fetched.error()).isZero();
        assertThat(fetched.output() + fetched.error()).doesNotContain(line);
        Path file = next.resolve("a.session");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(worker(next, "\"$@\"", "export", "a.session", "--to", "telethon-string")
                        .output()
                        .strip())
                .isEqualTo(line);
    }

    /** A process without a terminal, as a program that starts there has it. */
    private static ShellRun worker(Path home, String shell, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("scripts/tgsession").toString()));
        command.addAll(List.of(arguments));
        return ShellRun.of(shell, command, home, Map.of("DYNO", "worker.1", "HOME", home.toString()));
    }

    /** A folder of an app, with a launcher and a jar that nobody can write to. */
    private Path deploy(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name)).toRealPath();
        copyReadOnly(Path.of(Practising.launcher()), home.resolve("scripts/tgsession"));
        copyReadOnly(
                Path.of(System.getProperty("tgsession.jar", "target/tgsession.jar")),
                home.resolve("target/tgsession.jar"));
        return home;
    }

    private void start(PseudoTerminal terminal, List<String> command) throws IOException {
        Map<String, String> variables = Map.of(
                "DYNO", "run.4711",
                "PORT", "34567",
                "HOME", app.toString(),
                "JAVA_OPTS", "-Dfile.encoding=UTF-8 -XX:MaxRAM=536870912 -Xmx300m -Xss512k -XX:CICompilerCount=2",
                "TG_API_ID", "12345",
                "TG_API_HASH", "0123456789abcdef0123456789abcdef");
        List<String> whole = new ArrayList<>(command);
        whole.set(0, app.resolve("scripts/tgsession").toString());
        terminal.start(variables, whole, Optional.empty(), Optional.empty(), app);
    }

    private static void copyReadOnly(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.setPosixFilePermissions(to.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
    }
}
