package dev.tgsession.session.store;

import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.format.StoredKey;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All sessions in a PostgreSQL database, to look at; one of them is opened as a {@link PostgresStore}. */
public final class PostgresSessions implements AutoCloseable {
    private final PostgresDatabase database;

    private PostgresSessions(PostgresDatabase database) {
        this.database = database;
    }

    /**
     * The sessions in that database. Nothing is connected to yet.
     *
     * @throws StoreException if the URL cannot be understood
     */
    public static PostgresSessions open(String url) throws StoreException {
        return open(url, Surroundings.ofThisProgram());
    }

    /** As {@link #open(String)}, in these surroundings. */
    public static PostgresSessions open(String url, Surroundings surroundings) throws StoreException {
        return new PostgresSessions(new PostgresDatabase(PostgresAddress.of(url, surroundings.environment())));
    }

    /**
     * What the sessions are called, in the order of the alphabet.
     *
     * @throws StoreException if the database cannot be reached or read
     */
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (Entry entry : entries()) {
            if (entry.key().isPresent()) {
                names.add(entry.name());
            }
        }
        return List.copyOf(names);
    }

    /**
     * What there is, in the order of the alphabet; without the peers, so it takes no time. What is only reserved, since
     * somebody is about to log in, is there, too.
     *
     * @throws StoreException if the database cannot be reached or read
     */
    public List<Entry> entries() throws IOException {
        return database.read("the sessions cannot be listed", connection -> {
                    Map<String, Entry> entries = new TreeMap<>();
                    try (PreparedStatement statement =
                                    connection.prepareStatement(StoredLogin.QUERY + " order by s.name limit 100000");
                            ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            StoredLogin login = StoredLogin.of(row);
                            entries.put(
                                    login.name(),
                                    new Entry(
                                            login.name(),
                                            login.dataCenter(),
                                            Optional.of(login.key()),
                                            login.account(),
                                            Optional.empty()));
                        }
                    }
                    try (PreparedStatement statement = connection.prepareStatement("""
                                    select name, left(owner, 200), since, clock_timestamp(), expires
                                    from tgsession.lease where expires > clock_timestamp() limit 100000
                                    """);
                            ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            String name = row.getString(1);
                            PostgresLease.Holder holder = PostgresLease.Holder.of(row, 2);
                            Holder user = new Holder(holder.owner(), holder.since(), holder.expires());
                            entries.merge(name, Entry.reserved(name, user), (login, lease) -> login.by(user));
                        }
                    }
                    return Optional.of(List.copyOf(entries.values()));
                })
                .orElse(List.of());
    }

    @Override
    public void close() {
        database.close();
    }

    /**
     * One session, as far as it can be told at a glance.
     *
     * @param dataCenter its server, if it can be told
     * @param key its key, whole or not; empty if there is no session of that name yet
     * @param lease who uses it now
     */
    public record Entry(
            String name,
            Optional<DataCenter> dataCenter,
            Optional<StoredKey> key,
            Optional<Account> account,
            Optional<Holder> lease) {
        private static Entry reserved(String name, Holder holder) {
            return new Entry(name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(holder));
        }

        private Entry by(Holder holder) {
            return new Entry(name, dataCenter, key, account, Optional.of(holder));
        }
    }

    /**
     * Who uses a session; by the clock of the database.
     *
     * @param owner as they call themselves: whoever shows it on a terminal takes the control characters out
     */
    public record Holder(String owner, Instant since, Instant expires) {}
}
