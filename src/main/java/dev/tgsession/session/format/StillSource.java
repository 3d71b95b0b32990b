package dev.tgsession.session.format;

import dev.tgsession.session.format.SqliteFile.Snapshot;
import java.io.IOException;
import java.util.Optional;

/**
 * A session file as it was at one moment, for who looks at it more than once: what it is, what is wrong with it, what is in
 * it. A small one is read once, a large one copied once; and whatever another program does to it meanwhile, all looks see
 * the same.
 */
public final class StillSource implements AutoCloseable {
    private final SessionSource source;
    private final Optional<Snapshot> snapshot;

    private StillSource(SessionSource source, Optional<Snapshot> snapshot) {
        this.source = source;
        this.snapshot = snapshot;
    }

    /** Of that source. What is no database, or cannot be read, stays as it is, and fails when it is looked at. */
    public static StillSource of(SessionSource source) {
        boolean held = source.still().isPresent() || source.file().isEmpty();
        if (held) {
            return new StillSource(source, Optional.empty());
        }
        try {
            Snapshot taken = SqliteFile.snapshot(source);
            return new StillSource(taken.source().asOf(taken), Optional.of(taken));
        } catch (IOException failsLater) {
            return new StillSource(source, Optional.empty());
        }
    }

    /** To look at, until this is closed. */
    public SessionSource source() {
        return source;
    }

    @Override
    public void close() throws IOException {
        if (snapshot.isPresent()) {
            snapshot.get().discard();
        }
    }
}
