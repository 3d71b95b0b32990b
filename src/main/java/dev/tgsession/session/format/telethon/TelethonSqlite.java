package dev.tgsession.session.format.telethon;

import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SqliteBuilder;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file a Telethon client opens: {@code login.session}, an SQLite database.
 *
 * <p>Written in version 7, with plain tables only, so that Telethon 1.17 and later and every SQLite since 2010 read it.
 * Read in any version from 1 to 8, by the columns that are there.
 */
public final class TelethonSqlite implements SessionFormat {
    private static final int SAMPLE_SIZE = 64 * 1024;

    private final InstantSource clock;

    /**
     * The format.
     *
     * @param clock dates the rows about the account, to the second
     */
    public TelethonSqlite(InstantSource clock) {
        this.clock = clock;
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
                SessionPart.UPDATE_STATE);
    }

    @Override
    public boolean recognises(SessionSource source) {
        if (!SqliteDatabase.isOne(source)) {
            return false;
        }
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            return TelethonSchema.isIn(database);
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public Session read(SessionSource source) throws IOException {
        requireSqlite(source);
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            requireTelethon(database);
            List<Peer> peers = new ArrayList<>();
            TelethonFile file = TelethonFile.read(database, source.name(), peers::add);
            return file.session(peers);
        }
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
        try {
            requireSqlite(source);
            try (SqliteDatabase database = SqliteDatabase.open(source)) {
                requireTelethon(database);
                TelethonFile file = TelethonFile.read(database, source.name(), peer -> {});
                return file.inspection(source, this);
            }
        } catch (MalformedSessionException other) {
            return unreadable(source, other.finding());
        } catch (NoSuchFileException missing) {
            return unreadable(source, Finding.error("not-found", "There is no such file.", "Check the path."));
        } catch (AccessDeniedException forbidden) {
            return unreadable(
                    source, Finding.error("not-readable", "The file may not be read.", "Check its permissions."));
        } catch (IOException failed) {
            return unreadable(source, cannotRead(String.valueOf(failed.getMessage())));
        } catch (RuntimeException | LinkageError failed) {
            // Whatever it is, whoever asked gets an answer.
            return unreadable(source, cannotRead(failed.getClass().getSimpleName()));
        }
    }

    @Override
    public SessionContent write(Session session) throws UnwritableSessionException {
        DataCenter dataCenter = session.dataCenter();
        try (SqliteBuilder builder = new SqliteBuilder()) {
            TelethonSchema.statements().forEach(builder::execute);
            builder.insert(TelethonSchema.VERSION, TelethonSchema.WRITTEN);
            builder.insert(
                    TelethonSchema.SESSIONS,
                    dataCenter.id(),
                    dataCenter.host(),
                    dataCenter.port(),
                    session.authKey().secret().toArray(),
                    null);
            builder.insertAll(TelethonSchema.ENTITIES, 6, entities(session).iterator());
            Optional<UpdateState> state = session.updateState();
            if (state.isPresent()) {
                builder.insert(
                        TelethonSchema.UPDATE_STATE,
                        0,
                        state.get().pts(),
                        state.get().qts(),
                        state.get().date(),
                        state.get().seq());
            }
            return SessionContent.ofFile(builder.toFile());
        }
    }

    @Override
    public void makeReady() throws UnwritableSessionException {
        new SqliteBuilder().close();
    }

    /** The peers, then the account: should it be among the peers, its own row replaces that one. */
    private Iterable<@Nullable Object[]> entities(Session session) {
        long now = clock.instant().getEpochSecond();
        List<@Nullable Object[]> own = new ArrayList<>();
        Optional<Account> account = session.account();
        if (account.isPresent()) {
            Account self = account.get();
            // Row 0 tells Telethon since 1.28 whose session this is.
            own.add(new @Nullable Object[] {0L, self.userId(), null, null, null, now});
            if (self.accessHash().isPresent()) {
                own.add(row(
                        self.userId(),
                        self.accessHash().get(),
                        self.username(),
                        self.phone(),
                        self.fullName(),
                        Optional.of(now)));
            }
        }
        Iterator<Peer> peers = session.peers().iterator();
        Iterator<@Nullable Object[]> last = own.iterator();
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return peers.hasNext() || last.hasNext();
            }

            @Override
            public @Nullable Object[] next() {
                return peers.hasNext() ? row(peers.next()) : last.next();
            }
        };
    }

    private static @Nullable Object[] row(Peer peer) {
        return row(
                peer.markedId(),
                peer.accessHash(),
                peer.username(),
                peer.phone(),
                peer.name(),
                peer.seen().map(Instant::getEpochSecond));
    }

    /** User names in lower case, phone numbers as digits only, and nothing rather than an empty text. */
    private static @Nullable Object[] row(
            long id,
            long hash,
            Optional<String> username,
            Optional<String> phone,
            Optional<String> name,
            Optional<Long> date) {
        return new @Nullable Object[] {
            id,
            hash,
            username.map(one -> one.toLowerCase(Locale.ROOT))
                    .filter(one -> !one.isEmpty())
                    .orElse(null),
            phone.map(TelethonSqlite::digits).filter(one -> !one.isEmpty()).orElse(null),
            name.filter(one -> !one.isEmpty()).orElse(null),
            date.orElse(null)
        };
    }

    private static String digits(String phone) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < phone.length(); i++) {
            char c = phone.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.toString();
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
        if (database.table("datacenter").isPresent()) {
            if (database.table("channelstate").isPresent()) {
                return TelethonFindings.telethon2();
            }
            if (database.table("session").isPresent()) {
                return TelethonFindings.telethon2Draft();
            }
        }
        boolean pyrogram = database.table("sessions").isPresent()
                && database.table("peers").isPresent();
        return pyrogram ? TelethonFindings.pyrogram() : TelethonFindings.otherTables();
    }

    /** Names what is no database as well as can be told from its first bytes. */
    private static void requireSqlite(SessionSource source) throws IOException {
        byte[] sample = source.head(SAMPLE_SIZE);
        if (sample.length == 0 || SqliteDatabase.isOne(source)) {
            return;
        }
        if (TelethonString.isOne(source)) {
            throw new MalformedSessionException(TelethonFindings.stringInFile());
        }
        String text = new String(sample, StandardCharsets.ISO_8859_1);
        // A pickle of protocol 2 and later begins with byte 0x80.
        if (text.charAt(0) == '\u0080' && text.contains("telethon")) {
            throw new MalformedSessionException(TelethonFindings.pickle());
        }
        if (text.stripLeading().startsWith("{")) {
            throw new MalformedSessionException(
                    text.contains("\"auth_key_data\"")
                            ? TelethonFindings.json()
                            : TelethonFindings.notSqlite("a JSON file"));
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

    private static Finding cannotRead(String why) {
        return Finding.error("not-readable", "The file cannot be read: " + why + ".", "");
    }

    private static Inspection unreadable(SessionSource source, Finding finding) {
        return Inspection.ofUnreadable(source.name(), "not a Telethon session", List.of(finding));
    }
}
