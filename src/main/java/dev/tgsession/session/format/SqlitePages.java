package dev.tgsession.session.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows picked out of the raw pages of a database that SQLite itself gives up on.
 *
 * <p>A table is a tree of pages. What of the tree still holds together is walked; then all other pages are looked at for
 * leaves that the damage cut off. Whatever does not add up is passed over, never believed: each page is visited once,
 * each length is checked against the page or the file, and the work in all is bounded by the size of the file. Source:
 * <a href="https://www.sqlite.org/fileformat2.html">sqlite.org/fileformat2</a>.
 *
 * <pre>
 *   page:  kind 1 | first free 2 | cells 2 | content 2 | gaps 1 | (right-most child 4) | pointers 2 each | ... cells
 *   cell of a table leaf:  size of the record, row id, record, (first overflow page 4)
 *   record:  size of the header, a type for each value; then the values
 * </pre>
 */
public final class SqlitePages implements SqliteTables {
    private static final int TABLE_LEAF = 0x0d;
    private static final int TABLE_INNER = 0x05;
    private static final int INDEX_LEAF = 0x0a;
    private static final int INDEX_INNER = 0x02;

    private static final int LARGEST_RECORD = 1 << 20;
    private static final int MOST_COLUMNS = 100;
    private static final int DEEPEST = 40;
    private static final int MOST_TABLES = 200;

    private final byte[] file;
    private final int pageSize;
    private final int usable;
    private final int pages;
    private final BitSet free = new BitSet();
    private final List<SqliteTable> tables = new ArrayList<>();
    private final Map<String, Tree> trees = new HashMap<>();

    /** How many bytes of records may still be gathered; a hostile file could hand out one long chain again and again. */
    private long budget;

    private SqlitePages(byte[] file, int pageSize, int reserved) {
        this.file = file;
        this.pageSize = pageSize;
        this.usable = pageSize - reserved;
        this.pages = (file.length + pageSize - 1) / pageSize;
        this.budget = 16L * file.length + LARGEST_RECORD;
        readFreePages();
        readSchema();
    }

    /** Whether the first bytes are those of a database, or were so but for the sixteen letters it begins with. */
    public static boolean looksLikePages(byte[] head) {
        return head.length >= SqliteFile.HEADER_SIZE
                && isPageSize(head)
                // The three fractions, which are the same in every file.
                && head[21] == 64
                && head[22] == 32
                && head[23] == 32;
    }

    /** Of the bytes of a file; taken over, not copied. Empty if nothing tells how large its pages are. */
    public static Optional<SqlitePages> of(byte[] file) {
        if (file.length < SqliteFile.HEADER_SIZE || !isPageSize(file)) {
            return Optional.empty();
        }
        int pageSize = (int) SqliteFile.pageSize(file);
        int reserved = file[20] & 0xff;
        return Optional.of(new SqlitePages(file, pageSize, reserved <= pageSize - 480 ? reserved : 0));
    }

    /** The tables the first page still tells of. */
    @Override
    public List<SqliteTable> tables() {
        return List.copyOf(tables);
    }

    /** Hands over what can be read of a table, from its own tree only. Rows may be missing; nothing is said of that. */
    @Override
    public void read(SqliteTable table, List<String> wanted, RowReader reader) throws IOException {
        Tree tree = trees.get(table.name().toLowerCase(Locale.ROOT));
        if (tree != null) {
            walk(tree.root, 0, new BitSet(), tree.columns.size(), record -> reader.onRow(tree.row(record)));
        }
    }

    /**
     * Hands over every record on leaf pages that belong to none of the trees still standing and are not marked as free:
     * what damage has cut off. Whose rows they are has to be told from the values, named {@code 0}, {@code 1} and so on;
     * {@code rowid} is the row's number.
     */
    public void readCutOff(RowReader reader) throws IOException {
        BitSet known = (BitSet) free.clone();
        walk(1, 0, known, MOST_COLUMNS, record -> true);
        for (Tree tree : trees.values()) {
            walk(tree.root, 0, known, MOST_COLUMNS, record -> true);
        }
        for (int page = 1; page <= pages; page++) {
            int at = start(page);
            int kind = at < file.length ? file[at] & 0xff : 0;
            if (!known.get(page) && (kind == TABLE_LEAF || kind == INDEX_LEAF)) {
                walk(page, 0, known, MOST_COLUMNS, record -> reader.onRow(numbered(record)));
            }
        }
    }

