package dev.tgsession.session.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Walks the trees of a database as long as each page is just as SQLite leaves it, and gives up at the first that is not.
 *
 * <p>What {@link SqlitePages} passes over ends the walk here: this reader never makes the best of anything. A page is
 * looked through before the first of its rows is handed over, so whoever has got rows has got them as SQLite would have
 * given them, up to there. A thorough walk also proves what SQLite's {@code integrity_check} does: that each byte of a
 * page is a cell's or known to be free, that rows and keys are in order, and that leaves are equally far from the root.
 */
final class StrictTree {
    private static final int TABLE_LEAF = 0x0d;
    private static final int TABLE_INNER = 0x05;
    private static final int INDEX_LEAF = 0x0a;
    private static final int INDEX_INNER = 0x02;

    private static final int LARGEST_RECORD = 1 << 20;
    private static final int DEEPEST = 20;
    private static final int MOST_COLUMNS = 200;

    private final PageFile pages;
    private final int usable;
    private final boolean thorough;
    private final BitSet seen;
    private final VarintReader numbers = new VarintReader();
    private final SqliteRecord record = new SqliteRecord();
    private final long[] used;

    /** The row number before this one, in a table. */
    private long last;

    private boolean first;
    private int leafDepth;

    /** Leaves of tables that need not be opened. */
    private BitSet passedOver = new BitSet();

    /**
     * A walk.
     *
     * @param usable bytes of a page that are SQLite's to fill
     * @param seen the pages already found in other trees; those of this one are added
     */
    StrictTree(PageFile pages, int usable, boolean thorough, BitSet seen) {
        this.pages = pages;
        this.usable = usable;
        this.thorough = thorough;
        this.seen = seen;
        this.used = new long[thorough ? pages.pageSize() / Long.SIZE : 0];
    }

    /** Takes one row, or one entry of an index; its record is good until the next. */
    interface OnRecord {
        /** Whether to go on. */
        boolean onRecord(long rowid, SqliteRecord record) throws IOException, UncommonFileException;
    }

    /** Hands over the rows of a table in the order of their numbers. */
    void table(int root, OnRecord reader) throws IOException, UncommonFileException {
        begin();
        walk(root, true, 0, Long.MAX_VALUE, reader);
    }

    /**
     * Hands over the rows with a text of just these letters, small or capital. Of pages where the letters do not stand no more
     * than the header is looked at, so they are few enough not to lie on several pages.
     */
    void table(int root, Needle letters, OnRecord reader) throws IOException, UncommonFileException {
        begin();
        passedOver = leavesWithout(letters);
        walk(root, true, 0, Long.MAX_VALUE, (rowid, row) -> !row.hasText(letters) || reader.onRecord(rowid, row));
    }

    /** Hands over the row of that number, if there is one. */
    void row(int root, long rowid, OnRecord reader) throws IOException, UncommonFileException {
        begin();
        Page page = open(root, true, 0);
        for (int depth = 1; page.inner; depth++) {
            int next = page.rightMost();
            for (int i = page.cells - 1; i >= 0; i--) {
                int child = page.child(i);
                if (numbers.reset(page.bytes, page.cell(i) + 4, page.end).next() < rowid) {
                    break;
                }
                next = child;
            }
            page = open(next, true, depth);
        }
        checkCells(page, true);
        for (int i = 0; i < page.cells; i++) {
            int size = (int) numbers.reset(page.bytes, page.cell(i), page.end).next();
            if (numbers.next() == rowid) {
                parse(page, numbers.at(), size, true);
                reader.onRecord(rowid, record);
                return;
            }
        }
    }

    /** Hands over the entries of an index in their order; the row number is the last value of each, and given as 0. */
    void index(int root, OnRecord reader) throws IOException, UncommonFileException {
        begin();
        walk(root, false, 0, Long.MAX_VALUE, reader);
    }

    /** The same from the first entry on whose first value is not before that one, found in a few steps down the tree. */
    void indexFrom(int root, SqliteRecord value, OnRecord reader) throws IOException, UncommonFileException {
        begin();
        walkFrom(root, 0, value, reader);
    }

    private boolean walkFrom(int number, int depth, SqliteRecord value, OnRecord reader)
            throws IOException, UncommonFileException {
        Page page = open(number, false, depth);
        checkCells(page, false);
        int least = 0;
        int most = page.cells;
        while (least < most) {
            int middle = (least + most) / 2;
            if (entry(page, middle).compareTo(value, 1) < 0) {
                least = middle + 1;
            } else {
                most = middle;
            }
        }
        // What is below the first that is not before the value may not be before it, either; behind it, nothing is.
        if (page.inner && least < page.cells && !walkFrom(page.child(least), depth + 1, value, reader)) {
            return false;
        }
        for (int i = least; i < page.cells; i++) {
            if (page.inner && i > least && !walk(page.child(i), false, depth + 1, Long.MAX_VALUE, reader)) {
                return false;
            }
            if (!reader.onRecord(0, entry(page, i))) {
                return false;
            }
        }
        return !page.inner
                || (least == page.cells
                        ? walkFrom(page.rightMost(), depth + 1, value, reader)
                        : walk(page.rightMost(), false, depth + 1, Long.MAX_VALUE, reader));
    }

