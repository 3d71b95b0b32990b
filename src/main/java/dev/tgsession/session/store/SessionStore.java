package dev.tgsession.session.store;

import dev.tgsession.session.Session;
import java.io.IOException;
import java.util.Optional;

/**
 * A home for one session. Whoever wants another home than ours writes a class with {@link #load} and {@link #save}; all
 * other methods have an answer already.
 *
 * <pre>
 *   try (SessionStore store = SessionStores.open("anon")) {
 *       Optional&lt;Session&gt; session = store.load();
 *       ...
 *       store.save(session);
 *   }
 * </pre>
 *
 * <p>A session is saved whole or not at all: whoever looks meanwhile sees the old one or the new one, and so does whoever
 * comes after a failure. What a store has no place for is not there when it is loaded again; each store says what that is.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * The session that is kept here; empty if there is none yet.
     *
     * @throws dev.tgsession.session.format.MalformedSessionException if what is there is no session
     * @throws IOException if it cannot be reached; a {@link StoreException} says so in a sentence
     */
    Optional<Session> load() throws IOException;

    /**
     * Keeps a session in place of the one that was here.
     *
     * @throws IOException if it cannot be kept; what was here before is then still here
     */
    void save(Session session) throws IOException;

    /**
     * Removes the session; the store stays open for another one.
     *
     * @return whether there was one
     * @throws StoreException if the store cannot do that
     */
    default boolean delete() throws IOException {
        throw new StoreException(
                "this store only keeps sessions and cannot remove them", "Remove the session where it is kept.");
    }

    /**
     * Checks, as far as that is possible without saving, that {@link #save} will work: worth asking before a person is
     * asked for a code.
     *
     * @throws IOException if it will not
     */
    default void checkRoom() throws IOException {}

    /**
     * The same store, keeping the peers of a session or leaving them out. Those of a session that is here already are
     * gone with the next {@link #save}.
     *
     * @param keep no for a store in which no peers are written down
     */
    default SessionStore saveEntities(boolean keep) {
        return keep ? this : new WithoutEntities(this);
    }

    /** Gives back what the store holds open; most hold nothing. */
    @Override
    default void close() throws IOException {}
}
