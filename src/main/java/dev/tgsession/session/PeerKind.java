package dev.tgsession.session;

/** What a marked id stands for. Source: <a href="https://core.telegram.org/api/bots/ids">api/bots/ids</a>. */
public enum PeerKind {
    /** A person or a bot: its id as it is. */
    USER,
    /** A basic group: its id with a minus. */
    GROUP,
    /** A channel, supergroup, gigagroup or the messages of a channel: -(1000000000000 + id). */
    CHANNEL;

    /** The largest id of a channel, without mark. */
    public static final long LARGEST_CHANNEL = 2_999_999_999_999L;

    private static final long CHANNEL_MARK = -1_000_000_000_000L;

    /** The marked id of the channel whose id, without mark, is this one: from 1 to {@link #LARGEST_CHANNEL}. */
    public static long markedChannel(long bareId) {
        return CHANNEL_MARK - bareId;
    }

    /** The id of a channel without its mark. */
    public static long bareChannel(long markedId) {
        return CHANNEL_MARK - markedId;
    }

    /** What the marked id stands for; by number, never by the text "-100". */
    public static PeerKind of(long markedId) {
        if (markedId >= 0) {
            return USER;
        }
        return markedId < CHANNEL_MARK ? CHANNEL : GROUP;
    }
}
