package dev.tgsession.session.convert;

import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.Peers;
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
     * Those peers that a query may mean, found without holding all others.
     *
     * @throws IOException as {@link #read(SessionSource)}
     */
    public EntityCache find(SessionSource source, String query) throws IOException {
        EntityCache cache = new EntityCache();
        try (StillSource still = StillSource.of(source)) {
            SessionFormat format = recognise(still.source()).orElse(usual);
            format.find(still.source(), EntityCache.Search.of(query), cache::add);
        }
        return cache;
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
