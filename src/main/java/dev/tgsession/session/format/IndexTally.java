package dev.tgsession.session.format;

/**
 * Whether an index holds just what its table holds: as many entries as there are rows, in order, and the same ones, told by
 * a sum over all of them in which their order does not count.
 */
final class IndexTally {
    private static final long PRIME = 0x100000001b3L;

    private final PlainSchema.Index index;
    private final int[] places;
    private final int rowidPlace;
    private long rows;
    private long rowSum;
    private long entries;
    private long entrySum;
    private byte[] before = new byte[0];
    private final SqliteRecord last = new SqliteRecord();

    /**
     * Nothing counted yet.
     *
     * @param rowidPlace the column that is the row's number, or -1
     */
    IndexTally(PlainSchema.Index index, int rowidPlace) {
        this.index = index;
        this.rowidPlace = rowidPlace;
        this.places = new int[index.columns().size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = index.columns().get(i);
        }
    }

    int root() {
        return index.root();
    }

    /** Counts a row of the table. */
    void onRow(long rowid, SqliteRecord row) throws UncommonFileException {
        long sum = SqliteRecord.mixed(0, rowid);
        for (int i = 0; i < places.length; i++) {
            sum = sum * PRIME + value(places[i], rowid, row);
        }
        rowSum += sum * sum;
        rows++;
    }

    /** A row that is older than one of its columns ends before it; whether that is nothing, SQLite knows. */
    private long value(int place, long rowid, SqliteRecord row) throws UncommonFileException {
        if (place == rowidPlace) {
            return SqliteRecord.mixed(1, rowid);
        }
        require(place < row.size());
        return row.sum(place);
    }

    /** Counts an entry: the values of the columns, then the number of the row. */
    boolean onEntry(SqliteRecord entry) throws UncommonFileException {
        int columns = places.length;
        require(entry.size() == columns + 1 && entry.isNumber(columns) && !entry.isReal(columns));
        long sum = SqliteRecord.mixed(0, entry.number(columns));
        boolean anyNull = false;
        for (int i = 0; i < columns; i++) {
            sum = sum * PRIME + entry.sum(i);
            anyNull |= entry.isNull(i);
        }
        entrySum += sum * sum;
        if (entries++ > 0) {
            require(last.parse(before, 0, before.length, columns + 1));
            int order = last.compareTo(entry, columns);
            require(order < 0
                    || order == 0 && (!index.unique() || anyNull) && last.number(columns) < entry.number(columns));
        }
        before = entry.toBytes();
        return true;
    }

    /** Asks for the result. */
    void requireEqual() throws UncommonFileException {
        require(rows == entries && rowSum == entrySum);
    }

    private static void require(boolean common) throws UncommonFileException {
        if (!common) {
            throw new UncommonFileException("an index that does not fit its table");
        }
    }
}
