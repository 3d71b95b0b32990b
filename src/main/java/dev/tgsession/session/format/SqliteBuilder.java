package dev.tgsession.session.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * Builds a database, in memory or in a file of our own: complete, with no journal beside it. One in memory hands out the
 * bytes of its file.
 *
 * <p>The file is an ordinary one with pages of 4096 bytes, UTF-8 and a rollback journal; what SQLite versions can read
 * it depends on the tables alone. What goes wrong here is ours, so it is an {@link IllegalStateException}.
 */
public final class SqliteBuilder implements AutoCloseable {
    private static final int ROWS_PER_STATEMENT = 100;

    private final SQLiteConnection connection;

    /**
     * An empty database.
     *
     * @throws UnwritableSessionException if SQLite's library, which is unpacked and loaded the first time, does not run
     */
    public SqliteBuilder() throws UnwritableSessionException {
        this(":memory:");
    }

    /**
     * An empty database in a file of nobody else's, for more rows than memory holds. Nothing appears beside the file;
     * what is in it counts only after {@link #finish()}.
     *
     * @param file is there and empty
     * @throws UnwritableSessionException if SQLite's library does not run
     */
    public SqliteBuilder(Path file) throws UnwritableSessionException {
        // As a URI: a path may have letters that mean something in a JDBC address. And never made anew: if the file is
        // gone,
        // somebody has taken the work back.
        this(file.toUri() + "?mode=rw");
    }

    private SqliteBuilder(String place) throws UnwritableSessionException {
        try {
            SQLiteConfig config = new SQLiteConfig();
            config.setPageSize(4096);
            config.setEncoding(SQLiteConfig.Encoding.UTF8);
            // Whoever asked for the file sees to it that it is on the disk, or gone.
            config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
            config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
            config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
            connection = (SQLiteConnection) config.createConnection("jdbc:sqlite:" + place);
            connection.setAutoCommit(false);
        } catch (SQLException | LinkageError failed) {
            throw new UnwritableSessionException(
                    "The database library cannot be loaded, so no session file can be made.",
                    "No program may run from the folder for temporary files? Name another one: java"
                            + " -Dorg.sqlite.tmpdir=FOLDER.",
                    failed);
        }
    }

    /**
     * The bytes of a database in memory.
     *
     * @throws UnwritableSessionException if the filling throws it, or SQLite's library does not run
     */
    public static byte[] inMemory(Filling filling) throws UnwritableSessionException {
        try (SqliteBuilder builder = new SqliteBuilder()) {
            filling.fill(builder);
            return builder.toFile();
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
     * @throws IOException if the filling throws it, the file cannot be written, or SQLite's library does not run
     */
    public static void inFile(Path file, Filling filling) throws IOException {
        try (SqliteBuilder builder = new SqliteBuilder(file)) {
            filling.fill(builder);
            builder.finish();
        } catch (IllegalStateException refused) {
            if (refused.getCause() instanceof SQLException) {
                throw new IOException("the new file cannot be written; is the disk full?", refused);
            }
            throw refused;
        }
    }

    /** Runs a statement such as {@code CREATE TABLE}; its text is kept in the file to the letter. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("the database does not take the statement", failed);
        }
    }

    /** Adds one row. */
    public void insert(String table, @Nullable Object... row) {
        try (Rows one = rows(table, row.length)) {
            one.add(row);
        }
    }

    /** Adds many rows of so many columns; of two with the same primary key the later one stays. */
    public void insertAll(String table, int columns, Iterator<@Nullable Object[]> rows) {
        try (Rows all = rows(table, columns)) {
            rows.forEachRemaining(all::add);
        }
    }

    /** The same for rows that come one by one. */
    public Rows rows(String table, int columns) {
        return new Rows(table, columns);
    }

    /** The bytes of the finished file. */
    public byte[] toFile() {
        try {
            connection.commit();
            return connection.serialize("main");
        } catch (SQLException failed) {
            throw new IllegalStateException("the database cannot be taken out of memory", failed);
        }
    }

    /** Completes a database in a file. */
    public void finish() {
        try {
            connection.commit();
        } catch (SQLException failed) {
            throw new IllegalStateException("the database cannot be completed", failed);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IllegalStateException("the database in memory cannot be closed", failed);
        }
    }

    /** Makes the tables and puts the rows in. */
    @FunctionalInterface
    public interface Filling {
        /** Does so. */
        void fill(SqliteBuilder builder) throws IOException;
    }

    /**
     * Takes rows for one table, and puts them in a hundred at a time: one statement for many rows is a third faster than
     * a batch, and a million peers take under a second.
     */
    public final class Rows implements AutoCloseable {
        private final String start;
        private final String row;
        private final List<@Nullable Object[]> waiting = new ArrayList<>(ROWS_PER_STATEMENT);
        private Optional<PreparedStatement> many = Optional.empty();

        private Rows(String table, int columns) {
            this.start = "insert or replace into " + table + " values ";
            this.row = "(?" + ", ?".repeat(columns - 1) + ")";
        }

        /** Adds one; it may be put in later. */
        public void add(@Nullable Object... values) {
            waiting.add(values);
            if (waiting.size() < ROWS_PER_STATEMENT) {
                return;
            }
            try {
                if (many.isEmpty()) {
                    many = Optional.of(prepare());
                }
                put(many.get());
            } catch (SQLException failed) {
                throw refused(failed);
            }
        }

        /** Puts in what is left. */
        @Override
        public void close() {
            try {
                if (!waiting.isEmpty()) {
                    try (PreparedStatement few = prepare()) {
                        put(few);
                    }
                }
                if (many.isPresent()) {
                    many.get().close();
                }
            } catch (SQLException failed) {
                throw refused(failed);
            }
        }

        private PreparedStatement prepare() throws SQLException {
            return connection.prepareStatement(start + row + (", " + row).repeat(waiting.size() - 1));
        }

        private void put(PreparedStatement statement) throws SQLException {
            int index = 1;
            for (@Nullable Object[] values : waiting) {
                for (@Nullable Object value : values) {
                    statement.setObject(index++, value);
                }
            }
            waiting.clear();
            statement.executeUpdate();
        }

        private IllegalStateException refused(SQLException failed) {
            return new IllegalStateException("the table does not take the row", failed);
        }
    }
}
