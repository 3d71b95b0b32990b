package dev.tgsession.session;

/** What a marked id stands for. Source: <a href="https://core.telegram.org/api/bots/ids">api/bots/ids</a>. */
public enum PeerKind {
    /** A person or a bot: its id as it is. */
    USER,
    /** A basic group: its id with a minus. */
    GROUP,
    /** A channel, supergroup, gigagroup or the messages of a channel: -(1000000000000 + id). */
    CHANNEL;

    private static final long CHANNEL_MARK = -1_000_000_000_000L;

    /** What the marked id stands for; by number, never by the text "-100". */
    public static PeerKind of(long markedId) {
        if (markedId >= 0) {
            return USER;
        }
        return markedId < CHANNEL_MARK ? CHANNEL : GROUP;
    }
}
