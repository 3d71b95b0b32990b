package dev.tgsession.mtproto.message;

/**
 * Counts the messages of one session: 2n+1 for content, which the other side acknowledges, and 2n for the rest, where n
 * is the number of content messages before.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/description#message-sequence-number-msg-seqno">Message Sequence
 * Number</a>.
 */
public final class SequenceNumbers {
    private int contents;

    /** The number of the next message that wants to be acknowledged. */
    public synchronized int nextContent() {
        return 2 * contents++ + 1;
    }

    /** The number of a message that does not: an acknowledgement, a container, a ping. */
    public synchronized int nextService() {
        return 2 * contents;
    }

    /** Whether a message with this number has to be acknowledged. */
    public static boolean isContent(int sequenceNumber) {
        return (sequenceNumber & 1) == 1;
    }
}
