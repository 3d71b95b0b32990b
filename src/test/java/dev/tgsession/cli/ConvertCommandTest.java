package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());
    private static final AuthKey KEY = key();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("everyPair")
    void everyFormBecomesEveryOther(String from, String to) throws IOException {
        Path in = write(from, "in.session");
        byte[] before = Files.readAllBytes(in);

        Run run = Run.in(
                folder, "convert", "in.session", "out.session", "--to", to, "--user-id", "5", "--api-id", "12345");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.output()).isEmpty();
        Path out = folder.resolve("out.session");
        assertThat(FORMATS.recognise(SessionSource.ofFile(out)).map(SessionFormat::name))
                .contains(to);
        assertThat(FORMATS.read(SessionSource.ofFile(out)).authKey()).isEqualTo(KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllBytes(in)).isEqualTo(before);
        assertThat(files()).containsExactlyInAnyOrder("in.session", "out.session");
    }

    static Stream<List<String>> pairs() {
        return FORMATS.all().stream()
                .filter(SessionFormat::isWritten)
                .flatMap(one -> FORMATS.all().stream()
                        .filter(SessionFormat::isWritten)
                        .map(other -> List.of(one.name(), other.name())));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> everyPair() {
        return pairs().map(pair -> org.junit.jupiter.params.provider.Arguments.of(pair.get(0), pair.get(1)));
    }

    @Test
    void withoutAWordItBecomesAFileOfTelethons() throws IOException {
        write("gramjs-string", "line.txt");
        assertThat(Run.in(folder, "convert", "line.txt", "login.session").code())
                .isZero();
        assertThat(Run.in(folder, "inspect", "login").output()).contains("Telethon session file");
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingIsWritten() throws IOException {
        write("telethon", "in.session");

        Run run = Run.in(folder, "convert", "in.session", "out.txt", "--to", "telethon-string", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.error().lines().findFirst().orElseThrow())
                .startsWith("A Telethon string session has no place for: ")
                .contains("the user id");
        assertThat(run.error()).contains("Written to ");
        JsonObject report = object(run.output());
        assertThat(report.getString("from")).isEqualTo("telethon");
        assertThat(report.getString("to")).isEqualTo("telethon-string");
        assertThat(report.getString("written")).endsWith("out.txt");
        assertThat(report.isNull("backup")).isTrue();
        assertThat(report.getArray("losses").toString()).contains("user-id");
    }

    @Test
    void aUserIsNeverMadeUp() throws IOException {
        write("gramjs-string", "line.txt");

        Run run = Run.in(folder, "convert", "line.txt", "out.session", "--to", "pyrogram");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("does not say whose it is").contains("--user-id N");
        assertThat(files()).containsExactly("line.txt");

        Run bot = Run.in(folder, "convert", "line.txt", "out.session", "--to", "pyrogram", "--user-id", "77", "--bot");
        assertThat(bot.code()).as(bot.error()).isZero();
        assertThat(bot.error()).contains("--api-id N would do that");
        Account account = FORMATS.read(SessionSource.ofFile(folder.resolve("out.session")))
                .account()
                .orElseThrow();
        assertThat(account.userId()).isEqualTo(77);
        assertThat(account.bot()).isTrue();
    }

    @Test
    void anotherUserThanTheSessionsIsRefused() throws IOException {
        write("telethon", "in.session");
        Run run = Run.in(folder, "convert", "in.session", "o.session", "--to", "pyrogram", "--user-id", "6");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("another user's");
        assertThat(files()).containsExactly("in.session");
    }

    @Test
    void whatIsThereStaysUnlessForcedAndIsKeptThen() throws IOException {
        write("telethon", "in.session");
        Files.writeString(folder.resolve("out.txt"), "mine");

        Run run = Run.in(folder, "convert", "in.session", "out.txt", "--to", "gramjs-string");
        assertThat(run.code()).isEqualTo(ExitCode.WOULD_OVERWRITE.number());
        assertThat(folder.resolve("out.txt")).hasContent("mine");

        Run forced = Run.in(folder, "convert", "in.session", "out.txt", "--to", "gramjs-string", "--force", "--json");
        assertThat(forced.code()).isZero();
        assertThat(object(forced.output()).getString("backup")).endsWith("out.txt.bak");
        assertThat(folder.resolve("out.txt.bak")).hasContent("mine");
    }

    @Test
    void aStringComesThroughAPipeOrAVariable() throws IOException {
        String line = text("telethon-string");

        Run piped = Run.with(folder, Map.of(), "TG_SESSION=\"" + line + "\"\n", "convert", "-", "a.session");
        assertThat(piped.code()).as(piped.error()).isZero();
        Run fromVariable = Run.with(folder, Map.of("TG_SESSION", line), "", "convert", "env:TG_SESSION", "b.session");
        assertThat(fromVariable.code()).as(fromVariable.error()).isZero();
        for (String name : List.of("a.session", "b.session")) {
            assertThat(FORMATS.read(SessionSource.ofFile(folder.resolve(name))).authKey())
                    .isEqualTo(KEY);
        }
        assertThat(Run.in(folder, "convert", "env:NOTHING", "c.session").error())
                .contains("The variable NOTHING is not set");
    }

    @Test
    void aWholeFileComesThroughAPipeToo() throws IOException {
        byte[] file = FORMATS.usual().write(session()).toFileBytes();
        Run run = Run.with(folder, Map.of(), file, "export", "-", "--to", "telethon-string");
        assertThat(run.output().strip()).isEqualTo(text("telethon-string"));
    }

    /** The system's own pipe, unbuffered as in the program, cannot be asked where it stands. */
    @Test
    void aPipeOfTheSystemIsReadToItsEnd() throws Exception {
        write("telethon-string", "in.txt");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        // The shell opens the pipe: that waits for us, and we for it.
        Process writer = new ProcessBuilder("sh", "-c", "cat in.txt >pipe")
                .directory(folder.toFile())
                .start();
        try (InputStream input = new FileInputStream(pipe.toFile())) {
            Run run = Run.with(folder, Map.of(), input, "convert", "-", "out.session");
            assertThat(run.code()).as(run.error()).isZero();
        } finally {
            writer.destroy();
        }
        assertThat(FORMATS.read(SessionSource.ofFile(folder.resolve("out.session")))
                        .authKey())
                .isEqualTo(KEY);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aStringOnTheCommandLineIsNotRepeated(List<String> command) throws IOException {
        String line = text("telethon-string");
        Run run = Run.in(
                folder, command.stream().map(word -> word.replace("LINE", line)).toArray(String[]::new));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("seems to be a session string").contains("say - and paste it");
        assertThat(run.output() + run.error()).doesNotContain(line.substring(20, 60));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void aStringInTheWrongPlaceIsNotRepeated(List<String> command) throws IOException {
        String line = text("telethon-string");
        Run run = Run.in(
                folder, command.stream().map(word -> word.replace("LINE", line)).toArray(String[]::new));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).containsAnyOf("(something as long as a session string)", "to be a session string");
        assertThat(run.output() + run.error()).doesNotContain(line.substring(20, 60));
    }

    static Stream<List<String>> misplaced() {
        return Stream.of(
                List.of("LINE"),
                List.of("export", "a.session", "LINE", "--to", "telethon"),
                List.of("convert", "a.session", "b.session", "--api-id", "LINE"),
                List.of("inspect", "a.session", "--session=LINE"));
    }

    @ParameterizedTest
    @MethodSource("rewriters")
    void whatIsRewrittenIsAFileAndTheWayToOneIsShown(List<String> command) {
        Run run = Run.in(folder, command.toArray(String[]::new));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("neither - nor env:NAME", "tgsession convert IN OUT");
    }

    static Stream<List<String>> rewriters() {
        return Stream.of(List.of("upgrade", "-"), List.of("repair", "env:X"), List.of("strip", "-"));
    }

    static Stream<List<String>> readers() {
        return Stream.of(
                List.of("inspect", "LINE"),
                List.of("inspect", "LINE", "--json"),
                List.of("export", "LINE", "--to", "gramjs-string"),
                List.of("convert", "LINE", "x.session"),
                List.of("convert", "env:X", "LINE"),
                List.of("export", "env:X", "--to", "telethon", "-o", "LINE"),
                List.of("upgrade", "LINE"),
                List.of("repair", "LINE", "--dry-run"),
                List.of("strip", "LINE"));
    }

    @Test
    void severalFilesAreInspectedAndTheWorstDecides() throws IOException {
        write("telethon", "a.session");
        write("pyrogram", "b.session");
        assertThat(Run.in(folder, "inspect", "a.session", "b.session").code()).isZero();

        try (InputStream old = ConvertCommandTest.class.getResourceAsStream(
                "/dev/tgsession/session/format/telethon/telethon-0.19-v4-withoutrowid.session")) {
            Files.copy(Objects.requireNonNull(old), folder.resolve("a.session"), StandardCopyOption.REPLACE_EXISTING);
        }
        Run findings = Run.in(folder, "inspect", "a.session", "b.session");
        assertThat(findings.code()).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(findings.output()).contains("a.session", "\n\n", "b.session", "Pyrogram");

        Files.writeString(folder.resolve("c.session"), "nothing");
        Run unreadable = Run.in(folder, "inspect", "a.session", "c.session", "b.session", "--json");
        assertThat(unreadable.code()).isEqualTo(ExitCode.BAD_FILE.number());
        List<String> lines = unreadable.output().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(object(lines.get(0)).getString("format")).isEqualTo("telethon");
        assertThat(object(lines.get(1)).isNull("format")).isTrue();
        assertThat(object(lines.get(2)).getString("format")).isEqualTo("pyrogram");
    }

    @Test
    void aNameThatLeadsNowhereDoesNotKeepTheOthers() throws IOException {
        write("telethon", "a.session");
        Run run = Run.in(folder, "inspect", "--json", "a.session", "env:NOPE", "none.session", "a.session");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        List<String> lines = run.output().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(object(lines.get(1)).getString("source")).isEqualTo("env:NOPE");
        assertThat(lines.get(1)).contains("The variable NOPE is not set.");
        assertThat(object(lines.get(3)).getString("format")).isEqualTo("telethon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken/two-sessions-rows.session", "telethon-1.43dev-v8-takeout.session"})
    void whatOnlyFilesOfTelethonsHaveIsSaidBeforeItStaysBehind(String fixture) throws IOException {
        try (InputStream in =
                ConvertCommandTest.class.getResourceAsStream("/dev/tgsession/session/format/telethon/" + fixture)) {
            Files.copy(Objects.requireNonNull(in, fixture), folder.resolve("in.session"));
        }
        Run run = Run.in(folder, "convert", "in.session", "out.session");
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.error().lines().findFirst().orElseThrow()).contains("does not come along");
    }

    @Test
    void repairSendsOtherLibrariesSessionsToConvert() throws IOException {
        write("gramjs-string", "line.txt");
        Run run = Run.in(folder, "repair", "line.txt");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(run.output()).contains("not for a GramJS string session", "tgsession convert FILE OUT");
    }

    @Test
    void aKeyThatCannotBeUsedIsNotNobodysLogin() throws IOException {
        try (InputStream in = ConvertCommandTest.class.getResourceAsStream(
                "/dev/tgsession/session/format/telethon/broken/auth-key-255.session")) {
            Files.copy(Objects.requireNonNull(in), folder.resolve("in.session"));
        }
        assertThat(Run.in(folder, "inspect", "in.session").output()).contains("no, its key cannot be used");
    }

    @Test
    void formatsTellWhatIsReadAndWhatIsWritten() throws Exception {
        assertThat(Run.in(folder, "formats").output()).containsPattern("(?m)^telethon +read, write +Telethon session");
        var all = JsonParser.array().from(Run.in(folder, "formats", "--json").output());
        assertThat(all).hasSameSizeAs(FORMATS.all());
        assertThat(all.getObject(0).getBoolean("writes")).isTrue();
        assertThat(all.stream().map(one -> ((JsonObject) one).getString("name")))
                .doesNotHaveDuplicates();
    }

    private Path write(String format, String name) throws IOException {
        return Files.write(
                folder.resolve(name),
                FORMATS.named(format).orElseThrow().write(session()).toFileBytes());
    }

    private static String text(String format) throws IOException {
        return FORMATS.named(format).orElseThrow().write(session()).toText();
    }

    private static Session session() {
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), KEY)
                .withAccount(Account.of(5, false));
    }

    private static AuthKey key() {
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        key[9] = 1;
        return AuthKey.of(key);
    }

    private static JsonObject object(String json) {
        try {
            return JsonParser.object().from(json);
        } catch (com.grack.nanojson.JsonParserException noJson) {
            throw new AssertionError(json, noJson);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
