package dev.tgsession.session.format.telethon;

import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection.Layout;
import dev.tgsession.session.format.Inspection.Reader;
import dev.tgsession.session.format.PeerTally;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.SqliteTable;
import dev.tgsession.session.format.SqliteTables;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
import dev.tgsession.session.format.StoredText;
import dev.tgsession.session.format.TolerantReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables of Telethon 2, in the two layouts that its development has had.
 *
 * <pre>
 *   stamp 10    datacenter  id, ipv4_addr, ipv6_addr ("host:port"; in some revisions one addr), auth
 *               user        id, dc, bot, username
 *               state       pts, qts, date, seq
 *               channelstate  id, pts
 *
 *   stamp 8     datacenter  id, ipv4, ipv6, port, auth
 *   (a draft)   session     user_id, dc_id, bot, pts, qts, date, seq, takeout_id
 *               channel     channel_id, pts
 *               entity      id (without mark), hash, ty (a letter)
 * </pre>
 *
 * <p>There may be several data centers; the account is at home in the one its own row names, or else in the first with
 * a key.
 */
final class TelethonTwo {
    /** By preference; no revision has them all. */
    private static final List<String> ADDRESSES = List.of("ipv4_addr", "addr", "ipv4", "ipv6_addr", "ipv6");

    private static final int MOST_DATA_CENTERS = 1000;
    private static final int MOST_CHANNELS = 1_000_000;

    private final SqliteDatabase database;
    private final TolerantReader tables;
    private final boolean draft;

    private Optional<Long> home = Optional.empty();
    private Optional<Account> account = Optional.empty();
    private Optional<UpdateState> updateState = Optional.empty();
    private final List<ChannelState> channelStates = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final PeerTally tally = new PeerTally();

    private TelethonTwo(SqliteDatabase database) {
        this.database = database;
        this.tables = new TolerantReader(database);
        this.draft = isDraft(database);
    }

    /** Whether these are tables of Telethon 2, of either layout. */
    static boolean isIn(SqliteTables database) {
        return isDraft(database) || isReal(database);
    }

    private static boolean isReal(SqliteTables database) {
        boolean address = has(database, "datacenter", "addr") || has(database, "datacenter", "ipv4_addr");
        return address && has(database, "datacenter", "auth") && has(database, "channelstate", "pts");
    }

    private static boolean isDraft(SqliteTables database) {
        return has(database, "datacenter", "auth") && has(database, "session", "dc_id");
    }

    private static boolean has(SqliteTables database, String table, String column) {
        return database.table(table).filter(one -> one.has(column)).isPresent();
    }

    /** Reads all of it. */
    static OtherEra read(SqliteDatabase database, String fileName) throws IOException {
        return new TelethonTwo(database).read(fileName);
    }

    private OtherEra read(String fileName) throws IOException {
        readAccount();
        tables.read(draft ? "channel" : "channelstate", List.of("id", "channel_id", "pts"), this::onChannel);
        if (draft) {
            tables.read("entity", List.of("id", "hash", "ty"), this::onEntity);
        }
        Optional<SqliteRow> row = homeRow();
        StoredServer server = row.map(one -> server(one, fileName))
                .orElseGet(() -> StoredServer.of(home, Optional.empty(), Optional.empty(), Optional.empty(), fileName));
        List<Finding> findings = new ArrayList<>(database.findings());
        if (tables.isDamaged()) {
            findings.add(CommonFindings.damaged());
        }
        return new OtherEra(
                draft ? "Telethon session file of a draft of Telethon 2" : "Telethon session file of Telethon 2",
                draft ? TelethonFindings.telethon2Draft() : TelethonFindings.telethon2(),
                Optional.of(layout()),
                server,
                row.map(one -> StoredKey.of(one, "auth")).orElseGet(StoredKey::none),
                account,
                peers,
                tally.counts(),
                updateState,
                channelStates,
                readers(),
                findings);
    }

    private void readAccount() throws IOException {
        Optional<SqliteRow> row = draft
                ? tables.single("session", List.of("user_id", "dc_id", "bot", "pts", "qts", "date", "seq"))
                        .first()
                : tables.single("user", List.of("id", "dc", "bot", "username")).first();
        if (row.isPresent()) {
            home = row.get().number(draft ? "dc_id" : "dc");
            boolean bot = row.get().number("bot").orElse(0L) != 0;
            Optional<String> username = row.get().text("username");
            account = row.get()
                    .number(draft ? "user_id" : "id")
                    .filter(id -> id > 0)
                    .map(id -> new Account(
                            id, bot, Optional.empty(), Optional.empty(), Optional.empty(), username, Optional.empty()));
        }
        Optional<SqliteRow> state = draft
                ? row
                : tables.single("state", List.of("pts", "qts", "date", "seq")).first();
        updateState = state.flatMap(TelethonTwo::updateState);
    }

