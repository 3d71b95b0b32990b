package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.tgsession.session.format.AnotherProgram;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonUpgrade;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeCommandTest {
    @TempDir
    private Path folder;

    @Test
    void anOldFileIsRewrittenInItsPlaceAndKept() throws Exception {
        Path file = fixture("telethon-0.19-v4-withoutrowid.session", "a.session");
        byte[] before = Files.readAllBytes(file);

        Run run = Run.in(folder, "upgrade", "a", "--yes");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.output()).contains("version 4 to 7", "5 to 6", "the peers met so far", "Telethon 1.17 to 1.42");
        assertThat(run.error()).contains("a.session.bak");
        assertThat(Files.readAllBytes(folder.resolve("a.session.bak"))).isEqualTo(before);
        assertThat(TelethonUpgrade.schemaOf(SessionSource.ofFile(file))).isEqualTo(7);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactlyInAnyOrder("a.session", "a.session.bak");
    }

    @Test
    void jsonAndTelethonTwoBecomeFilesOfTelethonOne() throws Exception {
        for (String name : List.of("telethon-0.12-json.session", "telethon-2.0dev-v10.session")) {
            Path file = fixture(name, name);

            Run run = Run.in(folder, "upgrade", name);

            assertThat(run.code()).as(run.error()).isZero();
            assertThat(run.output()).contains("none of Telethon 1's, becomes version 7");
            assertThat(TelethonUpgrade.schemaOf(SessionSource.ofFile(file))).isEqualTo(7);
            assertThat(Run.in(folder, "inspect", name).output()).contains("32d1586ea457dfc8");
        }
        Path older = fixture("telethon-0.12-json.session", "b.session");
        assertThat(Run.in(folder, "upgrade", "b", "--for", "1.10").code()).isZero();
        assertThat(TelethonUpgrade.schemaOf(SessionSource.ofFile(older))).isEqualTo(5);
    }

    @Test
    void whatWouldBeLostIsNotLostUnasked() throws Exception {
        Path file = fixture("telethon-0.19-v4-rowid.session", "a.session");
        byte[] before = Files.readAllBytes(file);

        Run run = Run.in(folder, "upgrade", "a.session");

        assertThat(run.code()).isEqualTo(ExitCode.NO_CONSOLE.number());
        assertThat(run.error()).contains("Something would be lost").contains("--yes");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(files()).containsExactly("a.session");
    }

    @Test
    void aDryRunSaysAllAndWritesNothing() throws Exception {
        Path file = fixture("telethon-1.24.0-v7.session", "a.session");
        byte[] before = Files.readAllBytes(file);

        Run run = Run.in(folder, "upgrade", "a.session", "--to", "3", "--dry-run", "--json");

        JsonObject plan = JsonParser.object().from(run.output());
        assertThat(run.code()).isZero();
        assertThat(plan.getInt("from")).isEqualTo(7);
        assertThat(plan.getInt("to")).isEqualTo(3);
        assertThat(plan.getArray("steps")).hasSize(4);
        assertThat(plan.isNull("written")).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(files()).containsExactly("a.session");
    }

    @Test
    void aReleaseNamesItsVersion() throws Exception {
        Path file = fixture("telethon-1.24.0-v7.session", "a.session");
        byte[] before = Files.readAllBytes(file);

        Run run =
                Run.in(folder, "upgrade", "a.session", "--for", "telethon==1.10.1", "-o", "b.session", "-y", "--json");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(JsonParser.object().from(run.output()).getString("written")).endsWith("b.session");
        assertThat(TelethonUpgrade.schemaOf(SessionSource.ofFile(folder.resolve("b.session"))))
                .isEqualTo(5);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void theFirstReleaseGetsTheFirstVersionAndTheLossIsTold() throws Exception {
        Path file = fixture("telethon-0.16.1-v2-rowid.session", "a.session");

        Run run = Run.in(folder, "upgrade", "a.session", "--for", "telethon==0.16", "-y");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.output())
                .contains("version 2 to 1", "drops the table sent_files", "the cache of sent files", "Telethon 0.16\n");
        assertThat(TelethonUpgrade.schemaOf(SessionSource.ofFile(file))).isEqualTo(1);
    }

    @Test
    void somethingElseIsNotOverwritten() throws Exception {
        fixture("telethon-1.24.0-v7.session", "a.session");
        Files.writeString(folder.resolve("b.session"), "mine");

        Run run = Run.in(folder, "upgrade", "a.session", "--to", "8", "-o", "b.session", "-y");
        assertThat(run.code()).isEqualTo(ExitCode.WOULD_OVERWRITE.number());
        assertThat(folder.resolve("b.session")).hasContent("mine");

        Run forced = Run.in(folder, "upgrade", "a.session", "--to", "8", "-o", "b.session", "-y", "--force");
        assertThat(forced.code()).as(forced.error()).isZero();
        assertThat(folder.resolve("b.session.bak")).hasContent("mine");
    }

    @Test
    void aFileThatIsFineStaysAsItIs() throws Exception {
        Path file = fixture("telethon-1.24.0-v7.session", "a.session");
        byte[] before = Files.readAllBytes(file);

        Run run = Run.in(folder, "upgrade", "a.session");

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains("already as it should be");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(files()).containsExactly("a.session");
    }

    @Test
    void backupsAreNumbered() throws Exception {
        fixture("telethon-1.24.0-v7.session", "a.session");
        for (String to : List.of("6", "7", "6")) {
            Run run = Run.in(folder, "upgrade", "a.session", "--to", to, "--yes");
            assertThat(run.code()).as(run.error()).isZero();
        }
        assertThat(files())
                .containsExactlyInAnyOrder("a.session", "a.session.bak", "a.session.bak.1", "a.session.bak.2");
    }

    @Test
    void aFileThatAnotherProgramIsWritingToIsLeftAlone() throws Exception {
        Path file = fixture("telethon-0.19-v4-rowid.session", "a.session");
        byte[] before = Files.readAllBytes(file);
        try (AnotherProgram writer =
                AnotherProgram.with(file, "begin immediate", "update update_state set pts = pts + 1")) {
            for (String command : List.of("upgrade", "repair")) {
                Run run = Run.in(folder, command, "a.session", "--yes");

                assertThat(run.code()).as(command).isEqualTo(ExitCode.BAD_FILE.number());
                assertThat(run.error()).as(command).contains("another program is writing");
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThat(files()).containsExactlyInAnyOrder("a.session", "a.session-journal");
            writer.commit();
        }
    }

    /** Its pages lie beside the file, and would come into the new one. */
    @Test
    void aFileThatAProgramHasOpenInWalModeIsNotReplacedButMayBeCopied() throws Exception {
        Path file = fixture("telethon-0.19-v4-rowid.session", "a.session");
        try (AnotherProgram client =
                AnotherProgram.with(file, "pragma journal_mode = wal", "update update_state set pts = 4711")) {
            byte[] before = Files.readAllBytes(file);

            Run run = Run.in(folder, "upgrade", "a.session", "--yes");
            assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
            assertThat(run.error()).contains("another program has").contains("open");

            Run copied = Run.in(folder, "upgrade", "a.session", "--yes", "-o", "b.session");
            assertThat(copied.code()).as(copied.error()).isZero();
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThat(files()).containsExactlyInAnyOrder("a.session", "a.session-wal", "a.session-shm", "b.session");
            assertThat(client.goesOn()).isTrue();
        }
    }

    @Test
    void whoseItIsSurvivesTheStepThatEmptiesEntities() throws Exception {
        Path file = fixture("telethon-1.43dev-v8-login.session", "a.session");
        var owner = owner(file);
        assertThat(owner).isPresent();

        assertThat(Run.in(folder, "upgrade", "a.session", "--to", "4", "--yes").code())
                .isZero();
        Run up = Run.in(folder, "upgrade", "a.session", "--to", "7", "--yes");

        assertThat(up.code()).as(up.error()).isZero();
        assertThat(up.output()).contains("the peers met so far");
        assertThat(owner(file)).isEqualTo(owner);
    }

    private static java.util.Optional<Long> owner(Path file) throws IOException {
        return new dev.tgsession.session.format.telethon.TelethonSqlite(java.time.InstantSource.system())
                .read(SessionSource.ofFile(file))
                .account()
                .map(dev.tgsession.session.Account::userId);
    }

    @Test
    void nonsenseIsRefusedInASentence() throws Exception {
        fixture("telethon-1.24.0-v7.session", "a.session");
        assertThat(Run.in(folder, "upgrade", "a.session", "--to", "9").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Run.in(folder, "upgrade", "a.session", "--for", "2.0").error())
                .contains("no release 2.0");
        assertThat(Run.in(folder, "upgrade", "a.session", "--for", "1.24", "--to", "6")
                        .error())
                .contains("do not go together");
        assertThat(Run.in(folder, "upgrade", "none.session").code()).isEqualTo(ExitCode.BAD_FILE.number());
    }

    private Path fixture(String name, String as) throws IOException, URISyntaxException {
        Path original = Path.of(UpgradeCommandTest.class
                .getResource("/dev/tgsession/session/format/telethon/" + name)
                .toURI());
        return Files.copy(original, folder.resolve(as));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
