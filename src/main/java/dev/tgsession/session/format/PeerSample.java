package dev.tgsession.session.format;

import dev.tgsession.session.Peer;
import java.util.ArrayList;
import java.util.List;

/**
 * A few peers out of many that show all there is to lose: one, one with a name, one with further user names. To ask a
 * format what it has no place for, they stand for the rest.
 */
public final class PeerSample implements Peers.Visitor {
    private final List<Peer> kept = new ArrayList<>();
    private boolean named;
    private boolean severalUsernames;

    /** Keeps this one if it shows something new. */
    @Override
    public void onPeer(Peer peer) {
        boolean newName = !named && peer.name().isPresent();
        boolean newUsernames = !severalUsernames && !peer.moreUsernames().isEmpty();
        if (kept.isEmpty() || newName || newUsernames) {
            kept.add(peer);
        }
        named |= peer.name().isPresent();
        severalUsernames |= !peer.moreUsernames().isEmpty();
    }

    /** At most three. */
    public List<Peer> peers() {
        return List.copyOf(kept);
    }
}
