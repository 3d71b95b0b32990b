package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonWriter;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever our own reader makes of a file, SQLite makes of it too: each file is read by both, whole and damaged. */
class TwoReadersTest {
    private static final Path FIXTURES = Path.of("src/test/resources/dev/tgsession/session");

    private static final SessionFormats FORMATS =
            SessionFormats.standard(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

    @TempDir
    private Path folder;

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> all = Files.walk(FIXTURES)) {
            return all.filter(file -> file.toString().endsWith(".session"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void bothReadTheSameFromAFixture(Path fixture) throws IOException {
        Path file = Files.copy(fixture, folder.resolve("one.session"));
        for (String ending : List.of("-journal", "-wal")) {
            Path beside = fixture.resolveSibling(fixture.getFileName() + ending);
            if (Files.exists(beside)) {
                Files.copy(beside, folder.resolve("one.session" + ending));
            }
        }
        requireSame(SessionSource.ofFile(file));
    }

    /** Or the comparison would say nothing. */
    @Test
    void mostFixturesNeedNoLibrary() throws IOException {
        List<String> needed = new ArrayList<>();
        int plain = 0;
        for (Path fixture : fixtures()) {
            SessionSource source = SessionSource.ofFile(fixture);
            if (fixture.toString().contains("broken") || !SqliteDatabase.isOne(source)) {
                continue;
            }
            try (SqliteDatabase database = SqliteDatabase.open(source)) {
                for (SqliteTable table : database.tables()) {
                    database.read(table, table.columns(), row -> true);
                }
                assertThat(database.isSound()).isNotEqualTo(java.util.Optional.of(false));
                if (database.isReadBySqlite()) {
                    needed.add(fixture.getFileName().toString());
                } else {
                    plain++;
                }
            }
        }
        assertThat(needed)
                .allMatch(name -> name.contains("withoutrowid")
                        || name.contains("2.0")
                        || name.equals("v10.session")
                        || name.equals("v4.session"));
        assertThat(plain).isGreaterThan(40);
    }

    /** A damaged byte is for SQLite to judge, wherever it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "format/telethon/telethon-1.37.0-v7-login-channels.session",
                "format/telethon/telethon-0.19-v4-rowid.session",
                "format/pyrogram/pyrogram/v3.session",
                "format/pyrogram/kurigram/v7.session"
            })
    void bothSayTheSameOfDamage(String fixture) throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve(fixture));
        Random dice = new Random(7);
        for (int i = 0; i < 150; i++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + dice.nextInt(3); hits > 0; hits--) {
                // Half of them among the headers and pointers, where they tell most.
                int page = dice.nextInt(damaged.length / 4096) * 4096;
                int at = page + dice.nextInt(dice.nextBoolean() ? 120 : 4096);
                damaged[at] = (byte) (dice.nextBoolean() ? damaged[at] ^ 1 << dice.nextInt(8) : dice.nextInt(256));
            }
            requireSame(SessionSource.ofBytes("damaged " + i, damaged));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    true  | create table t (a integer primary key, b text, c blob, d)
                    true  | create table t (a integer, b text, primary key (a, b)); insert into t values (1, 'x'), (0, 'y')
                    true  | create table t (a text); create index i on t (a); insert into t values ('b'), (null), ('ä'), ('😀')
                    true  | create table t (a); create index i on t (a); insert into t values (2), (1.5), (x'00'), ('x'), (null)
                    true  | create table t (a); insert into t values (1); alter table t add column b text; insert into t values (2, 'x')
                    true  | create table t (a); insert into t values (1), (2), (3); delete from t where a = 2
                    true  | create table t (a); create table u (b); drop table t; insert into u values (1)
                    true  | pragma page_size = 512; create table t (a text); insert into t values (hex(zeroblob(5000)))
                    true  | pragma page_size = 65536; create table t (a text); insert into t values (hex(zeroblob(50000)))
                    false | pragma encoding = 'UTF-16'; create table t (a text); insert into t values ('x')
                    false | pragma auto_vacuum = full; create table t (a text); insert into t values ('x')
                    false | create table t (a text primary key) without rowid; insert into t values ('x')
                    false | create table t (a integer) strict; insert into t values (1)
                    false | create table t (a, b as (a + 1)); insert into t (a) values (1)
                    false | create table t (a); create view v as select 1
                    false | create table t (a); create index i on t (a desc); insert into t values (1), (2)
                    false | create table t (a); create index i on t (a collate nocase); insert into t values ('b'), ('A')
                    false | create table t (a); create index i on t (lower(a))
                    false | create table t (a); create index i on t (a) where a > 1
                    false | create table t (a default 5); insert into t default values
                    false | create table t (a); alter table t add column b text default 'x'
                    false | create table "t t" (a)
                    false | create table t (a real); insert into t values (1)
                    false | create table t (a integer primary key autoincrement); insert into t values (null)
                    false | create table t (a); create trigger r after insert on t begin select 1; end
                    """)
    void whatIsCommonIsReadWithoutTheLibrary(boolean common, String statements) throws Exception {
        SessionSource source = SessionSource.ofFile(made(statements.split("; (?!end)", -1)));

        requireSame(source);
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            rows(database);
            assertThat(database.isSound()).isPresent().as("sound").isNotEqualTo(java.util.Optional.of(false));
            assertThat(database.isReadBySqlite()).isNotEqualTo(common);
        } catch (AssertionError mayCompute) {
            assertThat(statements)
                    .as(mayCompute.getMessage())
                    .containsAnyOf("create view", "trigger", " as (", "lower(", "where a");
        }
    }

    /** Rules that hold for the values and not for the pages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a integer not null); pragma writable_schema = on; insert into t values (1);"
                        + " update sqlite_master set sql = 'CREATE TABLE t (a text not null)'",
                "create table t (a text); insert into t values (null); pragma writable_schema = on;"
                        + " update sqlite_master set sql = 'CREATE TABLE t (a text not null)'",
                "create table t (a text); insert into t values ('5'); pragma writable_schema = on;"
                        + " update sqlite_master set sql = 'CREATE TABLE t (a integer)'",
                "create table t (a, b); create index i on t (a); insert into t values (1, 2), (3, 4);"
                        + " pragma writable_schema = on;"
                        + " update sqlite_master set sql = 'CREATE INDEX i ON t (b)' where name = 'i'",
                "create table t (a, b, c); create index i on t (a); insert into t values (1, 2, 3), (1, 2, 4);"
                        + " pragma writable_schema = on;"
                        + " update sqlite_master set sql = 'CREATE INDEX i ON t (a, b)' where name = 'i'"
            })
    void rulesThatAreBrokenAreFound(String statements) throws Exception {
        SessionSource source = SessionSource.ofFile(made(statements.split("; ?", -1)));

        requireSame(source);
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(database.isSound()).contains(false);
        }
    }

    @Test
    void aLargeFileIsReadFromItsCopy() throws Exception {
        SessionSource source = SessionSource.ofFile(made(
                "create table t (id integer primary key, hash integer not null, name text)",
                "create index i on t (name)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)"
                        + " insert into t select i * 7, random(), 'name ' || i || case i when 999 then hex(zeroblob(9000))"
                        + " else '' end from n"));

        assertThat(source.size()).isGreaterThan(2 << 20);
        requireSame(source);
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(rows(database)).hasSize(60_000);
            assertThat(database.isSound()).contains(true);
            assertThat(database.isReadBySqlite()).isFalse();
        }
    }

    /** Some rows are out already when the damage is met: none comes twice, none is missing. */
    /** Rows older than a column end before it, and an index over it is for the library to judge. */
    @Test
    void anIndexOverAColumnThatCameLaterIsForTheLibrary() throws Exception {
        Path file = made(
                "create table sessions (a, b, c, d, e, f, g, h, i)",
                "insert into sessions values (1, 2, 3, 4, 5, 6, 7, 8, 9)",
                "alter table sessions add column j",
                "create index late on sessions (j)");
        requireSame(SessionSource.ofFile(file));
    }

    @Test
    void moreIndexesThanAnybodyNeedsAreForTheLibrary() throws Exception {
        List<String> statements = new ArrayList<>(List.of("create table t (a integer)"));
        for (int i = 0; i < 11; i++) {
            statements.add("create index i" + i + " on t (a)");
        }
        Path file = made(statements.toArray(String[]::new));
        requireSame(SessionSource.ofFile(file));
        try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofFile(file))) {
            assertThat(database.isReadBySqlite()).isTrue();
        }
    }

    @Test
    void theLibraryGoesOnWhereWeStop() throws Exception {
        byte[] content = Files.readAllBytes(made(
                "pragma page_size = 512",
                "create table t (id integer primary key, name text)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
                        + " insert into t select i, 'name ' || i from n"));
        // A free block where there is none: nothing that keeps SQLite from reading.
        int leaf = content.length / 2 / 512 * 512;
        assertThat(content[leaf]).isEqualTo((byte) 0x0d);
        content[leaf + 3 + 2] = 0;
        content[leaf + 3 + 3] = 1;
        SessionSource source = SessionSource.ofBytes("odd", content);

        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            List<Long> ids = new ArrayList<>();
            try {
                database.read(database.table("t").orElseThrow(), List.of("id"), row -> {
                    ids.add(row.number("id").orElseThrow());
                    return true;
                });
            } catch (MalformedSessionException damaged) {
                assertThat(damaged.finding().code()).isEqualTo("corrupted-page");
            }
            assertThat(database.isReadBySqlite()).isTrue();
            assertThat(ids).hasSizeGreaterThan(1000).doesNotHaveDuplicates().isSorted();
        }
        requireSame(source);
    }

