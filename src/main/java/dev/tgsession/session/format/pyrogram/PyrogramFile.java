package dev.tgsession.session.format.pyrogram;

import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Layout;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.PeerTally;
import dev.tgsession.session.format.Peers;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.Severity;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
import dev.tgsession.session.format.StoredText;
import dev.tgsession.session.format.TolerantReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file of Pyrogram's or one of its kin, read by its columns and judged. */
final class PyrogramFile {
    /** More names than any account meets; a bound for hostile files. */
    private static final int MOST_NAMES = 4_000_000;

    private static final int MOST_CHANNELS = 1_000_000;

    private final SqliteDatabase database;
    private final PyrogramKin kin;
    private final TolerantReader tables;
    private final List<Finding> findings = new ArrayList<>();

    private final int shape;
    private Optional<Long> stamp = Optional.empty();
    private int sessionRows;
    private Optional<StoredServer> server = Optional.empty();
    private StoredKey key = StoredKey.none();
    private Optional<Integer> apiId = Optional.empty();
    private Optional<Account> account = Optional.empty();

    private final PeerTally tally = new PeerTally();
    private final Map<Long, List<String>> usernames = new HashMap<>();
    private int names;
    private Optional<UpdateState> updateState = Optional.empty();
    private final List<ChannelState> channelStates = new ArrayList<>();

    private PyrogramFile(SqliteDatabase database, PyrogramKin kin) {
        this.database = database;
        this.kin = kin;
        this.tables = new TolerantReader(database);
        this.shape = kin.shapeOf(database);
        findings.addAll(database.findings());
    }

