package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.cli.terminal.PseudoTerminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged program remembers from one run to the next: codes, waits, and where a login stopped. */
class ResumeIT {
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
    void aLoginThatWasKilledAfterTheCodeWasSentGoesOnWithThatCode() throws Exception {
        assumeTrue(PseudoTerminal.isPossible(), "this machine has no pseudo-terminals, or no setsid");
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(environment(), practising.login("anna"), Optional.empty(), Optional.empty(), folder);
            terminal.expect("bot token: ").type("+9996620001\r").expect("Login code (5 digits): ");
            terminal.leader().destroyForcibly();
            terminal.exitCode();
        }
        assertThat(waiting()).hasSize(1).allSatisfy(ResumeIT::assertOnlyOwnersFile);

        ShellRun resumed = run("printf '22222\\n' | \"$@\"", tgsession("login", "--resume"));

        assertThat(resumed.exitCode()).as(resumed.error()).isZero();
        assertThat(resumed.output()).isEqualTo(session("anna") + "\n");
        assertThat(resumed.error()).contains("goes on with the login of +9996620001", "Logged in as Practice");
        assertOneCodeAndOneKey();
        assertThat(waiting()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void aTerminalThatHangsUpLeavesALoginThatAnotherTerminalFinishes(String term) throws Exception {
        assumeTrue(PseudoTerminal.isPossible(), "this machine has no pseudo-terminals, or no setsid");
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(environment(term), practising.login("anna"), Optional.empty(), Optional.empty(), folder);
            terminal.expect("bot token: ").type("+9996620100\r").expect("Login code (5 digits): ");
            terminal.hangUp();
            assertThat(terminal.exitCode()).isEqualTo(129);
        }
        // Stopped again at the password: then that is all that is missing.
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(
                    environment(term), tgsession("login", "--resume"), Optional.empty(), Optional.empty(), folder);
            terminal.expect("Login code (5 digits): ").type("22222\r").expect("while you type): ");
            terminal.hangUp();
            assertThat(terminal.exitCode()).isEqualTo(129);
        }
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(
                    environment(term), tgsession("login", "--resume"), Optional.empty(), Optional.empty(), folder);
            terminal.expect("while you type): ").type("practice\r").expect("Logged in as Practice");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain("Login code");
        }
        assertThat(session("anna")).exists();
        assertOneCodeAndOneKey();
    }

    @Test
    void tooFewAnswersLeaveALoginThatGoesOn() throws Exception {
        ShellRun first = run("printf '+9996620001\\n' | \"$@\"", practising.login("anna"));
        assertThat(first.exitCode()).isEqualTo(65);
        assertThat(first.error()).contains("without another code: tgsession login --resume anna");
        assertThat(practising.calls()).doesNotContain("auth.cancelCode");

        ShellRun second = run("printf '22222\\n' | \"$@\"", tgsession("login", "--resume", "anna"));

        assertThat(second.exitCode()).as(second.error()).isZero();
        assertOneCodeAndOneKey();
        ShellRun third = run("printf '22222\\n' | \"$@\"", tgsession("login", "--resume"));
        assertThat(third.exitCode()).isEqualTo(1);
        assertThat(third.error()).contains("No login waits to be gone on with");
    }

    @Test
    void whoGivesUpLeavesNothingToGoOnWith() throws Exception {
        assertThat(run("printf '+9996620001\\nq\\n' | \"$@\"", practising.login("anna"))
                        .exitCode())
                .isEqualTo(1);
        assertThat(practising.calls()).contains("auth.cancelCode");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void anExpiredCodeIsSaidAndNoOtherIsAskedFor() throws Exception {
        run("printf '+9996620202\\n' | \"$@\"", practising.login("anna"));

        ShellRun resumed = run("printf '22222\\n' | \"$@\"", tgsession("login", "--resume"));

        assertThat(resumed.exitCode()).isEqualTo(1);
        assertThat(resumed.error()).contains("The code is no longer valid.");
        assertOneCodeAndOneKey();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aCodeThatWasRefusedIsNotSentAgainByTheNextRun() throws Exception {
        run("printf '+9996620001\\n11111\\n' | \"$@\"", practising.login("anna"));

        ShellRun resumed = run("printf '11111\\n22222\\n' | \"$@\"", tgsession("login", "--resume"));

        assertThat(resumed.exitCode()).as(resumed.error()).isZero();
        assertThat(resumed.error()).contains("Telegram has refused this code already.");
        assertThat(Collections.frequency(practising.calls(), "auth.signIn")).isEqualTo(2);
    }

    @Test
    void theThirdCodeIsAskedAboutFirst() throws Exception {
        for (String name : List.of("one", "two")) {
            ShellRun run = run("printf '+9996620001\\n22222\\n' | \"$@\"", practising.login(name));
            assertThat(run.exitCode()).as(run.error()).isZero();
            assertThat(run.error()).doesNotContain("within 24 hours");
        }
        int before = practising.calls().size();
        ShellRun no = run("printf '+9996620001\\nn\\n' | \"$@\"", practising.login("three"));
        assertThat(no.exitCode()).isEqualTo(1);
        assertThat(no.error()).contains("the third code for this number within 24 hours", "No code was asked for.");
        assertThat(practising.calls()).as("not even a connection").hasSize(before);

        ShellRun yes = run("printf '+9996620001\\ny\\n22222\\n' | \"$@\"", practising.login("three"));
        assertThat(yes.exitCode()).as(yes.error()).isZero();
    }

    @Test
    void aWaitSurvivesTheProgramAndIsKeptWithoutAByte() throws Exception {
        ShellRun first = run("printf '+9996620301\\n' | \"$@\"", practising.login("anna"));
        assertThat(first.exitCode()).isEqualTo(5);
        int before = practising.calls().size();

        ShellRun second = run("printf '+9996620301\\n' | \"$@\"", practising.login("anna"));

        assertThat(second.exitCode()).isEqualTo(5);
        assertThat(second.error()).contains("left alone with this number until", "so nothing was sent");
        assertThat(practising.calls()).as("not even a connection").hasSize(before);
        assertOnlyOwnersFile(state().resolve("ledger"));
        assertOnlyOwnersFile(state().resolve("ledger.key"));
        assertThat(Files.readString(state().resolve("ledger"))).doesNotContain("9996620301");
        // Another number may go on.
        assertThat(run("printf '+9996620001\\n22222\\n' | \"$@\"", practising.login("anna"))
                        .exitCode())
                .isZero();
    }

    @Test
    void aDamagedLedgerIsSetAsideAndHindersNobody() throws Exception {
        Files.createDirectories(state());
        Files.write(state().resolve("ledger"), new byte[] {0, 1, 2, 3});

        ShellRun run = run("printf '+9996620001\\n22222\\n' | \"$@\"", practising.login("anna"));

        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.error()).contains("is damaged", "ledger.damaged");
        assertThat(state().resolve("ledger.damaged")).hasBinaryContent(new byte[] {0, 1, 2, 3});
    }

    @Test
    void aHostThatForgetsSaysNothingOfCodesThatNobodyCounts() throws Exception {
        ShellRun run =
                run("DYNO=run.1234; export DYNO; printf '+9996620001\\n22222\\n' | \"$@\"", practising.login("a"));
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.error()).doesNotContain("count of codes");
    }

    @Test
    void startNeedsNobodyAndFinishBringsTheCode() throws Exception {
        List<String> practice =
                tgsession("practice", "--key-out", folder.resolve("other.pem").toString());
        ProcessBuilder builder = new ProcessBuilder(practice).directory(folder.toFile());
        PseudoTerminal.bare(builder.environment()).putAll(environment());
        Path phone = folder.resolve("phone");
        Process server = builder.redirectError(phone.toFile()).start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String address = addressOf(said);
            ShellRun start = run(
                    "\"$@\" </dev/null",
                    tgsession(
                            "login",
                            "start",
                            "anna",
                            "--phone",
                            "+9996620100",
                            "--server",
                            address,
                            "--server-key",
                            folder.resolve("other.pem").toString()));
            assertThat(start.exitCode()).as(start.error()).isZero();
            assertThat(start.error())
                    .contains("Telegram has sent the code as a message")
                    .endsWith("To go on: tgsession login finish anna\n"
                            + "It asks for the code, then for the password if the account has one.\n")
                    .doesNotContain("22222");
            assertThat(start.output()).isEmpty();
            assertThat(session("anna")).doesNotExist();

            ShellRun finish = run("printf '22222\\npractice\\n' | \"$@\"", tgsession("login", "finish", "anna"));

            assertThat(finish.exitCode()).as(finish.error()).isZero();
            assertThat(finish.output()).isEqualTo(session("anna") + "\n");
        } finally {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(phone)).containsOnlyOnce("Login code: 22222");
    }

    @Test
    void startWithoutANumberNeedsSomebodyAndFinishSomethingThatWasBegun() throws Exception {
        ShellRun nobody = run("\"$@\" </dev/null", startAt("anna"));
        assertThat(nobody.exitCode()).isEqualTo(10);
        assertThat(practising.calls()).isEmpty();
        ShellRun nothing = run("printf '22222\\n' | \"$@\"", tgsession("login", "finish"));
        assertThat(nothing.exitCode()).isEqualTo(1);
        for (List<String> wrong : List.of(
                tgsession("login", "start", "--practice"),
                tgsession("login", "finish", "--test-dc"),
                tgsession("login", "--resume", "--dc", "4"),
                tgsession("login", "start", "--resume"),
                tgsession("login", "one", "two"))) {
            ShellRun run = run("\"$@\" </dev/null", wrong);
            assertThat(run.exitCode()).as(run.error()).isEqualTo(2);
        }
    }

    private List<String> startAt(String name) {
        List<String> command = new ArrayList<>(practising.login("start"));
        command.add(command.indexOf("start") + 1, name);
        return command;
    }

    private static String addressOf(BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("data center 2 ")) {
                return line.substring("data center 2 ".length()).strip();
            }
        }
        throw new AssertionError("the practice servers do not say where they are");
    }

    private void assertOneCodeAndOneKey() {
        List<String> calls = practising.calls();
        assertThat(Collections.frequency(calls, "auth.sendCode")).isOne();
        assertThat(calls.stream().filter(call -> call.startsWith("req_pq"))).hasSize(1);
        assertThat(calls).doesNotContain("auth.cancelCode", "auth.resendCode");
    }

    private static void assertOnlyOwnersFile(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** The files of logins that wait for their code. */
    private List<Path> waiting() throws IOException {
        Path logins = state().resolve("logins");
        if (!Files.exists(logins)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logins)) {
            return files.toList();
        }
    }

    private Path state() {
        return folder.resolve("state/tgsession");
    }

    private Path session(String name) throws IOException {
        return folder.toRealPath().resolve(name + ".practice.session");
    }

    private ShellRun run(String shell, List<String> command) throws IOException, InterruptedException {
        return ShellRun.of(shell, command, folder, environment());
    }

    private static List<String> tgsession(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Practising.launcher()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> environment() {
        return environment("dumb");
    }

    private Map<String, String> environment(String term) {
        Map<String, String> environment = new HashMap<>(Practising.API);
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        environment.put("TERM", term);
        return environment;
    }
}
