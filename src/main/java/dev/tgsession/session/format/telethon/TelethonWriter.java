package dev.tgsession.session.format.telethon;

import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SqliteBuilder;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.SqliteTable;
import dev.tgsession.session.format.SqliteTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Telethon file of a given version anew, with plain tables, from the rows of another. Rows pass through one
 * by one, so a million of them take no more memory than a thousand.
 */
final class TelethonWriter {
    private final SqliteBuilder builder;
    private final int schema;
    private final Set<TelethonPart> leftOut;
    private final RowProgress progress;
    private final long total;
    private long done;

    private TelethonWriter(
            SqliteBuilder builder, int schema, Set<TelethonPart> leftOut, RowProgress progress, long total) {
        this.builder = builder;
        this.schema = schema;
        this.leftOut = leftOut;
        this.progress = progress;
        this.total = total;
    }

    /**
     * Writes it.
     *
     * @param file is there and empty
     * @param indexed whether user names and phone numbers get indexes
     * @param sessions the rows of {@code sessions}, in the columns of that version
     * @param source the other tables
     * @param leftOut what of them is not to come along
     * @param total how many rows there are, for the progress only
     * @throws IOException if the source cannot be read or the file not be written
     */
    static void write(
            Path file,
            int schema,
            boolean indexed,
            List<@Nullable Object[]> sessions,
            SqliteTables source,
            Set<TelethonPart> leftOut,
            RowProgress progress,
            long total)
            throws IOException {
        SqliteBuilder.inFile(file, builder -> {
            progress.onRows(0, total);
            TelethonWriter writer = new TelethonWriter(builder, schema, leftOut, progress, total);
            TelethonSchema.statements(schema).forEach(builder::execute);
            if (indexed) {
                TelethonSchema.indexes().forEach(builder::execute);
            }
            builder.insert(TelethonSchema.VERSION, schema);
            builder.insertAll(
                    TelethonSchema.SESSIONS,
                    TelethonSchema.columns(TelethonSchema.SESSIONS, schema).size(),
                    sessions.iterator());
            boolean peers = !leftOut.contains(TelethonPart.ENTITIES);
            // Row 0 is no peer: it says whose session this is.
            writer.copy(TelethonSchema.ENTITIES, source, row -> isEntity(row) && (peers || isOwner(row)));
            if (!leftOut.contains(TelethonPart.SENT_FILES)) {
                writer.copy(TelethonSchema.SENT_FILES, source, row -> true);
            }
            if (!leftOut.contains(TelethonPart.UPDATE_STATE)) {
                writer.copy(
                        TelethonSchema.UPDATE_STATE,
                        source,
                        row -> row.number("id").isPresent());
            }
            progress.onRows(total, total);
        });
    }

    /** A row Telethon can use: it insists on an access hash. */
    static boolean isEntity(SqliteRow row) {
        return row.number("id").isPresent() && row.number("hash").isPresent();
    }

    /** Telethon since 1.28 notes the account's id as the hash of an entity with the id 0. */
    static boolean isOwner(SqliteRow row) {
        return row.number("id").equals(Optional.of(0L));
    }

    private void copy(String name, SqliteTables source, Wanted wanted) throws IOException {
        Optional<SqliteTable> table = source.table(name);
        if (table.isEmpty() || !TelethonSchema.tables(schema).contains(name)) {
            return;
        }
        List<String> columns = TelethonSchema.columns(name, schema);
        try (SqliteBuilder.Rows rows = builder.rows(name, columns.size())) {
            source.read(table.get(), columns, row -> {
                if (wanted.is(row)) {
                    rows.add(values(row, columns));
                    count();
                }
                return true;
            });
        }
    }

    private void count() {
        done++;
        if (done % RowProgress.STEP == 0) {
            progress.onRows(Math.min(done, total), total);
        }
    }

    private static @Nullable Object[] values(SqliteRow row, List<String> columns) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.stored(columns.get(i)).orElse(null);
        }
        return values;
    }

    private interface Wanted {
        boolean is(SqliteRow row);
    }
}
