package dev.tgsession.session.format.telethon;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.Peers;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SqliteBuilder;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.SqlitePages;
import dev.tgsession.session.format.StoredText;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file a Telethon client opens: {@code login.session}, an SQLite database.
 *
 * <p>Written in version 7, with plain tables only, so that Telethon 1.17 and later and every SQLite since 2010 read it.
 * Read in any version from 1 to 8, by the columns that are there; so are the JSON of 0.10 to 0.15 and the tables of
 * Telethon 2.
 */
public final class TelethonSqlite implements SessionFormat {
    private static final int SAMPLE_SIZE = 64 * 1024;

    private final InstantSource clock;
    private final boolean indexed;

    /**
     * The format.
     *
     * @param clock dates the rows about the account, to the second
     */
    public TelethonSqlite(InstantSource clock) {
        this(clock, false);
    }

    private TelethonSqlite(InstantSource clock, boolean indexed) {
        this.clock = clock;
        this.indexed = indexed;
    }

    /**
     * The same, which also writes indexes over user names and phone numbers: looking one up among a million peers is then
     * thousands of times as fast, in Telethon too, and the file is twice as large.
     */
    public TelethonSqlite indexed() {
        return new TelethonSqlite(clock, true);
    }

    @Override
    public String name() {
        return "telethon";
    }

    @Override
    public String title() {
        return "Telethon session file";
    }

    @Override
    public Form form() {
        return Form.FILE;
    }

    @Override
    public Set<SessionPart> holds() {
        return EnumSet.of(
                SessionPart.ADDRESS,
                // By its address and the name of the file.
                SessionPart.ENVIRONMENT,
                SessionPart.USER_ID,
                SessionPart.ACCOUNT_DETAILS,
                SessionPart.PEERS,
                SessionPart.NAMES,
                SessionPart.UPDATE_STATE,
                SessionPart.CHANNEL_STATES);
    }

    /** The account has names only in its own row, beside its access hash. A bot is told by its user name. */
    @Override
    public Set<SessionPart> loses(Session session) {
        Set<SessionPart> lost = SessionFormat.super.loses(session);
        Optional<Account> named =
                session.account().filter(account -> account.accessHash().isPresent());
        if (named.isEmpty()) {
            if (SessionPart.ACCOUNT_DETAILS.isIn(session)) {
                lost.add(SessionPart.ACCOUNT_DETAILS);
            }
            if (session.account().flatMap(Account::fullName).isPresent()) {
                lost.add(SessionPart.NAMES);
            }
        } else if (TelethonFile.isBot(named.get().username(), named.get().phone())) {
            lost.remove(SessionPart.BOT);
        }
        return lost;
    }

    @Override
    public boolean recognises(SessionSource source) {
        if (!SqliteDatabase.isOne(source)) {
            return TelethonJson.isOne(source);
        }
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            return TelethonSchema.isIn(database) || TelethonTwo.isIn(database);
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public Session read(SessionSource source) throws IOException {
        List<Peer> peers = new ArrayList<>();
        return read(source, peers::add).withPeers(peers);
    }

    @Override
    public Session read(SessionSource source, Peers.Visitor peers) throws IOException {
        try {
            return readAny(source, peers);
        } catch (MalformedSessionException malformed) {
            MalformedSessionException mendable =
                    new MalformedSessionException(TelethonFindings.withCommand(malformed.finding()));
            mendable.initCause(malformed);
            throw mendable;
        }
    }

    private static Session readAny(SessionSource source, Peers.Visitor peers) throws IOException {
        if (TelethonJson.isOne(source)) {
            return handOver(TelethonJson.read(source).session(), peers);
        }
        requireSqlite(source);
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            if (TelethonTwo.isIn(database)) {
                return handOver(TelethonTwo.read(database, source.name()).session(), peers);
            }
            requireTelethon(database);
            return TelethonFile.read(database, source.name(), peers).session(List.of());
        }
    }

