package dev.tgsession.mtproto.message;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Numbers the messages of one side: rising, dated, and with the remainder by four that says who speaks.
 *
 * <pre>
 *   63            32 31            2 1  0
 *   +---------------+---------------+----+
 *   |  unix seconds |  fraction     | who|   0 client, 1 server answers, 3 server speaks first
 *   +---------------+---------------+----+
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/description#message-identifier-msg-id">Message Identifier</a>.
 */
public final class MessageIds {
    private static final long FRACTION = 0xffff_ffffL;

    private final InstantSource time;
    private long last;

    /** Ids dated by the given clock, which should be the server's time as far as it is known. */
    public MessageIds(InstantSource time) {
        this.time = time;
    }

    /** The next id of a client: divisible by four. */
    public long next() {
        return next(0);
    }

    /** The next id of a server's answer. */
    public long nextAnswer() {
        return next(1);
    }

    /** The next id of something a server says unasked. */
    public long nextUnasked() {
        return next(3);
    }

    private synchronized long next(int who) {
        long fresh = of(time.instant());
        long previous = last & ~3L;
        long id = Long.compareUnsigned(fresh, previous) > 0 ? fresh : previous + 4;
        if ((id & FRACTION) == 0) {
            id += 4; // an id without a fraction counts as made up
        }
        last = id;
        return id | who;
    }

    /** The id of a client's message sent at exactly this moment. */
    public static long of(Instant moment) {
        long fraction = ((long) moment.getNano() << 32) / 1_000_000_000L;
        return (moment.getEpochSecond() << 32) | (fraction & ~3L);
    }

    /** When the message with this id was made, to the second. */
    public static Instant dateOf(long messageId) {
        return Instant.ofEpochSecond(messageId >>> 32);
    }
}
