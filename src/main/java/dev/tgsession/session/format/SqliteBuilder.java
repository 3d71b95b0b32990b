package dev.tgsession.session.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds a database, in memory or in a file of our own: complete, with no journal beside it.
 *
 * <p>The file is an ordinary one with pages of 4096 bytes, UTF-8 and a rollback journal; what SQLite versions can read
 * it depends on the tables alone. {@link PageBuilder} writes it page by page; where it cannot, the library begins anew, so
 * a filling may be asked for twice. What goes wrong here is ours, so it is an {@link IllegalStateException}.
 */
public interface SqliteBuilder extends AutoCloseable {
    /** Runs a statement such as {@code CREATE TABLE}; its text is kept in the file to the letter. */
    void execute(String sql);

    /** Takes rows of so many columns for a table; of two with the same primary key the later one stays. */
    Rows rows(String table, int columns);

    /** The bytes of the finished file, if it is in memory. */
    byte[] toFile() throws UnwritableSessionException;

    /** Completes a database in a file. */
    void finish() throws UnwritableSessionException;

    @Override
    void close();

    /** Adds one row. */
    default void insert(String table, @Nullable Object... row) {
        try (Rows one = rows(table, row.length)) {
            one.add(row);
        }
    }

    /** Adds many rows of so many columns. */
    default void insertAll(String table, int columns, Iterator<@Nullable Object[]> rows) {
        try (Rows all = rows(table, columns)) {
            rows.forEachRemaining(all::add);
        }
    }

    /**
     * Loads the library, should it be needed.
     *
     * @throws UnwritableSessionException if it does not run
     */
    static void makeReady() throws UnwritableSessionException {
        new LibraryBuilder().close();
    }

    /**
     * The bytes of a database in memory.
     *
     * @throws UnwritableSessionException if the filling throws it, or SQLite's library is needed and does not run
     */
    static byte[] inMemory(Filling filling) throws UnwritableSessionException {
        try {
            try (SqliteBuilder builder = new PageBuilder()) {
                filling.fill(builder);
                return builder.toFile();
            } catch (UncommonRowsException asksForLibrary) {
                try (SqliteBuilder builder = new LibraryBuilder()) {
                    filling.fill(builder);
                    return builder.toFile();
                }
            }
        } catch (UnwritableSessionException refused) {
            throw refused;
        } catch (IOException strange) {
            throw new UncheckedIOException("nothing is read or written, and yet that failed", strange);
        }
    }

    /**
     * Makes a database in a file.
     *
     * @param file is there and empty, and nobody else's
     * @throws IOException if the filling throws it, the file cannot be written, or SQLite's library is needed and does not
     *     run
     */
    static void inFile(Path file, Filling filling) throws IOException {
        try {
            try (SqliteBuilder builder = new PageBuilder(file)) {
                filling.fill(builder);
                builder.finish();
            } catch (UncommonRowsException asksForLibrary) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
                try (SqliteBuilder builder = new LibraryBuilder(file)) {
                    filling.fill(builder);
                    builder.finish();
                }
            }
        } catch (UnwrittenException failed) {
            throw new IOException("the new file cannot be written; is the disk full?", failed.getCause());
        } catch (IllegalStateException refused) {
            if (refused.getCause() instanceof SQLException) {
                throw new IOException("the new file cannot be written; is the disk full?", refused);
            }
            throw refused;
        }
    }

    /** Makes the tables and puts the rows in. */
    @FunctionalInterface
    interface Filling {
        /** Does so. */
        void fill(SqliteBuilder builder) throws IOException;
    }

    /** Takes rows for one table, each as a whole or value by value: a million rows are then added without an array of each. */
    interface Rows extends AutoCloseable {
        /** A whole number is the next value of the row. */
        Rows number(long value);

        /** A number with a fraction is the next value. */
        Rows real(double value);

        /** A text is the next value. */
        Rows text(String value);

        /** Bytes are the next value. */
        Rows bytes(byte[] value);

        /** There is no next value. */
        Rows nothing();

        /** The row is complete. */
        void end();

        /** A text, or nothing, is the next value. */
        default Rows text(Optional<String> value) {
            return value.isPresent() ? text(value.get()) : nothing();
        }

        /** Adds a row of {@code Long}, {@code Integer}, {@code Double}, {@code String}, {@code byte[]} or nothing. */
        default void add(@Nullable Object... values) {
            for (@Nullable Object value : values) {
                if (value == null) {
                    nothing();
                } else if (value instanceof String text) {
                    text(text);
                } else if (value instanceof byte[] bytes) {
                    bytes(bytes);
                } else if (value instanceof Double real) {
                    real(real);
                } else {
                    number(((Number) value).longValue());
                }
            }
            end();
        }

        @Override
        void close();
    }
}
