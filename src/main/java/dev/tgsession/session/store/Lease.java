package dev.tgsession.session.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The right to use a session, until it is closed. It renews itself three times within its time, on a thread of its own that
 * keeps no program alive. When a program dies, its lease runs out.
 *
 * <p>It can be lost: to somebody who takes it over, or to somebody who waited until nothing was heard of us. Whoever uses
 * the session asks {@link #isHeld()} now and then, and stops when it says no. The clock of the database decides when a
 * lease has run out; ours only tells how long ago it was renewed.
 */
public final class Lease implements AutoCloseable {
    private final PostgresLease row;
    private final Duration duration;
    private final Instant since;
    private final ScheduledExecutorService renewal;
    private long heardAt;
    private boolean lost;
    private boolean closed;

    private Lease(PostgresLease row, Duration duration, Instant since, long heardAt) {
        this.row = row;
        this.duration = duration;
        this.since = since;
        this.heardAt = heardAt;
        this.renewal = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "tgsession lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes it and keeps renewing it. */
    static Lease take(PostgresLease row, Duration duration, boolean steal) throws IOException {
        long asked = System.nanoTime();
        Instant since = row.take(duration, steal);
        Lease lease = new Lease(row, duration, since, asked);
        long pause = Math.max(1, duration.toMillis() / 3);
        lease.renewal.scheduleWithFixedDelay(lease::renewQuietly, pause, pause, TimeUnit.MILLISECONDS);
        return lease;
    }

    /** Who holds it, as others are told. */
    public String owner() {
        return row.owner();
    }

    /** Since when, by the clock of the database. */
    public Instant since() {
        return since;
    }

    /**
     * Whether the session is ours to use: it was not taken over as far as we know, and the last renewal is not longer ago
     * than the lease lasts. Asks nobody, so it takes no time.
     */
    public synchronized boolean isHeld() {
        return !closed && !lost && System.nanoTime() - heardAt < duration.toNanos();
    }

    /**
     * Renews it now.
     *
     * @throws LeaseLostException if somebody has taken it over
     * @throws IOException if the database cannot be reached; the lease goes on until its time is over
     */
    public void renew() throws IOException {
        long asked = System.nanoTime();
        boolean renewed = row.renew(duration);
        synchronized (this) {
            if (renewed) {
                heardAt = asked;
            } else {
                lost = true;
            }
        }
        if (!renewed) {
            throw new LeaseLostException(row.session());
        }
    }

    /** Gives it back, so that the next one need not wait. Nothing happens if it is lost already. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        renewal.shutdownNow();
        row.release();
    }

    /** Notes that it is somebody else's now. */
    synchronized void lose() {
        lost = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    Duration duration() {
        return duration;
    }

    PostgresLease row() {
        return row;
    }

    private void renewQuietly() {
        try {
            renew();
        } catch (LeaseLostException taken) {
            renewal.shutdown();
        } catch (IOException | RuntimeException unreachable) {
            // There are two more tries before its time is over.
        }
    }
}
