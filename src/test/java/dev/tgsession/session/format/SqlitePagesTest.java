package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that SQLite wrote: what it reads from them itself, we pick from the pages, and more once they are damaged. */
class SqlitePagesTest {
    private static final int ROWS = 3000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 4096, 65_536})
    void theRowsAreThoseThatSqliteReads(int pageSize) throws Exception {
        byte[] file = made(
                "pragma page_size = " + pageSize,
                "create table numbered (id integer primary key, number integer, real, words text, bytes blob)",
                "create table \"keyed\" (id integer primary key, name text) without rowid",
                numbers()
                        + "insert into numbered select n, n * n * n * n * n * 91 - 5, n / 7.0, 'Ж' || hex(zeroblob(n)),"
                        + " case n % 5 when 0 then null else randomblob(n % 300) end from numbers",
                numbers() + "insert into keyed select n - 1500, 'name ' || n from numbers",
                "insert into numbered values (9223372036854775807, 0, 1e300, '', x''),"
                        + " (-9223372036854775808, 1, -0.5, 'x', x'00')");
        SqlitePages pages = pages(file);

        try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("made", file.clone()))) {
            assertThat(pages.tables()).isEqualTo(database.tables());
            for (SqliteTable table : database.tables()) {
                assertThat(rows(pages, table)).hasSizeGreaterThanOrEqualTo(ROWS).isEqualTo(rows(database, table));
            }
        }
        assertThat(cutOff(pages)).isEmpty();
    }

    @Test
    void readingEndsWhenItIsEnough() throws Exception {
        SqlitePages pages = pages(many());
        List<SqliteRow> taken = new ArrayList<>();
        pages.read(pages.table("T").orElseThrow(), List.of("id"), row -> {
            taken.add(row);
            return taken.size() < 7;
        });
        assertThat(taken).hasSize(7);
    }

    @Test
    void leavesOfATreeThatHasLostItsRootAreFound() throws Exception {
        byte[] file = many();
        int root = rootOf(file);
        Arrays.fill(file, (root - 1) * 512, root * 512, (byte) 0);
        SqlitePages pages = pages(file);

        assertThat(rows(pages, pages.table("t").orElseThrow())).isEmpty();
        List<SqliteRow> found = cutOff(pages);
        assertThat(found).hasSize(ROWS);
        assertThat(found.get(4).renamed(List.of("id", "name")).number("id")).contains(5L);
        assertThat(found.get(4).text("1")).contains("name 5");
    }

    /** Some have asked for it to be gone. */
    @Test
    void deletedRowsDoNotComeBack() throws Exception {
        byte[] file = made(
                "pragma page_size = 512",
                "create table t (id integer primary key, name text)",
                numbers() + "insert into t select n, 'name ' || n from numbers",
                "delete from t where id > 10");
        SqlitePages pages = pages(file);

        assertThat(rows(pages, pages.table("t").orElseThrow())).hasSize(10);
        assertThat(cutOff(pages)).isEmpty();
    }

    @Test
    @Timeout(10)
    void treesAndChainsThatGoInCirclesComeToAnEnd() throws Exception {
        byte[] circle = many();
        int root = rootOf(circle);
        // The right-most child of the root is the root.
        ByteBuffer.wrap(circle).putInt((root - 1) * 512 + 8, root);
        SqlitePages pages = pages(circle);
        assertThat(rows(pages, pages.table("t").orElseThrow())).isNotEmpty().hasSizeLessThan(ROWS);

        // Each long text goes on at the page it begins at; the file would have to be read thousands of times.
        byte[] chains = made(
                "pragma page_size = 512",
                "create table t (id integer primary key, name text)",
                numbers() + "insert into t select n, hex(zeroblob(900)) from numbers");
        for (int page = 2; page * 512 <= chains.length; page++) {
            int at = (page - 1) * 512;
            if (chains[at] == 0) {
                ByteBuffer.wrap(chains).putInt(at, page);
            }
        }
        // What is picked up now is nonsense, but no more than there is room for.
        pages = pages(chains);
        assertThat(rows(pages, pages.table("t").orElseThrow())).hasSizeLessThanOrEqualTo(ROWS);

        byte[] free = many();
        // A list of free pages that begins with its own second page.
        ByteBuffer.wrap(free).putInt(32, 3).putInt(2 * 512, 3).putInt(2 * 512 + 4, Integer.MAX_VALUE);
        assertThat(SqlitePages.of(free)).isPresent();
    }

    @Test
    void pointersAndLengthsOutOfThePageArePassedOver() throws Exception {
        byte[] file =
                made("pragma page_size = 512", "create table t (a, b)", "insert into t values (1, 'x'), (2, 'y')");
        int leaf = (rootOf(file) - 1) * 512;
        List<String> both = List.of("[1, x]", "[2, y]");
        assertThat(rows(pages(file.clone()), tableOf(file))).isEqualTo(both);

        for (int pointer : new int[] {0, 7, 511, 512, 65_535}) {
            byte[] damaged = file.clone();
            ByteBuffer.wrap(damaged).putShort(leaf + 8, (short) pointer);
            assertThat(rows(pages(damaged), tableOf(file)))
                    .as("pointer %d", pointer)
                    .containsExactly("[2, y]");
        }
        int cell = leaf + ByteBuffer.wrap(file).getShort(leaf + 8);
        for (int at = 0; at < 6; at++) {
            byte[] damaged = file.clone();
            Arrays.fill(damaged, cell + at, cell + at + 1, (byte) 0xff);
            assertThat(rows(pages(damaged), tableOf(file))).as("byte %d", at).contains("[2, y]");
        }
        byte[] tooMany = file.clone();
        ByteBuffer.wrap(tooMany).putShort(leaf + 3, (short) 0xffff);
        assertThat(rows(pages(tooMany), tableOf(file))).containsAll(both);
    }

    @Test
    void withoutASizeOfPagesThereAreNone() throws Exception {
        byte[] file = many();
        assertThat(SqlitePages.of(Arrays.copyOf(file, 99))).isEmpty();
        assertThat(SqlitePages.looksLikePages(Arrays.copyOf(file, 99))).isFalse();
        for (int size : new int[] {0, 2, 256, 513, 4097, 65_535}) {
            ByteBuffer.wrap(file).putShort(16, (short) size);
            assertThat(SqlitePages.of(file)).as("size %d", size).isEmpty();
            assertThat(SqlitePages.looksLikePages(file)).as("size %d", size).isFalse();
        }
    }

    @Test
    void theFirstLettersAreNotNeeded() throws Exception {
        byte[] file = many();
        Arrays.fill(file, 0, 16, (byte) 0);
        assertThat(SqlitePages.looksLikePages(file)).isTrue();
        assertThat(rows(pages(file), tableOf(file))).hasSize(ROWS);
        file[22] = 0;
        assertThat(SqlitePages.looksLikePages(file)).isFalse();
    }

    /** SQLite puts the upper part of a tree behind the leaves, so that is lost first. */
    @Test
    void ofAFileCutShortTheRestIsThere() throws Exception {
        byte[] file = many();
        SqlitePages pages = pages(Arrays.copyOf(file, file.length / 2 + 100));
        List<String> known = rows(pages, pages.table("t").orElseThrow());
        List<SqliteRow> found = cutOff(pages);
        assertThat(known.size() + found.size()).isBetween(ROWS / 4, ROWS - 1);
        assertThat(found.get(0).text("1")).contains("name 1");
    }

    private byte[] many() throws Exception {
        return made(
                "pragma page_size = 512",
                "create table t (id integer primary key, name text)",
                numbers() + "insert into t select n, 'name ' || n from numbers");
    }

    private static String numbers() {
        return "with recursive numbers(n) as (select 1 union all select n + 1 from numbers limit " + ROWS + ") ";
    }

    private byte[] made(String... statements) throws Exception {
        Path file = Files.createTempFile(folder, "made", ".db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return Files.readAllBytes(file);
    }

    private static SqlitePages pages(byte[] file) {
        return SqlitePages.of(file).orElseThrow();
    }

    private static SqliteTable tableOf(byte[] file) {
        return pages(file.clone()).table("t").orElseThrow();
    }

    /** Of the first table, by what SQLite says. */
    private int rootOf(byte[] content) throws Exception {
        Path file = Files.write(folder.resolve("asked.db"), content);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var answer = statement.executeQuery("select rootpage from sqlite_master where name = 't'")) {
            return answer.getInt(1);
        }
    }

    private static List<String> rows(SqliteTables tables, SqliteTable table) throws IOException {
        List<String> rows = new ArrayList<>();
        tables.read(table, table.columns(), row -> {
            Stream<Object> values =
                    table.columns().stream().map(column -> row.stored(column).orElse("none"));
            rows.add(values.map(SqlitePagesTest::words).toList().toString());
            return true;
        });
        return rows;
    }

    private static String words(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }

    private static List<SqliteRow> cutOff(SqlitePages pages) throws IOException {
        List<SqliteRow> found = new ArrayList<>();
        pages.readCutOff(found::add);
        return found;
    }
}
