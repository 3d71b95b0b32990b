package dev.tgsession.session.store;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Another program uses this session. Both at once would end it: Telegram takes back a key that shows up in two places,
 * with {@code AUTH_KEY_DUPLICATED}.
 */
public final class SessionInUseException extends StoreException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_OWNER = 100;

    private final String owner;
    private final Instant since;
    private final Duration left;

    /**
     * That session is in use.
     *
     * @param now by the clock of the database, as are the other times
     * @param expires when it is free again, should its owner be gone
     */
    SessionInUseException(String session, String owner, Instant since, Instant now, Instant expires) {
        super(
                "the session " + Foreign.words(session, LONGEST_OWNER) + " is in use by "
                        + Foreign.words(owner, LONGEST_OWNER) + " since " + time(since, now) + " UTC",
                "Stop that program first. If it is gone already, the session is free in "
                        + Math.max(1, Duration.between(now, expires).toSeconds()) + " seconds.");
        this.owner = Foreign.words(owner, LONGEST_OWNER);
        this.since = since;
        this.left = Duration.between(now, expires);
    }

    /** Who has it, such as {@code web.1}; nothing in it steers a terminal. */
    public String owner() {
        return owner;
    }

    /** Since when, by the clock of the database. */
    public Instant since() {
        return since;
    }

    /** How long the session stays theirs if nothing more is heard of them. */
    public Duration left() {
        return left;
    }

    /** The time of day, and the date if it was another one. */
    private static String time(Instant since, Instant now) {
        ZonedDateTime time = since.atZone(ZoneOffset.UTC);
        String text = time.toLocalTime().toString().substring(0, 5);
        return time.toLocalDate().equals(now.atZone(ZoneOffset.UTC).toLocalDate())
                ? text
                : time.toLocalDate() + " " + text;
    }
}
