package dev.tgsession.session.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where files may lie that are gone with the run: the system's folder for passing things, or one of the others that most
 * systems have, where that takes none. A program in a container may well have a folder for passing things that is not its own.
 */
final class PassingPlace {
    private static final String FOLDER = "java.io.tmpdir";
    private static final List<String> OTHERS = List.of("/var/tmp", "/dev/shm");

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

    private static boolean takesFiles(String folder) {
        try {
            Files.delete(Files.createTempFile(Path.of(folder), "tgsession-", ".tmp"));
            return true;
        } catch (IOException | InvalidPathException | UnsupportedOperationException full) {
            return false;
        }
    }
}
