package dev.tgsession.cli;

import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.store.FileStore;
import dev.tgsession.session.store.PostgresStore;
import dev.tgsession.session.store.SessionStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where a new session is to be kept that does not go into a file of its own; reserved while it is on its way. */
final class StoreTarget implements AutoCloseable {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Optional<SessionStore> store;
    private final String owner;
    private final boolean force;
    private final boolean steal;

    private StoreTarget(Optional<SessionStore> store, String owner, boolean force, boolean steal) {
        this.store = store;
        this.owner = owner;
        this.force = force;
        this.steal = steal;
    }

    /** There is no such place: a file it is. */
    static StoreTarget none() {
        return new StoreTarget(Optional.empty(), "", false, false);
    }

    /**
     * The place somebody named; nothing happens yet.
     *
     * @param force whether a session that is there may be replaced
     * @param steal whether it is taken from a program that uses it
     */
    static StoreTarget open(Given given, String named, Optional<String> session, boolean force, boolean steal)
            throws IOException, Refusal {
        SessionStore store = NamedStore.open(given, named, session);
        return new StoreTarget(Optional.of(store), owner(given.environment()), force, steal);
    }

    boolean isThere() {
        return store.isPresent();
    }

    /** For people; without a password. */
    String place() {
        return store.map(SessionStore::toString).orElse("");
    }

    /** Makes sure that a session can be kept here and that nobody else uses the place, before a person is asked anything. */
    void reserve(Environment environment) throws IOException, Refusal {
        SessionStore kept = store.orElseThrow();
        if (kept instanceof FileStore file) {
            file.checkName(environment);
        }
        if (kept instanceof PostgresStore database) {
            if (steal) {
                database.steal(owner, LEASE);
            } else {
                database.lease(owner, LEASE);
            }
        }
        kept.checkRoom();
        if (!force) {
            refuseToReplace(kept);
        }
    }

    void save(Session session) throws IOException {
        store.orElseThrow().save(session);
    }

    /** What was saved is saved. A lease that cannot be given back runs out within a minute. */
    @Override
    public void close() {
        if (store.isPresent()) {
            try {
                store.get().close();
            } catch (IOException unreachable) {
                // As said.
            }
        }
    }

    private static void refuseToReplace(SessionStore store) throws IOException, Refusal {
        String whose;
        try {
            Optional<Session> there = store.load();
            if (there.isEmpty()) {
                return;
            }
            whose = there.get()
                    .account()
                    .map(account -> ", logged in as " + Words.about(account))
                    .orElse("");
        } catch (MalformedSessionException damaged) {
            whose = ", though it cannot be read";
        }
        throw new Refusal(
                ExitCode.WOULD_OVERWRITE,
                "There is a session in " + store + " already" + whose + ".",
                "Give another NAME; or say --force, and that one is replaced.");
    }

    /** {@code web.1} on a dyno, else host and process. */
    private static String owner(Map<String, String> environment) {
        String dyno = environment.getOrDefault("DYNO", "");
        return dyno.isBlank()
                ? DeviceName.host(environment) + ":" + ProcessHandle.current().pid()
                : dyno;
    }
}
