package dev.tgsession.session.format;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
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
        insertAll(table, row.length, Collections.singletonList(row).iterator());
    }

    /** Adds many rows of so many columns; of two with the same primary key the later one stays. */
    public void insertAll(String table, int columns, Iterator<@Nullable Object[]> rows) {
        try {
            while (rows.hasNext()) {
                insertSome(table, columns, rows);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("the table does not take the row", failed);
        }
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

    /** One statement for many rows: a third faster than a batch, and a million peers take under a second. */
    private void insertSome(String table, int columns, Iterator<@Nullable Object[]> rows) throws SQLException {
        List<@Nullable Object[]> some = new ArrayList<>(ROWS_PER_STATEMENT);
        while (some.size() < ROWS_PER_STATEMENT && rows.hasNext()) {
            some.add(rows.next());
        }
        String row = "(?" + ", ?".repeat(columns - 1) + ")";
        String sql = "insert or replace into " + table + " values " + row + (", " + row).repeat(some.size() - 1);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (@Nullable Object[] values : some) {
                for (@Nullable Object value : values) {
                    statement.setObject(index++, value);
                }
            }
            statement.executeUpdate();
        }
    }
}
