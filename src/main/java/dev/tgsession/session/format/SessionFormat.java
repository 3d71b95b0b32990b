package dev.tgsession.session.format;

import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One way in which a library writes a session down. An implementation holds no state. */
public interface SessionFormat {
    /** What a person types to choose it: lower case, such as {@code telethon-string}. */
    String name();

    /** What it is called in a sentence, such as "Telethon session file". */
    String title();

    /** Whether it is kept in a file or passed around as a line of text. */
    Form form();

    /** Whether it is written here too, or only read: nobody needs more files of a kind that has died out. */
    default boolean isWritten() {
        return true;
    }

    /** Whether this is what it looks like. Says no, rather than throw, to anything that cannot be read. */
    boolean recognises(SessionSource source);

    /**
     * Takes the session out. The source stays as it is, to the byte.
     *
     * @throws MalformedSessionException if this is another thing, is damaged, or holds no login
     * @throws IOException if it cannot be read
     */
    Session read(SessionSource source) throws IOException;

    /**
     * Takes the session out without its peers, which are handed over one by one. If this throws, those handed over so
     * far count for nothing.
     *
     * @throws IOException as above, or if the visitor throws it
     */
    default Session read(SessionSource source, Peers.Visitor peers) throws IOException {
        Session session = read(source);
        Peers.of(session.peers()).forEach(peers);
        return session.withPeers(List.of());
    }

    /**
     * What is in the source that no session holds, and no other form could take over: further logins, an unfinished data
     * export. Nothing, if it cannot be read.
     */
    default List<Finding> staysBehind(SessionSource source) {
        return List.of();
    }

    /**
     * Hands over those peers that may be meant, and as few others as can be, without holding them all.
     *
     * @throws IOException as above, or if the visitor throws it
     */
    default void find(SessionSource source, EntityCache.Search search, Peers.Visitor found) throws IOException {
        read(source, peer -> {
            if (search.mayBe(peer)) {
                found.onPeer(peer);
            }
        });
    }

    /**
     * Writes the session down. What the format cannot hold is left out, see {@link #loses}.
     *
     * @throws UnwritableSessionException if something the format cannot do without does not fit
     */
    SessionContent write(Session session) throws UnwritableSessionException;

    /**
     * Writes the session down, with these peers in place of its own, without holding them all.
     *
     * @param file is there and empty, and nobody else's
     * @throws UnwritableSessionException as above
     * @throws IOException if the peers cannot be read or the file not be written
     */
    default void write(Session session, Peers peers, Path file) throws IOException {
        List<Peer> all = new ArrayList<>();
        if (holds().contains(SessionPart.PEERS)) {
            peers.forEach(all::add);
        }
        Files.write(file, write(session.withPeers(all)).toFileBytes());
    }

    /**
     * Loads what {@link #write} needs, so that a failure shows before a person has gone through a login. May take a
     * fifth of a second the first time; any thread will do, say one that has nothing to do while a person types.
     *
     * @throws UnwritableSessionException if nothing can be written here
     */
    default void makeReady() throws UnwritableSessionException {}

    /** Looks closely and tells everything but the secrets. Whatever is wrong is a finding; nothing is thrown. */
    Inspection inspect(SessionSource source);

    /** What this format has a place for, of all a session may hold. */
    Set<SessionPart> holds();

    /**
     * What it cannot be written without, besides server and key: some of {@link SessionPart#USER_ID} and
     * {@link SessionPart#BOT}, or nothing.
     */
    default Set<SessionPart> requires() {
        return Set.of();
    }

    /** What it has a place for that the library asks its user for if it is empty: {@link SessionPart#API_ID}. */
    default Set<SessionPart> welcomes() {
        return Set.of();
    }

    /** What of this session would be missing after writing it, and cannot be told by what is there. */
    default Set<SessionPart> loses(Session session) {
        Set<SessionPart> lost = EnumSet.noneOf(SessionPart.class);
        for (SessionPart part : SessionPart.values()) {
            if (part.isIn(session) && !holds().contains(part)) {
                lost.add(part);
            }
        }
        DataCenter server = session.dataCenter();
        boolean address = holds().contains(SessionPart.ADDRESS);
        if (DataCenters.isBuiltIn(server.environment(), server.id())) {
            // The number tells the address.
            lost.remove(SessionPart.ADDRESS);
        }
        if (address && DataCenters.environmentOf(server.host()).equals(Optional.of(server.environment()))) {
            // The address tells whose servers they are.
            lost.remove(SessionPart.ENVIRONMENT);
        }
        if (!address && server.environment() == Environment.PRACTICE) {
            // Without its address a server of one's own is taken for Telegram's.
            lost.add(SessionPart.ENVIRONMENT);
        }
        return lost;
    }

    /** How a written session travels. */
    enum Form {
        FILE,
        TEXT
    }
}
