package dev.tgsession.cli;

/**
 * How the libraries inside log: not at all. Java makes one of these instead of reading its file of settings, which would
 * let them write on standard error; without settings there is nobody who writes.
 *
 * @see java.util.logging.LogManager
 */
public final class SilentLogging {
    /** For Java, which finds this class by its name. */
    public SilentLogging() {}
}
