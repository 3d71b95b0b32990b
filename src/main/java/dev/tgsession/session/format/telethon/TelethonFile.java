package dev.tgsession.session.format.telethon;

import dev.tgsession.session.Account;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Layout;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.Inspection.PeerCounts;
import dev.tgsession.session.format.Inspection.Server;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.Severity;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.SqliteTable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Telethon file, read by its columns and judged.
 *
 * <p>The same reading serves those who want the session and those who want to know what is wrong with it, so that the
 * two never disagree.
 */
final class TelethonFile {
    /** More than any account meets; a bound for hostile files. */
    private static final int MOST_PEERS = 2_000_000;

    private static final int MOST_SESSION_ROWS = 1000;
    private static final int LONGEST_PHONE = 20;

    private final SqliteDatabase database;
    private final String fileName;
    private final List<Finding> findings = new ArrayList<>();

    private final int shape;
    private Optional<Long> stamp = Optional.empty();
    private int sessionRows;
    private Optional<TelethonServer> server = Optional.empty();
    private TelethonKey key = TelethonKey.none();

    private Optional<Long> selfId = Optional.empty();
    private Optional<Account> self = Optional.empty();
    private long users;
    private long groups;
    private long channels;
    private Optional<UpdateState> updateState = Optional.empty();
    private boolean damaged;

    private TelethonFile(SqliteDatabase database, String fileName) {
        this.database = database;
        this.fileName = fileName;
        this.shape = TelethonSchema.shapeOf(database);
        findings.addAll(database.findings());
    }

