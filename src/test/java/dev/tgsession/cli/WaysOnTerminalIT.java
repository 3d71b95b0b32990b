package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.cli.terminal.PseudoTerminal;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.travel.Armor;
import dev.tgsession.travel.HostileServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a person at a real pseudo-terminal gets a session out of a machine that forgets it. */
class WaysOnTerminalIT {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());
    private static final String SAVED = "Press Enter once you have saved it: ";
    private static final String SECRET = "5ec12e7";
    private static final String PATH = "/up.session";

    private final Map<String, String> environment = new HashMap<>(Practising.API);

    @TempDir
    private Path folder;

    private HostileServer server;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(PseudoTerminal.isPossible(), "this machine has no pseudo-terminals, or no setsid");
        server = HostileServer.start();
        environment.put(
                "AWS_CA_BUNDLE",
                Files.write(folder.resolve("ca.pem"), server.pem()).toString());
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void onADynoTheLineIsShownWithWhatToDoAndWaitedFor(String term) throws IOException {
        onDyno();
        try (PseudoTerminal terminal = login(term, "--out", "string")) {
            terminal.expect("This is the session. Whoever has it has the account.")
                    .expect("dashboard, Settings, Config Vars")
                    .expect("TG_SESSION.")
                    .expect("\n  heroku config:set TG_SESSION=\"$(cat)\" -a my-app")
                    .expect("Leaving this console destroys it. " + SAVED);
            assertThat(terminal.leader().isAlive()).isTrue();
            terminal.type("\r");
            assertThat(terminal.exitCode()).isZero();
            assertThat(line(terminal.screen()).dataCenter().port()).isPositive();
        }
        assertThat(sessions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void whoSaidNothingIsOfferedTheLineWhereFilesAreForgotten(String term) throws IOException {
        onDyno();
        try (PseudoTerminal terminal = login(term)) {
            terminal.expect("to be kept elsewhere? [Y/n] ")
                    .type("\r")
                    .expect(SAVED)
                    .type("\r");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen())
                    .containsSubsequence("is gone when this console closes", "at the end you can have", "Phone number");
            Session file = FORMATS.read(SessionSource.ofFile(folder.resolve("login.practice.session")));
            assertThat(line(terminal.screen()).authKey()).isEqualTo(file.authKey());
        }
        environment.remove("DYNO");
        try (PseudoTerminal terminal = login(term, "--force")) {
            terminal.expect("only practice");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain("[Y/n]");
        }
    }

    @ParameterizedTest
    @CsvSource({"xterm, 3, 130", "dumb, 3, 130", "xterm, 4, 0", "dumb, 4, 0"})
    void leavingWithoutEnterDoesNotSayThatNothingWasSaved(String term, int key, int code) throws IOException {
        try (PseudoTerminal terminal = login(term, "--out", "string", "--out", "file")) {
            terminal.expect(SAVED).type(String.valueOf((char) key));
            assertThat(terminal.exitCode()).isEqualTo(code);
            assertThat(terminal.screen()).doesNotContain("nothing was saved");
        }
        assertThat(sessions()).containsExactly("login.practice.session");
    }

    @Test
    void armorIsShownAsItsLines() throws IOException {
        try (PseudoTerminal terminal = login("xterm", "--out", "armor", "--out", "file")) {
            terminal.expect("tgsession import -").expect(SAVED).type("\r");
            assertThat(terminal.exitCode()).isZero();
            assertThat(Armor.unwrap(terminal.screen()))
                    .contains(Files.readAllBytes(folder.resolve("login.practice.session")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void aUrlIsTypedUnseenAndAgainIfItIsNone(String term) throws IOException {
        String url = server.url(PATH + "?sig=" + SECRET);
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, term, "login", "--practice", "--out", "https");
            terminal.expect("Upload URL").type(url.replace("https", "http") + "\r");
            terminal.expect("everybody on the way could read along");
            terminal.expect("Upload URL").type(url + "\r");
            logIn(terminal).expect("The session is in https://localhost");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain(SECRET);
        }
        assertThat(sessions()).isEmpty();
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, term, "fetch", "-", "-o", "back.session");
            terminal.expect("Paste it").type(url + "\r").expect("Written to");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain(SECRET);
        }
        assertThat(folder.resolve("back.session"))
                .hasBinaryContent(server.kept(PATH).orElseThrow());
    }

    @Test
    void theLineIsOfferedIfTheWayOutFails() throws IOException {
        environment.put("UP", server.url(PATH + "?sig=" + SECRET));
        server.nextSays(403, "", "");
        try (PseudoTerminal terminal = login("xterm", "--out", "env:UP")) {
            terminal.expect("the URL has run out")
                    .expect("So it is in that file only")
                    .expect("[Y/n] ")
                    .type("y\r")
                    .expect(SAVED)
                    .type("\r");
            assertThat(terminal.exitCode()).isEqualTo(ExitCode.FAILED.number());
            assertThat(line(terminal.screen()).dataCenter().port()).isPositive();
        }
        assertThat(sessions()).containsExactly("login.practice.session");
    }

    @Test
    void theWordsOfTheSealAreSaidBeforeTheNumberIsAskedFor() throws IOException {
        environment.put("UP", server.url(PATH));
        try (PseudoTerminal terminal = login("xterm", "--out", "env:UP", "--seal")) {
            terminal.expect(", sealed.");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).containsSubsequence("The passphrase. Write it down now", "Phone number");
        }
        byte[] sealed = server.kept(PATH).orElseThrow();
        assertThat(FORMATS.recognise(SessionSource.ofBytes("it", sealed))).isEmpty();
    }

    @Test
    void aLineThatFoundNoRoomIsInAFileInstead() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no full device");
        ShellRun run = ShellRun.of(
                "printf '+9996620001\\n22222\\n' | \"$@\" >/dev/full",
                List.of(Practising.launcher(), "login", "--practice", "--out", "string"),
                folder,
                environment);
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(run.error()).contains("The session is in", "login.practice.session");
        assertThat(sessions()).containsExactly("login.practice.session");
    }

    /** Java's HTTP client would write every request to a log, if anybody let it. */
    @Test
    void noLogOfJavasHasTheUrl() throws Exception {
        Map<String, String> talkative = new HashMap<>(environment);
        talkative.put("UP", server.url(PATH + "?sig=" + SECRET));
        talkative.put("JAVA_OPTS", "-Djdk.httpclient.HttpClient.log=all");
        ShellRun run = ShellRun.of(
                "printf '+9996620001\\n22222\\n' | \"$@\"",
                List.of(Practising.launcher(), "login", "--practice", "--debug", "--out", "env:UP"),
                folder,
                talkative);
        assertThat(run.exitCode()).as(run.error()).isZero();
        assertThat(run.output() + run.error()).doesNotContain(SECRET).doesNotContain("REQUEST");
        assertThat(server.kept(PATH)).isPresent();
    }

    private void onDyno() {
        environment.put("DYNO", "run.1234");
        environment.put("HEROKU_APP_NAME", "my-app");
    }

    private PseudoTerminal login(String term, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("login", "--practice"));
        command.addAll(List.of(more));
        PseudoTerminal terminal = PseudoTerminal.open(80, 24);
        start(terminal, term, command.toArray(String[]::new));
        return logIn(terminal);
    }

    private static PseudoTerminal logIn(PseudoTerminal terminal) throws IOException {
        terminal.expect("bot token: ").type("+9996620001\r");
        return terminal.expect("Login code (5 digits): ").type("22222\r").expect("Logged in as Practice");
    }

    private void start(PseudoTerminal terminal, String term, String... arguments) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("TERM", term);
        List<String> command = new ArrayList<>(List.of(Practising.launcher()));
        command.addAll(List.of(arguments));
        terminal.start(all, command, Optional.empty(), Optional.empty(), folder);
    }

    private List<String> sessions() {
        String[] names = folder.toFile().list((where, name) -> name.contains(".session"));
        return List.of(names == null ? new String[0] : names);
    }

    /** The session on a line of its own. */
    private static Session line(String screen) throws IOException {
        String text = screen.lines()
                .map(String::strip)
                .filter(line -> line.length() > 340)
                .findFirst()
                .orElseThrow();
        return FORMATS.read(SessionSource.ofText(text));
    }
}
