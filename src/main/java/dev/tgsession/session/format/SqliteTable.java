package dev.tgsession.session.format;

import java.util.List;

/**
 * A table that really is one: no view, no virtual table.
 *
 * @param columns in their order, as written there; without generated ones
 * @param plain whether SQLite below 3.8.2 can read it
 */
public record SqliteTable(String name, List<String> columns, boolean withoutRowid, boolean plain) {
    /** Takes a copy of the columns. */
    public SqliteTable {
        columns = List.copyOf(columns);
    }

    /** Whether there is a column of that name, in any letter case. */
    public boolean has(String column) {
        for (String one : columns) {
            if (one.equalsIgnoreCase(column)) {
                return true;
            }
        }
        return false;
    }
}
