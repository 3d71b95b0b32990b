package dev.tgsession.session.format;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tables to read from, whether SQLite reads them or we pick them out of a damaged file. */
public interface SqliteTables {
    /** All real tables. */
    List<SqliteTable> tables();

    /**
     * Hands over the rows one by one, in the order of the primary key. Columns the table does not have are left out.
     *
     * @throws MalformedSessionException if the rows cannot be read to the end
     */
    void read(SqliteTable table, List<String> wanted, RowReader reader) throws IOException;

    /** The real table of that name, in any letter case. */
    default Optional<SqliteTable> table(String name) {
        for (SqliteTable table : tables()) {
            if (table.name().equalsIgnoreCase(name)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /** Takes the rows of a table. */
    @FunctionalInterface
    interface RowReader {
        /** Whether to go on. */
        boolean onRow(SqliteRow row) throws IOException;
    }
}
