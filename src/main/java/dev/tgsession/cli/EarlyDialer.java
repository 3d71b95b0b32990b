package dev.tgsession.cli;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.session.DataCenter;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Dials where the login will begin while a person still types a number: to reach Telegram and to make a key with it takes as long
 * as it takes, and until there is a number there is nothing else to do. Nothing of the person is in it.
 *
 * <p>After the number a person then waits 40 ms instead of 180 at a server next door: the rows "what a person waits" of
 * {@code scripts/bench}.
 *
 * <p>A line that has waited for long is given up, and dialled as ever: Telegram forgets keys that nobody uses.
 */
final class EarlyDialer implements Dialer, AutoCloseable {
    /** Shorter than Telegram's patience with a silent line. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

    private final Dialer dialer;
    private final InstantSource clock;

    /** Empty before it has begun, and once it was given away. */
    private final AtomicReference<@Nullable Early> early = new AtomicReference<>();

    EarlyDialer(Dialer dialer, InstantSource clock) {
        this.dialer = dialer;
        this.clock = clock;
    }

    /** What became of it, and when. */
    private record Dialled(RpcConnection connection, Instant at) {}

    private record Early(DataCenter where, InAMoment<Dialled> line) {}

    /** Dials there in a moment. */
    void begin(DataCenter start) {
        early.set(new Early(
                start, InAMoment.begin("early-dialer", () -> new Dialled(dialer.dial(start), clock.instant()))));
    }

    /** The line that was dialled early, if it leads there and still stands; otherwise another one. */
    @Override
    public RpcConnection dial(DataCenter dataCenter) throws IOException {
        Early taken = early.getAndSet(null);
        if (taken == null) {
            return dialer.dial(dataCenter);
        }
        if (!taken.where().equals(dataCenter)) {
            hangUp(taken);
            return dialer.dial(dataCenter);
        }
        boolean longAgo = taken.line().isDone();
        try {
            Dialled dialled = taken.line().get();
            if (Duration.between(dialled.at(), clock.instant()).compareTo(LONGEST_WAIT) < 0) {
                return dialled.connection();
            }
            dialled.connection().close();
        } catch (ExecutionException failed) {
            // No second chance for a server that fails a check, and no second call at once to one that refuses. A line
            // that was bad a while ago may be good now.
            boolean counts = !longAgo
                    || failed.getCause() instanceof FailedCheckException
                    || failed.getCause() instanceof TransportRefusedException;
            if (counts && failed.getCause() instanceof IOException reason) {
                throw reason;
            }
        } catch (InterruptedException stop) {
            hangUp(taken);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while dialling");
        }
        return dialer.dial(dataCenter);
    }

    @Override
    public RpcConnection dial(DataCenter dataCenter, AuthKey key) throws IOException {
        return dialer.dial(dataCenter, key);
    }

    /** Hangs up if nobody has taken it. */
    @Override
    public void close() {
        Early left = early.getAndSet(null);
        if (left != null) {
            hangUp(left);
        }
    }

    /** Now, or as soon as somebody answers. */
    private static void hangUp(Early early) {
        Thread thread = new Thread(
                () -> {
                    try {
                        early.line().get().connection().close();
                    } catch (ExecutionException | InterruptedException nobodyThere) {
                        // Then there is nothing to hang up.
                    }
                },
                "hanging-up");
        thread.setDaemon(true);
        thread.start();
    }
}
