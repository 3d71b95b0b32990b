package dev.tgsession.session.format.pyrogram;

import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file a Kurigram client opens: {@code NAME.session}, an SQLite database grown out of Pyrogram's.
 *
 * <p>Written in version 7, for Kurigram 2.2 and later. Read in versions 4 to 7, by the columns that are there.
 * Pyrogram itself opens such a file and then fails at the first peer, so it needs a file of its own.
 */
public final class KurigramSqlite implements SessionFormat {
    private static final Set<PyrogramKin> KIN = EnumSet.of(PyrogramKin.KURIGRAM);

    private final InstantSource clock;

    /**
     * The format.
     *
     * @param clock dates the session and the row about the account, to the second
     */
    public KurigramSqlite(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "kurigram";
    }

    @Override
    public String title() {
        return PyrogramKin.KURIGRAM.title();
    }

    @Override
    public Form form() {
        return Form.FILE;
    }

    @Override
    public Set<SessionPart> holds() {
        return EnumSet.of(
                SessionPart.ADDRESS,
                // By the test mark, the address and the name of the file.
                SessionPart.ENVIRONMENT,
                SessionPart.USER_ID,
                SessionPart.ACCOUNT_DETAILS,
                SessionPart.BOT,
                SessionPart.PEERS,
                SessionPart.MORE_USERNAMES,
                SessionPart.UPDATE_STATE,
                SessionPart.CHANNEL_STATES,
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
        return PyrogramFile.isOne(source, KIN);
    }

    @Override
    public Session read(SessionSource source) throws IOException {
        List<Peer> peers = new ArrayList<>();
        return read(source, peers::add).withPeers(peers);
    }

    @Override
    public Session read(SessionSource source, Peers.Visitor peers) throws IOException {
        return PyrogramFile.session(source, KIN, peers);
    }

    @Override
    public Inspection inspect(SessionSource source) {
        return Inspection.attempt(source, "not a Kurigram session", () -> PyrogramFile.inspection(source, KIN, this));
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
        Instant now = clock.instant();
        Account account = session.account().orElseThrow(PyrogramNumbers::noUserId);
        DataCenter dataCenter = session.dataCenter();
        PyrogramSchema.ofKurigram().forEach(builder::execute);
        builder.insert(PyrogramKin.VERSION, PyrogramSchema.KURIGRAM_VERSION);
        builder.insert(
                PyrogramKin.SESSIONS,
                dataCenter.id(),
                dataCenter.host(),
                dataCenter.port(),
                session.apiId().orElse(null),
                dataCenter.environment() == Environment.TEST ? 1 : 0,
                session.authKey().secret().toArray(),
                now.getEpochSecond(),
                account.userId(),
                account.bot() ? 1 : 0);
        try (SqliteBuilder.Rows rows = builder.rows(PyrogramKin.PEERS, 5);
                SqliteBuilder.Rows names = builder.rows(PyrogramKin.USERNAMES, 2)) {
            PyrogramPeer.all(peers, account, now).forEach(peer -> {
                rows.add(row(peer));
                usernames(peer).forEach(names::add);
            });
        }
        builder.insertAll(
                PyrogramKin.UPDATE_STATE,
                5,
                session.updateState().stream().map(KurigramSqlite::row).iterator());
        builder.insertAll(
                PyrogramKin.UPDATE_STATE,
                5,
                session.channelStates().stream().map(KurigramSqlite::row).iterator());
    }

    private static @Nullable Object[] row(Peer peer) {
        return new @Nullable Object[] {
            peer.markedId(),
            peer.accessHash(),
            PyrogramPeer.word(peer),
            StoredText.phone(peer.phone()).orElse(null),
            PyrogramPeer.date(peer)
        };
    }

    /** A row for each name of a peer, the first one first. */
    private static Stream<@Nullable Object[]> usernames(Peer peer) {
        return Stream.concat(peer.username().stream(), peer.moreUsernames().stream())
                .flatMap(name -> StoredText.username(Optional.of(name)).stream())
                .map(name -> new @Nullable Object[] {peer.markedId(), name});
    }

    /** Row 0 is the account. */
    private static @Nullable Object[] row(UpdateState state) {
        return new @Nullable Object[] {0L, state.pts(), state.qts(), state.date(), state.seq()};
    }

    /** A channel has its marked id, and neither qts nor seq. */
    private static @Nullable Object[] row(ChannelState state) {
        return new @Nullable Object[] {
            state.markedId(), state.pts(), null, state.date() == 0 ? null : state.date(), null
        };
    }
}
