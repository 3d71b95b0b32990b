package dev.tgsession.session.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A common, undamaged database, read without SQLite's library: loading that takes longer than all the rest of a look at
 * a session.
 *
 * <p>It reads what Telethon and Pyrogram write and most others too: UTF-8, whole pages, a header that knows how many there
 * are, nothing waiting beside the file, tables with plain types and keys, plain indexes. It does not read UTF-16,
 * automatic vacuum, WITHOUT ROWID, generated columns, views, virtual tables, conditions, and nothing that is damaged:
 * whatever is not as it should be is an {@link UncommonFileException}, and then SQLite is asked, which alone says what is
 * wrong. So there is one judge of damage, and this reader needs to know only what is right.
 *
 * <p>It earns its place: {@code inspect} of a small file takes little more than half the time, and of a million peers half;
 * {@code scripts/bench.d/many-files --other JAR} compares two builds.
 */
final class PlainDatabase implements AutoCloseable {
    private static final int UTF_8 = 1;
    private static final int FIRST_LEAF_OF_LIST = 8;

    private final PageFile pages;
    private final int usable;
    private final int firstFree;
    private final int freePages;
    private final PlainSchema schema;

    private PlainDatabase(PageFile pages, byte[] head) throws IOException, UncommonFileException {
        this.pages = pages;
        ByteBuffer header = ByteBuffer.wrap(head);
        this.usable = pages.pageSize() - (head[20] & 0xff);
        this.firstFree = header.getInt(32);
        this.freePages = header.getInt(36);
        int format = header.getInt(44);
        // Versions of the file, the fractions, the pages it has, how it is written down, and no automatic vacuum.
        require(isVersion(head[18]) && isVersion(head[19]) && usable >= 480);
        require(head[21] == 64 && head[22] == 32 && head[23] == 32);
        require(header.getInt(24) == header.getInt(92) && header.getInt(28) == pages.count());
        require(format >= 1 && format <= 4 && header.getInt(56) == UTF_8);
        require(header.getInt(52) == 0 && header.getInt(64) == 0);
        Optional<PlainSchema> known = KnownSchemas.find(pages, usable);
        this.schema = known.isPresent() ? known.get() : readSchema();
    }

    private PlainSchema readSchema() throws IOException, UncommonFileException {
        PlainSchema read = new PlainSchema();
        BitSet seen = new BitSet();
        walk(false, seen).table(1, (rowid, entry) -> {
            read.add(entry, pages.count());
            return true;
        });
        read.requireComplete();
        if (seen.cardinality() == 1) {
            KnownSchemas.remember(pages, usable, read);
        }
        return read;
    }

    /** Of a whole file in memory; empty if it is not common. */
    static Optional<PlainDatabase> of(byte[] content) throws IOException {
        if (!isWhole(content, content.length)) {
            return Optional.empty();
        }
        return open(PageFile.of(content, (int) SqliteFile.pageSize(content)), content);
    }

    /** Of a file that nobody changes; empty if it is not common. */
    static Optional<PlainDatabase> of(Path file) throws IOException {
        SessionSource source = SessionSource.ofFile(file);
        byte[] head = source.head(SqliteFile.HEADER_SIZE);
        if (!isWhole(head, source.size())) {
            return Optional.empty();
        }
        PageFile pages = PageFile.of(file, (int) SqliteFile.pageSize(head));
        Optional<PlainDatabase> opened = Optional.empty();
        try {
            opened = open(pages, head);
            return opened;
        } finally {
            if (opened.isEmpty()) {
                pages.close();
            }
        }
    }

