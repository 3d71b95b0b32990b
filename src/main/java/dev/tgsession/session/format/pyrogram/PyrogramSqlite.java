package dev.tgsession.session.format.pyrogram;

import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Peers;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SqliteBuilder;
import dev.tgsession.session.format.StoredText;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file a Pyrogram 2 or Hydrogram client opens: {@code NAME.session}, an SQLite database.
 *
 * <p>Written in version 3. Read in versions 1 to 3, by the columns that are there, as Pyrofork writes it, and as the
 * JSON file it was before 0.15.
 *
 * <p>Its tables keep no names but user names, and only the first of those. The library finds the server by number and
 * test mark, so a session of a practice server loses its server; it can still be used by who tells the library where
 * that is.
 */
public final class PyrogramSqlite implements SessionFormat {
    private static final Set<PyrogramKin> KIN = EnumSet.of(PyrogramKin.PYROGRAM, PyrogramKin.PYROFORK);

    private final InstantSource clock;

    /**
     * The format.
     *
     * @param clock dates the session and the row about the account, to the second
     */
    public PyrogramSqlite(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "pyrogram";
    }

    @Override
    public String title() {
        return PyrogramKin.PYROGRAM.title();
    }

    @Override
    public Form form() {
        return Form.FILE;
    }

    @Override
    public Set<SessionPart> holds() {
        return EnumSet.of(
                SessionPart.ENVIRONMENT,
                SessionPart.USER_ID,
                SessionPart.ACCOUNT_DETAILS,
                SessionPart.BOT,
                SessionPart.PEERS,
                SessionPart.API_ID);
    }

    @Override
    public Set<SessionPart> requires() {
        return EnumSet.of(SessionPart.USER_ID, SessionPart.BOT);
    }

    @Override
    public Set<SessionPart> welcomes() {
        return EnumSet.of(SessionPart.API_ID);
    }

    @Override
    public Set<SessionPart> loses(Session session) {
        return PyrogramNumbers.withDetails(session, SessionFormat.super.loses(session));
    }

    @Override
    public boolean recognises(SessionSource source) {
        return PyrogramJson.isOne(source) || PyrogramFile.isOne(source, KIN);
    }

    @Override
    public Session read(SessionSource source) throws IOException {
        List<Peer> peers = new ArrayList<>();
        return read(source, peers::add).withPeers(peers);
    }

    @Override
    public Session read(SessionSource source, Peers.Visitor peers) throws IOException {
        if (!PyrogramJson.isOne(source)) {
            return PyrogramFile.session(source, KIN, peers);
        }
        Session session = PyrogramJson.of(source).session();
        Peers.of(session.peers()).forEach(peers);
        return session.withPeers(List.of());
    }

    @Override
    public Inspection inspect(SessionSource source) {
        return Inspection.attempt(
                source,
                "not a Pyrogram session",
                () -> PyrogramJson.isOne(source)
                        ? PyrogramJson.of(source).inspection(source, this)
                        : PyrogramFile.inspection(source, KIN, this));
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
        Account account = session.account().orElseThrow(PyrogramNumbers::noUserId);
        Instant now = clock.instant();
        PyrogramSchema.ofPyrogram().forEach(builder::execute);
        builder.insert(PyrogramKin.VERSION, PyrogramSchema.PYROGRAM_VERSION);
        builder.insert(
                PyrogramKin.SESSIONS,
                PyrogramNumbers.dataCenter(session.dataCenter().id()),
                session.apiId().orElse(null),
                session.dataCenter().environment() == Environment.TEST ? 1 : 0,
                session.authKey().secret().toArray(),
                now.getEpochSecond(),
                account.userId(),
                account.bot() ? 1 : 0);
        try (SqliteBuilder.Rows rows = builder.rows(PyrogramKin.PEERS, 6)) {
            PyrogramPeer.all(peers, account, now).forEach(peer -> rows.add(row(peer)));
        }
    }

    private static @Nullable Object[] row(Peer peer) {
        return new @Nullable Object[] {
            peer.markedId(),
            peer.accessHash(),
            PyrogramPeer.word(peer),
            StoredText.username(peer.username()).orElse(null),
            StoredText.phone(peer.phone()).orElse(null),
            PyrogramPeer.date(peer)
        };
    }
}
