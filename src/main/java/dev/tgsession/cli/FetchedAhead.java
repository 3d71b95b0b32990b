package dev.tgsession.cli;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.session.format.SqliteLocks;

/**
 * What Java and Linux need some milliseconds for when they are asked for the first time, and a look at a session file will
 * ask: the list of locks, for which Linux lets all processors come to rest, and a hash, for which Java goes through its
 * providers. A second processor asks first, while the first one loads the rest.
 *
 * <p>It takes {@code inspect} of a small file from 110 to 90 ms on Java 17; {@code scripts/bench inspect} shows it.
 */
final class FetchedAhead extends Thread {
    private FetchedAhead() {
        super("ahead");
        setDaemon(true);
    }

    /** Begins; nobody has to wait for it. */
    static void begin() {
        new FetchedAhead().start();
    }

    @Override
    public void run() {
        try {
            SqliteLocks.listAhead();
            Hashes.sha1(Bytes.EMPTY);
        } catch (RuntimeException | Error failed) {
            // Nothing hangs on it. What cannot be done here says so where it is wanted.
        }
    }
}
