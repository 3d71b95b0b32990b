package dev.tgsession.session.store;

import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerType;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The peers of one session in its table. They come in a stream, by {@code COPY}, into a table that lasts as long as the
 * transaction, and from there only what is new or different is moved on: a save in which nothing changed writes nothing.
 */
final class PostgresPeers {
    private static final int CHUNK = 64 * 1024;
    private static final int ROWS_AT_ONCE = 2000;
    private static final int LONGEST_TEXT = 4096;
    private static final int MOST_PEERS = 2_500_000;

    /** The first second after the year 9999. */
    private static final long END_OF_TIME = 253_402_300_800L;

    private final Connection connection;
    private final long session;

    PostgresPeers(Connection connection, long session) {
        this.connection = connection;
        this.session = session;
    }

    /** All of them, by their ids. What somebody else wrote into the table is cut to size. */
    List<Peer> read() throws SQLException {
        List<Peer> peers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select id, access_hash, left(username, %1$d), left(phone, %1$d), left(name, %1$d), seen, type,
                    more_usernames[1:100]
                from tgsession.peer where session = ? order by id limit %2$d
                """.formatted(LONGEST_TEXT, MOST_PEERS))) {
            statement.setLong(1, session);
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    peers.add(peer(row));
                }
            }
        }
        return peers;
    }

    /** Makes these the peers that are kept, whatever is there. */
    void replace(Collection<Peer> peers) throws SQLException {
        bringIn(peers);
        try (PreparedStatement statement = connection.prepareStatement("""
                delete from tgsession.peer p where p.session = ?
                    and not exists (select 1 from pg_temp.incoming_peer i where i.id = p.id)
                """)) {
            statement.setLong(1, session);
            statement.executeUpdate();
        }
        merge();
    }

    /** Makes {@code now} the peers that are kept, where {@code before} are known to be there. */
    void change(Map<Long, Peer> before, Map<Long, Peer> now) throws SQLException {
        List<Peer> changed = new ArrayList<>();
        for (Peer peer : now.values()) {
            if (!peer.equals(before.get(peer.markedId()))) {
                changed.add(peer);
            }
        }
        List<Long> gone = new ArrayList<>();
        for (Long id : before.keySet()) {
            if (!now.containsKey(id)) {
                gone.add(id);
            }
        }
        if (!gone.isEmpty()) {
            remove(gone);
        }
        if (!changed.isEmpty()) {
            bringIn(changed);
            merge();
        }
    }

    /** By id; of two with the same one the later counts. */
    static Map<Long, Peer> byId(List<Peer> peers) {
        Map<Long, Peer> byId = new LinkedHashMap<>(peers.size() * 2);
        for (Peer peer : peers) {
            byId.put(peer.markedId(), peer);
        }
        return byId;
    }

    private void remove(List<Long> ids) throws SQLException {
        Array array = connection.createArrayOf("bigint", ids.toArray());
        try (PreparedStatement statement =
                connection.prepareStatement("delete from tgsession.peer where session = ? and id = any (?)")) {
            statement.setLong(1, session);
            statement.setArray(2, array);
            statement.executeUpdate();
        }
    }

    private void bringIn(Collection<Peer> peers) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    create temporary table incoming_peer (
                        id bigint, access_hash bigint, username text, phone text, name text, seen bigint, type text,
                        more_usernames text[]
                    ) on commit drop
                    """);
        }
        CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy pg_temp.incoming_peer from stdin");
        try {
            StringBuilder rows = new StringBuilder(CHUNK + 1024);
            for (Peer peer : peers) {
                append(rows, peer);
                if (rows.length() >= CHUNK) {
                    send(copy, rows);
                }
            }
            send(copy, rows);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void merge() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into tgsession.peer as p
                    (session, id, access_hash, username, phone, name, seen, type, more_usernames)
                select ?, i.* from pg_temp.incoming_peer i
                on conflict (session, id) do update set
                    access_hash = excluded.access_hash, username = excluded.username, phone = excluded.phone,
                    name = excluded.name, seen = excluded.seen, type = excluded.type,
                    more_usernames = excluded.more_usernames
                where (p.access_hash, p.username, p.phone, p.name, p.seen, p.type, p.more_usernames) is distinct from
                    (excluded.access_hash, excluded.username, excluded.phone, excluded.name, excluded.seen,
                    excluded.type, excluded.more_usernames)
                """)) {
            statement.setLong(1, session);
            statement.executeUpdate();
        }
    }

    private static void send(CopyIn copy, StringBuilder rows) throws SQLException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
    }

    /** A line of {@code COPY}'s text form: tabs between, a backslash before what would mean something else. */
    private static void append(StringBuilder rows, Peer peer) {
        rows.append(peer.markedId()).append('\t').append(peer.accessHash()).append('\t');
        appendText(rows, peer.username().orElse(null));
        appendText(rows, peer.phone().orElse(null));
        appendText(rows, peer.name().orElse(null));
        appendText(rows, peer.seen().map(PostgresPeers::seconds).orElse(null));
        appendText(rows, peer.type().map(Enum::name).orElse(null));
        appendText(rows, peer.moreUsernames().isEmpty() ? null : arrayLiteral(peer.moreUsernames()));
        rows.setCharAt(rows.length() - 1, '\n');
    }

    private static void appendText(StringBuilder rows, @Nullable String text) {
        if (text == null) {
            rows.append("\\N\t");
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                // A zero has no place in a text of PostgreSQL's.
                case '\0' -> {}
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                default -> rows.append(c);
            }
        }
        rows.append('\t');
    }

    private static String arrayLiteral(List<String> texts) {
        StringBuilder literal = new StringBuilder("{");
        for (String text : texts) {
            literal.append(literal.length() > 1 ? ",\"" : "\"")
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return literal.append('}').toString();
    }

    private static String seconds(Instant seen) {
        return Long.toString(seen.getEpochSecond());
    }

    private static Peer peer(ResultSet row) throws SQLException {
        long seen = row.getLong(6);
        boolean dated = !row.wasNull() && seen >= 0 && seen < END_OF_TIME;
        return new Peer(
                row.getLong(1),
                row.getLong(2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                dated ? Optional.of(Instant.ofEpochSecond(seen)) : Optional.empty(),
                text(row, 7).flatMap(PostgresPeers::type),
                moreUsernames(row.getArray(8)));
    }

    private static Optional<String> text(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).filter(text -> !text.isEmpty());
    }

    private static Optional<PeerType> type(String name) {
        for (PeerType type : PeerType.values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static List<String> moreUsernames(@Nullable Array array) throws SQLException {
        List<String> names = new ArrayList<>();
        if (array != null && array.getArray() instanceof Object[] elements) {
            for (Object element : elements) {
                if (element instanceof String name && !name.isEmpty() && name.length() <= LONGEST_TEXT) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
