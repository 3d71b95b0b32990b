package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program fills a session with three thousand dialogs, through a short wait and in spite of a long one. */
class SyncIT {
    private static final int ALL = 3000 - 1 + 3000 / 20;

    @TempDir
    Path folder;

    private volatile Duration ahead = Duration.ZERO;
    private Practising practising;

    @BeforeEach
    void openServer() throws IOException {
        practising = new Practising(folder, () -> Instant.now().plus(ahead));
    }

    @AfterEach
    void closeServer() {
        practising.close();
    }

    @Test
    void aShortWaitIsSatOutWithAWordAboutIt() throws Exception {
        login("+9996620701");

        ShellRun run = sync();

        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.error()).contains("Telegram wants us to wait").doesNotContain("\r");
        JsonObject report = JsonParser.object().from(run.output());
        assertThat(report.getBoolean("complete")).isTrue();
        assertThat(report.getInt("dialogs")).isEqualTo(3000);
        assertThat(report.getInt("peers")).isEqualTo(ALL);
    }

    @Test
    void aLongWaitIsReportedAndARerunCompletes() throws Exception {
        login("+9996620702");

        ShellRun first = sync();
        JsonObject report = JsonParser.object().from(first.output());
        assertThat(first.exitCode()).isEqualTo(5);
        assertThat(report.getBoolean("complete")).isFalse();
        assertThat(report.getInt("waitSeconds")).isBetween(200, 300);
        assertThat(report.getInt("peers")).isBetween(200, 1000);
        assertThat(first.error()).contains("error: ", "hint: ", "What was found is in the file");

        ahead = Duration.ofMinutes(6);
        ShellRun second = sync();
        assertThat(second.exitCode()).as(second.error()).isZero();
        report = JsonParser.object().from(second.output());
        assertThat(report.getBoolean("complete")).isTrue();
        assertThat(report.getInt("peersBefore")).isLessThan(ALL);
        assertThat(report.getInt("peers")).isEqualTo(ALL);

        ShellRun entities = run("\"$@\"", List.of(Practising.launcher(), "entities", "a.practice.session", "@many_6"));
        assertThat(entities.output()).contains("5000000006");
    }

    private void login(String number) throws Exception {
        ShellRun run = run("printf '" + number + "\\n22222\\n' | \"$@\"", practising.login("a"));
        assertThat(run.exitCode()).as(run.error()).isZero();
    }

    private ShellRun sync() throws Exception {
        return run("\"$@\" </dev/null", List.of(Practising.launcher(), "sync", "a.practice.session", "--json"));
    }

    private ShellRun run(String script, List<String> command) throws Exception {
        return ShellRun.of(script, command, folder, Practising.API);
    }
}
