package dev.tgsession.cli;

import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.PeerTally;
import dev.tgsession.session.store.PostgresStore;
import dev.tgsession.session.store.SessionStore;
import dev.tgsession.session.store.SessionStores;
import dev.tgsession.session.store.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The store a person means with {@code --store}: a URL or, since URLs hold passwords and command lines can be read by
 * others, the variable that holds it.
 */
final class NamedStore {
    /** What to say in the help about URL. */
    static final String HELP = "A database: env:DATABASE_URL, or postgres://USER@HOST/DATABASE with PGPASSWORD.";

    private static final String VARIABLE = "env:";

    private NamedStore() {}

    /** The URL itself. It may hold a password. */
    static String url(Given given, String named) throws Refusal {
        String url = named;
        if (named.startsWith(VARIABLE)) {
            String variable = named.substring(VARIABLE.length());
            url = given.environment().getOrDefault(variable, "").strip();
            if (url.isEmpty()) {
                throw new Refusal(ExitCode.USAGE, "The variable " + variable + " is not set.", "Put the URL into it.");
            }
        } else if (SessionStores.isSecret(named)) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "There is a password or a session in that, and command lines can be read by others.",
                    "Put it into a variable and say --store env:DATABASE_URL; or leave the password to PGPASSWORD.");
        }
        if (!isDatabase(url) && !url.startsWith("sqlite://")) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "What --store names is no URL of a store.",
                    "It begins with postgres:// or sqlite:///. A file is named without --store.");
        }
        return url;
    }

    static boolean isDatabase(String url) {
        return url.startsWith("postgres://") || url.startsWith("postgresql://");
    }

    /**
     * Opens it.
     *
     * @param session its name there, where there can be several
     */
    static SessionStore open(Given given, String named, Optional<String> session) throws IOException, Refusal {
        String url = url(given, named);
        if (session.isEmpty()) {
            return SessionStores.open(url, surroundings(given));
        }
        if (!isDatabase(url)) {
            throw new Refusal(ExitCode.USAGE, "A file holds one session, which needs no name.", "Leave NAME away.");
        }
        return PostgresStore.open(url, session.get(), surroundings(given));
    }

    static Surroundings surroundings(Given given) {
        return new Surroundings(
                given.folder(), given.environment(), given.random().get(), given.clock());
    }

    /** Reads the session of that name. */
    static Converting.Found read(Given given, String named, Optional<String> session) throws IOException, Refusal {
        try (SessionStore store = open(given, named, session)) {
            Session found = store.load().orElseThrow(() -> noSession(store));
            return new Converting.Found(found, store.toString());
        }
    }

    /** Looks at the session of that name; what is wrong with it is a finding. */
    static Inspection inspect(Given given, String named, Optional<String> session) throws IOException, Refusal {
        try (SessionStore store = open(given, named, session)) {
            try {
                return inspection(store.load().orElseThrow(() -> noSession(store)), store.toString());
            } catch (MalformedSessionException malformed) {
                return Inspection.ofUnreadable(
                        store.toString(), "a session that cannot be read", List.of(malformed.finding()));
            }
        }
    }

    private static Inspection inspection(Session session, String where) throws MalformedSessionException {
        PeerTally peers = new PeerTally();
        for (Peer peer : session.peers()) {
            peers.add(peer.markedId());
        }
        return new Inspection(
                where,
                Optional.empty(),
                "session in a store",
                Optional.empty(),
                Optional.of(new Inspection.Server(
                        Optional.of((long) session.dataCenter().id()),
                        Optional.of(session.dataCenter().host()),
                        Optional.of((long) session.dataCenter().port()),
                        Optional.of(session.dataCenter().environment()),
                        Optional.empty())),
                Inspection.Key.present(session.authKey().id().toHex()),
                session.account().isPresent() ? Inspection.Login.LIKELY : Inspection.Login.UNCLEAR,
                session.account(),
                Optional.of(peers.counts()),
                session.updateState(),
                List.of());
    }

    private static Refusal noSession(SessionStore store) {
        return new Refusal(
                ExitCode.BAD_FILE,
                "There is no session in " + store + ".",
                "See what there is: tgsession list --store URL");
    }
}
