package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases somebody made to trip us up, and honest ones with something waiting beside them. */
class SqliteDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void tablesAreListedWithTheirColumns() throws Exception {
        SessionSource source = made(
                "create table one (a integer primary key, \"b \"\"c\" text)",
                "create table Two (x, y, primary key (x)) without rowid");

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(database.tables())
                    .containsExactly(
                            new SqliteTable("one", List.of("a", "b \"c"), false, true),
                            new SqliteTable("Two", List.of("x", "y"), true, false));
            assertThat(database.table("TWO").orElseThrow().has("Y")).isTrue();
            assertThat(database.isSound()).contains(true);
        }
    }

    @Test
    void whatOnlyLooksLikeATableIsNone() throws Exception {
        SessionSource source = made(
                "create table real (a)",
                "create view sessions as select a as dc_id from real",
                "create virtual table entities using fts5(id, hash)");

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(database.table("real")).isPresent();
            assertThat(database.table("sessions")).isEmpty();
            assertThat(database.table("entities")).isEmpty();
        }
    }

    @Test
    void columnsThatAreComputedAreNotRead() throws Exception {
        SessionSource source = made("create table t (a, b as (a || 'x'), c)", "insert into t (a, c) values (1, 2)");

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(database.table("t").orElseThrow().columns()).containsExactly("a", "c");
            assertThat(rows(database, "t", "a", "b", "c")).hasSize(1).allMatch(row -> row.isNull("b"));
        }
    }

    @Test
    void anyColumnMayHoldAnything() throws Exception {
        SessionSource source = made(
                "create table t (a)",
                "insert into t values (9223372036854775807), (-9223372036854775808), (1.9), (1e300), ('12'), (x'0102'),"
                        + " (null)");

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            List<SqliteRow> rows = rows(database, "t", "a");
            assertThat(rows)
                    .extracting(row -> row.number("a"))
                    .containsExactly(
                            Optional.of(Long.MAX_VALUE),
                            Optional.of(Long.MIN_VALUE),
                            Optional.of(1L),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
            assertThat(rows)
                    .extracting(row -> row.text("a"))
                    .containsExactly(
                            Optional.of("9223372036854775807"),
                            Optional.of("-9223372036854775808"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("12"),
                            Optional.empty(),
                            Optional.empty());
            assertThat(rows.get(5).bytes("a").orElseThrow()).containsExactly(1, 2);
            assertThat(rows.get(4).bytes("a")).isEmpty();
            assertThat(rows.get(6).isNull("a")).isTrue();
            assertThat(rows.get(6).isNull("nowhere")).isTrue();
        }
    }

    @Test
    void longTextIsCutAndHugeRowsAreDamage() throws Exception {
        SessionSource longText = made("create table t (a)", "insert into t values (hex(zeroblob(50000)))");
        try (SqliteDatabase database = SqliteDatabase.open(longText)) {
            assertThat(rows(database, "t", "a").get(0).text("a").orElseThrow()).hasSize(4096);
        }

        SessionSource huge = made("create table t (a)", "insert into t values (zeroblob(3000000))");
        try (SqliteDatabase database = SqliteDatabase.open(huge)) {
            assertThatThrownBy(() -> rows(database, "t", "a"))
                    .isInstanceOf(MalformedSessionException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void readingStopsWhenTheReaderHasEnough() throws Exception {
        SessionSource source = made("create table t (a)", "insert into t values (1), (2), (3)");

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            List<SqliteRow> rows = new ArrayList<>();
            database.read(database.table("t").orElseThrow(), List.of("a"), row -> {
                rows.add(row);
                return rows.size() < 2;
            });
            assertThat(rows).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    create table t (a, b)                                             | true
                    create table t (a, b); create index i on t (a desc, b)            | true
                    create table t (a primary key) without rowid                      | false
                    create table t (a integer) strict                                 | false
                    create table t (a, b as (a))                                      | false
                    create table t (a); create index i on t (a) where a > 1           | false
                    create table t (a); create index i on t (lower(a))                | false
                    create table t (a); create view v as select 1                     |
                    create table t (a); create trigger r after insert on t begin select 1; end |
                    """)
    void tellsWhetherOldSqliteOpensIt(String statements, Boolean opens) throws Exception {
        // The last statement may have a semicolon inside.
        String[] parts = statements.split("; (?=create)", -1);

        try (SqliteDatabase database = SqliteDatabase.open(made(parts))) {
            assertThat(database.opensInOldSqlite()).isEqualTo(Optional.ofNullable(opens));
        }
    }

    @Test
    void aFileInWalModeWithNothingBesideItIsRead() throws Exception {
        SessionSource source = made("pragma journal_mode = wal", "create table t (a)", "insert into t values (5)");
        assertThat(Files.readAllBytes(source.file().orElseThrow())[18]).isEqualTo((byte) 2);
        assertThat(Files.list(folder)).hasSize(1);

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(rows(database, "t", "a").get(0).number("a")).contains(5L);
            assertThat(database.findings()).isEmpty();
        }
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void whatWaitsInTheWalIsReadAndLeftThere() throws Exception {
        Path file = folder.resolve("made.db");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = writer.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("create table t (a)");
            statement.execute("insert into t values (6)");
            Path wal = folder.resolve("made.db-wal");
            byte[] before = Files.readAllBytes(wal);

            try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofFile(file))) {
                assertThat(rows(database, "t", "a").get(0).number("a")).contains(6L);
                assertThat(database.findings()).extracting(Finding::code).containsExactly("wal-not-checkpointed");
            }
            assertThat(Files.readAllBytes(wal)).isEqualTo(before);
        }
    }

    @Test
    void aLinkIsFollowedToWhatLiesBesideTheFileItself() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path file = home.resolve("made.db");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = writer.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("create table t (a)");
            Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);

            try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofFile(link))) {
                assertThat(database.table("t")).isPresent();
            }
        }
    }

    /** SQLite would open the file named at the end of a journal, and delete it if no database claims it. */
    @Test
    void aJournalCannotMakeUsDeleteAnotherFile() throws Exception {
        SessionSource source = made("create table t (a)");
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        byte[] name = victim.toString().getBytes(StandardCharsets.UTF_8);
        int sum = 0;
        for (byte one : name) {
            sum += one;
        }
        byte[] magic = HexFormat.of().parseHex("d9d505f920a163d7");
        ByteArrayOutputStream journal = new ByteArrayOutputStream();
        // Header: magic, no pages, checksum seed, pages of the database, sector size, page size; filled up to a sector.
        journal.writeBytes(ByteBuffer.allocate(512)
                .put(magic)
                .putInt(0)
                .putInt(1)
                .putInt(2)
                .putInt(512)
                .putInt(4096)
                .array());
        journal.writeBytes(ByteBuffer.allocate(4).putInt(262_145).array());
        journal.writeBytes(name);
        journal.writeBytes(
                ByteBuffer.allocate(8).putInt(name.length).putInt(sum).array());
        journal.writeBytes(magic);
        Files.write(folder.resolve("made.db-journal"), journal.toByteArray());

        assertThatThrownBy(() -> SqliteDatabase.open(source))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("several databases");
        assertThat(victim).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 99, 100, 511, 4095})
    void aFileCutInsideItsFirstPageIsRefused(int length) throws Exception {
        byte[] whole = Files.readAllBytes(made("create table t (a)").file().orElseThrow());
        SessionSource cut = SessionSource.ofBytes("cut", java.util.Arrays.copyOf(whole, length));

        assertThatThrownBy(() -> SqliteDatabase.open(cut)).isInstanceOf(MalformedSessionException.class);
    }

    @Test
    void whatIsLeftOfAFileCutShortCanStillBeRead() throws Exception {
        byte[] whole = Files.readAllBytes(made("create table t (a)", "insert into t values (7)", "create table u (b)")
                .file()
                .orElseThrow());
        SessionSource cut = SessionSource.ofBytes("cut", java.util.Arrays.copyOf(whole, whole.length - 1));

        try (SqliteDatabase database = SqliteDatabase.open(cut)) {
            assertThat(database.findings()).extracting(Finding::code).containsExactly("truncated");
            assertThat(rows(database, "t", "a").get(0).number("a")).contains(7L);
        }
    }

    /** A larger one is not read into memory but copied. */
    @Test
    void whatIsLeftOfALargeFileCutShortCanStillBeRead() throws Exception {
        byte[] whole = Files.readAllBytes(made(
                        "create table t (a)",
                        "insert into t values (7)",
                        "create table u (b)",
                        "insert into u values (zeroblob(3000000))")
                .file()
                .orElseThrow());
        SessionSource cut = SessionSource.ofBytes("cut", java.util.Arrays.copyOf(whole, whole.length - 4096));

        try (SqliteDatabase database = SqliteDatabase.open(cut)) {
            assertThat(database.findings()).extracting(Finding::code).containsExactly("truncated");
            assertThat(rows(database, "t", "a").get(0).number("a")).contains(7L);
        }
    }

    @Test
    void whoWatchesIsToldHowFarItIs() throws Exception {
        List<String> told = new ArrayList<>();
        SessionSource source = made(
                        "create table t (a)",
                        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2500)"
                                + " insert into t select i from n")
                .watchedBy((done, total) -> told.add(done + " of " + total));

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            database.read(database.table("t").orElseThrow(), List.of("a"), row -> true);
        }
        assertThat(told).containsExactly("0 of 2500", "1000 of 2500", "2000 of 2500", "2500 of 2500");
    }

    @Test
    void aPageSizeOf65536IsWrittenAsOne() throws Exception {
        SessionSource source = made("pragma page_size = 65536", "create table t (a)", "insert into t values (8)");

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(rows(database, "t", "a").get(0).number("a")).contains(8L);
        }
    }

    @Test
    void otherEncodingsAreRead() throws Exception {
        SessionSource source =
                made("pragma encoding = 'UTF-16be'", "create table t (a)", "insert into t values ('Müller 李😀')");

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(rows(database, "t", "a").get(0).text("a")).contains("Müller 李😀");
        }
    }

    @Test
    void workIsBounded() throws Exception {
        SessionSource source = made("create table t (a integer primary key)", "insert into t values (1)");
        byte[] bytes = Files.readAllBytes(source.file().orElseThrow());
        byte[] bomb = bomb(bytes, 4);

        try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("bomb", bomb))) {
            assertThat(database.isSound()).contains(false);
            assertThatThrownBy(() -> rows(database, "t", "a"))
                    .isInstanceOf(MalformedSessionException.class)
                    .hasMessageContaining("no end");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a, b as (hex(zeroblob(a))))",
                "create table t (a); create index i on t (hex(zeroblob(a)))",
                "create table t (a); create index i on t (a) where length(hex(zeroblob(a))) > 7",
                "create virtual table t using fts5(a)"
            })
    void formulasOfTheAuthorAreNotRun(String statements) throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(made(statements.split("; ", -1)))) {
            assertThat(database.isSound()).isEmpty();
        }
    }

    @Test
    void rulesOfTheAuthorAreNotRun() throws Exception {
        SessionSource source = made(
                "pragma ignore_check_constraints = on", "create table t (a check (a > 1))", "insert into t values (1)");

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(database.isSound()).contains(true);
        }
    }

    @Test
    void aPrivateFolderIsOursAloneAndGoesWithWhatIsInIt() throws IOException {
        PrivateFolder room = PrivateFolder.create();
        Path file = Files.writeString(room.file("session"), "secret");
        assertThat(Files.getPosixFilePermissions(file.getParent()))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));

        room.close();
        assertThat(file.getParent()).doesNotExist();
    }

    /**
     * Page 2 becomes the root of a tree: levels of inner pages, each pointing many times to the one below, the last to a
     * leaf with one row. Four levels of 400 children are 25 billion rows in six pages.
     */
    private static byte[] bomb(byte[] database, int levels) {
        int page = 4096;
        int children = 400;
        byte[] result = java.util.Arrays.copyOf(database, (2 + levels) * page);
        System.arraycopy(database, page, result, (1 + levels) * page, page);
        for (int level = 0; level < levels; level++) {
            ByteBuffer inner = ByteBuffer.wrap(result, (1 + level) * page, page).slice();
            int child = 3 + level;
            int content = page - children * 5;
            // Kind 5: inner page of a table; first free block, number of cells, start of cells, fragments, last child.
            inner.put(0, (byte) 5).putShort(1, (short) 0).putShort(3, (short) children);
            inner.putShort(5, (short) content).put(7, (byte) 0).putInt(8, child);
            for (int i = 0; i < children; i++) {
                int cell = content + i * 5;
                inner.putShort(12 + 2 * i, (short) cell).putInt(cell, child).put(cell + 4, (byte) 1);
            }
        }
        ByteBuffer.wrap(result).putInt(28, 2 + levels);
        return result;
    }

    private SessionSource made(String... statements) throws SQLException, IOException {
        Path file = folder.resolve("made.db");
        Files.deleteIfExists(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return SessionSource.ofFile(file);
    }

    private static List<SqliteRow> rows(SqliteDatabase database, String table, String... columns) throws IOException {
        List<SqliteRow> rows = new ArrayList<>();
        database.read(database.table(table).orElseThrow(), List.of(columns), row -> {
            if (rows.size() < 100) {
                rows.add(row);
            }
            return true;
        });
        return rows;
    }
}