    private static Optional<PlainDatabase> open(PageFile pages, byte[] head) throws IOException {
        try {
            return Optional.of(new PlainDatabase(pages, head));
        } catch (UncommonFileException asksForSqlite) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(byte[] head, long size) {
        if (head.length < SqliteFile.HEADER_SIZE || !SqliteFile.looksLikeOne(head)) {
            return false;
        }
        long pageSize = SqliteFile.pageSize(head);
        return pageSize >= 512 && Long.bitCount(pageSize) == 1 && size % pageSize == 0;
    }

    private static boolean isVersion(byte version) {
        return version == 1 || version == 2;
    }

    /** All real tables. */
    List<SqliteTable> tables() {
        return schema.realTables();
    }

    /** As {@link SqliteDatabase#opensInOldSqlite()}. */
    Optional<Boolean> opensInOldSqlite() {
        return schema.hasTrigger() ? Optional.empty() : Optional.of(true);
    }

    /** How many rows there are. */
    long count(SqliteTable table) throws IOException, UncommonFileException {
        return walk(false, new BitSet()).count(find(table).root());
    }

    /**
     * Hands over the rows with a text of just these letters, small or capital, and their sizes in bytes.
     *
     * @throws UncommonFileException if that cannot go on
     */
    void find(SqliteTable table, List<String> columns, Needle letters, FoundReader reader)
            throws IOException, UncommonFileException {
        PlainSchema.Table found = find(table);
        int[] places = places(found, columns);
        walk(false, new BitSet())
                .table(
                        found.root(),
                        letters,
                        (rowid, record) -> reader.onRow(row(found, columns, places, rowid, record), record.length()));
    }

    /** Takes rows that may be kept, so it is told what that costs. */
    @FunctionalInterface
    interface FoundReader {
        /** Whether to go on. */
        boolean onRow(SqliteRow row, int size);
    }

    /**
     * The numbers of the rows with just these letters in that column, small or capital, by way of an index; empty if there is
     * none.
     *
     * @throws UncommonFileException if they are not to be found in this way
     */
    Optional<SortedSet<Long>> indexed(SqliteTable table, String column, String letters)
            throws IOException, UncommonFileException {
        Optional<IndexSearch> search = search(table, column);
        return search.isPresent() ? Optional.of(search.get().withText(letters)) : Optional.empty();
    }

    /** The same for one of two whole numbers. */
    Optional<SortedSet<Long>> indexed(SqliteTable table, String column, long one, long other)
            throws IOException, UncommonFileException {
        Optional<IndexSearch> search = search(table, column);
        return search.isPresent() ? Optional.of(search.get().withNumber(one, other)) : Optional.empty();
    }

    private Optional<IndexSearch> search(SqliteTable table, String column) throws UncommonFileException {
        PlainSchema.Table found = find(table);
        int place = found.place(column);
        for (PlainSchema.Index index : found.indexes()) {
            if (index.columns().get(0) == place) {
                return Optional.of(new IndexSearch(() -> walk(false, new BitSet()), index.root()));
            }
        }
        return Optional.empty();
    }

    /** Hands over the row of that number, if there is one. */
    void row(SqliteTable table, List<String> columns, long rowid, FoundReader reader)
            throws IOException, UncommonFileException {
        PlainSchema.Table found = find(table);
        int[] places = places(found, columns);
        walk(false, new BitSet())
                .row(
                        found.root(),
                        rowid,
                        (id, record) -> reader.onRow(row(found, columns, places, id, record), record.length()));
    }

    /** Whether a column is the number of the row. */
    boolean isRowid(SqliteTable table, String column) throws UncommonFileException {
        PlainSchema.Table found = find(table);
        return found.rowid() >= 0 && found.place(column) == found.rowid();
    }

    /**
     * Hands over the rows in the order of their numbers.
     *
     * @throws UncommonFileException if that cannot go on; those handed over are the first, as SQLite would read them too
     */
    void read(SqliteTable table, List<String> columns, SqliteTables.RowReader reader)
            throws IOException, UncommonFileException {
        PlainSchema.Table found = find(table);
        int[] places = places(found, columns);
        long[] rows = new long[1];
        walk(false, new BitSet()).table(found.root(), (rowid, record) -> {
            require(++rows[0] <= SqliteDatabase.MOST_ROWS);
            return reader.onRow(row(found, columns, places, rowid, record));
        });
    }

    private static int[] places(PlainSchema.Table table, List<String> columns) {
        int[] places = new int[columns.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = table.place(columns.get(i));
        }
        return places;
    }

    private static SqliteRow row(
            PlainSchema.Table table, List<String> columns, int[] places, long rowid, SqliteRecord record)
            throws UncommonFileException {
        checkRow(table, record);
        @Nullable Object[] values = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            int place = places[i];
            if (place == table.rowid()) {
                values[i] = rowid;
            } else if (place < record.size()) {
                values[i] = record.value(place);
            }
        }
        return new SqliteRow(columns, values);
    }

