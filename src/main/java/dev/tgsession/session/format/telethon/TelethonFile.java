package dev.tgsession.session.format.telethon;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Layout;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.Inspection.Server;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.PeerTally;
import dev.tgsession.session.format.Peers;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.Severity;
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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Telethon file, read by its columns and judged.
 *
 * <p>The same reading serves those who want the session and those who want to know what is wrong with it, so that the
 * two never disagree.
 */
final class TelethonFile {
    private static final int MOST_CHANNELS = 1_000_000;

    /** So few are in a row before it may go on in other pages. */
    private static final int LONGEST_LETTERS = 100;

    private static final Set<String> STAYS_BEHIND =
            Set.of("multiple-session-rows", "takeout-breaks-v8-upgrade", "v8-takeout-crash");

    private static final List<String> ENTITY_COLUMNS = List.of("id", "hash", "username", "phone", "name", "date");

    private final SqliteDatabase database;
    private final TolerantReader tables;
    private final String fileName;
    private final List<Finding> findings = new ArrayList<>();

    private final int shape;
    private Optional<Long> stamp = Optional.empty();
    private Optional<StoredServer> server = Optional.empty();
    private StoredKey key = StoredKey.none();

    private Optional<Long> selfId = Optional.empty();
    private Optional<Account> self = Optional.empty();
    private final PeerTally tally = new PeerTally();
    private Optional<UpdateState> updateState = Optional.empty();
    private final List<ChannelState> channelStates = new ArrayList<>();

    private TelethonFile(SqliteDatabase database, String fileName) {
        this.database = database;
        this.tables = new TolerantReader(database);
        this.fileName = fileName;
        this.shape = TelethonSchema.shapeOf(database);
        findings.addAll(database.findings());
    }

    /**
     * Reads all of it.
     *
     * @param peers is given each peer but the account itself
     */
    static TelethonFile read(SqliteDatabase database, String fileName, Peers.Visitor peers) throws IOException {
        TelethonFile file = new TelethonFile(database, fileName);
        file.readStamp();
        file.readSessions();
        file.readTheRest(peers);
        return file;
    }

    /** What of the sessions in it no other form could take over. */
    static List<Finding> staysBehind(SqliteDatabase database) throws IOException {
        TelethonFile file = new TelethonFile(database, "");
        file.readSessions();
        return file.findings.stream()
                .filter(finding -> STAYS_BEHIND.contains(finding.code()))
                .toList();
    }

    /**
     * Hands over those peers that may be meant, but for the account itself, if that can be done without reading all of them;
     * whether it could.
     */
    static boolean find(SqliteDatabase database, EntityCache.Search search, Peers.Visitor peers) throws IOException {
        Optional<SqliteTable> table = database.table(TelethonSchema.ENTITIES);
        return table.isEmpty() || new TelethonFile(database, "").find(table.get(), search, peers);
    }

    /** By the quickest way there is: the number of the row, an index, the letters themselves. */
    private boolean find(SqliteTable table, EntityCache.Search search, Peers.Visitor peers) throws IOException {
        Peers.Visitor meant = peer -> {
            if (search.mayBe(peer)) {
                peers.onPeer(peer);
            }
        };
        readRow(table, 0, meant);
        long[] found = new long[1];
        for (long id : new TreeSet<>(search.ids())) {
            readRow(table, id, peer -> {
                found[0]++;
                meant.onPeer(peer);
            });
        }
        // Who has the id is meant, whoever else has a name or a number like it.
        return found[0] > 0 || findIndexed(table, search, meant) || findStanding(table, search, meant);
    }

    private void readRow(SqliteTable table, long id, Peers.Visitor peers) throws IOException {
        database.row(table, ENTITY_COLUMNS, "id", id, row -> {
            boolean same = row.number("id").equals(Optional.of(id));
            if (same) {
                onEntity(row, peers);
            }
            return !same;
        });
    }

    private boolean findIndexed(SqliteTable table, EntityCache.Search search, Peers.Visitor peers) throws IOException {
        SqliteTables.RowReader reader = row -> onEntity(row, peers);
        Optional<String> username = search.onlyUsername();
        if (username.isPresent()) {
            return database.findIndexed(table, ENTITY_COLUMNS, "username", username.get(), reader);
        }
        Optional<Long> phone = search.onlyPhone();
        // Who reads digits only, reads a number below zero as the same.
        return phone.isPresent()
                && database.findIndexed(table, ENTITY_COLUMNS, "phone", phone.get(), -phone.get(), reader);
    }