    /** Whether it is a file of one of these. */
    static boolean isOne(SessionSource source, Set<PyrogramKin> kin) {
        if (!SqliteDatabase.isOne(source)) {
            return false;
        }
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            return PyrogramKin.of(database).filter(kin::contains).isPresent();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * The session in a file of one of these, without its peers, which are handed over.
     *
     * @throws MalformedSessionException if it is none, if there is no whole key, or no server to use it with
     */
    static Session session(SessionSource source, Set<PyrogramKin> kin, Peers.Visitor peers) throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            return read(database, kin, source.name(), peers).session();
        }
    }

    /** Everything but the secrets of a file of one of these. */
    static Inspection inspection(SessionSource source, Set<PyrogramKin> kin, SessionFormat format) throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(source)) {
            return read(database, kin, source.name(), peer -> {}).inspection(source, format);
        }
    }

    /** Reads all of it, and hands over each peer but the account itself. */
    private static PyrogramFile read(
            SqliteDatabase database, Set<PyrogramKin> kin, String fileName, Peers.Visitor peers) throws IOException {
        Optional<PyrogramKin> whose = PyrogramKin.of(database).filter(kin::contains);
        if (whose.isEmpty()) {
            throw new MalformedSessionException(Finding.error(
                    "foreign-sqlite",
                    "This is an SQLite file, but not the session that was looked for.",
                    "Is it the right file?"));
        }
        PyrogramFile file = new PyrogramFile(database, whose.get());
        file.readStamp();
        file.readSessions(fileName);
        file.readPeers(peers);
        file.readUpdateStates();
        return file;
    }

    /**
     * The session.
     *
     * @throws MalformedSessionException if there is no whole key, or no server to use it with
     */
    private Session session() throws MalformedSessionException {
        for (Finding finding : database.findings()) {
            if (finding.severity() == Severity.ERROR) {
                throw new MalformedSessionException(finding);
            }
        }
        if (server.isEmpty()) {
            throw new MalformedSessionException(
                    tables.isDamaged() ? CommonFindings.damaged() : CommonFindings.noSessionRow());
        }
        // The key first: a file without one has a server's number all the same.
        var authKey = key.required();
        return new Session(server.get().required(), authKey, account, List.of(), updateState, channelStates, apiId);
    }

    /** Everything but the secrets; only now the file is examined for what does not stand in the way of reading. */
    private Inspection inspection(SessionSource source, SessionFormat format) throws IOException {
        judge();
        if (source.isOpenToOthers()) {
            findings.add(CommonFindings.openToOthers());
        }
        return new Inspection(
                source.name(),
                Optional.of(format.name()),
                kin.title(),
                Optional.of(Layout.of(database, stamp, shape)),
                server.map(StoredServer::description),
                key.description(),
                login(),
                account,
                Optional.of(tally.counts()),
                updateState,
                findings);
    }

    private void readStamp() throws IOException {
        stamp = tables.single(PyrogramKin.VERSION, List.of("number")).first().flatMap(row -> row.number("number"));
        if (stamp.isEmpty()) {
            findings.add(CommonFindings.noStamp());
        }
    }

    private void readSessions(String fileName) throws IOException {
        List<String> columns =
                List.of("dc_id", "server_address", "port", "api_id", "test_mode", "auth_key", "user_id", "is_bot");
        TolerantReader.Single sessions = tables.single(PyrogramKin.SESSIONS, columns);
        sessionRows = sessions.rows();
        if (sessions.first().isEmpty()) {
            return;
        }
        SqliteRow row = sessions.first().get();
        key = StoredKey.of(row, "auth_key");
        StoredServer judged = server(row, fileName);
        server = Optional.of(judged);
        findings.addAll(key.findings());
        findings.addAll(judged.findings());
        apiId = row.number("api_id").flatMap(PyrogramNumbers::apiId);
        account = row.number("user_id")
                .filter(PyrogramNumbers::isSomebody)
                .map(id -> Account.of(id, isSet(row, "is_bot")));
    }

    /** Only since version 7 of Kurigram the address is noted; who is not logged in has no test mark yet. */
    private StoredServer server(SqliteRow row, String fileName) {
        boolean test = isSet(row, "test_mode");
        if (kin != PyrogramKin.KURIGRAM || shape < 7) {
            return StoredServer.byNumber(row.number("dc_id"), test, fileName);
        }
        Optional<Boolean> mark = row.isNull("test_mode") ? Optional.empty() : Optional.of(test);
        return StoredServer.of(row.number("dc_id"), row.text("server_address"), row.number("port"), mark, fileName);
    }

    private void readPeers(Peers.Visitor peers) throws IOException {
        if (kin == PyrogramKin.PYROGRAM && stamp.equals(Optional.of(1L))) {
            // What they mean has changed: the library itself throws them away.
            return;
        }
        switch (kin) {
            case PYROGRAM -> {}
            case PYROFORK -> readUsernames("peer_id", "id");
            case KURIGRAM -> readUsernames("id", "username");
        }
        List<String> columns = List.of("id", "access_hash", "type", "username", "phone_number", "last_update_on");
        tables.read(PyrogramKin.PEERS, columns, row -> onPeer(row, peers));
    }

    /** Versions 4 and 5 of Kurigram also have a row without a name for a peer that has none. */
    private void readUsernames(String idColumn, String nameColumn) throws IOException {
        tables.read(PyrogramKin.USERNAMES, List.of(idColumn, nameColumn), row -> {
            Optional<Long> id = row.number(idColumn);
            Optional<String> name = StoredText.readName(row, nameColumn);
            if (id.isPresent() && name.isPresent()) {
                // Nearly everybody has one, and there may be a million of them.
                usernames.merge(id.get(), List.of(name.get()), PyrogramFile::joined);
            }
            return ++names < MOST_NAMES;
        });
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private boolean onPeer(SqliteRow row, Peers.Visitor peers) throws IOException {
        Optional<Long> id = row.number("id").filter(number -> number != 0);
        if (id.isEmpty()) {
            return true;
        }
        tally.add(id.get());
        List<String> itsNames = usernames(id.get(), row);
        if (account.filter(self -> self.userId() == id.get()).isPresent()) {
            account = account.map(self -> PyrogramPeer.completed(self, row, itsNames));
        } else if (row.number("access_hash").isPresent() || PeerKind.of(id.get()) == PeerKind.GROUP) {
            peers.onPeer(PyrogramPeer.of(id.get(), row, itsNames));
        }
        return true;
    }

    /** All names of a peer. A file that Kurigram brought up from version 3 still has the outdated column of names. */
    private List<String> usernames(long id, SqliteRow row) {
        List<String> listed = usernames.getOrDefault(id, List.of());
        Optional<String> inRow = StoredText.readName(row, "username");
        if (inRow.isEmpty() || kin == PyrogramKin.KURIGRAM && !listed.isEmpty()) {
            return listed;
        }
        List<String> all = new ArrayList<>(List.of(inRow.get()));
        all.addAll(listed);
        return all;
    }

    /** Row 0 is the account, all others are channels by their marked ids. */
    private void readUpdateStates() throws IOException {
        tables.read(PyrogramKin.UPDATE_STATE, List.of("id", "pts", "qts", "date", "seq"), row -> {
            long id = row.number("id").orElse(1L);
            Optional<Integer> pts = StoredText.readInt(row, "pts");
            int date = StoredText.readInt(row, "date").orElse(0);
            if (id == 0 && pts.isPresent()) {
                int qts = StoredText.readInt(row, "qts").orElse(0);
                int seq = StoredText.readInt(row, "seq").orElse(0);
                updateState = Optional.of(new UpdateState(pts.get(), qts, date, seq));
            } else if (PeerKind.of(id) == PeerKind.CHANNEL && pts.isPresent()) {
                channelStates.add(new ChannelState(id, pts.get(), date));
            }
            return channelStates.size() < MOST_CHANNELS;
        });
    }

    private void judge() throws IOException {
        if (sessionRows == 0 && !tables.isDamaged()) {
            findings.add(CommonFindings.noSessionRow());
        }
        if (sessionRows > 1) {
            findings.add(CommonFindings.severalSessionRows(sessionRows));
        }
        boolean cut = false;
        for (Finding finding : database.findings()) {
            cut |= finding.severity() == Severity.ERROR;
        }
        if (!cut && (tables.isDamaged() || !database.isSound().orElse(true))) {
            findings.add(CommonFindings.damaged());
        }
        if (stamp.isPresent() && !kin.fits(stamp.get(), shape)) {
            findings.add(
                    PyrogramKin.isVersion(stamp.get())
                            ? CommonFindings.wrongStamp(stamp.get(), shape)
                            : CommonFindings.unknownStamp(stamp.get()));
        }
        if (kin == PyrogramKin.PYROFORK && database.table(PyrogramKin.USERNAMES).isEmpty()) {
            // Pyrofork 2.3.69 itself leaves such files: it forgets the table when it brings version 3 up to date.
            findings.add(Finding.error(
                    "missing-table",
                    "The table of user names is missing, and Pyrofork fails when it looks for one.",
                    "tgsession reads what is there."));
        }
        if (key.authKey().isPresent() && account.isEmpty()) {
            findings.add(CommonFindings.neverLoggedIn());
        }
    }

    /** The library itself goes by the user id. */
    private Login login() {
        return key.authKey().isPresent() && account.isPresent() ? Login.LIKELY : Login.NEVER;
    }

    private static boolean isSet(SqliteRow row, String column) {
        return row.number(column).orElse(0L) != 0;
    }
}
