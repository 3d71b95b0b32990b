package dev.tgsession.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody this account has met, and the hash it needs to address them again.
 *
 * @param markedId the id with its mark, see {@link PeerKind}
 * @param accessHash any 64 bits, good for this account only; 0 for basic groups
 * @param username without the at sign
 * @param phone digits only
 * @param name first and last name, or a title
 * @param seen when this was written down
 * @param type what exactly it is, where that is noted
 * @param moreUsernames further user names, which some peers have
 */
public record Peer(
        long markedId,
        long accessHash,
        Optional<String> username,
        Optional<String> phone,
        Optional<String> name,
        Optional<Instant> seen,
        Optional<PeerType> type,
        List<String> moreUsernames) {

    /** Takes a copy of the names. */
    public Peer {
        moreUsernames = List.copyOf(moreUsernames);
    }

    /** A peer of which no more is noted. */
    public Peer(
            long markedId,
            long accessHash,
            Optional<String> username,
            Optional<String> phone,
            Optional<String> name,
            Optional<Instant> seen) {
        this(markedId, accessHash, username, phone, name, seen, Optional.empty(), List.of());
    }

    /** What kind of peer it is. */
    public PeerKind kind() {
        return PeerKind.of(markedId);
    }
}
