package dev.tgsession.practice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All sessions, each named by its key and its own id. They end ten minutes after they were last heard of. */
final class PracticeSessions {
    /** Clients that lose their connection come back with the same session. */
    static final Duration OUTLIVES = Duration.ofMinutes(10);

    private static final int MOST = 5_000;

    private final InstantSource clock;
    private final Map<Name, PracticeSession> sessions = new HashMap<>();

    private record Name(long keyId, long sessionId) {}

    /** What a message belongs to, and whether it was the first to say so. */
    record Found(PracticeSession session, boolean isNew) {}

    PracticeSessions(InstantSource clock) {
        this.clock = clock;
    }

    /** One and the same for messages that come at once, on a line that was cut and on the one after it. */
    synchronized Found findOrCreate(KnownKey key, long sessionId, long messageId, Link link) {
        PracticeSession known = sessions.get(new Name(key.id(), sessionId));
        return known != null
                ? new Found(known, false)
                : new Found(create(key, sessionId, messageId, link.number()), true);
    }

    synchronized PracticeSession create(KnownKey key, long sessionId) {
        return create(key, sessionId, 0, 0);
    }

    private PracticeSession create(KnownKey key, long sessionId, long firstMessageId, int firstLine) {
        Instant now = clock.instant();
        if (sessions.size() >= MOST) {
            sessions.values().stream()
                    .min(Comparator.comparing(PracticeSession::lastUse))
                    .ifPresent(oldest -> remove(oldest.key(), oldest.id()));
        }
        PracticeSession session = new PracticeSession(key, sessionId, now, firstMessageId, firstLine);
        sessions.put(new Name(key.id(), sessionId), session);
        return session;
    }

    /** Whether there was one. */
    synchronized boolean remove(KnownKey key, long sessionId) {
        return sessions.remove(new Name(key.id(), sessionId)) != null;
    }

    synchronized void removeAll(KnownKey key) {
        sessions.values().removeIf(session -> session.key() == key);
    }

    /** All sessions of this key and of the temporary keys that speak for it. */
    synchronized List<PracticeSession> of(KnownKey owner) {
        List<PracticeSession> found = new ArrayList<>();
        for (PracticeSession session : sessions.values()) {
            if (session.key().owner().filter(owner::equals).isPresent()) {
                found.add(session);
            }
        }
        return found;
    }

    synchronized int size() {
        return sessions.size();
    }

    /** Forgets the sessions that have been without a connection for too long. */
    synchronized void sweep() {
        Instant now = clock.instant();
        for (PracticeSession session : List.copyOf(sessions.values())) {
            if (session.link().filter(Link::isOpen).isPresent()) {
                session.touch(now);
            } else if (session.lastUse().plus(OUTLIVES).isBefore(now)) {
                remove(session.key(), session.id());
            }
        }
    }
}
