package dev.tgsession.session.format;

import dev.tgsession.session.format.SqliteFile.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/**
 * A database that somebody else wrote, opened so that the file stays as it is and can do no harm.
 *
 * <p>The file is read into memory (or, when something waits beside it or it is large, copied into a private folder)
 * and opened there: it is never locked, never changed, and nothing appears beside it.
 *
 * <p>A common one is read page by page, by {@link PlainDatabase}; SQLite's own library takes over, without a word, as soon
 * as anything in the file is uncommon or damaged, and goes on behind the last row that was handed over.
 */
public final class SqliteDatabase implements SqliteTables, AutoCloseable {
    /** A damaged tree can lead to the same page again and again. */
    static final int MOST_ROWS = 2_500_000;

    /** More than that are better read one by one. */
    private static final int MOST_FOUND = 20_000;

    private static final int MOST_BYTES_FOUND = 4 << 20;

    private final Snapshot snapshot;

    /** Whether the snapshot was taken for us, and goes with us. */
    private final boolean owned;

    private final RowProgress progress;
    private final Optional<PlainDatabase> plain;
    private Optional<SqliteEngine> engine = Optional.empty();

    private SqliteDatabase(Snapshot snapshot, SessionSource source, Optional<PlainDatabase> plain) {
        this.snapshot = snapshot;
        this.owned = source.still().isEmpty();
        this.progress = source.progress();
        this.plain = plain;
    }

