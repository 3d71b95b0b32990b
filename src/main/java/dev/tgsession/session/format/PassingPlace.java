package dev.tgsession.session.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * Where files may lie that are gone with the run: the system's folder for passing things, or one of the others that most
 * systems have, where that takes none. A program in a container may well have a folder for passing things that is not its own.
 */
final class PassingPlace {
    private static final String FOLDER = "java.io.tmpdir";
    private static final List<String> OTHERS = List.of("/var/tmp", "/dev/shm");

    /** Where SQLite's library puts its native code before it loads it. */
    private static final String FOR_SQLITE = "org.sqlite.tmpdir";

    /** Where it lies already. */
    private static final String READY_FOR_SQLITE = "org.sqlite.lib.path";

    private PassingPlace() {}

    /** The first folder that takes a file; if none does, the system's, and whoever wants one there hears why not. */
    static Path find() {
        return find(System.getProperty(FOLDER, ""), OTHERS);
    }

    static Path find(String first, List<String> others) {
        if (!takesFiles(first)) {
            for (String other : others) {
                if (takesFiles(other)) {
                    return Path.of(other);
                }
            }
        }
        return Path.of(first);
    }

    /** Opens a database; the first one loads the native code, which must lie somewhere for that. */
    static SQLiteConnection connect(SQLiteConfig config, String url) throws SQLException {
        boolean chosen = System.getProperty(FOR_SQLITE) != null || System.getProperty(READY_FOR_SQLITE) != null;
        if (!chosen) {
            System.setProperty(FOR_SQLITE, find().toString());
        }
        return (SQLiteConnection) config.createConnection(url);
    }

    private static boolean takesFiles(String folder) {
        try {
            Files.delete(Files.createTempFile(Path.of(folder), "tgsession-", ".tmp"));
            return true;
        } catch (IOException | InvalidPathException | UnsupportedOperationException full) {
            return false;
        }
    }
}
