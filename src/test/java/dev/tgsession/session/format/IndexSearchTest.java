package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an index names is what a look at all rows finds. */
class IndexSearchTest {
    private static final List<String> TABLES = List.of(
            "CREATE TABLE t (id integer primary key, name text, number integer)",
            "CREATE INDEX names ON t (name)",
            "CREATE INDEX numbers ON t (number)");

    private static final List<String> COLUMNS = List.of("id", "name", "number");

    @Test
    void theNextWayToWriteTheLettersIsTheFirstBehindSomeBytes() {
        Random dice = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String letters = text(dice, 1 + dice.nextInt(4), "ab1_");
            String other = text(dice, dice.nextInt(6), "aAbB1_~é");
            TreeSet<String> ways = new TreeSet<>(ways(letters));
            Optional<String> expected =
                    ways.stream().filter(way -> compare(way, other) > 0).findFirst();

            if (!ways.contains(other)) {
                assertThat(IndexSearch.next(letters, other.getBytes(StandardCharsets.UTF_8)))
                        .as("%s behind %s", letters, other)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void itFindsWhatALookAtAllRowsFinds() throws IOException {
        for (int seed = 0; seed < 12; seed++) {
            Random dice = new Random(seed);
            byte[] file = file(dice, 20 + 400 * seed, seed % 2 == 0 ? "aAbBé_" : "ab_1");
            try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("built", file))) {
                SqliteTable table = database.table("t").orElseThrow();
                for (int i = 0; i < 60; i++) {
                    String letters = text(dice, 1 + dice.nextInt(4), "abAB_1");
                    Set<String> indexed = new HashSet<>();
                    Set<String> scanned = new HashSet<>();
                    boolean answered =
                            database.findIndexed(table, COLUMNS, "name", letters, row -> indexed.add(words(row)));
                    database.read(table, COLUMNS, row -> {
                        boolean same = row.text("name").orElse("").equalsIgnoreCase(letters);
                        return !same || scanned.add(words(row));
                    });
                    assertThat(answered).isTrue();
                    assertThat(indexed).as("%s", letters).isEqualTo(scanned);
                }
                assertThat(database.isReadBySqlite()).isFalse();
            }
        }
    }

    @Test
    void itFindsNumbersAboveAndBelowZero() throws IOException {
        byte[] file = file(new Random(1), 3000, "ab");
        try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("built", file))) {
            SqliteTable table = database.table("t").orElseThrow();
            for (long number = -60; number < 60; number++) {
                long one = number;
                Set<String> indexed = new HashSet<>();
                Set<String> scanned = new HashSet<>();
                boolean answered =
                        database.findIndexed(table, COLUMNS, "number", one, -one, row -> indexed.add(words(row)));
                database.read(table, COLUMNS, row -> {
                    boolean same = row.number("number")
                            .filter(n -> Math.abs(n) == Math.abs(one))
                            .isPresent();
                    return !same || scanned.add(words(row));
                });
                assertThat(answered).isTrue();
                assertThat(indexed).isEqualTo(scanned);
            }
        }
    }

    /** A word in a column of numbers may be read as one of them. */
    @Test
    void whereTextsStandAmongNumbersItIsNotAsked() throws IOException {
        byte[] file = SqliteBuilder.inMemory(builder -> {
            TABLES.forEach(builder::execute);
            builder.insert("t", 1, "a", 5);
            builder.insert("t", 2, "b", "+5 6");
        });
        assertThat(answers(file, 5)).isFalse();
    }

    @Test
    void withoutAnIndexItIsNotAsked() throws IOException {
        byte[] file = SqliteBuilder.inMemory(builder -> {
            builder.execute(TABLES.get(0));
            builder.insert("t", 1, "a", 5);
        });
        assertThat(answers(file, 5)).isFalse();
        try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("built", file))) {
            SqliteTable table = database.table("t").orElseThrow();
            assertThat(database.findIndexed(table, COLUMNS, "name", "a", row -> true))
                    .isFalse();
        }
    }

    /** It says yes, and hands over nothing, or what is there; never anything else, and it comes to an end. */
    @Test
    void damageIsNoReasonToHandOverAnythingElse() throws IOException {
        byte[] whole = file(new Random(4), 2000, "abAB");
        Random dice = new Random(8);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + dice.nextInt(4); hits > 0; hits--) {
                int page = 1 + dice.nextInt(damaged.length / 4096 - 1);
                int at = 4096 * page + dice.nextInt(dice.nextBoolean() ? 100 : 4096);
                damaged[at] = (byte) (dice.nextBoolean() ? damaged[at] ^ 1 << dice.nextInt(8) : dice.nextInt(256));
            }
            Optional<PlainDatabase> plain = PlainDatabase.of(damaged);
            if (plain.isEmpty()) {
                continue;
            }
            SqliteTable table = plain.get().tables().get(0);
            for (String letters : List.of("a", "ab", "bba")) {
                try {
                    assertThat(plain.get().indexed(table, "name", letters)).isPresent();
                    plain.get().find(table, COLUMNS, new Needle(letters), (row, size) -> {
                        assertThat(row.text("name").orElse("")).isEqualToIgnoringCase(letters);
                        return true;
                    });
                } catch (UncommonFileException asItShouldBe) {
                    // SQLite is asked.
                }
            }
        }
    }

    private static boolean answers(byte[] file, long number) throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(SessionSource.ofBytes("built", file))) {
            SqliteTable table = database.table("t").orElseThrow();
            return database.findIndexed(table, COLUMNS, "number", number, -number, row -> true);
        }
    }

    private static byte[] file(Random dice, int rows, String letters) throws IOException {
        List<Object[]> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(new Object[] {
                (long) i,
                dice.nextInt(5) == 0 ? null : text(dice, dice.nextInt(dice.nextInt(20) == 0 ? 3000 : 5), letters),
                dice.nextInt(5) == 0 ? null : (long) dice.nextInt(100) - 50
            });
        }
        return SqliteBuilder.inMemory(builder -> {
            TABLES.forEach(builder::execute);
            builder.insertAll("t", 3, all.iterator());
        });
    }

    private static String words(SqliteRow row) {
        return row.number("id") + " " + row.text("name") + " " + row.number("number");
    }

    private static String text(Random dice, int length, String letters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(dice.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static Set<String> ways(String letters) {
        Set<String> ways = new HashSet<>(Set.of(""));
        for (char c : letters.toCharArray()) {
            Set<String> longer = new HashSet<>();
            for (String way : ways) {
                longer.add(way + c);
                longer.add(way + String.valueOf(c).toUpperCase(Locale.ROOT));
            }
            ways = longer;
        }
        return ways;
    }

    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