    /**
     * Whether each page and each index is in order, found out by a walk over all of them. Empty if the file has formulas
     * in it.
     *
     * @throws UncommonFileException if anything at all is not in order
     */
    Optional<Boolean> isSound() throws IOException, UncommonFileException {
        if (schema.hasTrigger()) {
            return Optional.empty();
        }
        BitSet seen = new BitSet();
        walk(true, seen).table(1, (rowid, entry) -> true);
        for (PlainSchema.Table table : schema.tables()) {
            examine(table, seen);
        }
        checkFreePages(seen);
        // Each page has been met just once, or one of the walks would have ended.
        require(seen.cardinality() == pages.count());
        return Optional.of(true);
    }

    /** That the rows keep the rules of their columns, and that each index has an entry for each of them. */
    private void examine(PlainSchema.Table table, BitSet seen) throws IOException, UncommonFileException {
        List<IndexTally> tallies = new ArrayList<>();
        for (PlainSchema.Index index : table.indexes()) {
            tallies.add(new IndexTally(index, table.rowid()));
        }
        walk(true, seen).table(table.root(), (rowid, record) -> {
            checkRow(table, record);
            checkRules(table, record);
            for (IndexTally tally : tallies) {
                tally.onRow(rowid, record);
            }
            return true;
        });
        for (IndexTally tally : tallies) {
            walk(true, seen).index(tally.root(), (none, entry) -> tally.onEntry(entry));
            tally.requireEqual();
        }
    }

    /** A row may be shorter than its table, if it is older than the last columns; never longer. */
    private static void checkRow(PlainSchema.Table table, SqliteRecord record) throws UncommonFileException {
        require(record.size() <= table.columns().size());
        for (int i = record.size(); i < table.columns().size(); i++) {
            require(!table.columns().get(i).filled());
        }
        // What is no number stands for nothing.
        require(!record.hasNan());
    }

    /** What SQLite's own examination looks at, beside the pages. */
    private static void checkRules(PlainSchema.Table table, SqliteRecord record) throws UncommonFileException {
        for (int i = 0; i < table.columns().size(); i++) {
            PlainSchema.Column column = table.columns().get(i);
            boolean none = i >= record.size() || record.isNull(i);
            if (i == table.rowid()) {
                require(none);
                continue;
            }
            require(!none || !column.notNull());
            switch (column.affinity()) {
                case INTEGER -> require(none || !record.isText(i));
                case TEXT -> require(none || !record.isNumber(i));
                case NONE -> {}
            }
        }
    }

    private void checkFreePages(BitSet seen) throws IOException, UncommonFileException {
        int left = freePages;
        int trunk = firstFree;
        while (trunk != 0) {
            takeFree(trunk, seen);
            left--;
            ByteBuffer page = ByteBuffer.wrap(pages.bytes(trunk), pages.offset(trunk), pages.pageSize())
                    .slice();
            int leaves = page.getInt(4);
            require(leaves >= 0 && leaves <= usable / 4 - 2 && leaves <= left);
            for (int i = 0; i < leaves; i++) {
                takeFree(page.getInt(FIRST_LEAF_OF_LIST + 4 * i), seen);
            }
            left -= leaves;
            trunk = page.getInt(0);
        }
        require(left == 0);
    }

    private void takeFree(int page, BitSet seen) throws UncommonFileException {
        require(page >= 2 && page <= pages.count() && !seen.get(page));
        seen.set(page);
    }

    private StrictTree walk(boolean thorough, BitSet seen) {
        return new StrictTree(pages, usable, thorough, seen);
    }

    private PlainSchema.Table find(SqliteTable table) throws UncommonFileException {
        return schema.table(table.name()).orElseThrow(() -> new UncommonFileException("a table that is not there"));
    }

    private static void require(boolean common) throws UncommonFileException {
        if (!common) {
            throw new UncommonFileException("a file that is not like most");
        }
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
