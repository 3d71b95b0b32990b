package dev.tgsession.session.convert;

import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.PeerSample;
import dev.tgsession.session.format.Peers;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One session on its way into another format: what it would leave behind, and what is asked for there.
 *
 * <pre>
 *   Conversion conversion = Conversion.of(format, source, target);
 *   conversion.losses()                      tell them
 *   conversion.needs()                       ask for them
 *   conversion.ofUser(7, false).writeTo(file)
 * </pre>
 *
 * <p>Peers go from the source to the target one by one: a million of them take no more memory than a thousand.
 */
public final class Conversion {
    private static final int FEW = 100;

    /** With a sample of its peers only. */
    private final Session session;

    private final Peers peers;
    private final SessionFormat target;

    private Conversion(Session session, Peers peers, SessionFormat target) {
        this.session = session;
        this.peers = peers;
        this.target = target;
    }

    /** That session into that format. */
    public static Conversion of(Session session, SessionFormat target) {
        PeerSample sample = new PeerSample();
        session.peers().forEach(sample::onPeer);
        return new Conversion(session.withPeers(sample.peers()), Peers.of(session.peers()), target);
    }

    /**
     * The session in a source of that format into another format. The source is read now, and its peers, if they are many,
     * once more when they are written.
     *
     * @throws IOException as {@link SessionFormat#read(SessionSource)}
     */
    public static Conversion of(SessionFormat format, SessionSource source, SessionFormat target) throws IOException {
        PeerSample sample = new PeerSample();
        List<Peer> few = new ArrayList<>();
        long[] count = new long[1];
        Session session = format.read(source, peer -> {
            sample.onPeer(peer);
            if (++count[0] <= FEW) {
                few.add(peer);
            }
        });
        // So few are kept: most sessions have no more, and need not be gone through twice.
        Peers peers = count[0] <= FEW ? Peers.of(few) : visitor -> format.read(source, visitor);
        return new Conversion(session.withPeers(sample.peers()), peers, target);
    }

    /** What the format asks for and the session does not know. */
    public Needs needs() {
        return new Needs(unknown(target.requires()), unknown(target.welcomes()));
    }

    /** What will be missing, and cannot be told by what is there. */
    public Set<SessionPart> losses() {
        return target.loses(session);
    }

    /**
     * The same for a session whose owner is now known. If the owner was met among the peers, what is known of them is
     * known of the account.
     *
     * @param bot counts more than what the session says: some formats can only guess
     * @throws IllegalArgumentException if the session says that it is somebody else's, or the user id is not above 0
     * @throws IOException if the peers cannot be read
     */
    public Conversion ofUser(long userId, boolean bot) throws IOException {
        Account account = session.account().orElseGet(() -> Account.of(userId, bot));
        if (account.userId() != userId) {
            throw new IllegalArgumentException("the session itself says that it is another user's");
        }
        PeerSample others = new PeerSample();
        PeerSample owner = new PeerSample();
        peers.forEach(peer -> (peer.markedId() == userId ? owner : others).onPeer(peer));
        if (session.account().isEmpty() && !owner.peers().isEmpty()) {
            account = asAccount(owner.peers().get(0));
        }
        return new Conversion(
                session.withPeers(others.peers()).withAccount(withBot(account, bot)), peers.without(userId), target);
    }

    /** The same for a session made by this application. */
    public Conversion ofApplication(int apiId) {
        return new Conversion(session.withApiId(apiId), peers, target);
    }

    /**
     * The session as the format will get it: with an address where a name would be of no use. Of its peers there are a
     * few that stand for all.
     */
    public Session session() {
        DataCenter server = session.dataCenter();
        boolean name = SessionPart.HOST_NAME.isIn(session);
        if (!name
                || target.holds().contains(SessionPart.HOST_NAME)
                || !DataCenters.isBuiltIn(server.environment(), server.id())) {
            return session;
        }
        // Telegram's names are doors for web sockets, which only GramJS goes through.
        return session.at(DataCenters.builtIn(server.environment(), server.id(), false));
    }

    /**
     * Writes it down in memory.
     *
     * @throws UnwritableSessionException if a need is not met, or something the format cannot do without does not fit
     * @throws IOException if the peers cannot be read
     */
    public SessionContent write() throws IOException {
        List<Peer> all = new ArrayList<>();
        if (target.holds().contains(SessionPart.PEERS)) {
            peers.forEach(all::add);
        }
        return target.write(session().withPeers(all));
    }

    /**
     * Writes it down in a file.
     *
     * @param file is there and empty, and nobody else's
     * @throws UnwritableSessionException as above
     * @throws IOException if the peers cannot be read, or the file not be written
     */
    public void writeTo(Path file) throws IOException {
        target.write(session(), peers, file);
    }

    private Set<SessionPart> unknown(Set<SessionPart> wanted) {
        Set<SessionPart> missing = EnumSet.noneOf(SessionPart.class);
        for (SessionPart part : wanted) {
            boolean known = part == SessionPart.API_ID
                    ? session.apiId().isPresent()
                    : session.account().isPresent();
            if (!known) {
                missing.add(part);
            }
        }
        return missing;
    }

    private static Account asAccount(Peer peer) {
        return new Account(
                peer.markedId(),
                false,
                Optional.of(peer.accessHash()),
                peer.name(),
                Optional.empty(),
                peer.username(),
                peer.phone());
    }

    private static Account withBot(Account account, boolean bot) {
        return new Account(
                account.userId(),
                bot,
                account.accessHash(),
                account.firstName(),
                account.lastName(),
                account.username(),
                account.phone());
    }
}
