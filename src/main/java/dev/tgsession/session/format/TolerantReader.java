package dev.tgsession.session.format;

import dev.tgsession.session.format.SqliteTables.RowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads tables and goes on after damage: the key may be whole where the peers are not. */
public final class TolerantReader {
    private static final int MOST_SINGLE_ROWS = 1000;

    private final SqliteTables tables;
    private boolean damaged;

    public TolerantReader(SqliteTables tables) {
        this.tables = tables;
    }

    /** Whether some page could not be read so far. */
    public boolean isDamaged() {
        return damaged;
    }

    /**
     * Hands over the rows of a table in the order of its primary key, up to the first that cannot be read; none, if
     * there is no such table.
     *
     * @throws IOException if the reader throws it
     */
    public void read(String table, List<String> columns, RowReader reader) throws IOException {
        Optional<SqliteTable> found = tables.table(table);
        if (found.isEmpty()) {
            return;
        }
        try {
            tables.read(found.get(), columns, reader);
        } catch (MalformedSessionException unreadable) {
            if (!unreadable.finding().code().equals("corrupted-page")) {
                throw unreadable;
            }
            damaged = true;
        }
    }

    /**
     * A table of which one row is due.
     *
     * @param first the row that counts, as far as there is one
     * @param rows how many there are; counted up to 1000
     */
    public record Single(Optional<SqliteRow> first, int rows) {}

    /** Reads a table of which one row is due. */
    public Single single(String table, List<String> columns) throws IOException {
        List<SqliteRow> rows = new ArrayList<>();
        int[] count = new int[1];
        read(table, columns, row -> {
            if (count[0] == 0) {
                rows.add(row);
            }
            return ++count[0] < MOST_SINGLE_ROWS;
        });
        return new Single(rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0)), count[0]);
    }
}
