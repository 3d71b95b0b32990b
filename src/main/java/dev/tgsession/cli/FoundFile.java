package dev.tgsession.cli;

import dev.tgsession.session.SessionFileName;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The file a person means: as named, or with the ending nobody likes to type. */
final class FoundFile {
    private FoundFile() {}

    /** {@code login} means {@code login.session} where there is no file called {@code login}. */
    static Path of(Given given, Path named) {
        Path file = given.folder().resolve(named);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) || file.getFileName() == null) {
            return shown(given, file);
        }
        Path withEnding = file.resolveSibling(file.getFileName() + SessionFileName.SUFFIX);
        return shown(given, Files.exists(withEnding, LinkOption.NOFOLLOW_LINKS) ? withEnding : file);
    }

    /** As short as it was typed, where it lies in our own folder. */
    private static Path shown(Given given, Path file) {
        boolean ours = file.startsWith(given.folder())
                && given.folder().equals(Path.of("").toAbsolutePath());
        // The folder itself would have no name left.
        return ours && !file.normalize().equals(given.folder()) ? given.folder().relativize(file) : file;
    }
}
