package dev.tgsession.session.format;

import dev.tgsession.session.format.SqliteFile.Snapshot;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One look at a large session file where it lies: to copy it first takes longer than to find somebody among a million peers.
 *
 * <p>It counts only if nothing lies beside the file, if the file is the same before and after, and if all that was looked at
 * was common: SQLite's library, which would lock it, never sees the file itself. Whoever gets nothing takes a
 * {@link StillSource}.
 */
public final class QuickLook {
    private QuickLook() {}

    /** Looks at a session. */
    @FunctionalInterface
    public interface Look<T> {
        /** What is seen there. May be asked for in vain. */
        T at(SessionSource source) throws IOException;
    }

    /** What is seen there; empty if it does not count, and what is wrong with that a look at a copy will tell. */
    public static <T> Optional<T> at(SessionSource source, Look<T> look) {
        try {
            Optional<SqliteFile.State> before = SqliteFile.whereItLies(source);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            byte[] header = source.head(SqliteFile.HEADER_SIZE);
            Snapshot seen = SqliteFile.inPlace(source);
            try {
                if (seen.plain().isEmpty()) {
                    return Optional.empty();
                }
                T found = look.at(source.asOf(seen));
                // The header has a number that each change makes larger, for file systems with coarse times.
                boolean same = before.equals(SqliteFile.whereItLies(source))
                        && Arrays.equals(header, source.head(SqliteFile.HEADER_SIZE));
                return same ? Optional.of(found) : Optional.empty();
            } finally {
                seen.discard();
            }
        } catch (IOException toldByTheCopy) {
            return Optional.empty();
        } catch (RuntimeException halfWritten) {
            // Of a file that somebody writes to anything may be seen; where it is a mistake of ours, the copy shows it
            // again.
            return Optional.empty();
        }
    }
}