    private SqliteRecord entry(Page page, int index) throws IOException, UncommonFileException {
        int cell = page.cell(index) + (page.inner ? 4 : 0);
        int size = (int) numbers.reset(page.bytes, cell, page.end).next();
        BitSet before = SqliteFile.local(usable, size, false) < size ? (BitSet) seen.clone() : seen;
        parse(page, numbers.at(), size, false);
        if (before != seen) {
            // It may be looked at once more.
            seen.and(before);
        }
        require(record.size() > 1);
        return record;
    }

    /** How many rows a table has, by the headers of its pages alone. */
    long count(int root) throws IOException, UncommonFileException {
        begin();
        return count(root, 0);
    }

    private void begin() {
        first = true;
        leafDepth = -1;
    }

    private long count(int page, int depth) throws IOException, UncommonFileException {
        Page one = open(page, true, depth);
        long count = one.inner ? 0 : one.cells;
        for (int i = 0; one.inner && i < one.cells; i++) {
            count += count(one.child(i), depth + 1);
        }
        return one.inner ? count + count(one.rightMost(), depth + 1) : count;
    }

    /** The pages of the file that are leaves of tables, with a header as it should be, on which the letters do not stand. */
    private BitSet leavesWithout(Needle letters) throws IOException {
        BitSet without = new BitSet();
        int size = pages.pageSize();
        pages.pass((first, many, bytes, at) -> {
            for (int i = first == 1 ? 1 : 0; i < many; i++) {
                if (isLeafWithout(letters, bytes, at + i * size)) {
                    without.set(first + i);
                }
            }
        });
        return without;
    }

