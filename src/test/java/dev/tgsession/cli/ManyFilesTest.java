package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of thirty good sessions, a broken one, one of Pyrogram's under a strange name, and files that are none. */
class ManyFilesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/dev/tgsession/session/format");
    private static final int GOOD = 30;

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws Exception {
        Files.createDirectories(folder.resolve("many/inner"));
        Path many = folder.resolve("many");
        for (int i = 0; i < GOOD; i++) {
            Files.copy(
                    FIXTURES.resolve("telethon/telethon-1.5.5-v4-login.session"),
                    many.resolve((i < 10 ? "inner/s0" : "s") + i + ".session"));
        }
        Files.copy(FIXTURES.resolve("telethon/broken/truncated-page1.session"), many.resolve("broken.dat"));
        Files.copy(FIXTURES.resolve("pyrogram/pyrogram/v3.session"), many.resolve("pyro.dat"));
        // What we leave behind ourselves is nobody's session.
        Files.copy(FIXTURES.resolve("pyrogram/pyrogram/v3.session"), many.resolve("s11.session.bak"));
        Files.copy(FIXTURES.resolve("pyrogram/pyrogram/v3.session"), many.resolve("s11.session.bak.2"));
        Files.copy(FIXTURES.resolve("pyrogram/pyrogram/v3.session"), many.resolve(".s11.session.00ff.tmp"));
        Files.writeString(many.resolve("notes.session"), "no session, whatever its name");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + many.resolve("other.session"));
                var statement = connection.createStatement()) {
            statement.execute("create table cookies (name text)");
        }
    }

    @Test
    void ofAFolderThoseAreInspectedThatAreSessions() throws Exception {
        Run run = Run.in(folder, "inspect", "many", "--json");

        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        List<String> sources = sources(run.output());
        assertThat(sources)
                .hasSize(GOOD + 2)
                .isSorted()
                .allMatch(name -> !name.contains("notes") && !name.contains("other"));
        assertThat(run.error())
                .endsWith(" 1 that cannot be used, 2 no sessions.\n")
                .startsWith("34 files: ");
    }

    @Test
    void aSessionAmongTheNamesIsNotRepeated() throws Exception {
        String secret = "1" + "Ab9_".repeat(88);

        Run run = Run.in(folder, "inspect", "many/s11.session", secret);

        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.output() + run.error()).doesNotContain(secret);
    }

    @Test
    void aLinkToAFolderLeadsThere() throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("many"));

        Run run = Run.in(folder, "inspect", "link", "--json");

        assertThat(sources(run.output())).hasSize(GOOD + 2).allMatch(name -> name.contains("link/"));
    }

    @Test
    void filesThatAreNamedAreAllLookedAtInTheirOrder() throws Exception {
        Run run = Run.in(
                folder, "inspect", "many/s11", "many/nowhere", "many/notes.session", "many/s10.session", "--json");

        assertThat(sources(run.output()).stream().map(name -> name.substring(name.lastIndexOf('/') + 1)))
                .containsExactly("s11.session", "many/nowhere".substring(5), "notes.session", "s10.session");
        assertThat(run.error()).isEmpty();
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
    }

    @Test
    void aFolderIsConvertedIntoAnotherAndABadFileKeepsNobody() throws Exception {
        Run run = Run.in(folder, "convert", "many", "--into", "new", "--json");

        assertThat(run.error())
                .contains("broken.dat: The file is cut short")
                .endsWith("34 files: 31 written, 1 failed, 2 no sessions.\n");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(written("new")).hasSize(GOOD + 1).contains("s10.session", "inner/s00.session", "pyro.session");
        SessionFormats formats = SessionFormats.standard(InstantSource.system());
        for (String name : written("new")) {
            assertThat(formats.inspect(
                                    SessionSource.ofFile(folder.resolve("new").resolve(name)))
                            .worst()
                            .word())
                    .as(name)
                    .isEqualTo("note");
        }
        List<JsonObject> lines = lines(run.output());
        assertThat(lines).hasSize(GOOD + 2);
        JsonObject failed = lines.get(0);
        assertThat(failed.getString("source")).endsWith("broken.dat");
        assertThat(failed.getObject("error").getInt("exitCode")).isEqualTo(6);
        assertThat(lines.get(1).getString("written")).endsWith("new/inner/s00.session");

        Run again = Run.in(folder, "convert", "many/s10.session", "many/s11.session", "--into", "new");
        assertThat(again.code()).isEqualTo(ExitCode.WOULD_OVERWRITE.number());
        assertThat(again.error()).contains("s10.session is there already", "2 files: 0 written, 2 failed.");
        assertThat(Run.in(folder, "convert", "many/s10.session", "--into", "new", "--force")
                        .code())
                .isZero();
        assertThat(folder.resolve("new/s10.session.bak")).exists();
    }

    @Test
    void twoFilesOfOneNameAreNotWrittenOverEachOther() throws Exception {
        Files.copy(folder.resolve("many/s10.session"), folder.resolve("s10.session"));

        Run run = Run.in(folder, "convert", "s10.session", "many/s10.session", "--into", "new", "--force");

        assertThat(run.code()).isEqualTo(ExitCode.WOULD_OVERWRITE.number());
        assertThat(run.error()).contains("Another of these files becomes", "1 written, 1 failed");
        assertThat(written("new")).containsExactly("s10.session");
    }

    @Test
    void ofTwoFilesForOnePlaceTheFirstThatIsASessionGetsIt() throws Exception {
        Path input = Files.createDirectories(folder.resolve("input"));
        Files.writeString(input.resolve("a.aaa"), "no session");
        Files.copy(folder.resolve("many/s10.session"), input.resolve("a.bbb"));
        Files.copy(folder.resolve("many/s10.session"), input.resolve("a.ccc"));
        Files.copy(folder.resolve("many/pyro.dat"), input.resolve("a.session"));

        for (int i = 0; i < 5; i++) {
            Run run = Run.in(folder, "convert", "input", "--into", "new" + i, "--json");

            assertThat(run.code()).isEqualTo(ExitCode.WOULD_OVERWRITE.number());
            assertThat(run.error()).endsWith("4 files: 1 written, 2 failed, 1 no sessions.\n");
            assertThat(run.error()).contains("already: ", "a.bbb.");
            assertThat(lines(run.output()).get(0).getString("source")).endsWith("a.bbb");
            assertThat(lines(run.output()).get(0).getString("written")).endsWith("a.session");
        }
    }

    @Test
    void aFileThatIsNamedTwiceIsDoneOnce() throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("many"));

        Run run = Run.in(
                folder,
                "convert",
                "many/s10.session",
                "many/../many/s10.session",
                "link/s10.session",
                "many/nowhere.session",
                "many/nowhere.session",
                "--into",
                "new");

        assertThat(run.error()).endsWith("2 files: 1 written, 1 failed.\n");
        assertThat(written("new")).containsExactly("s10.session");
    }

    @Test
    void whatWasMadeOfTheFilesIsNotMadeAnew() throws Exception {
        Run first = Run.in(folder, "convert", "many/inner", "--into", "many/inner/new");
        Run second = Run.in(folder, "convert", "many/inner", "--into", "many/inner/new", "--force");

        assertThat(first.error()).endsWith("10 files: 10 written, 0 failed.\n");
        assertThat(second.error()).endsWith("10 files: 10 written, 0 failed.\n");
        assertThat(written("many/inner/new")).hasSize(20).allMatch(name -> !name.contains("/"));
    }

    @Test
    void whatHasNoPlaceInTheNewFilesIsToldWithTheNumberOfFiles() throws Exception {
        Run run = Run.in(folder, "export", "many/inner", "--to", "telethon-string", "--into", "lines");

        assertThat(run.error()).contains("Left behind in 10 files: how far updates were read.\n");
        assertThat(run.error()).endsWith("10 files: 10 written, 0 failed.\n");
    }

    @Test
    void backupsAndLeftoversAreKnownByTheirNames() {
        assertThat(List.of("a.bak", "a.session.bak.12", ".a.00ff.tmp", ".bak")).allMatch(ManyFiles::isOurs);
        assertThat(List.of("a.session", "a.bakery", "a.bak.", "a.bak.x", "a.tmp", ".tmp", "bak", "7", "a.7", ""))
                .noneMatch(ManyFiles::isOurs);
    }

    @Test
    void aFolderIsExportedAsLinesOfText() throws Exception {
        Run run = Run.in(folder, "export", "many/inner", "--to", "telethon-string", "--into", "lines");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.output()).isEmpty();
        assertThat(written("lines")).hasSize(10).allMatch(name -> name.endsWith(".txt"));
        assertThat(folder.resolve("lines/s00.txt")).content().startsWith("1").hasLineCount(1);
    }

    @Test
    void aFolderIsUpgradedInItsPlaceOrIntoAnother() throws Exception {
        Run into = Run.in(folder, "upgrade", "many/inner", "--into", "new", "--yes", "--keep-entities");
        assertThat(into.code()).as(into.error()).isZero();
        assertThat(written("new")).hasSize(10);
        assertThat(Run.in(folder, "inspect", "new/s00.session").output()).contains("version 7");
        assertThat(Run.in(folder, "inspect", "many/inner/s00.session").output()).contains("version 4");

        Run unasked = Run.in(folder, "upgrade", "many/inner");
        assertThat(unasked.code()).isEqualTo(ExitCode.NO_CONSOLE.number());
        assertThat(unasked.error()).contains("This cannot come along: ", "10 files: 0 ", "10 failed.");

        Run inPlace = Run.in(folder, "upgrade", "many/inner", "--keep-entities");
        assertThat(inPlace.code()).as(inPlace.error()).isZero();
        assertThat(inPlace.error()).isEqualTo("10 files: 10 are as they should be, 0 failed.\n");
        assertThat(written("many/inner")).hasSize(20).contains("s00.session.bak");
        assertThat(Run.in(folder, "inspect", "many/inner/s00.session").output()).contains("version 7");
    }

    @Test
    void indexesAreAddedWhereSomebodyAsksForThem() throws Exception {
        List<List<String>> commands = List.of(
                List.of("convert", "many/pyro.dat", "one.session", "--index"),
                List.of("export", "many/pyro.dat", "--to", "telethon", "-o", "two.session", "--index"),
                List.of("upgrade", "one.session", "-o", "three.session", "--index"),
                List.of("upgrade", "one.session", "--to", "6", "-o", "four.session", "--index", "--yes"));
        for (List<String> words : commands) {
            assertThat(Run.in(folder, words.toArray(new String[0])).code())
                    .as(words.toString())
                    .isZero();
        }
        for (String name : List.of("one", "two", "three", "four")) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name + ".session"));
                    var statement = connection.createStatement();
                    var plan =
                            statement.executeQuery("explain query plan select * from entities where username = 'x'")) {
                assertThat(plan.getString("detail")).contains("USING INDEX entities_username");
            }
            Run seen = Run.in(folder, "inspect", name);
            assertThat(seen.code()).as(seen.output()).isZero();
            assertThat(seen.output()).contains("any, also below 3.8.2");
        }
        assertThat(Run.in(folder, "upgrade", "one.session").error()).isEmpty();
        Run other = Run.in(folder, "convert", "one.session", "x.session", "--to", "pyrogram", "--index");
        assertThat(other.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(other.error()).contains("--index is for a Telethon session file");
    }

    @Test
    void whatIsForOneSessionIsRefusedForMany() {
        List<List<String>> refused = List.of(
                List.of("convert", "many/s10.session", "a", "b"),
                List.of("convert", "many", "--into", "new", "--user-id", "5"),
                List.of("convert", "many", "--into", "new", "--store", "memory:"),
                List.of("export", "many/s10.session", "many/s11.session", "--to", "telethon-string"),
                List.of("export", "many", "--to", "telethon-string", "--into", "new", "-o", "x"),
                List.of("upgrade", "many", "-o", "x"));
        for (List<String> words : refused) {
            Run run = Run.in(folder, words.toArray(new String[0]));
            assertThat(run.code()).as(words + run.error()).isEqualTo(ExitCode.USAGE.number());
        }
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void resultsComeInOrderHoweverLongEachTakes() {
        List<Integer> numbers = IntStream.range(0, 5000).boxed().toList();
        List<Integer> taken = new ArrayList<>();

        AllCores.inOrder(
                numbers, number -> IntStream.range(0, number % 7 * 1000).sum() == -1 ? -1 : number * 2, taken::add);

        assertThat(taken).isEqualTo(numbers.stream().map(number -> number * 2).toList());
    }

    private List<String> written(String name) throws IOException {
        Path root = folder.resolve(name);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<String> sources(String output) {
        return lines(output).stream()
                .map(line -> String.valueOf(line.getString("source")))
                .toList();
    }

    private static List<JsonObject> lines(String output) {
        return output.lines().map(ManyFilesTest::parsed).toList();
    }

    private static JsonObject parsed(String line) {
        try {
            return JsonParser.object().from(line);
        } catch (JsonParserException noJson) {
            throw new AssertionError(line, noJson);
        }
    }
}
