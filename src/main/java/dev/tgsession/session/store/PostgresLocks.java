package dev.tgsession.session.store;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** One at a time: whoever changes a session or its lease waits for the one who is at it. */
final class PostgresLocks {
    private PostgresLocks() {}

    /**
     * Waits until nobody else changes that session. Its turn lasts until the transaction ends, however that comes about.
     * By the name, since there may be no row yet; of two names with the same number one waits in vain, and no more.
     */
    static void takeTurn(Connection connection, String session) throws SQLException {
        long number = Hashes.sha256(Bytes.ofUtf8("tgsession:" + session)).longAt(0);
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, number);
            statement.execute();
        }
    }
}