    private static boolean isPageSize(byte[] head) {
        long size = SqliteFile.pageSize(head);
        return size >= 512 && Long.bitCount(size) == 1;
    }

    // The tree

    private boolean walk(int page, int depth, BitSet seen, int columns, OnRecord reader) throws IOException {
        if (page < 1 || page > pages || seen.get(page) || depth > DEEPEST) {
            return true;
        }
        seen.set(page);
        int at = start(page);
        if (at + 12 > file.length) {
            return true;
        }
        int kind = file[at] & 0xff;
        boolean inner = kind == TABLE_INNER || kind == INDEX_INNER;
        if (!inner && kind != TABLE_LEAF && kind != INDEX_LEAF) {
            return true;
        }
        int pointers = at + (inner ? 12 : 8);
        int cells = Math.min(unsigned16(at + 3), (pageSize - 8) / 2);
        for (int i = 0; i < cells; i++) {
            int pointer = pointers + 2 * i;
            if (pointer + 2 > end(page)) {
                break;
            }
            int cell = (page - 1) * pageSize + unsigned16(pointer);
            if (cell < pointers || cell + 4 > end(page)) {
                continue;
            }
            if (inner && !walk(number32(cell), depth + 1, seen, columns, reader)) {
                return false;
            }
            if (kind != TABLE_INNER) {
                Optional<Cell> record = cell(page, inner ? cell + 4 : cell, kind == TABLE_LEAF, columns);
                if (record.isPresent() && !reader.onRecord(record.get())) {
                    return false;
                }
            }
        }
        return !inner || walk(number32(at + 8), depth + 1, seen, columns, reader);
    }

    private Optional<Cell> cell(int page, int from, boolean table, int columns) {
        VarintReader in = new VarintReader().reset(file, from, end(page));
        long size = in.next();
        long rowid = table ? in.next() : 0;
        if (in.failed() || size < 1 || size > LARGEST_RECORD || size > budget) {
            return Optional.empty();
        }
        budget -= size;
        Optional<byte[]> bytes = payload(page, in.at(), (int) size, table);
        SqliteRecord record = new SqliteRecord();
        return bytes.filter(one -> record.parse(one, 0, one.length, columns))
                .map(one -> new Cell(rowid, record.values()));
    }

    /** The record, gathered from the page and the chain of pages it spills over to. */
    private Optional<byte[]> payload(int page, int from, int size, boolean table) {
        int here = SqliteFile.local(usable, size, table);
        if (here == size) {
            return from + size <= end(page)
                    ? Optional.of(Arrays.copyOfRange(file, from, from + size))
                    : Optional.empty();
        }
        if (from + here + 4 > end(page)) {
            return Optional.empty();
        }
        byte[] record = Arrays.copyOf(Arrays.copyOfRange(file, from, from + here), size);
        int next = number32(from + here);
        int filled = here;
        while (filled < size) {
            int more = Math.min(usable - 4, size - filled);
            if (next < 1 || next > pages || start(next) + 4 + more > file.length) {
                return Optional.empty();
            }
            int at = (next - 1) * pageSize;
            System.arraycopy(file, at + 4, record, filled, more);
            filled += more;
            next = number32(at);
        }
        return Optional.of(record);
    }

    // The first page

    /** Deleted rows live on there; they are not to come back. */
    private void readFreePages() {
        int trunk = number32(32);
        while (trunk >= 2 && trunk <= pages && !free.get(trunk) && start(trunk) + 8 <= file.length) {
            free.set(trunk);
            int at = start(trunk);
            int leaves = number32(at + 4);
            for (int i = 0; i < leaves && at + 12 + 4 * i <= end(trunk); i++) {
                int leaf = number32(at + 8 + 4 * i);
                if (leaf >= 2 && leaf <= pages) {
                    free.set(leaf);
                }
            }
            trunk = number32(at);
        }
    }

