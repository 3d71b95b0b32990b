package dev.tgsession.session.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * One connection to a database, made when it is first needed and again after it broke. Work is done in transactions, one
 * at a time; any thread may ask.
 */
final class PostgresDatabase implements AutoCloseable {
    private static final int SECONDS_FOR_A_SIGN_OF_LIFE = 10;
    private static final String PATIENCE = "set local lock_timeout = '30s'";

    private final PostgresAddress address;
    private Optional<Connection> connection = Optional.empty();
    private boolean migrated;

    PostgresDatabase(PostgresAddress address) {
        this.address = address;
    }

    /** What is done in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException, IOException;
    }

    PostgresAddress address() {
        return address;
    }

    /**
     * Looks at the tables as they are at one moment. Nothing is written, unless they have to be brought up to date.
     *
     * @param what could not be done, should it fail
     * @return empty if there are no tables
     */
    synchronized <T> Optional<T> read(String what, Work<Optional<T>> work) throws IOException {
        try {
            Connection open = connected();
            if (!migrated) {
                int version = PostgresSchema.version(open);
                open.rollback();
                if (version == 0) {
                    return Optional.empty();
                }
                bringUpToDate(open, version);
            }
            open.setReadOnly(true);
            try {
                begin(open, "repeatable read");
                Optional<T> result = work.on(open);
                open.commit();
                return result;
            } catch (SQLException | IOException | RuntimeException failed) {
                rollBack(open);
                throw failed;
            }
        } catch (SQLException failed) {
            throw explained(what, failed);
        }
    }

    /**
     * Changes something: all of it or nothing. The tables are made or brought up to date before.
     *
     * @param what was not done, should it fail
     * @throws UnclearCommitException if the connection broke at the very end
     */
    synchronized <T> T write(String what, Work<T> work) throws IOException {
        boolean committing = false;
        try {
            Connection open = connected();
            if (!migrated) {
                bringUpToDate(open, PostgresSchema.version(open));
            }
            open.setReadOnly(false);
            try {
                begin(open, "read committed");
                try (Statement statement = open.createStatement()) {
                    // Whoever holds what we wait for may be gone without the server having noticed.
                    statement.execute(PATIENCE);
                }
                T result = work.on(open);
                committing = true;
                open.commit();
                return result;
            } catch (SQLException | IOException | RuntimeException failed) {
                rollBack(open);
                throw failed;
            }
        } catch (SQLException failed) {
            if (committing && PostgresTrouble.isBroken(failed)) {
                drop();
                throw new UnclearCommitException(failed);
            }
            throw explained(what, failed);
        }
    }

    /** Lets go of the connection; the next one to ask has another one made. */
    @Override
    public synchronized void close() {
        drop();
    }

    /** The connection broke while the server was finishing the work: it may be done, or nothing of it. */
    static final class UnclearCommitException extends IOException {
        private static final long serialVersionUID = 1L;

        UnclearCommitException(SQLException cause) {
            super("the connection to the database broke at the last moment", cause);
        }
    }

    /** A connection outside of a transaction. */
    private Connection connected() throws SQLException {
        if (connection.isPresent() && !connection.get().isValid(SECONDS_FOR_A_SIGN_OF_LIFE)) {
            drop();
        }
        if (connection.isEmpty()) {
            Connection made = connect();
            made.setAutoCommit(false);
            connection = Optional.of(made);
        }
        Connection open = connection.get();
        // Asking whether it lives may have begun a transaction.
        open.rollback();
        return open;
    }

    /** Not by way of {@code DriverManager}, which would look through every driver there is. */
    private Connection connect() throws SQLException {
        Connection made = new Driver().connect(address.jdbcUrl(), address.properties());
        if (made == null) {
            throw new SQLException("the driver does not take the address", "08001");
        }
        made.unwrap(PGConnection.class).setPrepareThreshold(0);
        return made;
    }

    /** For this transaction alone: behind a pooler, the next one of this connection may be somebody else's. */
    private static void begin(Connection open, String isolation) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("set transaction isolation level " + isolation);
        }
    }

    private void bringUpToDate(Connection open, int version) throws SQLException, StoreException {
        if (PostgresSchema.isCurrent(version)) {
            open.rollback();
        } else {
            open.rollback();
            open.setReadOnly(false);
            PostgresSchema.migrate(open);
        }
        migrated = true;
    }

    private StoreException explained(String what, SQLException failed) {
        if (PostgresTrouble.isBroken(failed)) {
            drop();
        }
        return PostgresTrouble.explained(what, address.place(), failed);
    }

    private static void rollBack(Connection open) {
        try {
            open.rollback();
        } catch (SQLException alreadyGone) {
            // The server rolls back what nobody finishes.
        }
    }

    private void drop() {
        if (connection.isPresent()) {
            try {
                connection.get().close();
            } catch (SQLException alreadyGone) {
                // That was the aim.
            }
            connection = Optional.empty();
        }
    }
}
