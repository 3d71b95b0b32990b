package dev.tgsession.session.format;

import dev.tgsession.session.PeerKind;
import dev.tgsession.session.format.Inspection.PeerCounts;

/** Counts peers while they are read, up to a bound for hostile files. */
public final class PeerTally {
    /** More than any account meets. */
    private static final int MOST_PEERS = 2_000_000;

    private long users;
    private long groups;
    private long channels;

    /**
     * One more.
     *
     * @throws MalformedSessionException if there are more than any account has
     */
    public void add(long markedId) throws MalformedSessionException {
        switch (PeerKind.of(markedId)) {
            case USER -> users++;
            case GROUP -> groups++;
            case CHANNEL -> channels++;
        }
        if (users + groups + channels > MOST_PEERS) {
            throw new MalformedSessionException(CommonFindings.tooManyPeers());
        }
    }

    /** What was counted so far. */
    public PeerCounts counts() {
        return new PeerCounts(users, groups, channels);
    }
}