    /** Whether this begins like an SQLite file; no, if it cannot be read. */
    public static boolean isOne(SessionSource source) {
        try {
            return SqliteFile.looksLikeOne(source.head(16));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Has SQLite itself put in order what a cut-off program left beside the file: a journal is played back, a WAL moved
     * in, just as the next program to open it would do. Safe at every moment; nothing happens if that cannot be done.
     */
    public static void settle(Path file) {
        SqliteEngine.settle(file);
    }

    /**
     * Opens it.
     *
     * @throws MalformedSessionException if it is no database, or too damaged to open
     * @throws IOException if it cannot be read
     */
    public static SqliteDatabase open(SessionSource source) throws IOException {
        Snapshot snapshot = SqliteFile.snapshot(source);
        boolean opened = false;
        try {
            Optional<PlainDatabase> plain = source.isForSqliteAlone() ? Optional.empty() : snapshot.plain();
            SqliteDatabase database = new SqliteDatabase(snapshot, source, plain);
            if (plain.isEmpty()) {
                database.engine();
            }
            opened = true;
            return database;
        } finally {
            if (!opened && source.still().isEmpty()) {
                snapshot.discard();
            }
        }
    }

    /** What was found out on the way in: a file cut short, something waiting beside it. */
    public List<Finding> findings() {
        return snapshot.findings();
    }

    /** Whether SQLite's library had to be asked so far. */
    boolean isReadBySqlite() {
        return engine.isPresent();
    }

    @Override
    public List<SqliteTable> tables() {
        return plain.isPresent() ? plain.get().tables() : engine.orElseThrow().tables();
    }

    /**
     * Whether SQLite below 3.8.2 can open the file: one table, index or view it does not understand bars it from all
     * others. Empty if there are views or triggers, whose text we do not judge.
     */
    public Optional<Boolean> opensInOldSqlite() {
        return plain.isPresent()
                ? plain.get().opensInOldSqlite()
                : engine.orElseThrow().opensInOldSqlite();
    }

    @Override
    public void read(SqliteTable table, List<String> wanted, RowReader reader) throws IOException {
        List<String> columns = new ArrayList<>();
        for (String column : wanted) {
            if (table.has(column)) {
                columns.add(column);
            }
        }
        if (columns.isEmpty()) {
            return;
        }
        if (engine.isPresent()) {
            engine.get().read(table, columns, 0, reader);
            return;
        }
        Counted counted = new Counted(reader, progress);
        try {
            readPlain(table, columns, counted);
        } catch (UncommonFileException asksForSqlite) {
            engine().read(table, columns, counted.rows, reader);
        }
    }

    /**
     * Hands over those rows at least that have a text of just these letters, small or capital; maybe all rows. Of pages without
     * the letters no more than their header is looked at, so damage there goes unnoticed.
     *
     * @param letters ASCII, and so few that they lie on one page
     */
    public void find(SqliteTable table, List<String> wanted, String letters, RowReader reader) throws IOException {
        if (engine.isEmpty()) {
            List<String> columns = wanted.stream().filter(table::has).toList();
            Found found = new Found();
            try {
                plain.orElseThrow().find(table, columns, new Needle(letters), found);
                if (!found.isFull()) {
                    handOver(found.rows, reader);
                    return;
                }
            } catch (UncommonFileException asksForSqlite) {
                // It reads all of them, below.
            }
        }
        read(table, wanted, reader);
    }

    /**
     * Hands over the rows with just these letters, small or capital, in that column, if an index names them; whether one does.
     *
     * @param letters ASCII
     */
    public boolean findIndexed(SqliteTable table, List<String> wanted, String column, String letters, RowReader reader)
            throws IOException {
        Needle needle = new Needle(letters);
        return findIndexed(
                table,
                wanted,
                plain -> plain.indexed(table, column, letters),
                row -> row.text(column)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .filter(bytes -> needle.isAll(bytes, 0, bytes.length))
                        .isPresent(),
                reader);
    }

    /** The same for those with one of two whole numbers; if there are texts among the numbers, none does. */
    public boolean findIndexed(
            SqliteTable table, List<String> wanted, String column, long one, long other, RowReader reader)
            throws IOException {
        return findIndexed(
                table,
                wanted,
                plain -> plain.indexed(table, column, one, other),
                row -> row.number(column)
                        .filter(number -> number == one || number == other)
                        .isPresent(),
                reader);
    }

    /** Which rows have what is sought. */
    @FunctionalInterface
    private interface ByIndex {
        Optional<SortedSet<Long>> in(PlainDatabase plain) throws IOException, UncommonFileException;
    }

    private boolean findIndexed(
            SqliteTable table, List<String> wanted, ByIndex index, Predicate<SqliteRow> isSought, RowReader reader)
            throws IOException {
        if (engine.isPresent()) {
            return false;
        }
        List<String> columns = wanted.stream().filter(table::has).toList();
        Found found = new Found();
        try {
            Optional<SortedSet<Long>> numbers = index.in(plain.orElseThrow());
            if (numbers.isEmpty()) {
                return false;
            }
            for (long number : numbers.get()) {
                plain.get().row(table, columns, number, (row, size) -> isSought.test(row) && found.onRow(row, size));
                if (found.isFull()) {
                    return false;
                }
            }
            if (found.rows.size() < numbers.get().size()) {
                // The index names what is not in the table, so who knows what it does not name.
                return false;
            }
        } catch (UncommonFileException isNoHelp) {
            return false;
        }
        handOver(found.rows, reader);
        return true;
    }

    /** Rows that wait until it is sure that no others will be handed over. */
    private static final class Found implements PlainDatabase.FoundReader {
        private final List<SqliteRow> rows = new ArrayList<>();
        private long bytes;

        @Override
        public boolean onRow(SqliteRow row, int size) {
            rows.add(row);
            bytes += size;
            return !isFull();
        }

        boolean isFull() {
            return rows.size() >= MOST_FOUND || bytes >= MOST_BYTES_FOUND;
        }
    }

    /** Hands over the row with that key at least, if there is one; maybe all rows up to it. */
    public void row(SqliteTable table, List<String> wanted, String key, long value, RowReader reader)
            throws IOException {
        List<SqliteRow> rows = new ArrayList<>();
        try {
            if (engine.isEmpty() && plain.orElseThrow().isRowid(table, key)) {
                List<String> columns = wanted.stream().filter(table::has).toList();
                plain.get().row(table, columns, value, (row, size) -> rows.add(row));
                handOver(rows, reader);
                return;
            }
        } catch (UncommonFileException asksForSqlite) {
            // It reads all of them, below.
        }
        read(table, wanted, reader);
    }

    private static void handOver(List<SqliteRow> rows, RowReader reader) throws IOException {
        for (SqliteRow row : rows) {
            if (!reader.onRow(row)) {
                return;
            }
        }
    }

    private void readPlain(SqliteTable table, List<String> columns, Counted reader)
            throws IOException, UncommonFileException {
        PlainDatabase database = plain.orElseThrow();
        long total = progress == RowProgress.UNWATCHED ? 0 : database.count(table);
        reader.total = total;
        progress.onRows(0, total);
        try {
            database.read(table, columns, reader);
        } finally {
            progress.onRows(total, total);
        }
    }

    /**
     * Whether SQLite's own examination finds every page and every index in order. Empty if the file has formulas in
     * it, which the examination would have to run.
     */
    public Optional<Boolean> isSound() throws IOException {
        if (engine.isEmpty()) {
            try {
                return plain.orElseThrow().isSound();
            } catch (UncommonFileException asksForSqlite) {
                // Whether that is damage, and which, SQLite knows.
            }
        }
        return engine().isSound();
    }

    @Override
    public void close() throws IOException {
        try {
            if (engine.isPresent()) {
                engine.get().close();
            }
        } finally {
            if (owned) {
                snapshot.discard();
            }
        }
    }

    private SqliteEngine engine() throws IOException {
        if (engine.isEmpty()) {
            if (snapshot.isInPlace()) {
                throw new IOException("SQLite's library is not for a file that lies where it lay");
            }
            engine = Optional.of(SqliteEngine.open(snapshot, progress));
        }
        return engine.get();
    }

    /** Hands rows on, and knows how many have been. */
    private static final class Counted implements RowReader {
        private final RowReader reader;
        private final RowProgress progress;
        private long rows;
        private long total;

        Counted(RowReader reader, RowProgress progress) {
            this.reader = reader;
            this.progress = progress;
        }

        @Override
        public boolean onRow(SqliteRow row) throws IOException {
            rows++;
            boolean goesOn = reader.onRow(row);
            if (goesOn && rows % RowProgress.STEP == 0) {
                progress.onRows(Math.min(rows, total), total);
            }
            return goesOn;
        }
    }
}
