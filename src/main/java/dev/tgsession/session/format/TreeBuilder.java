package dev.tgsession.session.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds one tree of pages from the bottom up, out of rows or entries that come in their order: each page is filled, written
 * and forgotten, so a million rows take no more memory than the few pages that are not full yet.
 *
 * <pre>
 *   table:  leaf, leaf, leaf ...           above: (page, last row number in it) ..., last page
 *   index:  leaf, entry, leaf, entry ...   above: (page, the entry behind it) ..., last page
 * </pre>
 */
final class TreeBuilder {
    private static final int USABLE = PageSink.PAGE_SIZE;

    private final PageSink sink;
    private final boolean table;
    private final Page leaf;
    private final List<Page> above = new ArrayList<>();
    private byte[] cell = new byte[USABLE];

    /** The row number last added. */
    private long last;

    TreeBuilder(PageSink sink, boolean table) {
        this.sink = sink;
        this.table = table;
        this.leaf = new Page(table ? 0x0d : 0x0a, 8);
    }

    /** Adds a row of a table, whose record begins there; its number is above that of the row before. */
    void row(long rowid, byte[] record, int start, int size) {
        int length = RecordWriter.putVarint(cell, 0, size);
        length = RecordWriter.putVarint(cell, length, rowid);
        length = payload(length, record, start, size);
        if (!leaf.fits(length)) {
            push(0, flush(leaf, 0), varint(last));
        }
        leaf.add(cell, length);
        last = rowid;
    }

    /** Adds an entry of an index, which comes behind the entry before. */
    void entry(byte[] record, int size) {
        int length = payload(RecordWriter.putVarint(cell, 0, size), record, 0, size);
        if (!leaf.fits(length)) {
            // The last one goes up, and stands between this page and the next.
            byte[] divider = leaf.pop();
            push(0, flush(leaf, 0), divider);
        }
        leaf.add(cell, length);
    }

    /** Writes what is left; which page is the root. */
    int finish() {
        int page = flush(leaf, 0);
        for (Page inner : above) {
            page = flush(inner, page);
        }
        return page;
    }

    private static byte[] varint(long number) {
        byte[] bytes = new byte[RecordWriter.varintSize(number)];
        RecordWriter.putVarint(bytes, 0, number);
        return bytes;
    }

    /** Notes a finished page one level up, with what stands behind it. */
    private void push(int level, int page, byte[] divider) {
        if (level == above.size()) {
            above.add(new Page(table ? 0x05 : 0x02, 12));
        }
        Page inner = above.get(level);
        byte[] noted = new byte[4 + divider.length];
        putNumber(noted, 0, page);
        System.arraycopy(divider, 0, noted, 4, divider.length);
        if (!inner.fits(noted.length)) {
            byte[] lastNoted = inner.pop();
            int rightMost = (lastNoted[0] & 0xff) << 24
                    | (lastNoted[1] & 0xff) << 16
                    | (lastNoted[2] & 0xff) << 8
                    | lastNoted[3] & 0xff;
            push(level + 1, flush(inner, rightMost), Arrays.copyOfRange(lastNoted, 4, lastNoted.length));
        }
        inner.add(noted, noted.length);
    }

    private int flush(Page page, int rightMost) {
        int number = sink.add(page.finished(rightMost));
        page.clear();
        return number;
    }

    /** The record behind what is in the cell already: on the page as far as SQLite puts it there, the rest elsewhere. */
    private int payload(int from, byte[] record, int start, int size) {
        int here = SqliteFile.local(USABLE, size, table);
        System.arraycopy(record, start, cell, from, here);
        if (here == size) {
            return from + size;
        }
        // Each page of a chain names the next, so the chain is written at once, one number behind the other.
        int pieces = (size - here + USABLE - 5) / (USABLE - 4);
        int first = sink.pages() + 1;
        for (int i = 0; i < pieces; i++) {
            byte[] page = new byte[USABLE];
            int at = here + i * (USABLE - 4);
            putNumber(page, 0, i == pieces - 1 ? 0 : first + i + 1);
            System.arraycopy(record, start + at, page, 4, Math.min(USABLE - 4, size - at));
            sink.add(page);
        }
        putNumber(cell, from + here, first);
        return from + here + 4;
    }

    static void putNumber(byte[] to, int at, int number) {
        to[at] = (byte) (number >> 24);
        to[at + 1] = (byte) (number >> 16);
        to[at + 2] = (byte) (number >> 8);
        to[at + 3] = (byte) number;
    }

    /** A page that is being filled: places of cells from the front, the cells themselves from the back. */
    static final class Page {
        private final byte[] bytes = new byte[USABLE];
        private final int begin;
        private final int kind;
        private final int headerSize;
        private final int[] sizes = new int[USABLE / 6];
        private int cells;
        private int content = USABLE;

        Page(int kind, int headerSize) {
            this(kind, headerSize, 0);
        }

        /**
         * A page.
         *
         * @param begin where it begins: the first one leaves room for the header of the file
         */
        Page(int kind, int headerSize, int begin) {
            this.kind = kind;
            this.headerSize = headerSize;
            this.begin = begin;
        }

        boolean fits(int length) {
            return begin + headerSize + 2 * (cells + 1) + Math.max(4, length) <= content;
        }

        void add(byte[] cell, int length) {
            sizes[cells] = Math.max(4, length);
            content -= sizes[cells];
            System.arraycopy(cell, 0, bytes, content, length);
            int pointer = begin + headerSize + 2 * cells++;
            bytes[pointer] = (byte) (content >> 8);
            bytes[pointer + 1] = (byte) content;
        }

        /** Takes the last cell off again. */
        byte[] pop() {
            int size = sizes[--cells];
            byte[] cell = Arrays.copyOfRange(bytes, content, content + size);
            Arrays.fill(bytes, content, content + size, (byte) 0);
            content += size;
            return cell;
        }

        /** The bytes of the page; good until it is cleared. */
        byte[] finished(int rightMost) {
            bytes[begin] = (byte) kind;
            bytes[begin + 3] = (byte) (cells >> 8);
            bytes[begin + 4] = (byte) cells;
            bytes[begin + 5] = (byte) (content >> 8);
            bytes[begin + 6] = (byte) content;
            if (headerSize == 12) {
                putNumber(bytes, begin + 8, rightMost);
            }
            return bytes;
        }

        void clear() {
            Arrays.fill(bytes, (byte) 0);
            cells = 0;
            content = USABLE;
        }
    }
}
