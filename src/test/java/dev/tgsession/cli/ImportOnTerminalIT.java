package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.cli.terminal.PseudoTerminal;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.Password;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.travel.Armor;
import dev.tgsession.travel.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person pastes into a real terminal: armor, a seal, a string. */
class ImportOnTerminalIT {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTerminals() {
        assumeTrue(PseudoTerminal.isPossible(), "this machine has no pseudo-terminals, or no setsid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb", ""})
    void armorThatATerminalWrappedAndIndentedIsPastedUnseen(String term) throws IOException {
        byte[] file = FORMATS.usual().write(session(0)).toFileBytes();
        String armor = Armor.wrap(file);
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            String before = terminal.settings();
            start(terminal, term, "import", "-");
            terminal.expect("Paste it").type(bent(armor)).expect("Written to ");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.settings()).isEqualTo(before);
            assertNothingShows(terminal, armor);
        }
        assertThat(Files.readAllBytes(folder.resolve("login.session"))).isEqualTo(file);
    }

    /** More than a terminal keeps for a program that is slow to read. */
    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void aThousandLinesArriveToTheLast(String term) throws IOException {
        byte[] file = FORMATS.usual().write(session(2000)).toFileBytes();
        String armor = Armor.wrap(file);
        assertThat(armor.lines().count()).isGreaterThan(500);
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, term, "import", "-", "-o", "big.session");
            terminal.expect("Paste it").type(armor.replace("\n", "\r")).expect("Written to ");
            assertThat(terminal.exitCode()).isZero();
            assertNothingShows(terminal, armor);
        }
        assertThat(Files.readAllBytes(folder.resolve("big.session"))).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void aSealIsPastedAndItsPassphraseAskedUntilItFits(String term) throws IOException {
        byte[] file = FORMATS.usual().write(session(0)).toFileBytes();
        String text = new Seal(new SecureRandom())
                .withPassphrase(Password.of("ten-words"))
                .sealText(file);
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, term, "unseal", "-", "-o", "login.session");
            terminal.expect("Paste it")
                    .type(bent(text))
                    .expect("Passphrase of the seal")
                    .type("tenwords\r")
                    .expect("does not open this")
                    .expect("Passphrase of the seal")
                    .type("ten-words\r")
                    .expect("Written to ");
            assertThat(terminal.exitCode()).isZero();
            assertNothingShows(terminal, text);
            assertThat(terminal.screen()).doesNotContain("ten-words");
        }
        assertThat(Files.readAllBytes(folder.resolve("login.session"))).isEqualTo(file);
    }

    @Test
    void threeWrongPassphrasesAreEnough() throws IOException {
        Files.write(
                folder.resolve("in"),
                new Seal(new SecureRandom())
                        .withPassphrase(Password.of("ten-words"))
                        .seal(new byte[] {1}));
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, "xterm", "unseal", "in", "-o", "out");
            for (int i = 0; i < 3; i++) {
                terminal.expect("Passphrase of the seal").type("wrong\r");
            }
            terminal.expect("error:").expect("The passphrase does not open this");
            assertThat(terminal.exitCode()).isEqualTo(6);
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void aStringNeedsNoMoreThanEnterAndControlDEndsAnythingElse(String term) throws IOException {
        String line =
                FORMATS.named("telethon-string").orElseThrow().write(session(0)).toText();
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, term, "import", "-");
            terminal.expect("Paste it").type(line + "\r").expect("Written to ");
            assertThat(terminal.exitCode()).isZero();
            assertThat(terminal.screen()).doesNotContain(line.substring(0, 12));
        }
        assertThat(FORMATS.read(SessionSource.ofFile(folder.resolve("login.session")))
                        .authKey())
                .isEqualTo(session(0).authKey());

        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, term, "import", "-", "-o", "other.session");
            terminal.expect("Paste it").type("hello\r\u0004").expect("error:");
            assertThat(terminal.exitCode()).isEqualTo(6);
        }
        assertThat(folder.resolve("other.session")).doesNotExist();
    }

    @Test
    void controlCLeavesTheTerminalAsItWas() throws IOException {
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            String before = terminal.settings();
            start(terminal, "xterm", "import", "-");
            terminal.expect("Paste it")
                    .type("-----BEGIN TELEGRAM SESSION-----\r")
                    .type("\u0003");
            assertThat(terminal.exitCode()).isEqualTo(130);
            assertThat(terminal.settings()).isEqualTo(before);
        }
        assertThat(folder.resolve("login.session")).doesNotExist();
    }

    @Test
    void whatWasSealedDoesNotGoToAScreenUnasked() throws IOException {
        Seal seal = new Seal(new SecureRandom()).withPassphrase(Password.of("ten-words"));
        Files.write(folder.resolve("text"), seal.seal("a line\n".getBytes(StandardCharsets.US_ASCII)));
        Files.write(folder.resolve("bytes"), seal.seal(new byte[] {27, '[', '2', 'J'}));
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, "xterm", "unseal", "text");
            terminal.expect("not put on a screen unasked");
            assertThat(terminal.exitCode()).isEqualTo(2);
        }
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, "xterm", "unseal", "text", "--print");
            terminal.expect("Passphrase").type("ten-words\r").expect("a line");
            assertThat(terminal.exitCode()).isZero();
        }
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            start(terminal, "xterm", "unseal", "bytes", "--print");
            terminal.expect("Passphrase").type("ten-words\r").expect("It is no text");
            assertThat(terminal.exitCode()).isEqualTo(2);
            assertThat(terminal.screen()).doesNotContain("[2J");
        }
    }

    /** As it comes out of a terminal of 80 columns that joined and broke its lines, and through a careless hand. */
    private static String bent(String text) {
        StringBuilder bent = new StringBuilder();
        String joined = text.replace("\n", "");
        for (int i = 0; i < joined.length(); i += 80) {
            bent.append("  ")
                    .append(joined, i, Math.min(joined.length(), i + 80))
                    .append(" \t\r");
        }
        return bent.toString();
    }

    private static void assertNothingShows(PseudoTerminal terminal, String text) {
        List<String> lines = text.lines().filter(line -> line.length() > 60).toList();
        for (String line : List.of(lines.get(0), lines.get(lines.size() - 1))) {
            assertThat(terminal.screen()).doesNotContain(line.substring(20, 40));
        }
    }

    private void start(PseudoTerminal terminal, String term, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Practising.launcher()));
        command.addAll(List.of(arguments));
        terminal.start(Map.of("TERM", term), command, Optional.empty(), Optional.empty(), folder);
    }

    private static Session session(int people) {
        Random chance = new Random(7);
        byte[] key = new byte[256];
        chance.nextBytes(key);
        List<Peer> peers = new ArrayList<>();
        for (int i = 1; i <= people; i++) {
            peers.add(new Peer(
                    i,
                    chance.nextLong(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("Somebody " + chance.nextInt()),
                    Optional.empty()));
        }
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key))
                .withPeers(peers);
    }
}
