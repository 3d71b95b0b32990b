package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archives of {@code scripts/make-archives} make the program quick and change nothing else: with them, without them, and
 * with some that do not fit, it does and says the same, letter for letter, on every Java that is here.
 */
class StartUpIT {
    /** What {@code -Xlog:class+load} says of a class that came out of an archive. */
    private static final String FROM_ARCHIVE = "dev.tgsession.cli.Program source: shared objects file";

    private static final List<String> ARCHIVES = List.of("look.jsa", "login.jsa", "work.jsa");

    /** What was made once for all tests, for each Java in a folder of its own. */
    @TempDir
    static Path made;

    @TempDir
    Path folder;

    private Path house;

    /** An installation without archives. */
    @BeforeEach
    void buildHouse() throws IOException {
        house = Files.createDirectories(folder.resolve("house"));
        Files.createDirectories(house.resolve("scripts"));
        Files.createDirectories(house.resolve("target"));
        for (String script : List.of("tgsession", "make-archives")) {
            Files.copy(
                    Practising.HOME.resolve("scripts").resolve(script),
                    house.resolve("scripts").resolve(script));
        }
        Files.copy(
                Path.of(System.getProperty("tgsession.jar", "target/tgsession.jar")),
                jar(),
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    @AfterEach
    void unlock() throws IOException {
        allow("rwxr-xr-x");
    }

    @Test
    void withAndWithoutArchivesItDoesAndSaysTheSame() throws Exception {
        List<String> plain = everything(java(), Map.of());
        assertThat(isArchived(java(), "--version")).isFalse();
        makeArchives(java());
        assertThat(everything(java(), Map.of())).isEqualTo(plain);
        assertThat(isArchived(java(), "--version")).isTrue();
        assertThat(isArchived(java(), "formats")).isTrue();
        assertThat(isArchived(java(), "list")).isTrue();
    }

    @Test
    void aHouseThatCannotBeWrittenToAndThatWasMovedIsAsQuick() throws Exception {
        List<String> plain = everything(java(), Map.of());
        makeArchives(java());
        Path elsewhere = Files.move(house, folder.resolve("else where"));
        house = elsewhere;
        allow("r-xr-xr-x");
        assertThat(everything(java(), Map.of())).isEqualTo(plain);
        assertThat(isArchived(java(), "--version")).isTrue();
    }

    @Test
    void nothingSlowStandsInTheWayOfTheVersion() throws Exception {
        makeArchives(java());
        String all = loaded(java(), "--version");
        assertThat(all).contains(FROM_ARCHIVE);
        // Java 24 and later take whole archives at once, and then only what is not in one tells.
        String loaded = feature(java()) < 24
                ? all
                : all.lines()
                        .filter(line -> !line.contains("source: shared objects file"))
                        .collect(Collectors.joining("\n"));
        // The first lambda takes eight milliseconds, to look into the jar for a file as many, and to look for a logger
        // thirty.
        assertThat(loaded)
                .doesNotContain(
                        "$$Lambda",
                        "java.util.zip.Inflater",
                        "java.security.Provider ",
                        "java.util.logging.LogManager ",
                        "picocli",
                        "org.sqlite");
    }

    @Test
    void aCommandBringsTheParserOutOfTheArchive() throws Exception {
        makeArchives(java());
        assertThat(loaded(java(), "convert"))
                .contains("picocli.CommandLine source: shared objects file")
                .contains("dev.tgsession.cli.ConvertCommand source: shared objects file");
    }

    @Test
    void noFolderForPassingFilesIsNeeded() throws Exception {
        List<String> plain = everything(java(), Map.of());
        // A folder in which nobody can make a file, whoever he is.
        Map<String, String> nowhere = Map.of("TMPDIR", "/proc", "JAVA_OPTS", "-Djava.io.tmpdir=/proc");
        assertThat(everything(java(), nowhere)).isEqualTo(plain);
        makeArchives(java());
        assertThat(everything(java(), nowhere)).isEqualTo(plain);
    }

    @Test
    void archivesThatAreNoneAreNoTrouble() throws Exception {
        List<String> plain = everything(java(), Map.of());
        makeArchives(java());
        for (String archive : ARCHIVES) {
            Files.write(archives(java()).resolve(archive), new byte[100_000]);
        }
        assertThat(everything(java(), Map.of())).isEqualTo(plain);
    }

    @Test
    void halfAnArchiveIsNoTrouble() throws Exception {
        List<String> plain = everything(java(), Map.of());
        makeArchives(java());
        for (String archive : ARCHIVES) {
            byte[] whole = Files.readAllBytes(archives(java()).resolve(archive));
            Files.write(archives(java()).resolve(archive), java.util.Arrays.copyOf(whole, whole.length / 2));
        }
        assertThat(everything(java(), Map.of())).isEqualTo(plain);
    }

    @Test
    void archivesOfAnotherJarAreLeftAlone() throws Exception {
        List<String> plain = everything(java(), Map.of());
        makeArchives(java());
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().plus(Duration.ofHours(1))));
        assertThat(everything(java(), Map.of())).isEqualTo(plain);
        assertThat(isArchived(java(), "--version")).isFalse();
        // Nor are they taken where they are the newer ones.
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        assertThat(everything(java(), Map.of())).isEqualTo(plain);
        assertThat(isArchived(java(), "--version")).isFalse();
    }

