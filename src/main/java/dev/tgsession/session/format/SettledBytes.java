package dev.tgsession.session.format;

import dev.tgsession.session.format.SqliteFile.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a database that is too damaged to be read as one, with what waited beside it moved in as far as that
 * went. SQLite does that page by page, on a copy, without understanding what is on the pages.
 *
 * @param content taken over, not copied
 * @param waiting {@code -journal} and {@code -wal}, as far as they are not in the content
 */
public record SettledBytes(byte[] content, List<String> waiting) {
    private static final List<String> ENDINGS = List.of("-journal", "-wal");

    /** Takes a copy of the list. */
    public SettledBytes {
        waiting = List.copyOf(waiting);
    }

    /**
     * Reads the file; it and its neighbours stay as they are.
     *
     * @param most the size in bytes up to which it is read
     * @throws MalformedSessionException if it is longer, a folder or a device
     * @throws IOException if it cannot be read
     */
    public static SettledBytes of(SessionSource source, int most) throws IOException {
        Snapshot snapshot;
        try {
            snapshot = SqliteFile.snapshot(source);
        } catch (MalformedSessionException noDatabase) {
            return new SettledBytes(source.bytes(most), waitingBeside(source));
        }
        try {
            if (snapshot.copy().isEmpty()) {
                return new SettledBytes(source.bytes(most), List.of());
            }
            Path copy = snapshot.copy().get().file("session");
            SqliteDatabase.settle(copy);
            SessionSource settled = SessionSource.ofFile(copy);
            return new SettledBytes(settled.bytes(most), waitingBeside(settled));
        } finally {
            if (source.still().isEmpty()) {
                snapshot.discard();
            }
        }
    }

    private static List<String> waitingBeside(SessionSource source) throws IOException {
        List<String> waiting = new ArrayList<>();
        for (String ending : ENDINGS) {
            var neighbour = SqliteFile.beside(source, ending);
            // A journal that begins with a zero has been played back, or was never needed.
            if (neighbour.isPresent()
                    && Files.size(neighbour.get()) > 0
                    && SessionSource.ofFile(neighbour.get()).head(1)[0] != 0) {
                waiting.add(ending);
            }
        }
        return waiting;
    }
}
