package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands pass many peers on rather than hold them: they run where there is no room to hold them. */
class ManyPeersTest {
    private static final int PEERS = 100_000;

    /** Enough for the program itself and for a third of the peers. */
    private static final String ROOM = "-Xmx24m";

    @TempDir
    private Path folder;

    @Test
    void noCommandHoldsThemAll() throws Exception {
        Path file = ManyPeers.write(folder.resolve("many.session"), PEERS);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ROOM,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                Commands.class.getName(),
                file.toString());
        // Apart from what the commands say: Java 25 warns of native libraries there.
        Path error = folder.resolve("error.txt");
        Process process = builder.redirectError(error.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(said.lines())
                .as(Files.readString(error))
                .containsExactly(
                        "inspect 0",
                        "upgrade 0",
                        "export 0",
                        "export 0",
                        "convert 0",
                        "export 0",
                        "strip 0",
                        "repair 0",
                        "inspect 0 of upgraded.session: true",
                        "inspect 0 of back.session: true",
                        "inspect 0 of kuri.session: true",
                        "no room for all of them");
    }

    /** What runs in the small process; the last line proves that it is small. */
    static final class Commands {
        private Commands() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            Path folder = file.resolveSibling(".");
            String name = file.getFileName().toString();
            run(folder, "inspect", name);
            run(folder, "upgrade", name, "--to", "8", "-o", "upgraded.session");
            run(folder, "export", name, "--to", "telethon-string", "-o", "line.txt");
            run(folder, "export", name, "--to", "pyrogram", "--api-id", "1", "-o", "pyro.session");
            run(folder, "convert", "pyro.session", "back.session");
            run(folder, "export", name, "--to", "kurigram", "--api-id", "1", "-o", "kuri.session");
            run(folder, "strip", name, "-o", "lean.session");
            run(folder, "repair", name, "--dry-run");
            for (String made : List.of("upgraded.session", "back.session", "kuri.session")) {
                Run inspected = Run.in(folder, "inspect", made);
                boolean all = inspected.output().contains(PEERS + " users");
                System.out.println("inspect " + inspected.code() + " of " + made + ": " + all);
            }
            System.out.println(isRoom(file) ? "room for all of them" : "no room for all of them");
        }

        private static void run(Path folder, String... command) {
            Run run = Run.in(folder, command);
            System.out.println(command[0] + " " + run.code() + (run.code() == 0 ? "" : run.error()));
        }

        private static boolean isRoom(Path file) throws IOException {
            try {
                SessionFormats formats = SessionFormats.standard(InstantSource.system());
                return !new ArrayList<>(formats.read(SessionSource.ofFile(file)).peers()).isEmpty();
            } catch (OutOfMemoryError full) {
                return false;
            }
        }
    }
}
