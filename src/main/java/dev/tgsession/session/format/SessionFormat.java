package dev.tgsession.session.format;

import dev.tgsession.session.Session;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** One way in which a library writes a session down. An implementation holds no state. */
public interface SessionFormat {
    /** What a person types to choose it: lower case, such as {@code telethon-string}. */
    String name();

    /** What it is called in a sentence, such as "Telethon session file". */
    String title();

    /** Whether it is kept in a file or passed around as a line of text. */
    Form form();

    /** Whether this is what it looks like. Says no, rather than throw, to anything that cannot be read. */
    boolean recognises(SessionSource source);

    /**
     * Takes the session out. The source stays as it is, to the byte.
     *
     * @throws MalformedSessionException if this is another thing, is damaged, or holds no login
     * @throws IOException if it cannot be read
     */
    Session read(SessionSource source) throws IOException;

    /**
     * Writes the session down. What the format cannot hold is left out, see {@link #loses}.
     *
     * @throws UnwritableSessionException if something the format cannot do without does not fit
     */
    SessionContent write(Session session) throws UnwritableSessionException;

    /**
     * Loads what {@link #write} needs, so that a failure shows before a person has gone through a login. May take a
     * fifth of a second the first time; any thread will do, say one that has nothing to do while a person types.
     *
     * @throws UnwritableSessionException if nothing can be written here
     */
    default void makeReady() throws UnwritableSessionException {}

    /** Looks closely and tells everything but the secrets. Whatever is wrong is a finding; nothing is thrown. */
    Inspection inspect(SessionSource source);

    /** What this format has a place for, of all a session may hold. */
    Set<SessionPart> holds();

    /** What of this session would be missing after writing it. */
    default Set<SessionPart> loses(Session session) {
        Set<SessionPart> lost = EnumSet.noneOf(SessionPart.class);
        for (SessionPart part : SessionPart.values()) {
            if (part.isIn(session) && !holds().contains(part)) {
                lost.add(part);
            }
        }
        return lost;
    }

    /** How a written session travels. */
    enum Form {
        FILE,
        TEXT
    }
}
