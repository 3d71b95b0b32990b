package dev.tgsession.mtproto.message;

import dev.tgsession.crypto.FailedCheckException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Remembers what the server has said, so that nothing is heard twice and nothing comes from another time.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/security_guidelines#checking-msg-id">Checking msg_id</a>.
 */
public final class ReceivedMessages {
    private static final int REMEMBERED = 1000;
    private static final Duration OLDEST = Duration.ofSeconds(300);
    private static final Duration NEWEST = Duration.ofSeconds(30);

    private final ServerTime time;
    private final Set<Long> known = new HashSet<>();
    private final TreeSet<Long> inOrder = new TreeSet<>(Long::compareUnsigned);
    private long forgottenUpTo;

    /** Nothing heard yet. */
    public ReceivedMessages(ServerTime time) {
        this.time = time;
    }

    /** What to make of a message id. */
    public enum Verdict {
        /** Not heard before. */
        NEW,
        /** Heard before, or so old that we cannot say. */
        KNOWN,
        /** From another time: more than 300 seconds old or 30 seconds ahead. */
        OUT_OF_TIME
    }

    /**
     * Judges a message of the server and remembers it if it is new.
     *
     * @throws FailedCheckException if a server cannot have made this id
     */
    public Verdict judge(long messageId) throws FailedCheckException {
        if ((messageId & 1) == 0) {
            throw new FailedCheckException(MessageCipher.STEP, "its message id is even, which only a client's may be");
        }
        if (knows(messageId)) {
            return Verdict.KNOWN;
        }
        if (time.isKnown() && isOutOfTime(messageId)) {
            return Verdict.OUT_OF_TIME;
        }
        remember(messageId);
        return Verdict.NEW;
    }

    /** Whether it was heard before, or is so old that we cannot say. */
    public boolean knows(long messageId) {
        return known.contains(messageId) || Long.compareUnsigned(messageId, forgottenUpTo) <= 0;
    }

    private boolean isOutOfTime(long messageId) {
        Instant now = time.instant();
        Instant made = MessageIds.dateOf(messageId);
        return made.isBefore(now.minus(OLDEST)) || made.isAfter(now.plus(NEWEST));
    }

    private void remember(long messageId) {
        known.add(messageId);
        inOrder.add(messageId);
        if (inOrder.size() > REMEMBERED) {
            Long oldest = inOrder.pollFirst();
            if (oldest != null) {
                known.remove(oldest);
                forgottenUpTo = oldest;
            }
        }
    }
}
