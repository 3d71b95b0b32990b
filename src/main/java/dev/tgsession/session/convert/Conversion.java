package dev.tgsession.session.convert;

import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.UnwritableSessionException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One session on its way into another format: what it would leave behind, and what is asked for there.
 *
 * <pre>
 *   Conversion conversion = Conversion.of(formats.read(source), target);
 *   conversion.losses()                      tell them
 *   conversion.needs()                       ask for them
 *   conversion.ofUser(7, false).write()
 * </pre>
 */
public final class Conversion {
    private final Session session;
    private final SessionFormat target;

    private Conversion(Session session, SessionFormat target) {
        this.session = session;
        this.target = target;
    }

    /** That session into that format. */
    public static Conversion of(Session session, SessionFormat target) {
        return new Conversion(session, target);
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
     */
    public Conversion ofUser(long userId, boolean bot) {
        Account account = session.account().orElseGet(() -> Account.of(userId, bot));
        if (account.userId() != userId) {
            throw new IllegalArgumentException("the session itself says that it is another user's");
        }
        List<Peer> others = new ArrayList<>(session.peers().size());
        for (Peer peer : session.peers()) {
            if (peer.markedId() != userId) {
                others.add(peer);
            } else if (session.account().isEmpty()) {
                account = asAccount(peer);
            }
        }
        return new Conversion(session.withPeers(others).withAccount(withBot(account, bot)), target);
    }

    /** The same for a session made by this application. */
    public Conversion ofApplication(int apiId) {
        return new Conversion(session.withApiId(apiId), target);
    }

    /** The session as the format will get it: with an address where a name would be of no use. */
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
     * Writes it down.
     *
     * @throws UnwritableSessionException if a need is not met, or something the format cannot do without does not fit
     */
    public SessionContent write() throws UnwritableSessionException {
        return target.write(session());
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
