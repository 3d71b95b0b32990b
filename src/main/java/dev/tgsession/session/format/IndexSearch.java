package dev.tgsession.session.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Which rows have a value in the first column of an index: found in a few steps down its tree, where looking through all rows
 * takes as long as reading the file.
 *
 * <p>An index tells small letters from capital ones, and we do not. So we ask it for the first way to write the letters, all in
 * capitals; where that is not, it shows what comes next, and we ask for the first way to write them behind that. With user
 * names in small letters only, as libraries write them, these are two or three questions.
 */
final class IndexSearch {
    /** A made-up file could have us try as many ways to write the letters as there are. */
    private static final int MOST_QUESTIONS = 200;

    private static final int MOST_ROWS = 1000;

    private final Supplier<StrictTree> trees;
    private final int root;
    private final RecordWriter writer = new RecordWriter();
    private final SortedSet<Long> rows = new TreeSet<>();
    private int noted;

    /**
     * A search.
     *
     * @param trees for each question a new walk
     * @param root of the index
     */
    IndexSearch(Supplier<StrictTree> trees, int root) {
        this.trees = trees;
        this.root = root;
    }

    /**
     * The numbers of the rows with just these letters, small or capital.
     *
     * @param text ASCII only
     * @throws UncommonFileException if that cannot be told, or there are very many
     */
    SortedSet<Long> withText(String text) throws IOException, UncommonFileException {
        Needle needle = new Needle(text);
        Optional<String> next = Optional.of(text.toUpperCase(Locale.ROOT));
        for (int questions = 0; next.isPresent(); questions++) {
            require(questions < MOST_QUESTIONS);
            String asked = next.get();
            next = ask(asked, needle);
            // An index out of order may lead back.
            require(next.isEmpty() || isBehind(next.get(), asked));
        }
        return rows;
    }

    /** As the index has them, byte by byte. */
    private static boolean isBehind(String text, String other) {
        byte[] one = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.compareUnsigned(one, other.getBytes(StandardCharsets.UTF_8)) > 0;
    }

    /** Notes the rows with that text, and with others of the same letters right behind it; where else to look. */
    private Optional<String> ask(String text, Needle needle) throws IOException, UncommonFileException {
        String[] behind = new String[1];
        from(writer.begin().text(text), entry -> {
            if (entry.isText(0) && entry.hasText(0, needle)) {
                note(entry);
                return true;
            }
            behind[0] = entry.isText(0) ? next(text, entry.bytes(0)).orElse(null) : null;
            return false;
        });
        return Optional.ofNullable(behind[0]);
    }

    /**
     * The numbers of the rows with one of two whole numbers.
     *
     * @throws UncommonFileException if that cannot be told: if there are texts in the index, which may look like the number; or
     *     if there are very many
     */
    SortedSet<Long> withNumber(long one, long other) throws IOException, UncommonFileException {
        from(writer.begin().text(""), entry -> {
            require(!entry.isText(0));
            return false;
        });
        for (long number : new long[] {one, other}) {
            from(writer.begin().number(number), entry -> {
                boolean same = entry.isNumber(0) && !entry.isReal(0) && entry.number(0) == number;
                if (same) {
                    note(entry);
                }
                // One with a fraction may be as large.
                return same || entry.isReal(0);
            });
        }
        return rows;
    }

    @FunctionalInterface
    private interface OnEntry {
        boolean onEntry(SqliteRecord entry) throws UncommonFileException;
    }

    /** Hands over the entries that are not before this value. */
    private void from(RecordWriter sought, OnEntry reader) throws IOException, UncommonFileException {
        sought.finish();
        byte[] bytes = sought.copy();
        SqliteRecord value = new SqliteRecord();
        value.parse(bytes, 0, bytes.length, 1);
        trees.get().indexFrom(root, value, (none, entry) -> reader.onEntry(entry));
    }

    private void note(SqliteRecord entry) throws UncommonFileException {
        int last = entry.size() - 1;
        require(last > 0 && entry.isNumber(last) && !entry.isReal(last) && noted < MOST_ROWS);
        noted++;
        rows.add(entry.number(last));
    }

    /** The first way to write the letters of that text that is behind these bytes, which are another text. */
    static Optional<String> next(String text, byte[] bytes) {
        String capital = text.toUpperCase(Locale.ROOT);
        byte[] capitals = capital.getBytes(StandardCharsets.US_ASCII);
        byte[] smalls = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        int same = 0;
        int shorter = Math.min(capitals.length, bytes.length);
        while (same < shorter && (bytes[same] == capitals[same] || bytes[same] == smalls[same])) {
            same++;
        }
        if (same == bytes.length && same < capitals.length) {
            return Optional.of(written(bytes, same) + capital.substring(same));
        }
        // The first letter that can be made higher, from the back.
        for (int i = Math.min(same, capitals.length - 1); i >= 0; i--) {
            int there = bytes[i] & 0xff;
            for (byte higher : new byte[] {capitals[i], smalls[i]}) {
                if (higher > there) {
                    return Optional.of(written(bytes, i) + (char) higher + capital.substring(i + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static String written(byte[] bytes, int length) {
        return new String(Arrays.copyOf(bytes, length), StandardCharsets.US_ASCII);
    }

    private static void require(boolean common) throws UncommonFileException {
        if (!common) {
            throw new UncommonFileException("an index in which that is not to be found");
        }
    }
}
