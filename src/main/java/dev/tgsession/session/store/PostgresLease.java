package dev.tgsession.session.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The row that says who uses a session. A token tells our lease from that of another program with our name.
 *
 * <p>All times are those of the database: machines disagree about what time it is.
 */
final class PostgresLease {
    private final PostgresDatabase database;
    private final String session;
    private final String owner;
    private final long token;

    PostgresLease(PostgresDatabase database, String session, String owner, long token) {
        this.database = database;
        this.session = session;
        this.owner = owner;
        this.token = token;
    }

    String session() {
        return session;
    }

    String owner() {
        return owner;
    }

    long token() {
        return token;
    }

    /**
     * Takes the lease if it is free, or in any case.
     *
     * @return since when it is ours
     * @throws SessionInUseException if it is somebody else's
     */
    Instant take(Duration duration, boolean steal) throws IOException {
        return database.write("the session was not reserved", connection -> {
            PostgresLocks.takeTurn(connection, session);
            try (PreparedStatement statement = connection.prepareStatement("""
                    insert into tgsession.lease as l (name, token, owner, since, heartbeat, expires)
                    select ?, ?, ?, now, now, now + ? * interval '1 millisecond' from clock_timestamp() as now
                    on conflict (name) do update set
                        token = excluded.token, owner = excluded.owner, since = excluded.since,
                        heartbeat = excluded.heartbeat, expires = excluded.expires
                    where ? or l.expires <= clock_timestamp()
                    returning since
                    """)) {
                statement.setString(1, session);
                statement.setLong(2, token);
                statement.setString(3, owner);
                statement.setLong(4, duration.toMillis());
                statement.setBoolean(5, steal);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        return row.getTimestamp(1).toInstant();
                    }
                }
            }
            throw holder(connection, session)
                    .orElseThrow(() -> new SQLException("the lease is gone", "40001"))
                    .inUse(session);
        });
    }

    /**
     * Puts off its end.
     *
     * @return whether it was still ours
     */
    boolean renew(Duration duration) throws IOException {
        return database.write("the lease was not renewed", connection -> renew(connection, duration));
    }

    /** The same within a transaction. */
    boolean renew(Connection connection, Duration duration) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update tgsession.lease set
                    heartbeat = clock_timestamp(), expires = clock_timestamp() + ? * interval '1 millisecond'
                where name = ? and token = ?
                """)) {
            statement.setLong(1, duration.toMillis());
            statement.setString(2, session);
            statement.setLong(3, token);
            return statement.executeUpdate() == 1;
        }
    }

    /** Frees the session, if it is still ours. */
    void release() throws IOException {
        database.write("the session was not given back", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from tgsession.lease where name = ? and token = ?")) {
                statement.setString(1, session);
                statement.setLong(2, token);
                return statement.executeUpdate();
            }
        });
    }

    /** Who has the lease of that session now; empty if it is free. */
    static Optional<Holder> holder(Connection connection, String session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select left(owner, 200), since, clock_timestamp(), expires from tgsession.lease
                where name = ? and expires > clock_timestamp()
                """)) {
            statement.setString(1, session);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Holder.of(row, 1)) : Optional.empty();
            }
        }
    }

    /**
     * Who has a lease.
     *
     * @param now when we asked
     */
    record Holder(String owner, Instant since, Instant now, Instant expires) {
        /** From four columns. */
        static Holder of(ResultSet row, int first) throws SQLException {
            return new Holder(
                    row.getString(first), instant(row, first + 1), instant(row, first + 2), instant(row, first + 3));
        }

        SessionInUseException inUse(String session) {
            return new SessionInUseException(session, owner, since, now, expires);
        }

        private static Instant instant(ResultSet row, int column) throws SQLException {
            Timestamp time = row.getTimestamp(column);
            return time == null ? Instant.EPOCH : time.toInstant();
        }
    }
}