    /** A user name or a name stands in its row as it is, so pages without it need not be taken apart. */
    private boolean findStanding(SqliteTable table, EntityCache.Search search, Peers.Visitor peers) throws IOException {
        Optional<String> letters = search.standing().filter(text -> text.length() <= LONGEST_LETTERS);
        if (letters.isPresent()) {
            database.find(table, ENTITY_COLUMNS, letters.get(), row -> onEntity(row, peers));
        }
        return letters.isPresent();
    }

    /**
     * The session.
     *
     * @throws MalformedSessionException if there is no whole key, or no server to use it with
     */
    Session session(List<Peer> peers) throws MalformedSessionException {
        for (Finding finding : database.findings()) {
            if (finding.severity() == Severity.ERROR) {
                throw new MalformedSessionException(finding);
            }
        }
        if (server.isEmpty()) {
            throw new MalformedSessionException(CommonFindings.noSessionRow());
        }
        // The key first: without one the server does not matter.
        AuthKey authKey = key.required();
        return new Session(
                server.get().required(), authKey, account(), peers, updateState, channelStates, Optional.empty());
    }

    /** Everything but the secrets; only now the file is examined for what does not stand in the way of reading. */
    Inspection inspection(SessionSource source, SessionFormat format) throws IOException {
        judgeTables();
        judgeLogin();
        if (source.isOpenToOthers()) {
            findings.add(CommonFindings.openToOthers());
        }
        Optional<Server> named = server.map(StoredServer::description)
                .filter(one -> one.address().isPresent() || one.dcId().orElse(0L) != 0);
        return new Inspection(
                source.name(),
                Optional.of(format.name()),
                format.title(),
                Optional.of(Layout.of(database, stamp, shape)),
                named,
                key.description(),
                login(),
                account(),
                Optional.of(tally.counts()),
                updateState,
                readers(),
                findings);
    }

    /** Of damaged tables nothing is foretold: what a release says depends on where it meets the damage. */
    private Optional<List<Inspection.Reader>> readers() throws IOException {
        if (isCut() || tables.isDamaged()) {
            return Optional.empty();
        }
        try {
            List<Inspection.Reader> readers = new ArrayList<>();
            for (TelethonReleases.Reading reading : TelethonReleases.readersOf(database)) {
                readers.add(reading.reader());
            }
            return Optional.of(readers);
        } catch (MalformedSessionException damaged) {
            return Optional.empty();
        }
    }

