package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairCommandTest {
    private static final String KEY_ID = "32d1586ea457dfc8";

    @TempDir
    private Path folder;

    @Test
    void beforeAndAfterAreShownAndTheOldFileIsKept() throws Exception {
        Path file = fixture("v7-stamped-5-by-1.7.3.session", "a.session");
        byte[] before = Files.readAllBytes(file);

        Run run = Run.in(folder, "repair", "a");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.output())
                .contains("before    version 5, data center 2 at 149.154.167.51")
                .contains("after     version 7, data center 2 at 149.154.167.51")
                .contains(KEY_ID);
        assertThat(Files.readAllBytes(folder.resolve("a.session.bak"))).isEqualTo(before);
        assertThat(Run.in(folder, "repair", "a").output()).contains("nothing to repair");
        assertThat(files()).containsExactlyInAnyOrder("a.session", "a.session.bak");
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        Path file = fixture("version-table-empty.session", "a.session");
        byte[] before = Files.readAllBytes(file);

        JsonObject report = JsonParser.object()
                .from(Run.in(folder, "repair", "a.session", "--dry-run", "--json")
                        .output());

        assertThat(report.getString("verdict")).isEqualTo("mendable");
        assertThat(report.getObject("after").getInt("schema")).isEqualTo(7);
        assertThat(report.getObject("after").getString("keyId")).isEqualTo(KEY_ID);
        assertThat(report.isNull("written")).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(files()).containsExactly("a.session");
    }

    @Test
    void nothingToSaveIsSaidPlainly() throws Exception {
        fixture("auth-key-255.session", "a.session");
        Run run = Run.in(folder, "repair", "a.session");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(run.output()).contains("nothing can be saved").contains("255 bytes");
        assertThat(files()).containsExactly("a.session");
        assertThat(Run.in(folder, "repair", "none.session").code()).isEqualTo(ExitCode.BAD_FILE.number());
    }

    @Test
    void whereNothingCanBeSavedNobodyIsSentToRepairAgain() throws Exception {
        fixture("truncated-page1.session", "a.session");
        assertThat(Run.in(folder, "repair", "a.session").output())
                .contains("nothing can be saved", "Look for a backup")
                .doesNotContain("tgsession repair");
    }

    @Test
    void theVersionIsNotSaidToBeThatOfTheColumnsWhereOneOfThemIsLeftAway() throws Exception {
        fixture("v8-stamped-5-by-1.7.3.session", "a.session");
        assertThat(Run.in(folder, "repair", "a.session", "--dry-run").output())
                .contains("writes version 7", "after     version 7")
                .doesNotContain("columns show");
        fixture("v7-stamped-5-by-1.7.3.session", "b.session");
        assertThat(Run.in(folder, "repair", "b.session", "--dry-run").output())
                .contains("writes the version that the columns show", "after     version 7");
    }

    @Test
    void anotherLibrarysSessionIsSentToConvert() throws Exception {
        fixture("pyrogram.session", "a.session");
        Run run = Run.in(folder, "repair", "a.session");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(run.output())
                .contains("not for a Pyrogram session file", "tgsession convert FILE OUT")
                .doesNotContain("Log in again");
        fixture("auth-key-null.session", "b.session");
        assertThat(Run.in(folder, "repair", "b.session").output()).contains("tgsession login");
    }

    @Test
    void aJournalIsPlayedBackAndGone() throws Exception {
        fixture("hot-journal.session", "a.session");
        fixture("hot-journal.session-journal", "a.session-journal");

        Run run = Run.in(folder, "repair", "a.session");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(files()).containsExactlyInAnyOrder("a.session", "a.session.bak");
        for (String name : files()) {
            assertThat(Run.in(folder, "inspect", name).output()).as(name).contains(KEY_ID);
        }
    }

    @Test
    void aSecondSessionIsNotThrownAwayUnasked() throws Exception {
        fixture("two-sessions-rows.session", "a.session");
        assertThat(Run.in(folder, "repair", "a.session").code()).isEqualTo(ExitCode.NO_CONSOLE.number());
        assertThat(files()).containsExactly("a.session");

        Run run = Run.in(folder, "repair", "a.session", "--yes", "-o", "b.session");
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(Run.in(folder, "inspect", "b.session").output()).contains(KEY_ID);
    }

    private Path fixture(String name, String as) throws IOException, URISyntaxException {
        Path original = Path.of(RepairCommandTest.class
                .getResource("/dev/tgsession/session/format/telethon/broken/" + name)
                .toURI());
        return Files.copy(original, folder.resolve(as));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
