package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logins of the packaged program, killed at random moments, leave no session file or a whole one.
 *
 * <p>A few rounds here; {@code scripts/kill-test} runs it with two hundred. The moments come from a seed, which is
 * printed; what a moment meets still depends on the machine.
 */
class KillIT {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);
    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
    private static final byte[] ANSWERS = "+9996620001\n22222\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private PracticeServer server;
    private Path key;

    @BeforeEach
    void open() throws IOException {
        SecureRandom random = new SecureRandom();
        server = PracticeServer.start(
                PracticeSettings.of(RsaPrivateKey.generate(random), InstantSource.system(), random));
        key = Files.writeString(folder.resolve("key.pem"), server.publicKey().toPkcs1Pem());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aKilledLoginLeavesNoFileOrAWholeOne() throws Exception {
        Random moments = new Random(SEED);
        // Where in a login the file appears, as far as we know; it moves with the machine's other work.
        double edge = timeOfOneLogin();
        int killed = 0;
        int left = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Every second moment anywhere before the file, the others close to where it appears.
            boolean close = round % 2 == 1;
            long moment = (long) (edge * (close ? 0.95 + 0.1 * moments.nextDouble() : moments.nextDouble()));
            Path room = Files.createDirectory(folder.resolve("round" + round));
            Process login = start(room);
            boolean ended = login.waitFor(moment, TimeUnit.MILLISECONDS);
            login.destroyForcibly().waitFor();
            int files = check(room, "seed " + SEED + ", round " + round + ", killed after " + moment + " ms");
            assertThat(files == 1 || login.exitValue() != 0)
                    .as("a login that says it is done has left a file")
                    .isTrue();
            if (close || ended) {
                edge *= files == 1 ? 0.95 : 1.05;
            }
            killed += ended ? 0 : 1;
            left += files;
        }
        System.out.println("seed " + SEED + ": " + ROUNDS + " logins, " + killed + " of them killed; " + left
                + " left a whole file, " + (ROUNDS - left) + " none; the file appears after about " + (long) edge
                + " ms");
    }

    @Test
    void whatAKillLeavesBehindDoesNotHinderTheNextLogin() throws Exception {
        long whole = timeOfOneLogin();
        Path room = Files.createDirectory(folder.resolve("again"));
        for (long moment : List.of(whole * 7 / 10, whole * 8 / 10, whole * 9 / 10)) {
            if (check(room, "killed before " + moment + " ms") == 0) {
                Process login = start(room);
                login.waitFor(moment, TimeUnit.MILLISECONDS);
                login.destroyForcibly().waitFor();
            }
        }
        if (check(room, "after three kills") == 0) {
            assertThat(start(room).waitFor()).isZero();
        }
        assertThat(check(room, "at the end")).isOne();
    }

    /** Milliseconds of a login that nobody disturbs. */
    private long timeOfOneLogin() throws Exception {
        Path room = Files.createDirectory(folder.resolve("whole"));
        long begin = System.nanoTime();
        assertThat(start(room).waitFor()).isZero();
        assertThat(check(room, "not killed")).isOne();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private Process start(Path room) throws IOException {
        InetSocketAddress address = server.address(2);
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.console=java.base",
                        "-jar",
                        System.getProperty("tgsession.jar"),
                        "login",
                        "--server",
                        address.getAddress().getHostAddress() + ":" + address.getPort(),
                        "--server-key",
                        key.toString())
                .directory(room.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(room.getFileName() + ".log").toFile());
        // Each login is somebody's first: here it is about the session, and not about too many codes.
        command.environment()
                .put(
                        "XDG_STATE_HOME",
                        Files.createTempDirectory(folder, "state").toString());
        command.environment().put("TG_API_ID", "12345");
        command.environment().put("TG_API_HASH", "0123456789abcdef0123456789abcdef");
        Process login = command.start();
        try (OutputStream answers = login.getOutputStream()) {
            answers.write(ANSWERS);
        }
        return login;
    }

    /** How many session files are there: none, or one that is whole. */
    private static int check(Path room, String when) throws IOException, SQLException {
        List<Path> sessions;
        try (Stream<Path> files = Files.list(room)) {
            sessions =
                    files.filter(file -> file.toString().endsWith(".session")).toList();
        }
        for (Path session : sessions) {
            assertThat(Path.of(session + "-journal")).as(when).doesNotExist();
            try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + session);
                    Statement statement = file.createStatement()) {
                assertThat(one(statement, "pragma integrity_check")).as(when).isEqualTo("ok");
                assertThat(one(statement, "select length(auth_key) from sessions"))
                        .as(when)
                        .isEqualTo("256");
                assertThat(one(statement, "select count(*) from entities where id = 0 and hash > 0"))
                        .as(when)
                        .isEqualTo("1");
                assertThat(one(statement, "select count(*) from update_state"))
                        .as(when)
                        .isEqualTo("1");
            }
        }
        assertThat(sessions).as(when).hasSizeLessThan(2);
        return sessions.size();
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
