package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.Password;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.travel.Armor;
import dev.tgsession.travel.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
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

/** {@code import} and {@code unseal}, where nobody sits at a terminal. */
class ImportCommandTest {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());
    private static final Map<String, String> PASSPHRASE = Map.of("TGSESSION_PASSPHRASE", "ten words");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"telethon", "pyrogram"})
    void aFileComesBackToTheByteByEachWay(String format) throws IOException {
        byte[] file = file(format);
        Seal seal = new Seal(new SecureRandom()).withPassphrase(Password.of("ten words"));
        List<byte[]> ways = List.of(
                file,
                Armor.wrap(file).getBytes(StandardCharsets.US_ASCII),
                seal.seal(file),
                seal.sealText(file).getBytes(StandardCharsets.US_ASCII),
                seal.seal(Armor.wrap(file).getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < ways.size(); i++) {
            Files.write(folder.resolve("in" + i), ways.get(i));
            Run run = Run.with(folder, PASSPHRASE, "", "import", "in" + i, "-o", "out" + i + ".session");
            assertThat(run.code()).as(run.error()).isZero();
            assertThat(run.output()).isEmpty();
            Path out = folder.resolve("out" + i + ".session");
            assertThat(Files.readAllBytes(out)).isEqualTo(file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void armorSurvivesLinesOfEightyAndStrayBlanksOnItsWay() throws IOException {
        byte[] file = file("telethon");
        String joined = Armor.wrap(file).replace("\n", "");
        StringBuilder bent = new StringBuilder("heroku$ tgsession login --out armor\r\n\r\n");
        for (int i = 0; i < joined.length(); i += 80) {
            bent.append("  ")
                    .append(joined, i, Math.min(joined.length(), i + 80))
                    .append(" \u00a0\r\n");
        }
        Run run = Run.with(folder, Map.of("TG_SESSION", bent.toString()), "", "import", "env:TG_SESSION");
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.error()).contains("logged in as ", "login.session");
        assertThat(Files.readAllBytes(folder.resolve("login.session"))).isEqualTo(file);
    }

    @ParameterizedTest
    @MethodSource("strings")
    void aStringOfAnyLibraryBecomesAFileOfTelethons(String format) throws IOException {
        String line = FORMATS.named(format).orElseThrow().write(session()).toText();
        Run run = Run.with(folder, Map.of(), "export TG_SESSION='" + line + "'\n", "import", "-");
        assertThat(run.code()).as(run.error()).isZero();
        SessionSource written = SessionSource.ofFile(folder.resolve("login.session"));
        assertThat(FORMATS.recognise(written).map(SessionFormat::name)).contains("telethon");
        assertThat(FORMATS.read(written).authKey()).isEqualTo(session().authKey());
    }

    static Stream<String> strings() {
        return Stream.of("telethon-string", "pyrogram-string", "gramjs-string");
    }

    @Test
    void aSessionOfAPracticeServerIsCalledOneUnlessItGetsAName() throws IOException {
        Session practice = session().at(new DataCenter(2, "127.0.0.1", 5432, Environment.PRACTICE));
        String armor = Armor.wrap(FORMATS.usual().write(practice).toFileBytes());
        assertThat(Run.with(folder, Map.of(), armor, "import", "-").code()).isZero();
        assertThat(folder.resolve("login.practice.session")).exists();
        assertThat(folder.resolve("login.session")).doesNotExist();
    }

    @Test
    void whatIsThereStaysUnlessForcedAndNobodyIsAskedInVain() throws IOException {
        Files.write(
                folder.resolve("in"),
                new Seal(new SecureRandom())
                        .withPassphrase(Password.of("ten words"))
                        .seal(file("telethon")));
        Files.writeString(folder.resolve("a.session"), "mine");

        Run run = Run.in(folder, "import", "in", "-o", "a.session");
        assertThat(run.code()).isEqualTo(ExitCode.WOULD_OVERWRITE.number());
        assertThat(run.error()).contains("--force").doesNotContain("assphrase");
        assertThat(folder.resolve("a.session")).hasContent("mine");

        Run forced = Run.with(folder, PASSPHRASE, "", "import", "in", "-o", "a.session", "--force");
        assertThat(forced.code()).as(forced.error()).isZero();
        assertThat(forced.error()).contains("a.session.bak");
        assertThat(folder.resolve("a.session.bak")).hasContent("mine");
    }

    @Test
    void withoutSomebodyToAskTheVariableIsNamed() throws IOException {
        Files.write(folder.resolve("in"), fixture("symmetric.gpg"));
        Run run = Run.in(folder, "unseal", "in", "-o", "out");
        assertThat(run.code()).isEqualTo(ExitCode.NO_CONSOLE.number());
        assertThat(run.error()).contains("TGSESSION_PASSPHRASE");

        Run piped = Run.with(folder, Map.of(), fixture("symmetric.gpg"), "unseal", "-", "-o", "out");
        assertThat(piped.code()).isEqualTo(ExitCode.NO_CONSOLE.number());
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aPassphraseMayComeThroughThePipe() throws IOException {
        Files.write(folder.resolve("in"), fixture("symmetric.gpg"));
        Run run = Run.with(folder, Map.of(), "correct horse\n", "unseal", "in", "-o", "out");
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("out"))).isEqualTo(fixture("plain.bin"));

        Run wrong = Run.with(folder, Map.of(), "wrong\ncorrect horse\n", "unseal", "in", "-o", "out2");
        assertThat(wrong.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(wrong.error()).contains("does not open this", "hint:");
        assertThat(folder.resolve("out2")).doesNotExist();
    }

    @Test
    void whatIsSealedForAKeyIsOpenedWithTheKey() throws IOException {
        Files.write(folder.resolve("in"), fixture("for-zoe-and-anna-signed.asc"));
        Files.write(folder.resolve("zoe"), fixture("zoe-secret.gpg"));
        Files.write(folder.resolve("anna"), fixture("anna-secret.asc"));

        Run without = Run.with(folder, PASSPHRASE, "", "unseal", "in", "-o", "out");
        assertThat(without.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(without.error()).contains("--key KEYFILE", "gpg --decrypt");

        Run anna = Run.in(folder, "unseal", "in", "--key", "anna", "-o", "out1");
        assertThat(anna.code()).as(anna.error()).isZero();
        Run zoe = Run.with(
                folder,
                Map.of("TGSESSION_PASSPHRASE", "battery staple"),
                "",
                "unseal",
                "in",
                "--key",
                "zoe",
                "-o",
                "out2");
        assertThat(zoe.code()).as(zoe.error()).isZero();
        for (String name : List.of("out1", "out2")) {
            assertThat(Files.readAllBytes(folder.resolve(name))).isEqualTo(fixture("plain.bin"));
        }
        Run wrong = Run.with(folder, PASSPHRASE, "", "unseal", "in", "--key", "zoe", "-o", "out3");
        assertThat(wrong.error()).contains("does not open the secret key");
        Run noKey = Run.with(folder, PASSPHRASE, "", "unseal", "in", "--key", "in", "-o", "out3");
        assertThat(noKey.error()).contains("no secret OpenPGP key");
    }

    @Test
    void whatIsNotASessionIsUnsealedButNotImported() throws IOException {
        Files.write(folder.resolve("in"), fixture("symmetric-uncompressed.asc"));
        Map<String, String> horse = Map.of("TGSESSION_PASSPHRASE", "correct horse");
        Run imported = Run.with(folder, horse, "", "import", "in");
        assertThat(imported.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(folder.resolve("login.session")).doesNotExist();

        Run unsealed = Run.with(folder, horse, "", "unseal", "in");
        assertThat(unsealed.code()).as(unsealed.error()).isZero();
        assertThat(unsealed.output()).startsWith("SQLite format 3\0");
    }

    @Test
    void whatIsNotSealedIsToldWhereToGo() throws IOException {
        Files.write(folder.resolve("in"), file("telethon"));
        Run run = Run.in(folder, "unseal", "in", "-o", "out");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(run.error()).contains("not sealed", "tgsession import");
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "unseal"})
    void noSecretIsTakenFromTheCommandLineOrRepeated(String command) throws IOException {
        String line =
                FORMATS.named("telethon-string").orElseThrow().write(session()).toText();
        for (Run run : List.of(
                Run.in(folder, command, line),
                Run.in(folder, command, "in", "-o", line),
                Run.in(folder, command, "a", line))) {
            assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(run.output() + run.error()).doesNotContain(line.substring(20, 60));
        }
    }

    @Test
    void aFileOfWhichAPartIsElsewhereDoesNotTravel() throws IOException {
        Files.write(folder.resolve("in.session"), file("telethon"));
        Files.writeString(folder.resolve("in.session-wal"), "pages");
        Run run = Run.in(folder, "import", "in.session");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(run.error()).contains("in.session-wal", "tgsession convert IN OUT");
        assertThat(folder.resolve("login.session")).doesNotExist();
    }

    @Test
    void damageIsRefusedAndNothingWritten() throws IOException {
        byte[] file = file("telethon");
        String armor = Armor.wrap(file);
        List<String> damaged = List.of(
                armor.substring(0, armor.indexOf("-----END")), armor.replaceFirst("\n.", "\n!"), "", "nothing at all");
        for (String text : damaged) {
            Run run = Run.with(folder, Map.of(), text, "import", "-");
            assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
            assertThat(run.error()).contains("error: ");
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private static byte[] file(String format) throws IOException {
        return FORMATS.named(format).orElseThrow().write(session()).toFileBytes();
    }

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = ImportCommandTest.class.getResourceAsStream("/dev/tgsession/travel/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static Session session() {
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key))
                .withAccount(Account.of(4711, false))
                .withApiId(12345);
    }
}
