package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code scripts/tgsession} in a house of its own, with a {@code mvn} that only copies the jar of this build: what counts
 * here is when it is called, and what it gets to see.
 */
class LauncherIT {
    @TempDir
    Path folder;

    private Path house;
    private Path launcher;
    private Map<String, String> environment;

    @BeforeEach
    void buildHouse() throws IOException {
        house = Files.createDirectories(folder.resolve("a house"));
        launcher = Files.createDirectories(house.resolve("scripts")).resolve("tgsession");
        Files.copy(Path.of(Practising.launcher()), launcher);
        Path tools = Files.createDirectories(folder.resolve("tools"));
        mvn(tools, """
                #!/bin/sh
                echo "mvn $*"
                echo called >>"$MVN_CALLS"
                cat >>"$MVN_CALLS"
                mkdir -p target
                # As the real one, first something that does not run yet.
                echo half >target/tgsession.jar
                sleep 1
                cp "$REAL_JAR" target/whole.jar && mv target/whole.jar target/tgsession.jar
                """);
        environment = Map.of(
                "PATH", tools + ":" + System.getenv("PATH"),
                "XDG_STATE_HOME", folder.resolve("state").toString(),
                "MVN_CALLS", folder.resolve("calls").toString(),
                "REAL_JAR", System.getProperty("tgsession.jar", "target/tgsession.jar"));
    }

    @Test
    void theFirstRunBuildsAndTheSecondDoesNot() throws Exception {
        ShellRun first = run("printf 'an answer' | \"$@\"", launcher, "--version");
        assertThat(first.exitCode()).as(first.error()).isZero();
        assertThat(first.output()).startsWith("tgsession ");
        assertThat(first.error()).hasLineCount(1).contains("building", house + "/target/first-build.log");
        ShellRun second = run("\"$@\"", launcher, "--version");
        assertThat(second.error()).isEmpty();
        assertThat(folder.resolve("calls"))
                .content()
                .as("Maven's calls, and what it could read")
                .isEqualTo("called\n");
    }

    @Test
    void twoFirstRunsAtOnceBuildOnce() throws Exception {
        ShellRun both =
                run("\"$@\" >one 2>&1 & \"$@\" >two 2>&1; code=$?; wait $! && exit $code", launcher, "--version");
        assertThat(both.exitCode()).as(text("one") + text("two")).isZero();
        assertThat(text("one") + text("two")).contains("tgsession ").doesNotContain("orrupt");
        assertThat(folder.resolve("calls")).content().isEqualTo("called\n");
    }

    @Test
    void aBuildThatFailsSaysWhereTheStoryIsAndLeavesNothing() throws Exception {
        mvn(folder.resolve("tools"), """
                #!/bin/sh
                mkdir -p target; echo half >target/tgsession.jar
                echo '[INFO] much'; echo '[ERROR] no compiler'; exit 1
                """);
        ShellRun run = run("\"$@\"", launcher, "--version");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.error())
                .contains("[ERROR] no compiler", "error: the build failed", "first-build.log", "hint: ")
                .doesNotContain("[INFO]");
        assertThat(run.output()).isEmpty();
        assertThat(house.resolve("target/tgsession.jar")).doesNotExist();
    }

    @Test
    void aBuilderThatWasKilledIsNotWaitedFor() throws Exception {
        Path lock = Files.createDirectories(house.resolve("target/.first-build"));
        // No process has this number: the largest there may be is smaller.
        Files.writeString(lock.resolve("owner"), "99999999\n");
        Files.writeString(house.resolve("target/tgsession.jar"), "half");
        ShellRun run = run("\"$@\"", launcher, "--version");
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void withoutMavenItSaysWhatToDo() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool :
                List.of("sh", "dirname", "readlink", "java", "mkdir", "rm", "cat", "grep", "head", "sleep")) {
            Files.createSymbolicLink(bin.resolve(tool), which(tool));
        }
        ShellRun run = run("PATH=" + bin + " \"$@\"", launcher, "--version");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.error()).contains("no Maven", "hint: install Maven");
    }

    @Test
    void withoutJavaItSaysWhatToDo() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("sh", "dirname", "readlink")) {
            Files.createSymbolicLink(bin.resolve(tool), which(tool));
        }
        ShellRun run = run("JAVA_HOME= PATH=" + bin + " \"$@\"", launcher, "--version");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.error()).contains("error: no Java found", "hint: install a JDK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "sh"})
    void itRunsInAnyShellThroughLinksAndKeepsTheFolder(String shell) throws Exception {
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("one"), launcher);
        Files.createSymbolicLink(links.resolve("tgsession"), Path.of("one"));
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        ShellRun run = ShellRun.of(
                "command -v " + shell + " >/dev/null || exit 0; cd '" + elsewhere
                        + "' && printf '+9996620001\\n22222\\n' | " + shell + " ../links/tgsession login --practice",
                List.of(),
                folder,
                environment);
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(elsewhere.resolve("login.practice.session")).exists();
        try (Stream<Path> inHouse = Files.walk(house)) {
            assertThat(inHouse).noneMatch(file -> file.toString().endsWith(".session"));
        }
    }

    /** Java does not start with two of them. */
    @Test
    void whoChoseACollectorHasIt() throws Exception {
        run("\"$@\"", launcher, "--version");
        for (String variable : List.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            ShellRun run = run(variable + "='-Xmx300m -XX:+UseG1GC' \"$@\"", launcher, "--version");
            assertThat(run.exitCode())
                    .as(variable + ": " + run.output() + run.error())
                    .isZero();
            assertThat(run.output()).startsWith("tgsession ");
        }
    }

    private ShellRun run(String shell, Object... command) throws IOException, InterruptedException {
        return ShellRun.of(shell, Stream.of(command).map(Object::toString).toList(), folder, environment);
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static void mvn(Path tools, String script) throws IOException {
        Path mvn = Files.writeString(tools.resolve("mvn"), script);
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwx------"));
    }

    private static Path which(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(entry -> Path.of(entry, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
