package dev.tgsession.session.format;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in the system's place for passing things, which only we may enter; gone when closed. */
final class PrivateFolder implements AutoCloseable {
    private final Path folder;

    private PrivateFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes one. The JDK makes it with mode 0700 where there are modes. */
    static PrivateFolder create() throws IOException {
        Path folder = Files.createTempDirectory(PassingPlace.find(), "tgsession-");
        // Should we be stopped in between, the virtual machine still cleans up; in reverse order of these lines.
        folder.toFile().deleteOnExit();
        return new PrivateFolder(folder);
    }

    Path file(String name) {
        Path file = folder.resolve(name);
        file.toFile().deleteOnExit();
        return file;
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
