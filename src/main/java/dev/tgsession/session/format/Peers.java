package dev.tgsession.session.format;

import dev.tgsession.session.Peer;
import java.io.IOException;
import java.util.List;

/**
 * Peers to go through one by one, as often as need be. There may be a million of them in a file, so nobody holds them
 * all.
 */
@FunctionalInterface
public interface Peers {
    /**
     * Hands over each.
     *
     * @throws IOException if they cannot be read to the end, or the visitor throws it
     */
    void forEach(Visitor visitor) throws IOException;

    /** Those of a list. */
    static Peers of(List<Peer> all) {
        return visitor -> {
            for (Peer peer : all) {
                visitor.onPeer(peer);
            }
        };
    }

    /** The same but for the one with that marked id. */
    default Peers without(long markedId) {
        return visitor -> forEach(peer -> {
            if (peer.markedId() != markedId) {
                visitor.onPeer(peer);
            }
        });
    }

    /**
     * The same, and this one in place of who has its id: before the first with a higher one, so that peers in the order of
     * their ids stay in order.
     */
    default Peers with(Peer one) {
        return visitor -> {
            boolean[] given = new boolean[1];
            forEach(peer -> {
                if (!given[0] && peer.markedId() >= one.markedId()) {
                    given[0] = true;
                    visitor.onPeer(one);
                }
                if (peer.markedId() != one.markedId()) {
                    visitor.onPeer(peer);
                }
            });
            if (!given[0]) {
                visitor.onPeer(one);
            }
        };
    }

    /** Takes one after the other. */
    @FunctionalInterface
    interface Visitor {
        /** The next one. */
        void onPeer(Peer peer) throws IOException;
    }
}
