package dev.tgsession.session.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of one table that {@link PageBuilder} writes: gathered and sorted at first; if they go into a file, up to
 * {@value #MOST_WAITING} of them or {@value #MOST_BYTES_WAITING} bytes, and from then on they are written as they come and must
 * come in order. What does not fit into that, a value that is not of its column's kind too, is an
 * {@link UncommonRowsException}.
 */
final class TableRows implements SqliteBuilder.Rows {
    private static final int MOST_WAITING = 5_000;
    private static final int MOST_BYTES_WAITING = 2_000_000;

    private final PlainSchema.Table table;
    private final PlainSchema.Column[] columns;
    private final PageSink sink;
    private final boolean toFile;
    private final RecordWriter writer = new RecordWriter().begin();
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private int bytesWaiting;
    private Optional<TreeBuilder> streaming = Optional.empty();

    /** The number of the row that is begun, where its own column says it. */
    private long rowid;

    /** The highest so far; once they stream, the last. */
    private long last;

    TableRows(PlainSchema.Table table, PageSink sink, boolean toFile) {
        this.table = table;
        this.columns = table.columns().toArray(new PlainSchema.Column[0]);
        this.sink = sink;
        this.toFile = toFile;
    }

    PlainSchema.Table table() {
        return table;
    }

    boolean isStreaming() {
        return streaming.isPresent();
    }

    @Override
    public SqliteBuilder.Rows number(long value) {
        if (isAtNumberOfRow()) {
            // It stands before the record, and not in it.
            rowid = value;
            writer.nothing();
        } else if (column().affinity() == PlainSchema.Affinity.TEXT) {
            writer.text(Long.toString(value));
        } else {
            writer.number(value);
        }
        return this;
    }

    @Override
    public SqliteBuilder.Rows real(double value) {
        require(column().affinity() == PlainSchema.Affinity.NONE && !Double.isNaN(value), "a number of another kind");
        writer.real(value);
        return this;
    }

    @Override
    public SqliteBuilder.Rows text(String value) {
        if (column().affinity() == PlainSchema.Affinity.INTEGER) {
            return number(wholeNumber(value));
        }
        writer.text(value);
        return this;
    }

    @Override
    public SqliteBuilder.Rows bytes(byte[] value) {
        require(writer.values() < columns.length && !isAtNumberOfRow(), "a row whose number is none");
        writer.bytes(value);
        return this;
    }

    @Override
    public SqliteBuilder.Rows nothing() {
        require(!column().notNull() && !isAtNumberOfRow(), "nothing where something must be");
        writer.nothing();
        return this;
    }

    @Override
    public void end() {
        require(writer.values() == columns.length, "a row of another length");
        writer.finish();
        long number = table.rowid() >= 0 ? rowid : last + 1;
        if (streaming.isPresent()) {
            require(number > last, "rows in no order");
            write(streaming.get(), number);
            last = number;
        } else {
            keep(number, writer.copy());
        }
        writer.begin();
    }

    /** Of two with the same number the later one stays. */
    private void keep(long number, byte[] row) {
        byte[] former = waiting.put(number, row);
        bytesWaiting += row.length - (former == null ? 0 : former.length);
        last = Math.max(last, number);
        if (toFile && (waiting.size() > MOST_WAITING || bytesWaiting > MOST_BYTES_WAITING)) {
            streaming = Optional.of(writeWaiting());
            last = waiting.lastKey();
            waiting.clear();
        }
    }

    @Override
    public void close() {
        // What waits, waits for the others.
    }

    /** Writes what is left; which page is the root. */
    int finish() {
        return streaming.orElseGet(this::writeWaiting).finish();
    }

    private TreeBuilder writeWaiting() {
        TreeBuilder tree = new TreeBuilder(sink, true);
        waiting.forEach((number, row) -> tree.row(number, row, 0, row.length));
        return tree;
    }

    private void write(TreeBuilder tree, long number) {
        tree.row(number, writer.bytes(), writer.start(), writer.size());
    }

    /** Writes an index over the rows that wait. */
    int index(PlainSchema.Index index) {
        int keys = index.columns().size();
        List<SqliteRecord> sorted = new ArrayList<>(waiting.size());
        SqliteRecord row = new SqliteRecord();
        RecordWriter entries = new RecordWriter();
        waiting.forEach((number, bytes) -> {
            row.parse(bytes, 0, bytes.length, columns.length);
            entries.begin();
            for (int place : index.columns()) {
                entries.value(place == table.rowid() ? number : row.value(place));
            }
            entries.number(number).finish();
            byte[] record = entries.copy();
            SqliteRecord entry = new SqliteRecord();
            entry.parse(record, 0, record.length, keys + 1);
            sorted.add(entry);
        });
        sorted.sort((one, other) -> one.compareTo(other, keys + 1));
        TreeBuilder tree = new TreeBuilder(sink, false);
        for (int i = 0; i < sorted.size(); i++) {
            // With nothing in them two keys are different; but that is for the library to tell.
            require(
                    !index.unique() || i == 0 || sorted.get(i - 1).compareTo(sorted.get(i), keys) != 0,
                    "two rows with one key");
            byte[] record = sorted.get(i).toBytes();
            tree.entry(record, record.length);
        }
        return tree.finish();
    }

    /** Where the next value goes. */
    private PlainSchema.Column column() {
        require(writer.values() < columns.length, "a row of another length");
        return columns[writer.values()];
    }

    private boolean isAtNumberOfRow() {
        return writer.values() == table.rowid();
    }

    private static long wholeNumber(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18;
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        require(digits, "words where a number belongs");
        return Long.parseLong(text);
    }

    private static void require(boolean common, String otherwise) {
        if (!common) {
            throw new UncommonRowsException(otherwise);
        }
    }
}
