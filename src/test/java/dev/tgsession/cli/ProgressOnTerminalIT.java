package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.cli.terminal.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a real terminal sees of a long work. */
class ProgressOnTerminalIT {
    private static final int PEERS = 1_000_000;

    /** With or without the row that says whose the session is. */
    private static final String WORDS =
            "(?s).*\\d+ % of (" + PEERS + "|" + (PEERS + 1) + ") rows, \\d+ a second, \\d+ s left.*";

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTerminals() throws IOException {
        assumeTrue(PseudoTerminal.isPossible(), "this machine has no pseudo-terminals, or no setsid");
        ManyPeers.write(folder.resolve("many.session"), PEERS);
    }

    @Test
    void howFarItIsStandsInOneLineThatIsGoneInTheEnd() throws IOException {
        for (List<String> command : List.of(
                List.of("inspect", "many.session"),
                List.of("upgrade", "many.session", "--to", "8", "-o", "upgraded.session"),
                List.of("export", "many.session", "--to", "telethon-string", "-o", "line.txt"),
                List.of("convert", "many.session", "copy.session"),
                List.of("repair", "many.session", "--dry-run"))) {
            String screen = screen("xterm", Optional.empty(), command);
            assertThat(screen).as(command.get(0)).matches(WORDS).doesNotContain("\u001b");
            assertThat(Screen.after(screen)).as(command.get(0)).noneMatch(line -> line.contains(" % of "));
        }
    }

    @Test
    void aTerminalThatCannotGoBackIsSpared() throws IOException {
        assertThat(screen("dumb", Optional.empty(), List.of("inspect", "many.session")))
                .contains("Telethon session file")
                .doesNotContain(" % of ");
    }

    @Test
    void aFileIsSpared() throws IOException {
        Path error = folder.resolve("error.txt");
        assertThat(screen("xterm", Optional.of(error), List.of("inspect", "many.session")))
                .contains("Telethon session file")
                .doesNotContain(" % of ");
        assertThat(error).isEmptyFile();
    }

    private String screen(String type, Optional<Path> error, List<String> arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(Practising.API);
        environment.put("TERM", type);
        environment.put("NO_COLOR", "1");
        List<String> command = new ArrayList<>(List.of(Practising.launcher()));
        command.addAll(arguments);
        if (error.isPresent()) {
            Files.createFile(error.get());
        }
        try (PseudoTerminal terminal = PseudoTerminal.open(80, 24)) {
            terminal.start(environment, command, Optional.empty(), error, folder);
            assertThat(terminal.exitCode()).as(terminal.screen()).isIn(0, 11);
            return terminal.screen();
        }
    }
}
