package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, started by its launcher, where no person sits: pipes, files, nothing at all. */
class LoginOnPipeIT {
    @TempDir
    Path folder;

    private Practising practising;

    @BeforeEach
    void openServer() throws IOException {
        practising = new Practising(folder);
    }

    @AfterEach
    void closeServer() {
        practising.close();
    }

    @Test
    void answersOnAPipeAreEnough() throws Exception {
        ShellRun run = run("printf '+9996620001\\n22222\\n' | \"$@\"", practising.login("anna"));
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.output()).isEqualTo(session("anna") + "\n");
        assertThat(run.error()).contains("Logged in as Practice").doesNotContain("\u001b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session("anna"))))
                .isEqualTo("rw-------");
    }

    @Test
    void practiceNeedsNothingElse() throws Exception {
        ShellRun run =
                run("printf '+9996620001\\n22222\\n' | \"$@\"", List.of(Practising.launcher(), "login", "--practice"));
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.error())
                .contains("[practice phone +9996620001, in the app] Login code: 22222")
                .doesNotContain("\u001b");
        assertThat(session("login")).exists();
    }

    @Test
    void answersMayComeFromAFileAndOnWindowsLines() throws Exception {
        Files.writeString(folder.resolve("answers"), "+999 66 2 0100\r\n22222\r\npractice\r\n");
        ShellRun run = run("\"$@\" <answers", practising.login("anna"));
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(practising.calls()).contains("auth.checkPassword");
    }

    @Test
    void aPasswordIsTakenToTheLetter() throws Exception {
        Files.writeString(folder.resolve("answers"), "+9996620102\n22222\n  grüße aus 東京 \n");
        ShellRun run = run("\"$@\" <answers", practising.login("anna"));
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.error()).doesNotContain("grüße");
    }

    @Test
    void tooFewAnswersLeaveTheCodeForAnotherRun() throws Exception {
        ShellRun run = run("printf '+9996620001\\n' | \"$@\"", practising.login("anna"));
        assertThat(run.exitCode()).isEqualTo(65);
        assertThat(run.error()).contains("error: The input ended", "hint: ");
        assertThat(run.output()).isEmpty();
        assertThat(practising.calls()).contains("auth.sendCode").doesNotContain("auth.cancelCode");
        assertThat(session("anna")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"$@\" </dev/null", "\"$@\" <&-", ": | \"$@\""})
    void whereNobodyCanAnswerNotAByteGoesOut(String how) throws Exception {
        // On no host in particular, which has a command of its own.
        ShellRun run = run("unset CODESPACES; " + how, practising.login("anna"));
        assertThat(run.exitCode()).isEqualTo(10);
        assertThat(run.error()).contains("error: Nobody can answer here", "docker run -it", "heroku run");
        assertThat(practising.calls()).isEmpty();
        assertThat(practising.connections()).isZero();
    }

    /** Such a process is started anew whenever it ends: with answers on a pipe each start would cost a code. */
    @ParameterizedTest
    @CsvSource({
        "web.1, \"$@\" </dev/null",
        "worker.1, printf '+9996620001\\n22222\\n' | \"$@\"",
        "run.1234, \"$@\" </dev/null"
    })
    void inAProcessOfAHostThatNobodyTypesIntoNotAByteGoesOut(String dyno, String how) throws Exception {
        ShellRun run = run("export DYNO=" + dyno + "; " + how, practising.login("anna"));
        assertThat(run.exitCode()).as(run.error()).isEqualTo(13);
        assertThat(run.error())
                .containsIgnoringCase("nobody can answer")
                .contains("heroku run -a APP -- scripts/tgsession login");
        assertThat(practising.connections()).isZero();
        assertThat(practising.calls()).isEmpty();
        assertThat(session("anna")).doesNotExist();
    }

    @Test
    void aFileInTheWayIsFoundBeforeAnythingIsAskedAndSaysWhoseItIs() throws Exception {
        String answers = "printf '+9996620001\\n22222\\n' | \"$@\"";
        assertThat(run(answers, practising.login("anna")).exitCode()).isZero();
        byte[] before = Files.readAllBytes(session("anna"));
        int calls = practising.calls().size();
        ShellRun second = run(answers, practising.login("anna"));
        assertThat(second.exitCode()).isEqualTo(8);
        assertThat(second.error())
                .contains("is there already and logged in as Practice", "+9996620001", "--force")
                .doesNotContain("Phone number");
        assertThat(practising.calls()).hasSize(calls);
        assertThat(session("anna")).hasBinaryContent(before);

        ShellRun forced = run(answers, practising.login("anna", "--force"));
        assertThat(forced.exitCode()).as(forced.error()).isZero();
        assertThat(folder.resolve("anna.practice.session.bak")).hasBinaryContent(before);
        assertThat(Files.readAllBytes(session("anna"))).isNotEqualTo(before);
    }

    @Test
    void optionsFromTheEnvironmentCountAndMakeNoNoise() throws Exception {
        ShellRun run = run(
                "JAVA_TOOL_OPTIONS=-Dtgsession.test=1 JDK_JAVA_OPTIONS='-Dtgsession.test2=2' "
                        + "_JAVA_OPTIONS=-Dtgsession.test3=3 JAVA_OPTS='-Xmx64m -Xss512k' \"$@\"",
                List.of(Practising.launcher(), "--version"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.error()).isEmpty();
        assertThat(run.output()).startsWith("tgsession ");
        ShellRun broken = run("JAVA_TOOL_OPTIONS=-XX:NoSuchOption \"$@\"", List.of(Practising.launcher(), "--version"));
        assertThat(broken.exitCode()).as("the options are used").isNotZero();
    }

    @Test
    void streamsThatAreClosedDoNoHarm() throws Exception {
        ShellRun run = run("printf '+9996620001\\n22222\\n' | \"$@\" >&- 2>&-", practising.login("anna"));
        assertThat(run.exitCode()).isZero();
        assertThat(session("anna")).exists();
    }

    @Test
    void aSessionIsInspectedAndExportedAsAPersonWould() throws Exception {
        assertThat(run("printf '+9996620001\\n22222\\n' | \"$@\"", practising.login("anna"))
                        .exitCode())
                .isZero();
        String file = session("anna").toString();

        ShellRun text = run("\"$@\"", List.of(Practising.launcher(), "inspect", file));
        assertThat(text.exitCode()).isZero();
        assertThat(text.output()).contains("Telethon session file", "version 7", "+9996620001");
        ShellRun json = run("\"$@\"", List.of(Practising.launcher(), "inspect", file, "--json"));
        var found = JsonParser.object().from(json.output());
        assertThat(found.getObject("account").getLong("userId")).isEqualTo(9996620001L);
        assertThat(found.getObject("layout").getInt("shape")).isEqualTo(7);

        ShellRun line = run("\"$@\"", List.of(Practising.launcher(), "export", file, "--to", "telethon-string"));
        assertThat(line.exitCode()).isZero();
        assertThat(line.output()).startsWith("1").hasLineCount(1).hasSizeGreaterThan(350);
        ShellRun reread = run(
                "\"$@\" >copy",
                List.of(Practising.launcher(), "export", file, "--to", "telethon-string", "-o", "line.txt"));
        assertThat(reread.exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("line.txt"))).isEqualTo(line.output());
        assertThat(folder.resolve("copy")).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("line.txt"))))
                .isEqualTo("rw-------");
        ShellRun again = run(
                "\"$@\"", List.of(Practising.launcher(), "export", file, "--to", "telethon-string", "-o", "line.txt"));
        assertThat(again.exitCode()).isEqualTo(8);
    }

    private ShellRun run(String shell, List<String> command) throws IOException, InterruptedException {
        return ShellRun.of(shell, command, folder, Practising.API);
    }

    private Path session(String name) throws IOException {
        return folder.toRealPath().resolve(name + ".practice.session");
    }
}