    @Test
    void theArchivesOfOneJavaAreNoTroubleToAnother() throws Exception {
        Path other = otherJava();
        List<String> plain = everything(other, Map.of());
        makeArchives(java());
        assertThat(everything(other, Map.of())).isEqualTo(plain);
        assertThat(isArchived(other, "--version")).isFalse();
        // A Java that was exchanged for another one under the same name.
        copy(archives(java()), archives(other));
        assertThat(everything(other, Map.of())).isEqualTo(plain);
        assertThat(isArchived(other, "--version")).isFalse();
        makeArchives(other);
        assertThat(everything(other, Map.of())).isEqualTo(plain);
        assertThat(isArchived(other, "--version")).isTrue();
    }

    @Test
    void aCollectorThatSomebodyChoseAndOptionsOfADynoAreNoTrouble() throws Exception {
        makeArchives(java());
        List<String> plain = everything(java(), Map.of());
        String dyno = "-Dfile.encoding=UTF-8 -XX:MaxRAM=536870912 -Xmx300m -Xss512k -XX:CICompilerCount=2";
        assertThat(everything(java(), Map.of("JAVA_OPTS", dyno))).isEqualTo(plain);
        List<String> quick = startsOfEachKind(Map.of());
        for (String options : List.of(
                "-XX:+UseG1GC",
                "-XX:+UseParallelGC",
                "-Xms64m -Xmx64m",
                "-XX:MinHeapSize=16m",
                "-Xmx64m -XX:InitialHeapSize=4m")) {
            assertThat(startsOfEachKind(Map.of("JAVA_OPTS", options)))
                    .as(options)
                    .isEqualTo(quick);
        }
    }

    @Test
    void aHeapSmallerThanOursIsNoTrouble() throws Exception {
        makeArchives(java());
        Files.createDirectories(folder.resolve("desk"));
        for (String options : List.of("-Xmx7m", "-Xmx7168k", "-XX:MaxHeapSize=7m")) {
            Map<String, String> small = Map.of("JAVA_OPTS", options);
            assertThat(run(java(), small, "\"$@\"", "--version")).startsWith("[--version]: 0\n");
            assertThat(run(java(), small, "\"$@\"", "help")).startsWith("[help]: 0\n");
            assertThat(run(java(), small, "\"$@\"", "login", "anna")).startsWith("[login, anna]: 10\n");
        }
    }

