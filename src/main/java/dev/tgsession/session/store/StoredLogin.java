package dev.tgsession.session.store;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.StoredKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of the table of sessions. Others may write to the database, so nothing in it is believed: what is not whole is
 * said to be malformed, and what does not matter is left out.
 */
record StoredLogin(
        long id,
        long mark,
        String name,
        Optional<DataCenter> dataCenter,
        StoredKey key,
        Optional<Account> account,
        Optional<Integer> apiId) {
    /** Texts are cut here, before they travel. */
    static final String QUERY = """
            select s.id, s.mark, s.name, s.dc_id, left(s.host, 300), s.port, left(s.environment, 20),
                substr(s.auth_key, 1, 257), s.api_id, s.user_id, s.bot, s.access_hash, left(s.first_name, 1000),
                left(s.last_name, 1000), left(s.username, 1000), left(s.phone, 1000)
            from tgsession.session s""";

    private static final int MOST_CHANNELS = 1_000_000;

    /** From the columns of {@link #QUERY}. */
    static StoredLogin of(ResultSet row) throws SQLException {
        byte[] key = row.getBytes(8);
        int apiId = row.getInt(9);
        boolean noApiId = row.wasNull() || apiId <= 0;
        return new StoredLogin(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                server(row),
                key == null ? StoredKey.none() : StoredKey.of(key),
                account(row),
                noApiId ? Optional.empty() : Optional.of(apiId));
    }

    /**
     * The whole session.
     *
     * @throws MalformedSessionException if there is no key or no server in it
     */
    Session session(Connection connection, List<Peer> peers) throws SQLException, MalformedSessionException {
        AuthKey authKey = key.required();
        if (dataCenter.isEmpty()) {
            throw new MalformedSessionException(Finding.error(
                    "bad-server-address",
                    "What stands for the server in the database is none.",
                    "Look for a backup of the database, or log in again."));
        }
        return new Session(
                dataCenter.get(), authKey, account, peers, updateState(connection), channels(connection), apiId);
    }

    private Optional<UpdateState> updateState(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select pts, qts, date, seq from tgsession.update_state where session = ?")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new UpdateState(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                        : Optional.empty();
            }
        }
    }

    private List<ChannelState> channels(Connection connection) throws SQLException {
        List<ChannelState> states = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select id, pts, date from tgsession.channel_state where session = ?"
                        + " order by id limit " + MOST_CHANNELS)) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (PeerKind.of(row.getLong(1)) == PeerKind.CHANNEL) {
                        states.add(new ChannelState(row.getLong(1), row.getInt(2), row.getInt(3)));
                    }
                }
            }
        }
        return states;
    }

    private static Optional<DataCenter> server(ResultSet row) throws SQLException {
        Optional<Environment> environment = environment(row.getString(7));
        String host = row.getString(5);
        if (environment.isEmpty() || host == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DataCenter(row.getInt(4), host, row.getInt(6), environment.get()));
        } catch (IllegalArgumentException noServer) {
            return Optional.empty();
        }
    }

    private static Optional<Environment> environment(String name) {
        for (Environment environment : Environment.values()) {
            if (environment.name().equals(name)) {
                return Optional.of(environment);
            }
        }
        return Optional.empty();
    }

    private static Optional<Account> account(ResultSet row) throws SQLException {
        long userId = row.getLong(10);
        if (userId <= 0) {
            return Optional.empty();
        }
        boolean bot = row.getBoolean(11);
        long hash = row.getLong(12);
        Optional<Long> accessHash = row.wasNull() ? Optional.empty() : Optional.of(hash);
        return Optional.of(
                new Account(userId, bot, accessHash, text(row, 13), text(row, 14), text(row, 15), text(row, 16)));
    }

    private static Optional<String> text(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).filter(text -> !text.isEmpty());
    }
}
