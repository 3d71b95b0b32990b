package dev.tgsession.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.crypto.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rung of the ladder, with {@link Interview} as the program, on real pseudo-terminals and real pipes. */
class LadderIT {
    /** Everything that went wrong with some line editor once: spaces around, history signs, quotes, letters beyond ASCII. */
    private static final String PASSWORD = "  !! pa\\ss \"w%rd' ünï😀 ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"xterm-256color", "screen", "linux", "vt100", "xterm-kitty", "no-such-terminal", "dumb", ""})
    void onEveryTerminalTheAnswersArriveAndThePasswordIsNotSeen(String term) throws IOException {
        interview(Map.of("TERM", term, "LANG", "C.UTF-8"), 80, 24);
    }

    @Test
    void aTerminalWithoutANameWillDo() throws IOException {
        interview(Map.of(), 80, 24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void aTerminalWithoutASizeWillDo(String term) throws IOException {
        interview(Map.of("TERM", term), 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void aPlainLocaleDoesNotMangleThePassword(String term) throws IOException {
        interview(Map.of("TERM", term, "LANG", "C"), 80, 24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void withStandardOutputElsewhereTheTalkStaysOnTheTerminal(String term) throws IOException {
        Path output = Files.createFile(folder.resolve("out"));
        try (PseudoTerminal terminal = terminal(80, 24)) {
            terminal.start(Map.of("TERM", term), program(), Optional.of(output), Optional.empty(), folder);
            answerEverything(terminal);
            assertThat(terminal.exitCode()).isZero();
            assertThat(Files.readString(output)).isEqualTo(heard());
            assertThat(terminal.screen()).doesNotContain("pa\\ss");
        }
    }

    @Test
    void withBothOutputsElsewhereTheTalkStaysOnTheTerminal() throws IOException {
        Path output = Files.createFile(folder.resolve("out"));
        Path error = Files.createFile(folder.resolve("err"));
        try (PseudoTerminal terminal = terminal(80, 24)) {
            terminal.start(Map.of("TERM", "xterm"), program(), Optional.of(output), Optional.of(error), folder);
            answerEverything(terminal);
            assertThat(terminal.exitCode()).isZero();
            assertThat(Files.readString(output)).isEqualTo(heard());
            assertThat(Files.readString(error)).isEmpty();
            assertThat(terminal.screen()).doesNotContain("pa\\ss");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void mistypedLettersCanBeTakenBack(String term) throws IOException {
        try (PseudoTerminal terminal = terminal(80, 24)) {
            terminal.start(Map.of("TERM", term), program());
            terminal.expect("Phone: ").type("+19\u007f\r");
            terminal.expect("Code: ").type("1\r");
            terminal.expect("Password: ").type("secres\u007ft\r");
            terminal.expect(hex("+1")).expect(mark("secret"));
            assertThat(terminal.exitCode()).isZero();
        }
    }

    @Test
    void onAGoodTerminalTheCursorMoves() throws IOException {
        try (PseudoTerminal terminal = terminal(80, 24)) {
            terminal.start(Map.of("TERM", "xterm"), program());
            // Left, in both forms a terminal may send; Home; End; Up does nothing.
            terminal.expect("Phone: ").type("24\u001b[D3\u001b[H1\u001b[F5\u001bOD\u001bODx\u001b[A\r");
            terminal.expect("Code: ").type("oops\u0015+1\r");
            terminal.expect("Password: ").type("\r");
            terminal.expect(hex("123x45")).expect(hex("+1")).expect(mark(""));
            assertThat(terminal.exitCode()).isZero();
        }
    }

    /** The terminal has shown what was typed, so it was the terminal's own line until then. */
    @Test
    void theFirstKeyThatMovesFindsTheLineAsItWasTyped() throws IOException {
        try (PseudoTerminal terminal = terminal(80, 24)) {
            String before = terminal.settings();
            terminal.start(Map.of("TERM", "xterm"), program());
            terminal.expect("Phone: ").type("+1").expect("+1").type("\r");
            terminal.expect("Code: ").type("24").expect("24").type("\u001b[D3\u001b[H1\r");
            terminal.expect("Password: ").type("sexret\u001b[D\u001b[D\u001b[D\u007fc\r");
            terminal.expect(hex("+1")).expect(hex("1234")).expect(mark("secret"));
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain("sexret", "secret");
            assertThat(terminal.settings()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void controlCEndsItAtEachPrompt(String term) throws IOException {
        endsAtEachPrompt(term, "\u0003", 130);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void controlDIsTheEndOfTheAnswersAtEachPrompt(String term) throws IOException {
        endsAtEachPrompt(term, "\u0004", 65);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb", "C"})
    void aTerminalThatHangsUpEndsItAtEachPrompt(String kind) throws IOException {
        Map<String, String> environment = kind.equals("C") ? Map.of("LANG", "C") : Map.of("TERM", kind);
        for (int prompts = 0; prompts < 3; prompts++) {
            try (PseudoTerminal terminal = terminal(80, 24)) {
                Path error = Files.createFile(folder.resolve(kind + prompts));
                terminal.start(environment, program(), Optional.empty(), Optional.of(error), folder);
                reachPrompt(terminal, prompts);
                terminal.hangUp();
                assertThat(terminal.exitCode()).as("at prompt " + prompts).isEqualTo(129);
                assertThat(Files.readString(error)).doesNotContain("Exception");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb", "C"})
    void aProcessToldToEndLeavesTheTerminalAsItWas(String kind) throws IOException {
        Map<String, String> environment = kind.equals("C") ? Map.of("LANG", "C") : Map.of("TERM", kind);
        try (PseudoTerminal terminal = terminal(80, 24)) {
            String before = terminal.settings();
            terminal.start(environment, program());
            reachPrompt(terminal, 2);
            terminal.leader().destroy();
            assertThat(terminal.exitCode()).isEqualTo(143);
            assertThat(terminal.settings()).isEqualTo(before);
        }
    }

    @Test
    void aPipeGetsPlainPromptsAndNotOneEscape() throws Exception {
        Run run = onPipe("+1\n22222\n" + PASSWORD + "\n");
        assertThat(run.exitCode).isZero();
        assertThat(run.output).isEqualTo(heard());
        assertThat(run.error).isEqualTo("Phone: \npractice phone: 100% ?[31mred\nCode: \nPassword: \nthank you\n");
    }

    @Test
    void theLastLineOfAPipeNeedsNoEnd() throws Exception {
        Run run = onPipe("+1\r\n22222\r\n" + PASSWORD);
        assertThat(run.exitCode).isZero();
        assertThat(run.output).isEqualTo(heard());
    }

    @Test
    void tooFewAnswersEndTheTalk() throws Exception {
        Run run = onPipe("+1\n");
        assertThat(run.exitCode).isEqualTo(65);
        assertThat(run.error).endsWith("Code: \n");
    }

    @Test
    void anEmptyPipeCannotAnswer() throws Exception {
        Run run = onPipe("");
        assertThat(run.exitCode).isEqualTo(10);
        assertThat(run.error).doesNotContain("Phone");
    }

    private void interview(Map<String, String> environment, int columns, int rows) throws IOException {
        try (PseudoTerminal terminal = terminal(columns, rows)) {
            String before = terminal.settings();
            terminal.start(environment, program());
            answerEverything(terminal);
            assertThat(terminal.exitCode()).isZero();
            for (String line : heard().split("\n", -1)) {
                assertThat(terminal.screen()).contains(line);
            }
            assertThat(terminal.screen())
                    .contains("practice phone: 100% ?[31mred")
                    .doesNotContain(
                            "pa\\ss", "ünï", "WARNING", "Exception", "\u001b[?2026", "\u001b[?2004h", "\u001b[c");
            assertThat(terminal.settings()).isEqualTo(before);
        }
    }

    private static void answerEverything(PseudoTerminal terminal) throws IOException {
        terminal.expect("Phone: ").type("+1\r");
        terminal.expect("Code: ").type("22222\r");
        terminal.expect("Password: ").type(PASSWORD + "\r");
        terminal.expect("thank you");
    }

    private void endsAtEachPrompt(String term, String key, int code) throws IOException {
        for (int prompts = 0; prompts < 3; prompts++) {
            try (PseudoTerminal terminal = terminal(80, 24)) {
                String before = terminal.settings();
                terminal.start(Map.of("TERM", term), program());
                reachPrompt(terminal, prompts);
                terminal.type(key);
                assertThat(terminal.exitCode()).as("at prompt " + prompts).isEqualTo(code);
                assertThat(terminal.settings()).isEqualTo(before);
            }
        }
    }

    private static void reachPrompt(PseudoTerminal terminal, int number) throws IOException {
        terminal.expect("Phone: ");
        if (number > 0) {
            terminal.type("+1\r").expect("Code: ");
        }
        if (number > 1) {
            terminal.type("22222\r").expect("Password: ");
        }
    }

    private static PseudoTerminal terminal(int columns, int rows) throws IOException {
        assumeTrue(PseudoTerminal.isPossible(), "this machine has no pseudo-terminals, or no setsid");
        return PseudoTerminal.open(columns, rows);
    }

    private Run onPipe(String answers) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program());
        PseudoTerminal.bare(builder.environment()).put("TERM", "xterm");
        Path input = Files.writeString(folder.resolve("answers"), answers);
        // Through cat, so that it is a pipe and not the file.
        builder.command().addAll(0, List.of("sh", "-c", "cat " + input + " | \"$@\"", "sh"));
        Path output = folder.resolve("out");
        Path error = folder.resolve("err");
        Process process = builder.redirectOutput(output.toFile())
                .redirectError(error.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(output), Files.readString(error));
    }

    private record Run(int exitCode, String output, String error) {}

    private static List<String> program() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djdk.console=java.base"));
        if (Runtime.version().feature() >= 22) {
            // The packaged program says this in its manifest.
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Interview.class.getName()));
        return command;
    }

    private static String heard() {
        return hex("+1") + "\n" + hex("22222") + "\n" + mark(PASSWORD) + "\n";
    }

    private static String mark(String password) {
        return Password.of(password).markedWith(Interview.SALT).toHex();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