    private static Optional<UpdateState> updateState(SqliteRow row) {
        return StoredText.readInt(row, "pts")
                .map(pts -> new UpdateState(
                        pts,
                        StoredText.readInt(row, "qts").orElse(0),
                        StoredText.readInt(row, "date").orElse(0),
                        StoredText.readInt(row, "seq").orElse(0)));
    }

    /** The row of the data center where the account is at home. */
    private Optional<SqliteRow> homeRow() throws IOException {
        List<SqliteRow> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>(ADDRESSES);
        columns.addAll(List.of("id", "port", "auth"));
        tables.read("datacenter", columns, row -> {
            rows.add(row);
            return rows.size() < MOST_DATA_CENTERS;
        });
        for (SqliteRow row : rows) {
            if (home.isPresent() && row.number("id").equals(home)) {
                return Optional.of(row);
            }
        }
        for (SqliteRow row : rows) {
            if (StoredKey.of(row, "auth").authKey().isPresent()) {
                return Optional.of(row);
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    /** IPv6 stands without brackets, so the port is what follows the last colon. */
    private StoredServer server(SqliteRow row, String fileName) {
        Optional<String> address = Optional.empty();
        for (String column : ADDRESSES) {
            address = address.or(() -> row.text(column).filter(text -> !text.isEmpty()));
        }
        Optional<Long> port = row.number("port");
        int colon = address.map(text -> text.lastIndexOf(':')).orElse(-1);
        if (!draft && colon >= 0) {
            String text = address.orElseThrow();
            port = portNumber(text.substring(colon + 1));
            address = Optional.of(text.substring(0, colon));
        }
        return StoredServer.of(row.number("id"), address, port, Optional.empty(), fileName);
    }

    private static Optional<Long> portNumber(String digits) {
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private boolean onChannel(SqliteRow row) {
        long id = row.number(draft ? "channel_id" : "id").orElse(0L);
        Optional<Integer> pts = StoredText.readInt(row, "pts");
        if (id > 0 && id <= PeerKind.LARGEST_CHANNEL && pts.isPresent()) {
            channelStates.add(new ChannelState(PeerKind.markedChannel(id), pts.get(), 0));
        }
        return channelStates.size() < MOST_CHANNELS;
    }

    /** Users, bots; groups; channels, megagroups and gigagroups ("E"). */
    private boolean onEntity(SqliteRow row) throws IOException {
        long id = row.number("id").orElse(0L);
        Optional<Long> hash = row.number("hash");
        if (id <= 0 || id > PeerKind.LARGEST_CHANNEL || hash.isEmpty()) {
            return true;
        }
        long markedId;
        switch (row.number("ty").orElse(0L).intValue()) {
            case 'U', 'B' -> markedId = id;
            case 'G' -> markedId = -id;
            case 'C', 'M', 'E' -> markedId = PeerKind.markedChannel(id);
            default -> {
                return true;
            }
        }
        tally.add(markedId);
        if (account.filter(self -> self.userId() == markedId).isPresent()) {
            account = account.map(self -> new Account(
                    self.userId(), self.bot(), hash, self.firstName(), self.lastName(), self.username(), self.phone()));
        } else {
            peers.add(new Peer(
                    markedId, hash.get(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        return true;
    }

    private Layout layout() throws IOException {
        List<String> withoutRowid = new ArrayList<>();
        for (SqliteTable table : database.tables()) {
            if (table.withoutRowid()) {
                withoutRowid.add(table.name());
            }
        }
        return new Layout(
                tables.single(TelethonSchema.VERSION, List.of(TelethonSchema.VERSION))
                        .first()
                        .flatMap(row -> row.number(TelethonSchema.VERSION)),
                Optional.empty(),
                withoutRowid,
                database.opensInOldSqlite());
    }

    /** Telethon 1 looks for its own tables. */
    private static List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        for (TelethonReleases.Era era : TelethonReleases.eras()) {
            readers.add(
                    new Reader(era.words(), false, Optional.of("no such table: " + TelethonSchema.SESSIONS), false));
        }
        return readers;
    }
}
