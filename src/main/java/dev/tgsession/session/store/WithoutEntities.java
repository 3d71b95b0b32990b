package dev.tgsession.session.store;

import dev.tgsession.session.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A store that keeps sessions without the peers they met. */
final class WithoutEntities implements SessionStore {
    private final SessionStore store;

    WithoutEntities(SessionStore store) {
        this.store = store;
    }

    @Override
    public Optional<Session> load() throws IOException {
        return store.load();
    }

    @Override
    public void save(Session session) throws IOException {
        store.save(session.withPeers(List.of()));
    }

    @Override
    public boolean delete() throws IOException {
        return store.delete();
    }

    @Override
    public void checkRoom() throws IOException {
        store.checkRoom();
    }

    @Override
    public SessionStore saveEntities(boolean keep) {
        return keep ? store : this;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }

    @Override
    public String toString() {
        return store + " without entities";
    }
}