    private boolean isLeafWithout(Needle letters, byte[] bytes, int at) {
        if (bytes[at] != TABLE_LEAF) {
            return false;
        }
        int cells = (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff;
        int content = (bytes[at + 5] & 0xff) << 8 | bytes[at + 6] & 0xff;
        return cells > 0
                && content >= 8 + 2 * cells
                && content <= usable
                && !letters.isIn(bytes, at + content, at + usable);
    }

    private boolean walk(int number, boolean table, int depth, long most, OnRecord reader)
            throws IOException, UncommonFileException {
        if (passedOver.get(Math.max(0, number)) && !seen.get(number) && depth <= DEEPEST) {
            seen.set(number);
            return true;
        }
        Page page = open(number, table, depth);
        checkCells(page, table);
        if (!page.inner) {
            require(leafDepth < 0 || leafDepth == depth);
            leafDepth = depth;
        }
        for (int i = 0; i < page.cells; i++) {
            int cell = page.cell(i);
            if (page.inner) {
                long key = table ? numbers.reset(page.bytes, cell + 4, page.end).next() : Long.MAX_VALUE;
                require(key <= most);
                if (!walk(page.child(i), table, depth + 1, key, reader)) {
                    return false;
                }
                if (table) {
                    require(first || last <= key);
                    last = key;
                    first = false;
                    continue;
                }
                cell += 4;
            }
            long size = numbers.reset(page.bytes, cell, page.end).next();
            long rowid = table ? numbers.next() : 0;
            if (table) {
                require((first || rowid > last) && rowid <= most);
                last = rowid;
                first = false;
            }
            parse(page, numbers.at(), (int) size, table);
            if (!reader.onRecord(rowid, record)) {
                return false;
            }
        }
        return !page.inner || walk(page.rightMost(), table, depth + 1, most, reader);
    }

    private Page open(int number, boolean table, int depth) throws IOException, UncommonFileException {
        require(number >= 1 && number <= pages.count() && !seen.get(number) && depth <= DEEPEST);
        seen.set(number);
        Page page =
                new Page(pages.bytes(number), pages.offset(number), number == 1 ? SqliteFile.HEADER_SIZE : 0, usable);
        require(page.kind == (table ? TABLE_LEAF : INDEX_LEAF) || page.kind == (table ? TABLE_INNER : INDEX_INNER));
        require(page.content >= page.pointersEnd && page.content <= page.end);
        // An empty page is only that of an empty table.
        require(page.cells > 0 || depth == 0 || page.inner);
        return page;
    }

    /** That each cell lies in the page as a whole; in a thorough walk, also that they and the gaps fill it. */
    private void checkCells(Page page, boolean table) throws UncommonFileException {
        int taken = 0;
        if (thorough) {
            Arrays.fill(used, 0);
        }
        for (int i = 0; i < page.cells; i++) {
            int cell = page.cell(i);
            require(cell >= page.content && cell + 4 <= page.end);
            int size = size(page, cell, table);
            require(cell + size <= page.end);
            if (thorough) {
                take(cell - page.at, size);
                taken += size;
            }
        }
        if (thorough) {
            checkGaps(page, taken);
        }
    }

    /** Of a cell, in bytes on this page; at least 4, as SQLite leaves room for a number in it. */
    private int size(Page page, int cell, boolean table) throws UncommonFileException {
        int begin = page.inner ? cell + 4 : cell;
        numbers.reset(page.bytes, begin, page.end);
        if (page.inner && table) {
            numbers.next();
            require(!numbers.failed());
            return numbers.at() - cell;
        }
        long size = numbers.next();
        if (table) {
            numbers.next();
        }
        require(!numbers.failed() && size > 0 && size <= LARGEST_RECORD);
        int here = SqliteFile.local(usable, (int) size, table);
        return Math.max(4, numbers.at() - cell + here + (here < size ? 4 : 0));
    }

    /** Free blocks hang in a chain, from the front to the back; what is smaller is only counted. */
    private void checkGaps(Page page, int taken) throws UncommonFileException {
        int all = taken;
        int least = page.content - page.at;
        for (int block = page.firstFree; block != 0; ) {
            require(block >= least && block + 4 <= usable);
            int size = page.unsigned16(page.at + block + 2);
            require(size >= 4 && block + size <= usable);
            take(block, size);
            all += size;
            least = block + size;
            block = page.unsigned16(page.at + block);
        }
        require(all + page.fragments == page.end - page.content);
    }

    /** Notes that bytes of the page have their use; no byte has two. */
    private void take(int from, int size) throws UncommonFileException {
        int at = from;
        int left = size;
        while (left > 0) {
            int bit = at % Long.SIZE;
            int some = Math.min(left, Long.SIZE - bit);
            long mask = (some == Long.SIZE ? -1L : (1L << some) - 1) << bit;
            require((used[at / Long.SIZE] & mask) == 0);
            used[at / Long.SIZE] |= mask;
            at += some;
            left -= some;
        }
    }

    private void parse(Page page, int from, int size, boolean table) throws IOException, UncommonFileException {
        int here = SqliteFile.local(usable, size, table);
        boolean whole = here == size
                ? record.parse(page.bytes, from, from + size, MOST_COLUMNS)
                : record.parse(gathered(page, from, here, size), 0, size, MOST_COLUMNS);
        require(whole && record.isExact());
    }

    /** A record that goes on in a chain of pages of its own. */
    private byte[] gathered(Page page, int from, int here, int size) throws IOException, UncommonFileException {
        byte[] all = Arrays.copyOf(Arrays.copyOfRange(page.bytes, from, from + here), size);
        int next = page.number32(from + here);
        int filled = here;
        while (filled < size) {
            require(next >= 2 && next <= pages.count() && !seen.get(next));
            seen.set(next);
            byte[] bytes = pages.bytes(next);
            int at = pages.offset(next);
            int more = Math.min(usable - 4, size - filled);
            System.arraycopy(bytes, at + 4, all, filled, more);
            filled += more;
            next = Page.number32(bytes, at);
        }
        require(next == 0);
        return all;
    }

    private static void require(boolean common) throws UncommonFileException {
        if (!common) {
            throw new UncommonFileException("a page that is not as SQLite leaves it");
        }
    }

    /** The header of a page of a tree, and where its cells are; all places are in the bytes it lies in. */
    private static final class Page {
        private final byte[] bytes;
        private final int at;
        private final int end;
        private final int kind;
        private final boolean inner;
        private final int firstFree;
        private final int cells;
        private final int content;
        private final int fragments;
        private final int header;
        private final int pointersEnd;

        Page(byte[] bytes, int at, int skipped, int usable) throws UncommonFileException {
            this.bytes = bytes;
            this.at = at;
            this.end = at + usable;
            this.header = at + skipped;
            this.kind = bytes[header] & 0xff;
            this.inner = kind == TABLE_INNER || kind == INDEX_INNER;
            this.firstFree = unsigned16(header + 1);
            this.cells = unsigned16(header + 3);
            int stored = unsigned16(header + 5);
            this.content = at + (stored == 0 ? 65_536 : stored);
            this.fragments = bytes[header + 7] & 0xff;
            this.pointersEnd = header + (inner ? 12 : 8) + 2 * cells;
            require(pointersEnd <= end);
        }

        int cell(int index) {
            return at + unsigned16(header + (inner ? 12 : 8) + 2 * index);
        }

        int child(int index) throws UncommonFileException {
            int cell = cell(index);
            require(cell >= pointersEnd && cell + 4 <= end);
            return number32(cell);
        }

        int rightMost() {
            return number32(header + 8);
        }

        int unsigned16(int from) {
            return (bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff;
        }

        int number32(int from) {
            return number32(bytes, from);
        }

        static int number32(byte[] bytes, int from) {
            return (bytes[from] & 0xff) << 24
                    | (bytes[from + 1] & 0xff) << 16
                    | (bytes[from + 2] & 0xff) << 8
                    | bytes[from + 3] & 0xff;
        }
    }
}
