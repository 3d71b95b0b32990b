package dev.tgsession.session;

/**
 * How far an account has read the updates of one channel or supergroup.
 *
 * <p>Source: <a href="https://core.telegram.org/api/updates">api/updates</a>.
 *
 * @param markedId the channel's id with its mark, see {@link PeerKind}
 * @param date Unix seconds; 0 where it is not noted
 */
public record ChannelState(long markedId, int pts, int date) {
    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is not that of a channel
     */
    public ChannelState {
        if (PeerKind.of(markedId) != PeerKind.CHANNEL) {
            throw new IllegalArgumentException("only channels are read on their own, not " + markedId);
        }
    }
}