    private void requireSame(SessionSource source) throws IOException {
        SessionSource other = source.bySqliteAlone();
        assertThat(JsonWriter.string(FORMATS.inspect(source).toJson()))
                .as(source.name())
                .isEqualTo(JsonWriter.string(FORMATS.inspect(other).toJson()));
        assertThat(content(source)).as(source.name()).isEqualTo(content(other));
        assertThat(session(source)).as(source.name()).isEqualTo(session(other));
    }

    /** All rows of all tables, or what is wrong. */
    private static List<String> content(SessionSource source) throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            List<String> all = rows(database);
            all.add(
                    0,
                    database.tables() + " " + database.opensInOldSqlite() + " " + database.isSound()
                            + database.findings());
            return all;
        } catch (MalformedSessionException none) {
            return List.of(none.finding().toString());
        }
    }

    private static List<String> rows(SqliteDatabase database) throws IOException {
        List<String> all = new ArrayList<>();
        for (SqliteTable table : database.tables()) {
            try {
                database.read(table, table.columns(), row -> all.add(words(table, row)));
            } catch (MalformedSessionException damaged) {
                all.add(damaged.finding().toString());
            }
        }
        return all;
    }

    private static String words(SqliteTable table, SqliteRow row) {
        StringBuilder words = new StringBuilder(table.name());
        for (String column : table.columns()) {
            Object value = row.stored(column).orElse("nothing");
            words.append(", ").append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
        }
        return words.toString();
    }

    private static Object session(SessionSource source) throws IOException {
        try {
            Session session = FORMATS.read(source);
            return List.of(session, session.authKey().secret(), session.peers());
        } catch (MalformedSessionException none) {
            return none.finding();
        }
    }

    private Path made(String... statements) throws Exception {
        Path file = Files.createTempFile(folder, "made", ".db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return file;
    }
}
