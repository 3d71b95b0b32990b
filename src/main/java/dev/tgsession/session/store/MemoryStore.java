package dev.tgsession.session.store;

import dev.tgsession.session.Session;
import java.util.Optional;

/** A session that lasts as long as the program: nothing is written anywhere. Any thread may use it. */
final class MemoryStore implements SessionStore {
    private Optional<Session> kept = Optional.empty();

    @Override
    public synchronized Optional<Session> load() {
        return kept;
    }

    @Override
    public synchronized void save(Session session) {
        kept = Optional.of(session);
    }

    @Override
    public synchronized boolean delete() {
        boolean wasThere = kept.isPresent();
        kept = Optional.empty();
        return wasThere;
    }

    @Override
    public String toString() {
        return "memory";
    }
}