    @Test
    void aJavaThatCannotMakeArchivesLeavesWhatWasThere() throws Exception {
        Path broken = Files.writeString(folder.resolve("java"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));
        ShellRun run = shell("\"$@\"", Map.of(), house.resolve("scripts/make-archives"), broken);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.error()).contains("no archives: ");
        try (Stream<Path> left = Files.list(house.resolve("target"))) {
            assertThat(left).containsExactly(jar());
        }
    }

    /** What these commands do and say, each in a text, with one and the same session file. */
    private List<String> everything(Path java, Map<String, String> variables) throws Exception {
        Path desk = Files.createDirectories(folder.resolve("desk"));
        Path session = desk.resolve("login.practice.session");
        Files.deleteIfExists(session);
        List<String> said = new ArrayList<>();
        said.add(run(java, variables, "printf '+9996620001\\n22222\\n' | \"$@\"", "login", "--practice"));
        assertThat(session).as(said.toString()).exists();
        Path kept = folder.resolve("kept.session");
        if (Files.exists(kept)) {
            // Another key; the rest says the same of it.
            Files.copy(kept, session, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.copy(session, kept);
        }
        String shell = "\"$@\"";
        said.add(run(java, variables, shell, "--version"));
        said.add(run(java, variables, shell, "help", "login"));
        said.add(run(java, variables, shell, "inspect", session.toString()));
        said.add(run(java, variables, shell, "export", session.toString(), "--to", "telethon-string"));
        Files.deleteIfExists(desk.resolve("other.session"));
        said.add(run(java, variables, shell, "convert", session.toString(), "other.session", "--to", "pyrogram"));
        said.add(run(java, variables, shell, "login", "anna"));
        return said;
    }

    /** A look, a work and a login, for each of which Java is started with other flags. */
    private List<String> startsOfEachKind(Map<String, String> variables) throws Exception {
        List<String> said = new ArrayList<>();
        for (String command : List.of("--version", "list", "login")) {
            said.add(run(java(), variables, "\"$@\"", command));
        }
        return said;
    }

    private String run(Path java, Map<String, String> variables, String shell, String... arguments) throws Exception {
        List<Object> command = new ArrayList<>(List.of(house.resolve("scripts/tgsession")));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("JAVA_HOME", java.toString());
        ShellRun run = shell("cd desk && " + shell, environment, command.toArray());
        assertThat(run.output() + run.error()).doesNotContainIgnoringCase("warning", "[cds", "[aot", "Picked up");
        return List.of(arguments) + ": " + run.exitCode() + "\n" + run.output() + "---\n" + run.error();
    }

    private boolean isArchived(Path java, String command) throws Exception {
        return loaded(java, command).contains(FROM_ARCHIVE);
    }

    /** What Java says of the classes it needs for that command. */
    private String loaded(Path java, String command) throws Exception {
        return shell(
                        "\"$@\"",
                        Map.of("JAVA_HOME", java.toString(), "JAVA_OPTS", "-Xlog:class+load"),
                        house.resolve("scripts/tgsession"),
                        command)
                .output();
    }

    /** They are made for the first test that wants them; for the next one the jar is the same to the second. */
    private void makeArchives(Path java) throws Exception {
        Path kept = made.resolve(release(java, "JAVA_RUNTIME_VERSION"));
        if (!Files.exists(kept)) {
            ShellRun run = shell("\"$@\"", Map.of(), house.resolve("scripts/make-archives"), java.resolve("bin/java"));
            assertThat(run.exitCode()).as(run.output() + run.error()).isZero();
            assertThat(run.output() + run.error()).isEmpty();
            copy(archives(java), kept);
        } else {
            copy(kept, archives(java));
        }
        for (String archive : ARCHIVES) {
            assertThat(archives(java).resolve(archive)).isNotEmptyFile();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private ShellRun shell(String shell, Map<String, String> variables, Object... command)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        return ShellRun.of(shell, Stream.of(command).map(Object::toString).toList(), folder, environment);
    }

    private Path jar() {
        return house.resolve("target/tgsession.jar");
    }

    /** Those of that Java. */
    private Path archives(Path java) throws IOException {
        return house.resolve("target/archives").resolve(release(java, "JAVA_RUNTIME_VERSION"));
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }

    /** A Java of another version than this one. */
    private static Path otherJava() throws IOException {
        List<Path> homes = new ArrayList<>();
        for (String version : List.of("17", "21", "25")) {
            Optional.ofNullable(System.getenv("JAVA" + version + "_HOME"))
                    .map(Path::of)
                    .ifPresent(homes::add);
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> installed = Files.list(usual)) {
                installed.sorted().forEach(homes::add);
            }
        }
        for (Path home : homes) {
            if (Files.isExecutable(home.resolve("bin/java"))
                    && feature(home) >= 17
                    && feature(home) != feature(java())) {
                return home.toRealPath();
            }
        }
        assumeTrue(false, "there is no other Java here");
        throw new IllegalStateException();
    }

    private static int feature(Path home) throws IOException {
        return Integer.parseInt(release(home, "JAVA_VERSION").split("\\.", -1)[0]);
    }

    /** What the file {@code release} of that Java says of it. */
    private static String release(Path home, String what) throws IOException {
        for (String line : Files.readAllLines(home.resolve("release"))) {
            if (line.startsWith(what + "=")) {
                return line.substring(what.length() + 1).replace("\"", "");
            }
        }
        return "0";
    }

    private void allow(String permissions) throws IOException {
        try (Stream<Path> all = Files.walk(house)) {
            for (Path one : all.toList()) {
                boolean plain = Files.isRegularFile(one) && !one.startsWith(house.resolve("scripts"));
                Files.setPosixFilePermissions(
                        one, PosixFilePermissions.fromString(plain ? permissions.replace('x', '-') : permissions));
            }
        }
    }
}
