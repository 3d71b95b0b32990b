package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.cli.terminal.PseudoTerminal;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a real terminal is asked on the way from one form to another. */
class ConvertOnTerminalIT {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTerminals() {
        assumeTrue(PseudoTerminal.isPossible(), "this machine has no pseudo-terminals, or no setsid");
    }

    @Test
    void whatTheFormAsksForIsAskedOfThePerson() throws IOException {
        Files.writeString(folder.resolve("line.txt"), line());
        try (PseudoTerminal terminal = started("convert", "line.txt", "out.session", "--to", "pyrogram")) {
            terminal.expect("does not say whose it is")
                    .expect("user id: ")
                    .type("somebody\r")
                    .expect("not such a number")
                    .expect("user id: ")
                    .type("4711\r")
                    .expect("bot? [y/N] ")
                    .type("y\r")
                    .expect("leaves it out): ")
                    .type("12345\r")
                    .expect("Written to ");
            assertThat(terminal.exitCode()).isZero();
        }
        Session written = FORMATS.read(SessionSource.ofFile(folder.resolve("out.session")));
        assertThat(written.account().map(Account::userId)).contains(4711L);
        assertThat(written.account().map(Account::bot)).contains(true);
        assertThat(written.apiId()).contains(12345);
    }

    @Test
    void aPastedStringDoesNotShow() throws IOException {
        String line = line();
        try (PseudoTerminal terminal = started("convert", "-", "out.session")) {
            terminal.expect("does not show): ").type(line + "\r").expect("Written to ");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain(line.substring(0, 12));
        }
        assertThat(FORMATS.read(SessionSource.ofFile(folder.resolve("out.session")))
                        .authKey())
                .isEqualTo(session().authKey());
    }

    @Test
    void controlCAtThePromptLeavesTheTerminalAsItWas() throws IOException {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            String before = terminal.settings();
            start(terminal, "convert", "-", "out.session");
            terminal.expect("does not show): ").type("\u0003");
            assertThat(terminal.exitCode()).isEqualTo(130);
            assertThat(terminal.settings()).isEqualTo(before);
        }
        assertThat(folder.resolve("out.session")).doesNotExist();
    }

    @Test
    void aStringIsPutOnAScreenOnlyIfThatWasSaid() throws IOException {
        Files.writeString(folder.resolve("line.txt"), line());
        try (PseudoTerminal terminal = started("export", "line.txt", "--to", "telethon-string")) {
            terminal.expect("not put on a screen unasked");
            assertThat(terminal.exitCode()).isEqualTo(2);
            assertThat(terminal.screen()).doesNotContain("1AgAOMT");
        }
    }

    private PseudoTerminal started(String... arguments) throws IOException {
        PseudoTerminal terminal = PseudoTerminal.open(120, 24);
        start(terminal, arguments);
        return terminal;
    }

    private void start(PseudoTerminal terminal, String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(Practising.API);
        environment.put("TERM", "xterm");
        List<String> command = new ArrayList<>(List.of(Practising.launcher()));
        command.addAll(List.of(arguments));
        terminal.start(environment, command, Optional.empty(), Optional.empty(), folder);
    }

    private static String line() throws IOException {
        return FORMATS.named("gramjs-string").orElseThrow().write(session()).toText();
    }

    private static Session session() {
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key));
    }
}
