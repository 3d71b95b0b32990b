package dev.tgsession.session.store;

import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session in a PostgreSQL database that several machines reach. One database holds any number of them, each under a name.
 *
 * <p>The tables are made when they are first needed, in a schema called {@code tgsession}, and brought up to date by
 * later versions of this program. A session is saved in one transaction, and of its peers only what changed is written.
 * All of a session is kept.
 *
 * <p>A key that is used in two places at once is taken back by Telegram. So whoever uses a session reserves it first:
 *
 * <pre>
 *   try (PostgresStore store = PostgresStore.open(url);
 *           Lease lease = store.lease("web.1", Duration.ofMinutes(1))) {
 *       Session session = store.load().orElseThrow();
 *       ...
 *   } catch (SessionInUseException taken) {
 *       // taken.owner(), taken.since()
 *   }
 * </pre>
 *
 * <p>While somebody holds the lease, nobody else saves or removes the session. Any thread may use a store.
 */
public final class PostgresStore implements SessionStore {
    /** What a session is called if nobody says. */
    public static final String DEFAULT_NAME = "login";

    private static final int LONGEST_NAME = 200;
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
    private static final Duration LONGEST_LEASE = Duration.ofDays(1);

    private final PostgresDatabase database;
    private final String name;
    private final SecureRandom random;
    private Optional<Lease> lease = Optional.empty();
    private Optional<Known> known = Optional.empty();

    private PostgresStore(PostgresDatabase database, String name, SecureRandom random) {
        this.database = database;
        this.name = name;
        this.random = random;
    }

    /**
     * The session in that database which the URL names behind {@code #} or with {@code tgsession=}, else {@link
     * #DEFAULT_NAME}. Nothing is connected to yet.
     *
     * @param url as in {@code DATABASE_URL}: {@code postgres://user:password@host:5432/database?sslmode=require}
     * @throws StoreException if the URL cannot be understood
     */
    public static PostgresStore open(String url) throws StoreException {
        return open(url, Surroundings.ofThisProgram());
    }

    /**
     * The session of that name in that database. Nothing is connected to yet.
     *
     * @param name 1 to 200 characters without control characters
     * @throws StoreException if the URL cannot be understood, or that is no name
     */
    public static PostgresStore open(String url, String name) throws StoreException {
        return open(url, name, Surroundings.ofThisProgram());
    }

    /** As {@link #open(String)}, in these surroundings. */
    public static PostgresStore open(String url, Surroundings surroundings) throws StoreException {
        PostgresAddress address = PostgresAddress.of(url, surroundings.environment());
        return of(address, address.sessionName().orElse(DEFAULT_NAME), surroundings);
    }

    /** As {@link #open(String, String)}, in these surroundings. */
    public static PostgresStore open(String url, String name, Surroundings surroundings) throws StoreException {
        return of(PostgresAddress.of(url, surroundings.environment()), name, surroundings);
    }