    /** Whether the file is shorter than it says, or damaged in another way that was seen on opening it. */
    private boolean isCut() {
        for (Finding finding : database.findings()) {
            if (finding.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    private void readStamp() throws IOException {
        List<Long> stamps = new ArrayList<>();
        tables.read(TelethonSchema.VERSION, List.of("version"), row -> {
            row.number("version").ifPresent(stamps::add);
            return stamps.size() < 2;
        });
        if (stamps.isEmpty()) {
            findings.add(TelethonFindings.noStamp());
            return;
        }
        if (stamps.size() > 1) {
            findings.add(TelethonFindings.severalStamps());
        }
        stamp = Optional.of(Math.min(stamps.get(0), stamps.get(stamps.size() - 1)));
    }

    /** Of several rows the lowest number counts, as for Telethon. */
    private void readSessions() throws IOException {
        TolerantReader.Single sessions = tables.single(TelethonSchema.SESSIONS, StoredSession.COLUMNS);
        if (sessions.first().isEmpty()) {
            if (!tables.isDamaged()) {
                findings.add(CommonFindings.noSessionRow());
            }
            return;
        }
        if (sessions.rows() > 1) {
            findings.add(TelethonFindings.severalSessionRows(sessions.rows()));
        }
        StoredSession session = StoredSession.of(sessions.first().get(), fileName);
        key = session.key();
        findings.addAll(key.findings());
        server = Optional.of(session.server());
        findings.addAll(session.server().findings());
        findings.addAll(session.oddities());
        if (session.takeout().isPresent()) {
            findings.add(shape == 8 ? TelethonFindings.takeoutInEight() : TelethonFindings.takeoutBeforeUpgrade());
        }
        if (session.temporaryKey()) {
            findings.add(TelethonFindings.temporaryKey());
        }
    }

    private void readTheRest(Peers.Visitor peers) throws IOException {
        tables.read(TelethonSchema.ENTITIES, ENTITY_COLUMNS, row -> onEntity(row, peers));
        tables.read(TelethonSchema.UPDATE_STATE, List.of("id", "pts", "qts", "date", "seq"), this::onUpdateState);
    }

    /** Ids come in rising order, so row 0 comes before the row it points to. */
    private boolean onEntity(SqliteRow row, Peers.Visitor peers) throws IOException {
        Optional<Long> id = row.number("id");
        Optional<Long> hash = row.number("hash");
        if (id.isEmpty()) {
            return true;
        }
        if (id.get() == 0) {
            // Since 1.28 the hash of row 0 is the id of the account itself.
            selfId = hash.filter(number -> number > 0);
            return true;
        }
        tally.add(id.get());
        if (selfId.equals(id)) {
            self = Optional.of(account(id.get(), hash, row));
        } else if (hash.isPresent()) {
            peers.onPeer(new Peer(
                    id.get(),
                    hash.get(),
                    row.text("username"),
                    StoredText.readPhone(row, "phone"),
                    row.text("name"),
                    StoredText.readInstant(row, "date")));
        }
        return true;
    }

    /** Telethon has one column for the whole name, and does not note bots; their user names end in "bot". */
    private static Account account(long id, Optional<Long> hash, SqliteRow row) {
        Optional<String> username = row.text("username");
        Optional<String> phone = StoredText.readPhone(row, "phone");
        return new Account(id, isBot(username, phone), hash, row.text("name"), Optional.empty(), username, phone);
    }

    /** Bots have no phone number and a user name that ends in "bot". */
    static boolean isBot(Optional<String> username, Optional<String> phone) {
        return phone.isEmpty()
                && username.filter(name -> name.toLowerCase(Locale.ROOT).endsWith("bot"))
                        .isPresent();
    }

    /** Row 0 is the account, all others are channels by their ids without mark. Dates may have a fraction. */
    private boolean onUpdateState(SqliteRow row) {
        long id = row.number("id").orElse(-1L);
        Optional<Integer> pts = StoredText.readInt(row, "pts");
        int date = StoredText.readInt(row, "date").orElse(0);
        if (id == 0 && (pts.isPresent() || row.isNull("pts"))) {
            int qts = StoredText.readInt(row, "qts").orElse(0);
            int seq = StoredText.readInt(row, "seq").orElse(0);
            updateState = Optional.of(new UpdateState(pts.orElse(0), qts, date, seq));
        } else if (id > 0 && id <= PeerKind.LARGEST_CHANNEL && pts.isPresent()) {
            channelStates.add(new ChannelState(PeerKind.markedChannel(id), pts.get(), date));
        }
        return channelStates.size() < MOST_CHANNELS;
    }

    private void judgeTables() throws IOException {
        if (!isCut() && (tables.isDamaged() || !database.isSound().orElse(true))) {
            findings.add(CommonFindings.damaged());
        }
        if (stamp.isPresent()) {
            long number = stamp.get();
            if (number < TelethonSchema.OLDEST || number > TelethonSchema.NEWEST) {
                findings.add(TelethonFindings.unknownStamp(number));
            } else if (!TelethonSchema.fits(number, shape, database)) {
                findings.add(TelethonFindings.wrongStamp(number, shape));
            }
        }
        List<String> missing = TelethonSchema.missing(shape, database);
        if (!missing.isEmpty()) {
            findings.add(TelethonFindings.missingTables(missing));
        }
        if (TelethonSchema.isInDisorder(database)) {
            findings.add(TelethonFindings.disorder());
        }
        boolean withoutRowid = false;
        for (SqliteTable table : database.tables()) {
            withoutRowid |= table.withoutRowid();
        }
        if (withoutRowid) {
            findings.add(TelethonFindings.withoutRowid());
        }
        if (shape == 1) {
            findings.add(TelethonFindings.versionOne());
        }
    }

    private void judgeLogin() {
        if (key.authKey().isPresent() && login() == Login.NEVER) {
            findings.add(CommonFindings.neverLoggedIn());
        }
    }

    /**
     * Since 1.25 a client that never logged in leaves the state (0, 0, 1, 0) and no peer at all. Row 0, a real state or
     * any user tell of a login.
     */
    private Login login() {
        if (key.authKey().isEmpty()) {
            return Login.NEVER;
        }
        if (selfId.isPresent()
                || tally.counts().users() > 0
                || updateState.filter(state -> state.pts() > 0).isPresent()) {
            return Login.LIKELY;
        }
        boolean untouched = updateState.equals(Optional.of(new UpdateState(0, 0, 1, 0)));
        return untouched && tally.counts().total() == 0 ? Login.NEVER : Login.UNCLEAR;
    }

    private Optional<Account> account() {
        return self.isPresent() ? self : selfId.map(id -> Account.of(id, false));
    }
}
