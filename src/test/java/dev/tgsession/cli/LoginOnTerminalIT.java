package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.cli.terminal.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program, started by its launcher, with a person at a real pseudo-terminal. */
class LoginOnTerminalIT {
    private static final String WITH_PASSWORD = "+9996620100";
    private static final String CODE = "22222";
    private static final String PASSWORD = "practice";

    /** The prompts of a login with a password, in their order. */
    private static final List<String> PROMPTS = List.of("bot token: ", "Login code (5 digits): ", "while you type): ");

    private static final List<String> ANSWERS = List.of(WITH_PASSWORD, CODE, PASSWORD);

    @TempDir
    Path folder;

    private Practising practising;

    @BeforeEach
    void openServer() throws IOException {
        assumeTrue(PseudoTerminal.isPossible(), "this machine has no pseudo-terminals, or no setsid");
        practising = new Practising(folder);
    }

    @AfterEach
    void closeServer() {
        if (practising != null) {
            practising.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80, 24, xterm-256color",
        "0, 0, xterm-256color",
        "80, 24, dumb",
        "0, 0, dumb",
        "80, 24, ",
        "80, 24, xterm-kitty",
        "40, 5, vt100"
    })
    void aLoginLeavesAFileAndTheTerminalAsItWas(int columns, int rows, String term) throws IOException {
        try (PseudoTerminal terminal = PseudoTerminal.open(columns, rows)) {
            String before = terminal.settings();
            terminal.start(environment(term), practising.login("anna"), Optional.empty(), Optional.empty(), folder);
            answer(terminal, 3);
            terminal.expect("Logged in as Practice")
                    .expect("Devices")
                    .expect(session("anna").toString());
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.settings()).isEqualTo(before);
            assertNothingStrange(terminal.screen());
            assertOnlyOwnersFile(session("anna"));
        }
        assertThat(practising.calls())
                .contains("auth.sendCode", "auth.checkPassword")
                .doesNotContain("auth.cancelCode");
    }

    @ParameterizedTest
    @CsvSource({"xterm, 0", "xterm, 1", "xterm, 2", "dumb, 0", "dumb, 1", "dumb, 2"})
    void controlCEndsItWithTheCodeCancelled(String term, int prompt) throws IOException {
        endsEarly(environment(term), prompt, terminal -> terminal.type("\u0003"), 130);
        assertCodeIsCancelled(prompt);
    }

    @ParameterizedTest
    @CsvSource({"xterm, 0", "xterm, 1", "xterm, 2", "dumb, 1"})
    void controlDIsTheEndOfTheAnswers(String term, int prompt) throws IOException {
        endsEarly(environment(term), prompt, terminal -> terminal.type("\u0004"), 65);
        assertCodeIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"xterm, 0", "xterm, 1", "xterm, 2", "dumb, 2"})
    void toBeToldToEndEndsIt(String term, int prompt) throws IOException {
        endsEarly(environment(term), prompt, terminal -> terminal.leader().destroy(), 143);
        assertCodeIsCancelled(prompt);
    }

    @ParameterizedTest
    @CsvSource({"xterm, 0", "xterm, 1", "xterm, 2", "dumb, 0", "dumb, 1", "dumb, 2"})
    void aTerminalThatHangsUpEndsIt(String term, int prompt) throws IOException {
        Path error = Files.createFile(folder.resolve("error"));
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(environment(term), practising.login("anna"), Optional.empty(), Optional.of(error), folder);
            answer(terminal, prompt);
            terminal.expect(PROMPTS.get(prompt));
            String said = Files.readString(error);
            terminal.hangUp();
            assertThat(terminal.exitCode()).isEqualTo(129);
            assertThat(Files.readString(error)).as("said after the hang-up").isEqualTo(said);
        }
        assertNoSession();
        assertCodeIsLeft();
    }

    @Test
    void controlCWhileTelegramIsWaitedForEndsItToo() throws IOException {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            String before = terminal.settings();
            terminal.start(environment("xterm"), practising.login("anna"), Optional.empty(), Optional.empty(), folder);
            terminal.expect(PROMPTS.get(0))
                    .type("+9996620300\r")
                    .expect("wait 3 seconds")
                    .type("\u0003");
            assertThat(terminal.exitCode()).isEqualTo(130);
            assertThat(terminal.settings()).isEqualTo(before);
        }
        assertNoSession();
        assertCodeIsCancelled(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void withStandardOutputElsewhereOnlyTheFilesNameGoesThere(String term) throws IOException {
        Path output = Files.createFile(folder.resolve("output"));
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(environment(term), practising.login("anna"), Optional.of(output), Optional.empty(), folder);
            answer(terminal, 3);
            assertThat(terminal.exitCode()).isZero();
            assertNothingStrange(terminal.screen());
        }
        assertThat(Files.readString(output)).isEqualTo(session("anna") + "\n");
    }

    @Test
    void aPasswordIsNotSeenInAPlainLocaleEither() throws IOException {
        Map<String, String> environment = new HashMap<>(environment("dumb"));
        environment.put("LANG", "C");
        environment.put("LC_ALL", "POSIX");
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(environment, practising.login("anna"), Optional.empty(), Optional.empty(), folder);
            terminal.expect(PROMPTS.get(0)).type("+9996620102\r");
            terminal.expect(PROMPTS.get(1)).type(CODE + "\r");
            terminal.expect(PROMPTS.get(2)).type("  grüße aus 東京 \r");
            terminal.expect("Logged in as");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain("aus", "東京");
        }
    }

    @Test
    void aLoginThatWasWonIsNotLostToAFileThatCameMeanwhile() throws IOException {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(environment("dumb"), practising.login("anna"), Optional.empty(), Optional.empty(), folder);
            answer(terminal, 2);
            Files.writeString(session("anna"), "somebody else's");
            terminal.expect(PROMPTS.get(2)).type(PASSWORD + "\r");
            terminal.expect(session("anna-1").toString());
            assertThat(terminal.exitCode()).isZero();
        }
        assertThat(session("anna")).hasContent("somebody else's");
        assertOnlyOwnersFile(session("anna-1"));
    }

    @Test
    void thePracticePhoneShowsItsMessagesInAFrame() throws IOException {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(
                    environment("xterm"),
                    List.of(Practising.launcher(), "login", "--practice"),
                    Optional.empty(),
                    Optional.empty(),
                    folder);
            terminal.expect(PROMPTS.get(0)).type("+9996620001\r");
            terminal.expect("┌─ practice phone +9996620001")
                    .expect("│ Login code: 22222")
                    .expect("┘");
            terminal.expect(PROMPTS.get(1)).type(CODE + "\r").expect("only practice");
            assertThat(terminal.exitCode()).isZero();
        }
        assertOnlyOwnersFile(session("login"));
    }

    private interface Ending {
        void happensOn(PseudoTerminal terminal) throws IOException;
    }

    private void endsEarly(Map<String, String> environment, int prompt, Ending ending, int code) throws IOException {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            String before = terminal.settings();
            terminal.start(environment, practising.login("anna"), Optional.empty(), Optional.empty(), folder);
            answer(terminal, prompt);
            terminal.expect(PROMPTS.get(prompt));
            ending.happensOn(terminal);
            assertThat(terminal.exitCode()).isEqualTo(code);
            assertThat(terminal.settings()).isEqualTo(before);
            assertNothingStrange(terminal.screen());
        }
        assertNoSession();
    }

    /** Gives the first answers. */
    private static void answer(PseudoTerminal terminal, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            terminal.expect(PROMPTS.get(i)).type(ANSWERS.get(i) + "\r");
        }
    }

    /** No session, no half of one. */
    private void assertNoSession() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> List.of("server.pem", "error").contains(name));
        }
    }

    /** For another run that goes on with the login. */
    private void assertCodeIsLeft() {
        assertThat(practising.calls()).doesNotContain("auth.cancelCode");
    }

    /** No code that somebody could still use, if one was sent. */
    private void assertCodeIsCancelled(int prompt) {
        if (prompt == 0) {
            assertThat(practising.calls()).doesNotContain("auth.cancelCode");
        } else {
            assertThat(practising.calls()).contains("auth.sendCode", "auth.cancelCode");
        }
    }

    private static void assertNothingStrange(String screen) {
        assertThat(screen)
                .doesNotContain(PASSWORD + "\r", "Exception", "WARNING", "Picked up", "\tat ")
                .doesNotContain("\u001b[?2026", "\u001b[?2004h", "\u001b[c", "....");
        assertThat(screen.substring(screen.indexOf("while you type") < 0 ? 0 : screen.indexOf("while you type")))
                .as("after the question for the password")
                .doesNotContain(PASSWORD + "\n", " " + PASSWORD);
    }

    private static void assertOnlyOwnersFile(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private Path session(String name) throws IOException {
        return folder.toRealPath().resolve(name + ".practice.session");
    }

    private static Map<String, String> environment(String term) {
        Map<String, String> environment = new HashMap<>(Practising.API);
        if (term != null) {
            environment.put("TERM", term);
        }
        return environment;
    }
}