    static PostgresStore of(PostgresAddress address, String name, Surroundings surroundings) throws StoreException {
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new StoreException("this is no name for a session", "Take 1 to 200 letters, digits and signs.");
        }
        return new PostgresStore(new PostgresDatabase(address), name, surroundings.random());
    }

    /** What the session is called in the database. */
    public String name() {
        return name;
    }

    /**
     * Reserves the session, so that nobody else uses it meanwhile. A lease this store has already is given back first.
     *
     * @param owner who we are, for others to read: {@code web.1}
     * @param duration how long it lasts if nothing more is heard of us: 100 milliseconds to a day; it is renewed three
     *     times as often
     * @throws SessionInUseException if somebody else has it; says who, and since when
     * @throws StoreException if the database cannot be reached or written to
     */
    public Lease lease(String owner, Duration duration) throws IOException {
        return take(owner, duration, false);
    }

    /**
     * Reserves the session even if somebody else has it. They notice at their next renewal, and save nothing any more; but
     * until then they may be using it.
     *
     * @param owner who we are, for others to read
     * @param duration as in {@link #lease}
     * @throws StoreException if the database cannot be reached or written to
     */
    public Lease steal(String owner, Duration duration) throws IOException {
        return take(owner, duration, true);
    }

    @Override
    public Optional<Session> load() throws IOException {
        Optional<Loaded> loaded = database.read("the session cannot be read", this::load);
        synchronized (this) {
            // While a large session was read, nothing was heard of us.
            if (lease.filter(one -> !one.isClosed() && !one.isHeld()).isPresent()) {
                throw new LeaseLostException(name);
            }
            known = loaded.map(Loaded::known);
        }
        return loaded.map(Loaded::session);
    }

    @Override
    public synchronized void save(Session session) throws IOException {
        long mark = random.nextLong();
        Map<Long, Peer> peers = PostgresPeers.byId(session.peers());
        long id;
        try {
            id = database.write("the session was not saved, what was kept before is still there", connection -> {
                takeTurn(connection);
                return save(connection, session, peers, mark);
            });
        } catch (PostgresDatabase.UnclearCommitException unclear) {
            id = idIfSaved(mark, unclear);
        }
        known = Optional.of(new Known(id, mark, peers));
    }

    @Override
    public synchronized boolean delete() throws IOException {
        boolean wasThere = database.write("the session was not removed", connection -> {
            takeTurn(connection);
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from tgsession.session where name = ?")) {
                statement.setString(1, name);
                return statement.executeUpdate() == 1;
            }
        });
        known = Optional.empty();
        return wasThere;
    }

    /** Also makes the tables, if there are none; says so if somebody else uses the session. */
    @Override
    public synchronized void checkRoom() throws IOException {
        database.write("a session could not be saved there", connection -> {
            takeTurn(connection);
            try (PreparedStatement statement = connection.prepareStatement("""
                    with session as (update tgsession.session set name = name where false),
                        peer as (insert into tgsession.peer select * from tgsession.peer where false),
                        update_state as (delete from tgsession.update_state where false)
                    insert into tgsession.channel_state select * from tgsession.channel_state where false
                    """)) {
                return statement.executeUpdate();
            }
        });
    }

    /** Gives back the lease, if there is one, and the connection. */
    @Override
    public void close() throws IOException {
        Optional<Lease> held;
        synchronized (this) {
            held = lease;
            lease = Optional.empty();
        }
        try {
            if (held.isPresent()) {
                held.get().close();
            }
        } finally {
            database.close();
        }
    }

    /** Where it is, without user and password. */
    @Override
    public String toString() {
        return database.address() + "#" + name;
    }

    private synchronized Lease take(String owner, Duration duration, boolean steal) throws IOException {
        if (duration.compareTo(SHORTEST_LEASE) < 0 || duration.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("a lease lasts from 100 milliseconds to a day");
        }
        if (owner.isBlank() || owner.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a lease needs an owner");
        }
        if (lease.isPresent()) {
            lease.get().close();
            lease = Optional.empty();
        }
        Lease taken = Lease.take(new PostgresLease(database, name, owner, random.nextLong()), duration, steal);
        lease = Optional.of(taken);
        return taken;
    }

    /**
     * Waits for our turn to change the session, and makes sure that nobody else uses it. With a lease of our own, this
     * counts as a sign of life.
     */
    private void takeTurn(Connection connection) throws SQLException, IOException {
        PostgresLocks.takeTurn(connection, name);
        Optional<Lease> ours = lease.filter(one -> !one.isClosed());
        if (ours.isPresent()) {
            Lease held = ours.get();
            if (!held.row().renew(connection, held.duration())) {
                held.lose();
                throw new LeaseLostException(name);
            }
            return;
        }
        Optional<PostgresLease.Holder> holder = PostgresLease.holder(connection, name);
        if (holder.isPresent()) {
            throw holder.get().inUse(name);
        }
    }

    private long save(Connection connection, Session session, Map<Long, Peer> peers, long mark) throws SQLException {
        Optional<Known> before = known.isPresent() && isStillThere(connection, known.get()) ? known : Optional.empty();
        long id = saveLogin(connection, session, mark);
        PostgresPeers table = new PostgresPeers(connection, id);
        if (before.isPresent()) {
            table.change(before.get().peers(), peers);
        } else {
            table.replace(peers.values());
        }
        saveStates(connection, id, session);
        return id;
    }

    private static boolean isStillThere(Connection connection, Known known) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from tgsession.session where id = ? and mark = ?")) {
            statement.setLong(1, known.id());
            statement.setLong(2, known.mark());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private long saveLogin(Connection connection, Session session, long mark) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into tgsession.session (name, mark, saved, dc_id, host, port, environment, auth_key, api_id,
                    user_id, bot, access_hash, first_name, last_name, username, phone)
                values (?, ?, clock_timestamp(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (name) do update set
                    mark = excluded.mark, saved = excluded.saved, dc_id = excluded.dc_id, host = excluded.host,
                    port = excluded.port, environment = excluded.environment, auth_key = excluded.auth_key,
                    api_id = excluded.api_id, user_id = excluded.user_id, bot = excluded.bot,
                    access_hash = excluded.access_hash, first_name = excluded.first_name,
                    last_name = excluded.last_name, username = excluded.username, phone = excluded.phone
                returning id
                """)) {
            Optional<Account> account = session.account();
            statement.setString(1, name);
            statement.setLong(2, mark);
            statement.setInt(3, session.dataCenter().id());
            statement.setString(4, session.dataCenter().host());
            statement.setInt(5, session.dataCenter().port());
            statement.setString(6, session.dataCenter().environment().name());
            statement.setBytes(7, session.authKey().secret().toArray());
            statement.setObject(8, session.apiId().orElse(null), Types.INTEGER);
            statement.setObject(9, account.map(Account::userId).orElse(null), Types.BIGINT);
            statement.setObject(10, account.map(Account::bot).orElse(null), Types.BOOLEAN);
            statement.setObject(11, account.flatMap(Account::accessHash).orElse(null), Types.BIGINT);
            statement.setString(12, text(account.flatMap(Account::firstName)));
            statement.setString(13, text(account.flatMap(Account::lastName)));
            statement.setString(14, text(account.flatMap(Account::username)));
            statement.setString(15, text(account.flatMap(Account::phone)));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void saveStates(Connection connection, long id, Session session) throws SQLException {
        for (String table : new String[] {"update_state", "channel_state"}) {
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from tgsession." + table + " where session = ?")) {
                statement.setLong(1, id);
                statement.executeUpdate();
            }
        }
        if (session.updateState().isPresent()) {
            UpdateState state = session.updateState().get();
            try (PreparedStatement statement =
                    connection.prepareStatement("insert into tgsession.update_state values (?, ?, ?, ?, ?)")) {
                statement.setLong(1, id);
                statement.setInt(2, state.pts());
                statement.setInt(3, state.qts());
                statement.setInt(4, state.date());
                statement.setInt(5, state.seq());
                statement.executeUpdate();
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into tgsession.channel_state values (?, ?, ?, ?)
                on conflict (session, id) do update set pts = excluded.pts, date = excluded.date
                """)) {
            for (ChannelState state : session.channelStates()) {
                statement.setLong(1, id);
                statement.setLong(2, state.markedId());
                statement.setInt(3, state.pts());
                statement.setInt(4, state.date());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The connection broke in the last moment of a save; the mark tells whether it was done. */
    private long idIfSaved(long mark, PostgresDatabase.UnclearCommitException unclear) throws IOException {
        try {
            return database.write("", connection -> {
                // Until the server has made up its mind about the broken one.
                PostgresLocks.takeTurn(connection, name);
                try (PreparedStatement statement =
                        connection.prepareStatement("select id from tgsession.session where name = ? and mark = ?")) {
                    statement.setString(1, name);
                    statement.setLong(2, mark);
                    try (ResultSet row = statement.executeQuery()) {
                        if (row.next()) {
                            return row.getLong(1);
                        }
                    }
                }
                throw new StoreUnreachableException(
                        "the session was not saved, what was kept before is still there: the connection to the"
                                + " database at " + database.address().place() + " broke",
                        "Try again; what is kept there is whole.",
                        unclear);
            });
        } catch (StoreException known) {
            if (known.getCause() == unclear) {
                throw known;
            }
            throw new StoreUnreachableException(
                    "the connection to the database at " + database.address().place()
                            + " broke at the last moment; either the new session is kept there or the one before, whole",
                    "Try again once the database is there.",
                    unclear);
        }
    }

    private Optional<Loaded> load(Connection connection) throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(StoredLogin.QUERY + " where s.name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                StoredLogin login = StoredLogin.of(row);
                List<Peer> peers = new PostgresPeers(connection, login.id()).read();
                Session session = login.session(connection, peers);
                return Optional.of(new Loaded(session, new Known(login.id(), login.mark(), PostgresPeers.byId(peers))));
            }
        }
    }

    /** As text of PostgreSQL's, which has no place for a zero. */
    private static @Nullable String text(Optional<String> text) {
        return text.map(one -> one.replace("\0", "")).orElse(null);
    }

    /** What we know to be in the table of peers, as long as the session has that mark. */
    private record Known(long id, long mark, Map<Long, Peer> peers) {}

    private record Loaded(Session session, Known known) {}
}
