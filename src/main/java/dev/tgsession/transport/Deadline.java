package dev.tgsession.transport;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A moment on the clock that nobody can set; socket timeouts are measured on the same one. */
final class Deadline {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    static Deadline in(Duration timeout) {
        Duration longEnough = timeout.compareTo(SHORTEST) < 0 ? SHORTEST : timeout;
        Duration kept = longEnough.compareTo(LONGEST) > 0 ? LONGEST : longEnough;
        return new Deadline(System.nanoTime() + kept.toNanos());
    }

    /**
     * What is left, in milliseconds, rounded up: at least one.
     *
     * @throws SocketTimeoutException if nothing is left
     */
    int millisLeft() throws SocketTimeoutException {
        long left = nanoTime - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("no whole packet in time");
        }
        return (int) ((left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
}