    private void readSchema() {
        try {
            walk(1, 0, new BitSet(), 5, record -> {
                if (tables.size() < MOST_TABLES) {
                    addTable(record);
                }
                return true;
            });
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
    }

    /** A record of type, name, table, root page and the statement that made it. */
    private void addTable(Cell record) {
        boolean table = "table".equals(record.value(0));
        if (!table
                || !(record.value(1) instanceof String name)
                || !(record.value(3) instanceof Long root)
                || !(record.value(4) instanceof String sql)
                || root < 1
                || root > pages) {
            return;
        }
        int open = sql.indexOf('(');
        int close = sql.lastIndexOf(')');
        if (open < 0 || close < open) {
            return;
        }
        boolean withoutRowid = sql.substring(close).toLowerCase(Locale.ROOT).contains("without");
        List<String> columns = new ArrayList<>();
        int rowid = -1;
        for (String definition : definitions(sql.substring(open + 1, close))) {
            String lower = definition.toLowerCase(Locale.ROOT);
            if (lower.startsWith("primary key") || lower.startsWith("unique") || lower.startsWith("constraint")) {
                continue;
            }
            if (lower.contains("integer primary key") && !withoutRowid) {
                rowid = columns.size();
            }
            columns.add(firstWord(definition));
        }
        if (!columns.isEmpty() && columns.size() <= MOST_COLUMNS) {
            tables.add(new SqliteTable(name, columns, withoutRowid, !withoutRowid));
            trees.putIfAbsent(name.toLowerCase(Locale.ROOT), new Tree(root.intValue(), List.copyOf(columns), rowid));
        }
    }

    /** Split at commas, except within brackets. */
    private static List<String> definitions(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == text.length())) {
                String part = text.substring(from, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                from = i + 1;
            }
        }
        return parts;
    }

    private static String firstWord(String definition) {
        int end = 0;
        while (end < definition.length() && !Character.isWhitespace(definition.charAt(end))) {
            end++;
        }
        String word = definition.substring(0, end);
        boolean quoted = word.length() > 2 && "\"'`[".indexOf(word.charAt(0)) >= 0;
        return quoted ? word.substring(1, word.length() - 1) : word;
    }

    private static SqliteRow numbered(Cell record) {
        List<String> names = new ArrayList<>();
        @Nullable Object[] values = Arrays.copyOf(record.values, record.values.length + 1);
        for (int i = 0; i < record.values.length; i++) {
            names.add(Integer.toString(i));
        }
        names.add("rowid");
        values[record.values.length] = record.rowid;
        return new SqliteRow(names, values);
    }

    // Bytes

    /** Where the page's own header is: the first page begins with that of the file. */
    private int start(int page) {
        return page == 1 ? SqliteFile.HEADER_SIZE : (page - 1) * pageSize;
    }

    private int end(int page) {
        return (int) Math.min(file.length, (long) (page - 1) * pageSize + usable);
    }

    private int unsigned16(int at) {
        return at + 2 <= file.length ? (file[at] & 0xff) << 8 | file[at + 1] & 0xff : 0;
    }

    private int number32(int at) {
        return at + 4 <= file.length ? ByteBuffer.wrap(file).getInt(at) : 0;
    }

    private interface OnRecord {
        boolean onRecord(Cell record) throws IOException;
    }

    /** A table as the first page tells of it; {@code rowid} is the column that is the row's number, or -1. */
    private record Tree(int root, List<String> columns, int rowid) {
        SqliteRow row(Cell record) {
            @Nullable Object[] values = Arrays.copyOf(record.values, columns.size());
            if (rowid >= 0) {
                values[rowid] = record.rowid;
            }
            return new SqliteRow(columns, values);
        }
    }

    /** The values of one record. */
    private record Cell(long rowid, @Nullable Object[] values) {
        @Nullable
        Object value(int index) {
            return index < values.length ? values[index] : null;
        }
    }
}