    /**
     * Reads all of it.
     *
     * @param peers is given each peer but the account itself
     */
    static TelethonFile read(SqliteDatabase database, String fileName, Consumer<Peer> peers) throws IOException {
        TelethonFile file = new TelethonFile(database, fileName);
        file.readStamp();
        file.readSessions();
        file.readTheRest(peers);
        return file;
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
            throw new MalformedSessionException(TelethonFindings.noSessionRow());
        }
        if (key.finding().isPresent()) {
            throw new MalformedSessionException(key.finding().get());
        }
        if (server.get().dataCenter().isEmpty()) {
            List<Finding> reasons = server.get().findings();
            throw new MalformedSessionException(reasons.get(reasons.size() - 1));
        }
        return new Session(
                server.get().dataCenter().get(),
                key.authKey().orElseThrow(),
                account(),
                peers,
                updateState,
                Optional.empty());
    }

    /** Everything but the secrets; only now the file is examined for what does not stand in the way of reading. */
    Inspection inspection(SessionSource source, SessionFormat format) {
        judgeTables();
        judgeLogin();
        if (source.isOpenToOthers()) {
            findings.add(TelethonFindings.openToOthers());
        }
        List<String> withoutRowid = new ArrayList<>();
        for (SqliteTable table : database.tables()) {
            if (table.withoutRowid()) {
                withoutRowid.add(table.name());
            }
        }
        Optional<Server> named = server.map(TelethonServer::description)
                .filter(one -> one.address().isPresent() || one.dcId().orElse(0L) != 0);
        return new Inspection(
                source.name(),
                Optional.of(format.name()),
                format.title(),
                Optional.of(new Layout(stamp, Optional.of(shape), withoutRowid, database.opensInOldSqlite())),
                named,
                key.description(),
                login(),
                account(),
                Optional.of(new PeerCounts(users, groups, channels)),
                updateState,
                findings);
    }

    private void readStamp() throws IOException {
        Optional<SqliteTable> table = database.table(TelethonSchema.VERSION);
        List<Long> stamps = new ArrayList<>();
        if (table.isPresent()) {
            survive(() -> database.read(table.get(), List.of("version"), row -> {
                row.number("version").ifPresent(stamps::add);
                return stamps.size() < 2;
            }));
        }
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
        SqliteTable table = database.table(TelethonSchema.SESSIONS).orElseThrow();
        List<String> columns = List.of("dc_id", "server_address", "port", "auth_key", "takeout_id", "tmp_auth_key");
        List<SqliteRow> first = new ArrayList<>();
        survive(() -> database.read(table, columns, row -> {
            if (sessionRows == 0) {
                first.add(row);
            }
            return ++sessionRows < MOST_SESSION_ROWS;
        }));
        if (first.isEmpty()) {
            if (!damaged) {
                findings.add(TelethonFindings.noSessionRow());
            }
            return;
        }
        if (sessionRows > 1) {
            findings.add(TelethonFindings.severalSessionRows(sessionRows));
        }
        SqliteRow row = first.get(0);
        key = TelethonKey.of(row);
        findings.addAll(key.findings());
        TelethonServer judged =
                TelethonServer.of(row.number("dc_id"), row.text("server_address"), row.number("port"), fileName);
        server = Optional.of(judged);
        findings.addAll(judged.findings());
        judgeExtraColumns(row);
    }

    /**
     * Telethon 1.43 writes the last two columns in one order and reads them in the other. Nothing but a whole number in
     * {@code takeout_id} is an export; zero bytes there are what that mistake leaves.
     */
    private void judgeExtraColumns(SqliteRow row) {
        if (row.number("takeout_id").isPresent()) {
            findings.add(shape == 8 ? TelethonFindings.takeoutInEight() : TelethonFindings.takeoutBeforeUpgrade());
        }
        if (row.bytes("tmp_auth_key").filter(bytes -> bytes.length > 0).isPresent()) {
            findings.add(TelethonFindings.temporaryKey());
        }
    }

    private void readTheRest(Consumer<Peer> peers) throws IOException {
        Optional<SqliteTable> entities = database.table(TelethonSchema.ENTITIES);
        if (entities.isPresent()) {
            List<String> columns = List.of("id", "hash", "username", "phone", "name", "date");
            survive(() -> database.read(entities.get(), columns, row -> onEntity(row, peers)));
        }
        Optional<SqliteTable> states = database.table(TelethonSchema.UPDATE_STATE);
        if (states.isPresent()) {
            List<String> columns = List.of("id", "pts", "qts", "date", "seq");
            survive(() -> database.read(states.get(), columns, this::onUpdateState));
        }
    }

    /** Ids come in rising order, so row 0 comes before the row it points to. */
    private boolean onEntity(SqliteRow row, Consumer<Peer> peers) throws IOException {
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
        switch (PeerKind.of(id.get())) {
            case USER -> users++;
            case GROUP -> groups++;
            case CHANNEL -> channels++;
        }
        if (users + groups + channels > MOST_PEERS) {
            throw new MalformedSessionException(TelethonFindings.tooManyPeers());
        }
        if (selfId.equals(id)) {
            self = Optional.of(account(id.get(), hash, row));
        } else if (hash.isPresent()) {
            peers.accept(new Peer(
                    id.get(),
                    hash.get(),
                    row.text("username"),
                    phone(row),
                    row.text("name"),
                    row.number("date").flatMap(TelethonFile::instant)));
        }
        return true;
    }

    /** Telethon has one column for the whole name, and does not note bots; their user names end in "bot". */
    private static Account account(long id, Optional<Long> hash, SqliteRow row) {
        Optional<String> username = row.text("username");
        Optional<String> phone = phone(row);
        boolean bot = phone.isEmpty()
                && username.filter(name -> name.toLowerCase(Locale.ROOT).endsWith("bot"))
                        .isPresent();
        return new Account(id, bot, hash, row.text("name"), Optional.empty(), username, phone);
    }

    private static Optional<String> phone(SqliteRow row) {
        return row.text("phone").filter(digits -> !digits.isEmpty() && digits.length() <= LONGEST_PHONE);
    }

    private static Optional<Instant> instant(long seconds) {
        // A year has to be left for those who print it: up to the year 9999.
        return seconds >= 0 && seconds < 253_402_300_800L
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    /** Row 0 is the account; all others are channels. Dates may have a fraction. */
    private boolean onUpdateState(SqliteRow row) {
        if (row.number("id").filter(id -> id == 0).isEmpty()) {
            return row.number("id").filter(id -> id > 0).isEmpty();
        }
        long[] numbers = new long[4];
        String[] columns = {"pts", "qts", "date", "seq"};
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = row.number(columns[i]).orElse(0L);
            if (numbers[i] < Integer.MIN_VALUE || numbers[i] > Integer.MAX_VALUE) {
                return true;
            }
        }
        updateState =
                Optional.of(new UpdateState((int) numbers[0], (int) numbers[1], (int) numbers[2], (int) numbers[3]));
        return true;
    }

    private void judgeTables() {
        boolean cut = false;
        for (Finding finding : database.findings()) {
            cut |= finding.severity() == Severity.ERROR;
        }
        if (!cut && (damaged || !database.isSound().orElse(true))) {
            findings.add(TelethonFindings.damagedPeers());
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
            findings.add(TelethonFindings.neverLoggedIn());
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
                || users > 0
                || updateState.filter(state -> state.pts() > 0).isPresent()) {
            return Login.LIKELY;
        }
        boolean untouched = updateState.equals(Optional.of(new UpdateState(0, 0, 1, 0)));
        return untouched && groups + channels == 0 ? Login.NEVER : Login.UNCLEAR;
    }

    private Optional<Account> account() {
        return self.isPresent() ? self : selfId.map(id -> Account.of(id, false));
    }

    /** Goes on after damage: the key may be whole where the peers are not. */
    private void survive(Reading reading) throws IOException {
        try {
            reading.run();
        } catch (MalformedSessionException unreadable) {
            if (!unreadable.finding().code().equals("corrupted-page")) {
                throw unreadable;
            }
            damaged = true;
        }
    }

    private interface Reading {
        void run() throws IOException;
    }
}
