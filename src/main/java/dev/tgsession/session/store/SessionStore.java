package dev.tgsession.session.store;

import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import java.io.IOException;

/**
 * A home for sessions, each under a name. Whoever wants another home than files implements this.
 *
 * <p>A session is saved whole or not at all: whoever looks meanwhile sees the old one or the new one.
 */
public interface SessionStore {
    /** Whether there is something under that name. */
    boolean holds(String name) throws IOException;

    /**
     * The session of that name.
     *
     * @throws NoSuchSessionException if there is none
     * @throws dev.tgsession.session.format.MalformedSessionException if what is there holds no login
     */
    Session load(String name) throws IOException;

    /**
     * Checks, as far as that is possible without saving, that {@link #save} will work: worth asking before a person
     * is asked for a code.
     *
     * @throws StoreException if it will not
     */
    void checkRoom(String name, Environment environment, IfPresent ifPresent) throws IOException;

    /**
     * Keeps a session.
     *
     * @throws SessionExistsException if there is one of that name, and it is not to be replaced
     * @throws StoreException if it cannot be kept; what was there before is then still there
     */
    Saved save(String name, Session session, IfPresent ifPresent) throws IOException;

    /**
     * Removes a session.
     *
     * @return whether there was one
     */
    boolean delete(String name) throws IOException;
}
