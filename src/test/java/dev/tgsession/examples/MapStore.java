package dev.tgsession.examples;

import dev.tgsession.session.Session;
import dev.tgsession.session.store.SessionStore;
import java.util.Map;
import java.util.Optional;

public final class MapStore implements SessionStore {
    private final Map<String, Session> sessions;
    private final String name;

    public MapStore(Map<String, Session> sessions, String name) {
        this.sessions = sessions;
        this.name = name;
    }

    @Override
    public Optional<Session> load() {
        return Optional.ofNullable(sessions.get(name));
    }

    @Override
    public void save(Session session) {
        sessions.put(name, session);
    }
}
