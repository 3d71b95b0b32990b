package dev.tgsession.session.format;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table that somebody else wrote. In SQLite any column may hold a value of any type, so each reading says
 * what it takes and answers "nothing" to all else.
 */
public final class SqliteRow {
    private static final int LONGEST_TEXT = 4096;

    private final List<String> columns;
    private final @Nullable Object[] values;

    SqliteRow(List<String> columns, @Nullable Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    /** A whole number; of a number with a fraction, the whole part. Text is none, even if it looks like one. */
    public Optional<Long> number(String column) {
        Object value = value(column);
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        if (value instanceof Double real && Math.abs(real) < 9e18) {
            return Optional.of(real.longValue());
        }
        return Optional.empty();
    }

    /** Text; a whole number counts as its digits. Longer than 4096 letters is cut. */
    public Optional<String> text(String column) {
        Object value = value(column);
        if (value instanceof String text) {
            return Optional.of(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(value.toString());
        }
        return Optional.empty();
    }

    /** Bytes; text is none. */
    public Optional<byte[]> bytes(String column) {
        return value(column) instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
    }

    /** The value as SQLite holds it: a {@code Number}, {@code String} or {@code byte[]}; empty for none. */
    public Optional<Object> stored(String column) {
        return Optional.ofNullable(value(column));
    }

    /** Whether the table lacks the column, or there is no value in it. */
    public boolean isNull(String column) {
        return value(column) == null;
    }

    /**
     * The same values under the names of a table they were found to be of. The columns of a picked record are {@code 0}
     * and so on, and {@code rowid} stands in for a first value that is not stored.
     */
    public SqliteRow renamed(List<String> names) {
        @Nullable Object[] renamed = new Object[names.size()];
        for (int i = 0; i < renamed.length; i++) {
            renamed[i] = value(Integer.toString(i));
        }
        if (renamed.length > 0 && renamed[0] == null) {
            renamed[0] = value("rowid");
        }
        return new SqliteRow(names, renamed);
    }

    private @Nullable Object value(String column) {
        for (int i = 0; i < values.length; i++) {
            if (columns.get(i).equals(column)) {
                return values[i];
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (columns.get(i).equalsIgnoreCase(column)) {
                return values[i];
            }
        }
        return null;
    }
}