    @Override
    public List<Finding> staysBehind(SessionSource source) {
        if (!SqliteDatabase.isOne(source)) {
            return List.of();
        }
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            return TelethonSchema.isIn(database) ? TelethonFile.staysBehind(database) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public void find(SessionSource source, EntityCache.Search search, Peers.Visitor found) throws IOException {
        if (SqliteDatabase.isOne(source)) {
            try (SqliteDatabase database = SqliteDatabase.open(source)) {
                if (TelethonSchema.isIn(database)
                        && !TelethonSchema.isInDisorder(database)
                        && TelethonFile.find(database, search, found)) {
                    return;
                }
            }
        }
        SessionFormat.super.find(source, search, found);
    }

    /** Of the few peers that old JSON and Telethon 2 keep. */
    private static Session handOver(Session session, Peers.Visitor peers) throws IOException {
        Peers.of(session.peers()).forEach(peers);
        return session.withPeers(List.of());
    }

    /**
     * Opens a file and makes sure that Telethon's tables, of any version from 1 to 8, are in it.
     *
     * @throws MalformedSessionException if it is something else, or too damaged to open
     */
    static SqliteDatabase open(SessionSource source) throws IOException {
        requireSqlite(source);
        SqliteDatabase database = SqliteDatabase.open(source);
        try {
            requireTelethon(database);
            return database;
        } catch (IOException | RuntimeException other) {
            database.close();
            throw other;
        }
    }

    @Override
    public Inspection inspect(SessionSource source) {
        Inspection inspection = Inspection.attempt(source, "not a Telethon session", () -> {
            if (TelethonJson.isOne(source)) {
                return TelethonJson.read(source).inspection(source, this);
            }
            requireSqlite(source);
            try (SqliteDatabase database = SqliteDatabase.open(source)) {
                if (TelethonTwo.isIn(database)) {
                    return TelethonTwo.read(database, source.name()).inspection(source, this);
                }
                requireTelethon(database);
                return TelethonFile.read(database, source.name(), peer -> {}).inspection(source, this);
            }
        });
        return inspection.withFindings(inspection.findings().stream()
                .map(TelethonFindings::withCommand)
                .toList());
    }

    /**
     * The same session in the tables of Telethon 1, if it is in none: the JSON of 0.10 to 0.15, or Telethon 2.
     *
     * @throws MalformedSessionException if there is no login in it
     * @throws IOException if it cannot be read
     */
    public Optional<SessionSource> inTablesOfOne(SessionSource source) throws IOException {
        boolean other = TelethonJson.isOne(source);
        if (SqliteDatabase.isOne(source)) {
            try (SqliteDatabase database = SqliteDatabase.open(source)) {
                other = TelethonTwo.isIn(database);
            }
        }
        return other
                ? Optional.of(
                        SessionSource.ofBytes(source.name(), write(read(source)).toFileBytes()))
                : Optional.empty();
    }

    @Override
    public SessionContent write(Session session) throws UnwritableSessionException {
        Peers peers = Peers.of(session.peers());
        return SessionContent.ofFile(SqliteBuilder.inMemory(builder -> fill(builder, session, peers)));
    }

    @Override
    public void write(Session session, Peers peers, Path file) throws IOException {
        SqliteBuilder.inFile(file, builder -> fill(builder, session, peers));
    }

    private void fill(SqliteBuilder builder, Session session, Peers peers) throws IOException {
        DataCenter dataCenter = session.dataCenter();
        TelethonSchema.statements().forEach(builder::execute);
        if (indexed) {
            TelethonSchema.indexes().forEach(builder::execute);
        }
        builder.insert(TelethonSchema.VERSION, TelethonSchema.WRITTEN);
        builder.insert(
                TelethonSchema.SESSIONS,
                dataCenter.id(),
                dataCenter.host(),
                dataCenter.port(),
                session.authKey().secret().toArray(),
                null);
        try (SqliteBuilder.Rows entities = builder.rows(TelethonSchema.ENTITIES, 6)) {
            Peers all = peers;
            for (Peer own : session.account().map(this::own).orElse(List.of())) {
                // Should the account be among the peers, its own row replaces that one.
                all = all.with(own);
            }
            all.forEach(peer -> add(peer, entities));
        }
        builder.insertAll(TelethonSchema.UPDATE_STATE, 5, updateStates(session).iterator());
    }

    /** Writes one, to nowhere: the rows of a login need no library. Indexes over more peers than memory holds do. */
    @Override
    public void makeReady() throws UnwritableSessionException {
        if (indexed) {
            SqliteBuilder.makeReady();
        }
        DataCenter anywhere = DataCenters.builtIn(Environment.TEST, DataCenters.DEFAULT_ID, false);
        write(Session.of(anywhere, AuthKey.of(Bytes.of(new byte[AuthKey.SIZE]))));
    }

    /** What tells of the account. */
    private List<Peer> own(Account self) {
        Optional<Instant> now = Optional.of(clock.instant());
        Optional<String> none = Optional.empty();
        List<Peer> rows = new ArrayList<>();
        // Row 0 tells Telethon since 1.28 whose session this is.
        rows.add(new Peer(0, self.userId(), none, none, none, now));
        self.accessHash()
                .ifPresent(hash ->
                        rows.add(new Peer(self.userId(), hash, self.username(), self.phone(), self.fullName(), now)));
        return rows;
    }

    /** Row 0 is the account; a channel has its id without mark. */
    private static Stream<@Nullable Object[]> updateStates(Session session) {
        return Stream.concat(
                session.updateState().stream()
                        .map(state -> new @Nullable Object[] {0L, state.pts(), state.qts(), state.date(), state.seq()}),
                session.channelStates().stream()
                        .map(state -> new @Nullable Object[] {
                            PeerKind.bareChannel(state.markedId()), state.pts(), 0, state.date(), 0
                        }));
    }

    /** User names in lower case, phone numbers as digits only, and nothing rather than an empty text. */
    private static void add(Peer peer, SqliteBuilder.Rows entities) {
        entities.number(peer.markedId())
                .number(peer.accessHash())
                .text(StoredText.username(peer.username()))
                .text(StoredText.phone(peer.phone()))
                .text(peer.name().filter(one -> !one.isEmpty()));
        if (peer.seen().isPresent()) {
            entities.number(peer.seen().get().getEpochSecond());
        } else {
            entities.nothing();
        }
        entities.end();
    }

    private static void requireTelethon(SqliteDatabase database) throws MalformedSessionException {
        if (TelethonSchema.isIn(database)) {
            return;
        }
        for (Finding finding : database.findings()) {
            if (finding.code().equals("truncated")) {
                throw new MalformedSessionException(finding);
            }
        }
        throw new MalformedSessionException(strangeTables(database));
    }

    /** Whose tables these are, if not Telethon's. */
    private static Finding strangeTables(SqliteDatabase database) {
        if (TelethonTwo.isIn(database)) {
            return database.table("session").isPresent()
                    ? TelethonFindings.telethon2Draft()
                    : TelethonFindings.telethon2();
        }
        boolean pyrogram = database.table("sessions").isPresent()
                && database.table("peers").isPresent();
        return pyrogram ? TelethonFindings.pyrogram() : TelethonFindings.otherTables();
    }

    /** Names what is no database as well as can be told from its first bytes. */
    private static void requireSqlite(SessionSource source) throws IOException {
        if (SqliteDatabase.isOne(source)) {
            return;
        }
        byte[] sample = source.head(SAMPLE_SIZE);
        if (sample.length == 0) {
            return;
        }
        if (TelethonString.isOne(source)) {
            throw new MalformedSessionException(TelethonFindings.stringInFile());
        }
        if (SqlitePages.looksLikePages(sample)) {
            throw new MalformedSessionException(TelethonFindings.lostFirstBytes());
        }
        String text = new String(sample, StandardCharsets.ISO_8859_1);
        // A pickle of protocol 2 and later begins with byte 0x80.
        if (text.charAt(0) == '\u0080' && text.contains("telethon")) {
            throw new MalformedSessionException(TelethonFindings.pickle());
        }
        if (text.stripLeading().startsWith("{")) {
            throw new MalformedSessionException(
                    TelethonJson.isOne(source) ? TelethonFindings.json() : TelethonFindings.notSqlite("a JSON file"));
        }
        throw new MalformedSessionException(
                TelethonFindings.notSqlite(isPlainText(text) ? "a text file" : "an unknown kind of file"));
    }

    private static boolean isPlainText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
