package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.format.SqliteBuilder.Filling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files we make page by page: SQLite finds each in order, and reads from it what went in. */
class PageBuilderTest {
    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        127,
        128,
        -128,
        -129,
        32_767,
        32_768,
        -32_768,
        -32_769,
        8_388_607,
        8_388_608,
        -8_388_608,
        -8_388_609,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE + 1L,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE - 1L,
        (1L << 47) - 1,
        1L << 47,
        -(1L << 47),
        -(1L << 47) - 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final List<String> TABLES = List.of(
            "CREATE TABLE one (id integer primary key, a text, b blob, c integer, d)",
            "CREATE TABLE empty (a text, b blob, primary key(a, b))",
            "CREATE INDEX texts ON one (a, c)",
            "CREATE INDEX anything ON one (d)",
            "CREATE TABLE two (a integer, b text, primary key(a, b))");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 60, 61, 500, 3000})
    void randomRowsAreReadByBothAsTheyWentIn(int rows) throws IOException {
        for (int seed = 0; seed < 4; seed++) {
            List<Object[]> one = rows(rows, seed);
            Filling filling = builder -> {
                TABLES.forEach(builder::execute);
                builder.insertAll("one", 5, one.iterator());
                builder.insertAll(
                        "two",
                        2,
                        one.stream()
                                .map(row -> new Object[] {row[0], "k" + row[0]})
                                .iterator());
            };

            byte[] file = pages(filling);

            List<String> expected = new ArrayList<>(one.stream()
                    .sorted((a, b) -> Long.compare((Long) a[0], (Long) b[0]))
                    .map(Arrays::deepToString)
                    .toList());
            requireContent(SessionSource.ofBytes("built", file), expected, false);
            requireContent(SessionSource.ofBytes("built", file).bySqliteAlone(), expected, true);
            assertThat(rowsOf(SessionSource.ofBytes("built", file), "two")).hasSize(rows);
        }
    }

    /** Texts around the lengths at which a record goes on in pages of its own, and at which that takes one page more. */
    @Test
    void longRecordsGoOnInPagesOfTheirOwn() throws IOException {
        List<Object[]> rows = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        long id = 0;
        for (int around : new int[] {120, 240, 470, 1000, 2040, 4061, 4092, 8150, 12_240, 100_000}) {
            for (int length = around - 12; length < around + 12; length++) {
                Object[] row = {
                    id++, "é".repeat(length / 2) + "x".repeat(length % 2), null, (long) length, "y".repeat(length)
                };
                rows.add(row);
                expected.add(Arrays.deepToString(row));
            }
        }

        byte[] file = pages(builder -> {
            TABLES.forEach(builder::execute);
            builder.insertAll("one", 5, rows.iterator());
        });

        requireContent(SessionSource.ofBytes("built", file), expected, false);
        requireContent(SessionSource.ofBytes("built", file).bySqliteAlone(), expected, true);
    }

    @Test
    void aLargeTableIsWrittenAsItComesAndItsIndexesAtTheEnd() throws IOException {
        int rows = 150_000;
        Path file = Files.createFile(folder.resolve("large.db"));
        try (SqliteBuilder builder = new PageBuilder(file)) {
            builder.execute("CREATE TABLE t (id integer primary key, name text)");
            builder.execute("CREATE INDEX names ON t (name)");
            try (SqliteBuilder.Rows all = builder.rows("t", 2)) {
                for (long i = 0; i < rows; i++) {
                    all.add(i * i * 31 - 5_000_000_000L, i % 3 == 0 ? null : "name " + i % 1000);
                }
            }
            builder.finish();
        }

        SessionSource source = SessionSource.ofFile(file);
        try (SqliteDatabase database = SqliteDatabase.open(source.bySqliteAlone())) {
            assertThat(database.isSound()).contains(true);
        }
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(database.isSound()).contains(true);
            assertThat(database.isReadBySqlite()).isFalse();
        }
        assertThat(rowsOf(source, "t"))
                .hasSize(rows)
                .startsWith("[-5000000000, null]", "[-4999999969, name 1]")
                .isEqualTo(rowsOf(source.bySqliteAlone(), "t"));
    }

    /** The header says what SQLite's own does, so that no program asks for more than the tables. */
    @Test
    void theHeaderIsThatOfAnOrdinaryFile() throws IOException {
        byte[] ours = pages(builder -> TABLES.forEach(builder::execute));
        byte[] theirs;
        try (SqliteBuilder builder = new LibraryBuilder()) {
            TABLES.forEach(builder::execute);
            theirs = builder.toFile();
        }
        assertThat(ours).hasSameSizeAs(theirs);
        for (byte[] file : List.of(ours, theirs)) {
            ByteBuffer header = ByteBuffer.wrap(file);
            // What counts changes, statements and releases is everybody's own.
            header.putInt(24, 0).putInt(40, 0).putInt(92, 0).putInt(96, 0);
        }
        assertThat(ours).startsWith(Arrays.copyOf(theirs, 100));
    }

    /** Few of them, but long: they do not wait until there are many. */
    @Test
    void soDoesATableOfLongRows() throws IOException {
        Path file = Files.createFile(folder.resolve("long.db"));
        try (SqliteBuilder builder = new PageBuilder(file)) {
            builder.execute("CREATE TABLE t (id integer primary key, name text)");
            try (SqliteBuilder.Rows all = builder.rows("t", 2)) {
                for (long i = 0; i < 300; i++) {
                    all.add(i, "x".repeat(10_000));
                }
                assertThat(Files.size(file)).isGreaterThan(1_500_000);
            }
            builder.finish();
        }
        assertThat(rowsOf(SessionSource.ofFile(file).bySqliteAlone(), "t")).hasSize(300);
    }

    @Test
    void rowsAreTheSameAsAWholeAndValueByValue() throws IOException {
        for (boolean byLibrary : new boolean[] {false, true}) {
            byte[] file;
            try (SqliteBuilder builder = byLibrary ? new LibraryBuilder() : new PageBuilder()) {
                builder.execute(TABLES.get(0));
                try (SqliteBuilder.Rows all = builder.rows("one", 5)) {
                    all.add(1, "a", new byte[] {1}, 7, 1.5);
                    all.number(2)
                            .text("a")
                            .bytes(new byte[] {1})
                            .number(7)
                            .real(1.5)
                            .end();
                    all.number(3)
                            .nothing()
                            .nothing()
                            .text(Optional.of("12"))
                            .text(Optional.empty())
                            .end();
                }
                file = builder.toFile();
            }
            assertThat(rowsOf(SessionSource.ofBytes("built", file), "one"))
                    .containsExactly("[1, a, [1], 7, 1.5]", "[2, a, [1], 7, 1.5]", "[3, null, null, 12, null]");
        }
    }

    @Test
    void aRowOfAnotherLengthIsForTheLibrary() {
        for (int more : new int[] {-1, 1}) {
            assertThatThrownBy(() -> pages(builder -> {
                        builder.execute(TABLES.get(0));
                        try (SqliteBuilder.Rows all = builder.rows("one", 5)) {
                            all.add(new Object[5 + more]);
                        }
                    }))
                    .isInstanceOf(UncommonRowsException.class);
        }
    }

    @Test
    void theLaterRowStays() throws IOException {
        byte[] file = pages(builder -> {
            builder.execute("CREATE TABLE t (id integer primary key, phone integer, name text)");
            builder.insert("t", 5, "4915112345678", "old");
            builder.insert("t", 4, null, "x");
            builder.insert("t", 5L, "0", 17);
        });

        assertThat(rowsOf(SessionSource.ofBytes("built", file), "t")).containsExactly("[4, null, x]", "[5, 0, 17]");
    }

    /** What we do not do is done by the library, from the beginning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a integer, b text) WITHOUT ROWID",
                "CREATE TABLE t (a real, b text)",
                "CREATE TABLE \"t\" (a, b)",
                "CREATE TABLE t (a integer, b text)|word",
                "CREATE TABLE t (a integer, b text)|+5",
                "CREATE TABLE t (a integer, b text)|1.5",
                "CREATE TABLE t (a integer primary key, b text)|null",
                "CREATE TABLE t (a text, b text, primary key(a, b))|twice|twice"
            })
    void whatIsUncommonIsForTheLibrary(String what) throws IOException {
        String[] parts = what.split("\\|", -1);
        Filling filling = builder -> {
            builder.execute(parts[0].replace("a integer, b text) W", "a integer primary key, b text) W"));
            for (int i = 1; i < parts.length; i++) {
                builder.insert("t", parts[i].equals("null") ? null : parts[i], "b");
            }
        };
        assertThatThrownBy(() -> pages(filling)).isInstanceOf(UncommonRowsException.class);

        byte[] file = SqliteBuilder.inMemory(filling);
        Path made = Files.createFile(folder.resolve("made.db"));
        SqliteBuilder.inFile(made, filling);

        List<String> rows = rowsOf(SessionSource.ofBytes("built", file), "t");
        assertThat(rows).hasSize(Math.min(1, parts.length - 1)).isEqualTo(rowsOf(SessionSource.ofFile(made), "t"));
    }

    @Test
    void rowsInNoOrderAreForTheLibraryOnceThereAreMany() throws IOException {
        Filling filling = builder -> {
            builder.execute("CREATE TABLE t (id integer primary key)");
            try (SqliteBuilder.Rows all = builder.rows("t", 1)) {
                for (long i = 0; i < 40_000; i++) {
                    all.add(i == 30_000 ? -1L : i);
                }
            }
        };
        assertThat(rowsOf(SessionSource.ofBytes("built", pages(filling)), "t")).hasSize(40_000);
        Path file = Files.createFile(folder.resolve("made.db"));
        assertThatThrownBy(() -> {
                    try (SqliteBuilder builder = new PageBuilder(file)) {
                        filling.fill(builder);
                    }
                })
                .isInstanceOf(UncommonRowsException.class);

        SqliteBuilder.inFile(file, filling);
        assertThat(rowsOf(SessionSource.ofFile(file), "t")).hasSize(40_000).startsWith("[-1]", "[0]");
    }

    @Test
    void aFileThatIsGoneIsNotMadeAnew() {
        Path gone = folder.resolve("gone.db");
        assertThatThrownBy(() -> SqliteBuilder.inFile(gone, builder -> {})).isInstanceOf(IOException.class);
        assertThat(gone).doesNotExist();
    }

    private static byte[] pages(Filling filling) throws IOException {
        try (SqliteBuilder builder = new PageBuilder()) {
            filling.fill(builder);
            return builder.toFile();
        }
    }

    /** Numbers of all widths, texts and bytes of all lengths, with faces and with nothing in them; ids in no order. */
    private static List<Object[]> rows(int count, long seed) {
        Random dice = new Random(seed);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = dice.nextInt(4) == 0 ? dice.nextLong() : (i - count / 2) * 3L;
            boolean there = rows.stream().anyMatch(row -> row[0].equals(id));
            if (!there) {
                rows.add(new Object[] {id, text(dice), dice.nextBoolean() ? null : bytes(dice), number(dice), any(dice)
                });
            } else {
                i--;
            }
        }
        return rows;
    }

    private static @Nullable Object any(Random dice) {
        return switch (dice.nextInt(5)) {
            case 0 -> null;
            case 1 -> number(dice);
            case 2 -> text(dice);
            case 3 -> bytes(dice);
            default -> dice.nextGaussian() * Math.pow(10, dice.nextInt(40) - 20);
        };
    }

    private static @Nullable Long number(Random dice) {
        return switch (dice.nextInt(4)) {
            case 0 -> null;
            case 1 -> EDGES[dice.nextInt(EDGES.length)];
            default -> dice.nextLong() >> dice.nextInt(64);
        };
    }

    private static @Nullable String text(Random dice) {
        String[] letters = {"a", "Ж", "李", "😀", "\u0000", "'", "é"};
        StringBuilder text = new StringBuilder();
        for (int length = length(dice); length > 0; length--) {
            text.append(letters[dice.nextInt(letters.length)]);
        }
        return dice.nextInt(8) == 0 ? null : text.toString();
    }

    private static byte[] bytes(Random dice) {
        byte[] bytes = new byte[length(dice)];
        dice.nextBytes(bytes);
        return bytes;
    }

    private static int length(Random dice) {
        return dice.nextInt(dice.nextInt(40) == 0 ? 20_000 : 30);
    }

    private static void requireContent(SessionSource source, List<String> expected, boolean bySqlite)
            throws IOException {
        assertThat(rowsOf(source, "one")).isEqualTo(expected);
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            assertThat(database.isSound()).contains(true);
            assertThat(database.isReadBySqlite()).isEqualTo(bySqlite);
        }
    }

    private static List<String> rowsOf(SessionSource source, String name) throws IOException {
        List<String> rows = new ArrayList<>();
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            SqliteTable table = database.table(name).orElseThrow();
            database.read(table, table.columns(), row -> rows.add(words(table, row)));
        }
        return rows;
    }

    private static String words(SqliteTable table, SqliteRow row) {
        Object[] values = new Object[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.stored(table.columns().get(i)).orElse(null);
        }
        return Arrays.deepToString(values);
    }
}
