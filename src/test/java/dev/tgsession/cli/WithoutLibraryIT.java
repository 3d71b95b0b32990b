package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, asked by the virtual machine's own log what it had to load: SQLite's library only if need be. */
class WithoutLibraryIT {
    private static final Path FIXTURES = Path.of("src/test/resources/dev/tgsession/session/format");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "telethon/telethon-1.37.0-v7-login-channels.session",
                "telethon/telethon-1.43dev-v8-login.session",
                "telethon/telethon-1.5.5-v4-login.session",
                "pyrogram/pyrogram/v3.session",
                "pyrogram/kurigram/v7.session"
            })
    void aCommonFileIsReadWithoutTheLibrary(String fixture) throws Exception {
        Path file = Files.copy(FIXTURES.resolve(fixture), folder.resolve("one.session"));

        assertThat(loaded("inspect", file.toString())).noneMatch(name -> name.startsWith("org.sqlite."));
        assertThat(loaded("inspect", "--json", file.toString())).noneMatch(name -> name.startsWith("org.sqlite."));
        assertThat(loaded("export", file.toString(), "--to", "telethon-string", "-o", "line.txt"))
                .noneMatch(name -> name.startsWith("org.sqlite."));
        assertThat(folder.resolve("line.txt")).isNotEmptyFile();
    }

    @Test
    void aLoginNeedsNoLibrary() throws Exception {
        assertThat(loadedWith("printf '+9996620001\\n22222\\n' | \"$@\"", "login", "--practice"))
                .noneMatch(name -> name.startsWith("org.sqlite."));
        assertThat(folder.resolve("login.practice.session")).isNotEmptyFile();
    }

    @Test
    void theListOfFormatsNeedsNoLibrary() throws Exception {
        assertThat(loaded("formats")).noneMatch(name -> name.startsWith("org.sqlite."));
    }

    /** Else the tests above could not fail. */
    @Test
    void anUncommonFileIsForTheLibrary() throws Exception {
        Path file = Files.copy(
                FIXTURES.resolve("telethon/telethon-0.16-v1-withoutrowid.session"), folder.resolve("one.session"));

        assertThat(loaded("inspect", file.toString())).contains("org.sqlite.SQLiteConnection");
    }

    /** The names of the classes; the run has to end well. */
    private List<String> loaded(String... arguments) throws IOException, InterruptedException {
        return loadedWith("\"$@\"", arguments);
    }

    private List<String> loadedWith(String script, String... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-jar",
                Path.of(System.getProperty("tgsession.jar")).toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ShellRun run = ShellRun.of(script, command, folder, Map.of());
        assertThat(run.exitCode()).as(run.error()).isIn(0, ExitCode.FINDINGS.number(), ExitCode.BAD_FILE.number());
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            int begin = line.indexOf("] ") < 0 ? 0 : line.lastIndexOf("] ") + 2;
            names.add(line.substring(begin).split(" ", 2)[0]);
        }
        assertThat(names).contains("dev.tgsession.cli.Main");
        return names;
    }
}
