package dev.tgsession.session.format;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** Builds a database with SQLite's own library, which takes any statement and rows in any order. */
final class LibraryBuilder implements SqliteBuilder {
    private static final int ROWS_PER_STATEMENT = 100;

    private final SQLiteConnection connection;

    /**
     * An empty database.
     *
     * @throws UnwritableSessionException if SQLite's library, which is unpacked and loaded the first time, does not run
     */
    LibraryBuilder() throws UnwritableSessionException {
        this(":memory:");
    }

    /**
     * An empty database in a file of nobody else's, for more rows than memory holds. Nothing appears beside the file;
     * what is in it counts only after {@link #finish()}.
     *
     * @param file is there and empty
     * @throws UnwritableSessionException if SQLite's library does not run
     */
    LibraryBuilder(Path file) throws UnwritableSessionException {
        // As a URI: a path may have letters that mean something in a JDBC address. And never made anew: if the file is
        // gone,
        // somebody has taken the work back.
        this(file.toUri() + "?mode=rw");
    }

    private LibraryBuilder(String place) throws UnwritableSessionException {
        try {
            SQLiteConfig config = new SQLiteConfig();
            config.setPageSize(4096);
            config.setEncoding(SQLiteConfig.Encoding.UTF8);
            // Whoever asked for the file sees to it that it is on the disk, or gone.
            config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
            config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
            config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
            connection = SqliteCode.connect(config, "jdbc:sqlite:" + place);
            connection.setAutoCommit(false);
        } catch (SQLException | LinkageError failed) {
            throw new UnwritableSessionException(
                    "The database library cannot be loaded, so no session file can be made.",
                    "No program may run from the folder for temporary files? Name another one: java"
                            + " -Dorg.sqlite.tmpdir=FOLDER.",
                    failed);
        }
    }

    @Override
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("the database does not take the statement", failed);
        }
    }

    @Override
    public Rows rows(String table, int columns) {
        return new LibraryRows(table, columns);
    }

    @Override
    public byte[] toFile() {
        try {
            connection.commit();
            return connection.serialize("main");
        } catch (SQLException failed) {
            throw new IllegalStateException("the database cannot be taken out of memory", failed);
        }
    }

    @Override
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

    /**
     * Takes rows for one table, and puts them in a hundred at a time: one statement for many rows is a third faster than
     * a batch, and a million peers take under a second.
     */
    private final class LibraryRows implements Rows {
        private final String start;
        private final String row;
        private final List<@Nullable Object[]> waiting = new ArrayList<>(ROWS_PER_STATEMENT);
        private final List<@Nullable Object> begun = new ArrayList<>();
        private Optional<PreparedStatement> many = Optional.empty();

        private LibraryRows(String table, int columns) {
            this.start = "insert or replace into " + table + " values ";
            this.row = "(?" + ", ?".repeat(columns - 1) + ")";
        }

        /** It may be put in later. */
        @Override
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

        @Override
        public Rows number(long value) {
            begun.add(value);
            return this;
        }

        @Override
        public Rows real(double value) {
            begun.add(value);
            return this;
        }

        @Override
        public Rows text(String value) {
            begun.add(value);
            return this;
        }

        @Override
        public Rows bytes(byte[] value) {
            begun.add(value);
            return this;
        }

        @Override
        public Rows nothing() {
            begun.add(null);
            return this;
        }

        @Override
        public void end() {
            @Nullable Object[] row = begun.toArray();
            begun.clear();
            add(row);
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
