package dev.tgsession.session.store;

import dev.tgsession.session.Environment;
import dev.tgsession.session.SessionFileName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * A place for a session file: what may stand there already, what it may be called, and what the file system says, in
 * sentences.
 */
final class SessionFile {
    private static final String[] NEIGHBOURS = {"-journal", "-wal", "-shm"};

    private final Path path;

    SessionFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Whether anything has the name. */
    boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Checks that a session of that environment may have this name: practice sessions have names of their own.
     *
     * @throws StoreException if it may not
     */
    void checkName(Environment environment) throws StoreException {
        boolean practiceName = SessionFileName.isPractice(path.toString());
        if (environment == Environment.PRACTICE && !practiceName) {
            throw new StoreException(
                    "a session of a practice server is only kept under a name that ends in .practice.session",
                    "Call it " + practiceName() + ".");
        }
        if (environment != Environment.PRACTICE && practiceName) {
            throw new StoreException(
                    "a name that ends in .practice.session is only for the session of a practice server",
                    "Choose another name.");
        }
    }

    /**
     * Checks that what has the name, if anything, is an ordinary file that nobody is writing to.
     *
     * @throws StoreException if it is something else
     */
    void checkReplaceable() throws StoreException {
        checkNoFolder();
        if (!exists()) {
            return;
        }
        if (Files.isSymbolicLink(path)) {
            throw new StoreException(path + " is a symbolic link", "Name the file it leads to.");
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(path + " is not an ordinary file", "Choose another name.");
        }
        OtherPrograms.mustNotUse(path);
    }

    /**
     * Checks that it is no folder.
     *
     * @throws StoreException if it is one
     */
    void checkNoFolder() throws StoreException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(path + " is a folder", "Choose another name.");
        }
    }

    /**
     * Checks that the folder is there and takes files.
     *
     * @throws StoreException if not
     */
    void checkFolder(SecureRandom random, InstantSource clock) throws StoreException {
        try {
            target(random, clock).checkFolder();
        } catch (IOException failed) {
            throw explained(failed);
        }
    }

    /** The file to be written. */
    PrivateFile target(SecureRandom random, InstantSource clock) {
        return new PrivateFile(path, random, clock);
    }

    /**
     * Removes the file and what SQLite left beside it, lest that be played into the next session of that name.
     *
     * @return whether there was one
     */
    boolean delete() throws IOException {
        checkNoFolder();
        OtherPrograms.mustNotUse(path);
        boolean wasThere = Files.deleteIfExists(path);
        for (String ending : NEIGHBOURS) {
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + ending));
        }
        return wasThere;
    }

    /** What the file system said when the file was to be written. */
    StoreException explained(IOException failed) {
        Path folder = path.toAbsolutePath().getParent();
        if (failed instanceof StoreException alreadySaid) {
            return alreadySaid;
        }
        if (failed instanceof NoSuchFileException) {
            return new StoreException("there is no folder " + folder, "Make the folder first.", failed);
        }
        if (failed instanceof NotDirectoryException) {
            return new StoreException(folder + " is not a folder", "Choose another place.", failed);
        }
        if (failed instanceof AccessDeniedException) {
            return new StoreException(
                    "the folder " + folder + " may not be written to", "Choose another folder.", failed);
        }
        String reason = reason(failed);
        return new StoreException(
                "the session could not be written: " + reason,
                isFull(reason) ? "Make room on that disk, then try again." : "Try again, or choose another place.",
                failed);
    }

    private static String reason(IOException failed) {
        return failed instanceof FileSystemException known && known.getReason() != null
                ? known.getFile() + ": " + known.getReason()
                : String.valueOf(failed.getMessage());
    }

    /** As Linux, the BSDs and Windows say it. */
    private static boolean isFull(String reason) {
        return reason.contains("No space left")
                || reason.contains("quota exceeded")
                || reason.contains("not enough space");
    }

    private String practiceName() {
        String name = path.toString();
        return name.endsWith(SessionFileName.SUFFIX)
                ? SessionFileName.of(name, Environment.PRACTICE)
                : name + SessionFileName.PRACTICE_SUFFIX;
    }
}
