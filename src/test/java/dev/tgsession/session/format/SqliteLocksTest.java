package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.session.format.SqliteLocks.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteLocksTest {
    /** Far more pages than fit in two: they have to go into the file before the transaction is over. */
    private static final String FILL =
            "insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)"
                    + " select randomblob(2000) from n";

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void aDatabaseWithOneRow() throws Exception {
        file = folder.resolve("a.session");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("create table t (a)");
            statement.execute("insert into t values ('committed')");
        }
    }

    @Test
    void nobodyIsNobody() throws IOException {
        assertThat(SqliteLocks.of(file)).isEqualTo(Use.NONE);
        assertThat(SqliteLocks.of(folder.resolve("missing"))).isEqualTo(Use.NONE);
        assertThat(SqliteLocks.of(folder)).isEqualTo(Use.NONE);
        assertThat(files()).hasSize(1);
    }

    /** What is to be seen, and what one who asks is told: a reader in the usual mode is not in his way. */
    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into t values (2)                                           | NONE    | NONE",
                "begin; select * from t                                             | OPEN    | NONE",
                "begin immediate                                                    | WRITTEN | WRITTEN",
                "begin immediate; insert into t values ('new')                      | WRITTEN | WRITTEN",
                "begin exclusive                                                    | WRITTEN | WRITTEN",
                "pragma journal_mode = wal; insert into t values (2)                | OPEN    | OPEN",
                "pragma journal_mode = wal; begin immediate                         | WRITTEN | WRITTEN",
                "pragma journal_mode = wal; begin; insert into t values ('new')     | WRITTEN | WRITTEN",
                "pragma locking_mode = exclusive; insert into t values (2)          | WRITTEN | WRITTEN",
            })
    void whatAnotherProgramDoesIsSeen(String statements, Use seen, Use told) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        try (AnotherProgram other = AnotherProgram.with(file, statements.split("; "))) {
            assertThat(SqliteLocks.seen(file)).isEqualTo(seen);
            assertThat(SqliteLocks.seen(link)).isEqualTo(seen);
            assertThat(SqliteLocks.ask(file)).isEqualTo(told);
            assertThat(SqliteLocks.of(file)).isEqualTo(seen);
            assertThat(other.goesOn()).isTrue();
        }
        assertThat(SqliteLocks.of(file)).isEqualTo(Use.NONE);
    }

    /** Reading disturbs nobody: the other program, which waits for no lock, goes on, and no file is touched. */
    @ParameterizedTest
    @ValueSource(strings = {"delete", "truncate", "wal"})
    void whatWasCommittedIsReadUnderALiveWriter(String mode) throws IOException {
        List<String> statements = List.of(
                "pragma journal_mode = " + mode,
                "pragma cache_size = 2",
                "begin immediate",
                "update t set a = 'not yet'",
                FILL);
        try (AnotherProgram other = AnotherProgram.with(file, statements.toArray(String[]::new))) {
            List<String> before = files();
            try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofFile(file))) {
                assertThat(rows(database)).containsExactly("committed");
                assertThat(database.findings())
                        .extracting(Finding::code)
                        .first()
                        .isEqualTo("being-written");
                assertThat(database.findings()).extracting(Finding::code).doesNotContain("hot-journal", "truncated");
            }
            assertThat(SqliteLocks.of(file)).isEqualTo(Use.WRITTEN);
            assertThat(files()).isEqualTo(before);

            other.commit();
            try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofFile(file))) {
                assertThat(rows(database)).hasSize(501).first().isEqualTo("not yet");
            }
        }
    }

    /** Most journals are gone before one has looked twice. */
    @Test
    void aJournalMayComeAndGoAtAnyMoment() throws Exception {
        Path journal = folder.resolve("a.session-journal");
        AtomicBoolean enough = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            while (!enough.get()) {
                try {
                    Files.writeString(journal, "no page in here");
                    Files.deleteIfExists(journal);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        });
        writer.start();
        int looks = 0;
        try {
            for (; looks < 200; looks++) {
                try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofFile(file))) {
                    assertThat(rows(database)).containsExactly("committed");
                } catch (MalformedSessionException busy) {
                    assertThat(busy.finding().code()).as(busy.getMessage()).isEqualTo("busy");
                }
            }
        } finally {
            enough.set(true);
            writer.join();
        }
        assertThat(looks).isEqualTo(200);
    }

    @Test
    void theKernelsListIsRead() {
        assertThat(SqliteLocks.Lock.parse("12: POSIX  ADVISORY  WRITE 718 fe:00:1029 1073741825 1073741825"))
                .contains(new SqliteLocks.Lock(1029, 1_073_741_825, 1_073_741_825, true));
        assertThat(SqliteLocks.Lock.parse("2: OFDLCK ADVISORY  READ -1 00:2e:7 0 EOF"))
                .contains(new SqliteLocks.Lock(7, 0, Long.MAX_VALUE, false));
        for (String other : List.of(
                "12: -> POSIX  ADVISORY  WRITE 718 fe:00:1029 1073741825 1073741825",
                "1: FLOCK  ADVISORY  WRITE 718 fe:00:1029 0 EOF",
                "1: LEASE  ACTIVE    READ  718 fe:00:1029 0 EOF",
                "1: POSIX  ADVISORY  WRITE 718 <none>:0 0 some",
                "")) {
            assertThat(SqliteLocks.Lock.parse(other)).as(other).isEqualTo(Optional.empty());
        }
    }

    private static List<String> rows(SqliteDatabase database) throws IOException {
        List<String> rows = new ArrayList<>();
        database.read(database.table("t").orElseThrow(), List.of("a"), row -> {
            rows.add(row.text("a").orElse("bytes"));
            return true;
        });
        return rows;
    }

    /** Name, size and time of all there is. */
    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<String> signs = new ArrayList<>();
            for (Path one : all.sorted().toList()) {
                signs.add(one.getFileName() + " " + Files.size(one) + " " + Files.getLastModifiedTime(one));
            }
            return signs;
        }
    }
}
