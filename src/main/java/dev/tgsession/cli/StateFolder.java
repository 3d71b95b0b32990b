package dev.tgsession.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where this program keeps what is its own from one run to the next. */
final class StateFolder {
    private StateFolder() {}

    /**
     * Makes that folder or one below it, for its owner alone.
     *
     * @throws IOException if that is not possible
     */
    static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean modes = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(
                folder,
                modes
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    /** As the XDG base directory specification has it; on Windows below {@code LOCALAPPDATA}. */
    static Path of(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        if (state.startsWith("/")) {
            return Path.of(state, "tgsession");
        }
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return local.isEmpty() ? Path.of(home, ".local", "state", "tgsession") : Path.of(local, "tgsession");
    }
}
