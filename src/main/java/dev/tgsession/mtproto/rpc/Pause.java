package dev.tgsession.mtproto.rpc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits. In a test it only notes how long. */
@FunctionalInterface
public interface Pause {
    /**
     * Returns after the given time.
     *
     * @throws IOException if the waiting is interrupted
     */
    void forAbout(Duration time) throws IOException;

    /** A pause that really sleeps. */
    static Pause sleeping() {
        return time -> {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting");
            }
        };
    }
}
