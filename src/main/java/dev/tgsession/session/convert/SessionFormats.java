package dev.tgsession.session.convert;

import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.Peers;
import dev.tgsession.session.format.QuickLook;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.StillSource;
import dev.tgsession.session.format.gramjs.GramjsString;
import dev.tgsession.session.format.pyrogram.KurigramSqlite;
import dev.tgsession.session.format.pyrogram.PyrogramSqlite;
import dev.tgsession.session.format.pyrogram.PyrogramString;
import dev.tgsession.session.format.telethon.TelethonSqlite;
import dev.tgsession.session.format.telethon.TelethonString;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of contents: every format we know, in the order in which they are asked. */
public final class SessionFormats {
    /** Letters of all that are found. In a session hardly two have one name; a file may be made to fill the memory. */
    private static final long MOST_FOUND = 16L << 20;

    /** What a peer takes without its letters. */
    private static final int PEER = 200;

    private final TelethonSqlite usual;
    private final List<SessionFormat> all;

    private SessionFormats(TelethonSqlite usual, List<SessionFormat> others) {
        this.usual = usual;
        List<SessionFormat> formats = new ArrayList<>(List.of(usual));
        formats.addAll(others);
        this.all = List.copyOf(formats);
    }

    /**
     * All formats there are.
     *
     * @param clock dates what is written down, where a format keeps dates
     */
    public static SessionFormats standard(InstantSource clock) {
        return new SessionFormats(
                new TelethonSqlite(clock),
                List.of(
                        new TelethonString(),
                        new PyrogramSqlite(clock),
                        new PyrogramString(),
                        new KurigramSqlite(clock),
                        new GramjsString()));
    }

    public List<SessionFormat> all() {
        return all;
    }

    /** What a session is written in unless somebody asks for something else: Telethon's SQLite file. */
    public SessionFormat usual() {
        return usual;
    }

    /** The format of that name. */
    public Optional<SessionFormat> named(String name) {
        for (SessionFormat format : all) {
            if (format.name().equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The first format that takes this for its own. */
    public Optional<SessionFormat> recognise(SessionSource source) {
        for (SessionFormat format : all) {
            if (format.recognises(source)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads a session in whatever format it is.
     *
     * @throws MalformedSessionException if no format takes it, or it holds no login; tells what it seems to be instead
     * @throws IOException if it cannot be read
     */
    public Session read(SessionSource source) throws IOException {
        try (StillSource still = StillSource.of(source)) {
            return recognise(still.source()).orElse(usual).read(still.source());
        }
    }

    /**
     * The same without the peers, which are handed over one by one.
     *
     * @throws IOException as above, or if the visitor throws it
     */
    public Session read(SessionSource source, Peers.Visitor peers) throws IOException {
        try (StillSource still = StillSource.of(source)) {
            return recognise(still.source()).orElse(usual).read(still.source(), peers);
        }
    }

    /**
     * Those peers that a query may mean, found without holding all others. Where an id is sought and is there, nobody else is.
     *
     * @throws MalformedSessionException as {@link #read(SessionSource)}, or if very many may be meant
     * @throws IOException as {@link #read(SessionSource)}
     */
    public EntityCache find(SessionSource source, String query) throws IOException {
        EntityCache.Search search = EntityCache.Search.of(query);
        Optional<EntityCache> seen = QuickLook.at(source, one -> find(one, search));
        if (seen.isPresent()) {
            return seen.get();
        }
        try (StillSource still = StillSource.of(source)) {
            return find(still.source(), search);
        }
    }

    private EntityCache find(SessionSource source, EntityCache.Search search) throws IOException {
        EntityCache found = new EntityCache();
        long[] size = new long[1];
        recognise(source).orElse(usual).find(source, search, peer -> {
            size[0] += size(peer);
            if (size[0] > MOST_FOUND) {
                throw new MalformedSessionException(Finding.error(
                        "too-many-peers",
                        "There is no end to the peers that go by that name.",
                        "Ask for an id instead."));
            }
            found.add(peer);
        });
        return found;
    }

    /** About as many letters as a peer takes in memory. */
    private static int size(Peer peer) {
        int size = PEER;
        for (Optional<String> text : List.of(peer.username(), peer.phone(), peer.name())) {
            size += text.map(String::length).orElse(0);
        }
        for (String name : peer.moreUsernames()) {
            size += name.length();
        }
        return size;
    }

    /** Looks closely at anything at all; what is none of ours is described as far as possible. Throws nothing. */
    public Inspection inspect(SessionSource source) {
        return Inspection.attempt(source, "not a session", () -> {
            try (StillSource still = StillSource.of(source)) {
                return recognise(still.source()).orElse(usual).inspect(still.source());
            }
        });
    }
}
