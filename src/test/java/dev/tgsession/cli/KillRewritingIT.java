package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code upgrade} and {@code repair} of the packaged program, killed at random moments: under the file's name there is the
 * old file to the byte, or the new one, whole; and with the new one, the old one as its backup.
 *
 * <p>A few rounds here; {@code scripts/kill-test} runs it with two hundred. The moments come from a seed, which is
 * printed; what a moment meets still depends on the machine.
 */
class KillRewritingIT {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 6);
    private static final long SEED = Long.getLong("kill.seed", System.nanoTime());

    /** Enough for the writing to last about as long as a virtual machine takes to start. */
    private static final int PEERS = 60_000;

    @TempDir
    private Path folder;

    private Path original;

    @BeforeEach
    void aFileOfManyPeers() throws Exception {
        original = folder.resolve("original.session");
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + original);
                Statement statement = file.createStatement()) {
            for (String line : List.of(
                    "pragma synchronous = off",
                    "create table version (version integer primary key)",
                    "create table sessions (dc_id integer primary key, server_address text, port integer,"
                            + " auth_key blob, takeout_id integer)",
                    "create table entities (id integer primary key, hash integer not null, username text,"
                            + " phone integer, name text, date integer)",
                    "create table sent_files (md5_digest blob, file_size integer, type integer, id integer,"
                            + " hash integer, primary key(md5_digest, file_size, type))",
                    "create table update_state (id integer primary key, pts integer, qts integer, date integer,"
                            + " seq integer)",
                    "insert into sessions values (2, '149.154.167.51', 443, randomblob(256), null)",
                    "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + PEERS + ")"
                            + " insert into entities select i, i * 7919, 'user_' || i, null, 'User ' || i, 1 from n")) {
                statement.execute(line);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"upgrade, 7, 8", "repair, 3, 7"})
    void aKilledRewritingLeavesTheOldFileOrTheNewOneAndTheBackup(String command, int stamp, int schema)
            throws Exception {
        stamp(stamp);
        byte[] old = Files.readAllBytes(original);
        Random moments = new Random(SEED);
        double whole = timeOfOne(command, schema, old);
        // Where the new file appears, as far as we know; it moves with the machine's other work.
        double edge = whole * 0.9;
        int[] counts = new int[4];
        for (int round = 0; round < ROUNDS; round++) {
            boolean close = round % 2 == 1;
            long moment = (long) (close ? edge * (0.93 + 0.14 * moments.nextDouble()) : whole * moments.nextDouble());
            Path room = room("round" + round);
            Process process = start(command, schema, room);
            boolean ended = process.waitFor(moment, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            String when = command + ", seed " + SEED + ", round " + round + ", killed after " + moment + " ms";
            boolean isNew = check(room, schema, old, when);
            assertThat(isNew || process.exitValue() != 0)
                    .as(when + ": whoever says it is done has done it")
                    .isTrue();
            if (close || ended) {
                edge *= isNew ? 0.97 : 1.03;
            }
            counts[0] += ended ? 0 : 1;
            counts[1] += isNew ? 1 : 0;
            counts[2] += names(room).stream().anyMatch(name -> name.endsWith(".tmp")) ? 1 : 0;
            counts[3] += !isNew && names(room).contains("a.session.bak") ? 1 : 0;
        }
        System.out.println("seed " + SEED + ", " + command + ": " + ROUNDS + " rounds, " + counts[0]
                + " of them killed, " + counts[2] + " of these while writing; " + counts[1] + " left the new file, "
                + (ROUNDS - counts[1]) + " the old one, " + counts[3] + " of these with a backup already");
    }

    @Test
    void whatAKillLeavesBehindDoesNotHinderTheNextOne() throws Exception {
        stamp(7);
        byte[] old = Files.readAllBytes(original);
        long whole = timeOfOne("upgrade", 8, old);
        Path room = room("again");
        for (long moment : List.of(whole * 6 / 10, whole * 7 / 10, whole * 8 / 10)) {
            Process process = start("upgrade", 8, room);
            process.waitFor(moment, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        assertThat(start("upgrade", 8, room).waitFor()).isZero();
        assertThat(check(room, 8, old, "at the end")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2, 130", "15, 143"})
    void whoIsToldToEndClearsAway(int signal, int code) throws Exception {
        stamp(7);
        byte[] old = Files.readAllBytes(original);
        for (int round = 0; round < 3; round++) {
            Path room = room("told" + signal + "-" + round);
            Process process = start("upgrade", 8, room);
            awaitTemporaryFile(process, room);
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            boolean isNew = check(room, 8, old, "told to end");
            assertThat(process.exitValue()).isIn(isNew ? List.of(0, code) : List.of(code));
            assertThat(names(room)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    private static void awaitTemporaryFile(Process process, Path room) throws Exception {
        while (process.isAlive()
                && names(room).stream().noneMatch(name -> name.endsWith(".tmp") || name.endsWith(".bak"))) {
            process.waitFor(2, TimeUnit.MILLISECONDS);
        }
    }

    /** Milliseconds of a run that nobody disturbs. */
    private long timeOfOne(String command, int schema, byte[] old) throws Exception {
        Path room = room("whole-" + command);
        long begin = System.nanoTime();
        assertThat(start(command, schema, room).waitFor())
                .as(Files.readString(folder.resolve(room.getFileName() + ".log")))
                .isZero();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertThat(check(room, schema, old, "not killed")).isTrue();
        return took;
    }

    private Path room(String name) throws IOException {
        Path room = Files.createDirectory(folder.resolve(name));
        Files.copy(original, room.resolve("a.session"));
        return room;
    }

    private Process start(String command, int schema, Path room) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("tgsession.jar"),
                command,
                "a.session",
                "--yes"));
        if (command.equals("upgrade")) {
            words.addAll(List.of("--to", Integer.toString(schema)));
        }
        return new ProcessBuilder(words)
                .directory(room.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(room.getFileName() + ".log").toFile())
                .start();
    }

    /** Whether the new file is there; if not, the old one has to be. */
    private static boolean check(Path room, int schema, byte[] old, String when) throws IOException, SQLException {
        Path file = room.resolve("a.session");
        Path backup = room.resolve("a.session.bak");
        if (Files.exists(backup)) {
            assertThat(Arrays.equals(Files.readAllBytes(backup), old))
                    .as(when + ": the backup is the old file")
                    .isTrue();
        }
        if (Arrays.equals(Files.readAllBytes(file), old)) {
            return false;
        }
        assertThat(backup).as(when).exists();
        assertThat(Path.of(file + "-journal")).as(when).doesNotExist();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = database.createStatement()) {
            assertThat(one(statement, "pragma integrity_check")).as(when).isEqualTo("ok");
            assertThat(one(statement, "select version from version")).as(when).isEqualTo(Integer.toString(schema));
            assertThat(one(statement, "select length(auth_key) from sessions"))
                    .as(when)
                    .isEqualTo("256");
            assertThat(one(statement, "select count(*) from entities")).as(when).isEqualTo(Integer.toString(PEERS));
        }
        return true;
    }

    private void stamp(int stamp) throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + original);
                Statement statement = file.createStatement()) {
            statement.execute("insert into version values (" + stamp + ")");
        }
    }

    private static List<String> names(Path room) throws IOException {
        try (Stream<Path> files = Files.list(room)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
