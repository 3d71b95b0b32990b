package dev.tgsession.session.store;

import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sessions as files of Telethon's: the name {@code login} means {@code login.session}, which a Telethon client of that
 * name opens. A name may be a path; what is not absolute starts at the store's folder.
 *
 * <p>Files are for their owner only (mode 0600), appear whole or not at all, and never take another one's place
 * unasked. When one may, the old one is kept as {@code login.session.bak}, {@code .bak.1} and so on. A name that is a
 * symbolic link is refused, wherever it leads: the file at its end is to be named itself.
 *
 * <p>The session of a practice server goes by {@code login.practice.session} and no other name, and no other session
 * goes by such a name.
 */
public final class FileStore implements SessionStore {
    private final Path folder;
    private final SessionFormats formats;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * The sessions in a folder.
     *
     * @param formats read what is there; new sessions are written in the usual one
     * @param random makes the names of temporary files
     * @param clock tells how old the leftovers of killed runs are
     */
    public FileStore(Path folder, SessionFormats formats, SecureRandom random, InstantSource clock) {
        this.folder = folder;
        this.formats = formats;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The file of that session.
     *
     * @throws StoreException if that is no name for a file
     */
    public Path file(String name) throws StoreException {
        try {
            return folder.resolve(SessionFileName.of(name));
        } catch (IllegalArgumentException noName) {
            throw new StoreException("this is no name for a session", "Choose another name.", noName);
        }
    }

    @Override
    public boolean holds(String name) throws IOException {
        return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Session load(String name) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            throw new NoSuchSessionException(file.toString());
        }
        return formats.read(SessionSource.ofFile(file));
    }

    @Override
    public void checkRoom(String name, Environment environment, IfPresent ifPresent) throws IOException {
        Path file = fileFor(name, environment);
        checkTarget(file, ifPresent);
        try {
            new PrivateFile(file, random, clock).checkFolder();
        } catch (IOException failed) {
            throw explained(file, failed);
        }
    }

    @Override
    public Saved save(String name, Session session, IfPresent ifPresent) throws IOException {
        Path file = fileFor(name, session.dataCenter().environment());
        checkTarget(file, ifPresent);
        byte[] content = formats.usual().write(session).toFileBytes();
        PrivateFile target = new PrivateFile(file, random, clock);
        try {
            Optional<Path> previous = Optional.empty();
            if (ifPresent == IfPresent.REPLACE) {
                previous = target.replace(content);
            } else {
                target.create(content);
            }
            return new Saved(file.toString(), previous.map(Path::toString));
        } catch (FileAlreadyExistsException taken) {
            throw new SessionExistsException(file.toString());
        } catch (IOException failed) {
            throw explained(file, failed);
        }
    }

    /** Also removes what SQLite left beside it, lest it be played into the next session of that name. */
    @Override
    public boolean delete(String name) throws IOException {
        Path file = file(name);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(file + " is a folder", "Choose another name.");
        }
        boolean wasThere = Files.deleteIfExists(file);
        for (String ending : new String[] {"-journal", "-wal", "-shm"}) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
        }
        return wasThere;
    }

    private Path fileFor(String name, Environment environment) throws StoreException {
        Path file = file(name);
        boolean practiceName = SessionFileName.isPractice(file.toString());
        if (environment == Environment.PRACTICE && !practiceName) {
            throw new StoreException(
                    "a session of a practice server is only kept under a name that ends in .practice.session",
                    "Call it " + SessionFileName.of(name, environment) + ".");
        }
        if (environment != Environment.PRACTICE && practiceName) {
            throw new StoreException(
                    "a name that ends in .practice.session is only for the session of a practice server",
                    "Choose another name.");
        }
        return file;
    }

    private static void checkTarget(Path file, IfPresent ifPresent) throws StoreException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(file + " is a folder", "Choose another name.");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (ifPresent == IfPresent.REFUSE) {
            throw new SessionExistsException(file.toString());
        }
        if (Files.isSymbolicLink(file)) {
            throw new StoreException(file + " is a symbolic link", "Name the file it leads to.");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(file + " is not an ordinary file", "Choose another name.");
        }
        OtherPrograms.mustNotUse(file);
    }

    /** What the file system said, in a sentence. */
    private static StoreException explained(Path file, IOException failed) {
        Path folder = file.toAbsolutePath().getParent();
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
        String reason = failed instanceof FileSystemException known && known.getReason() != null
                ? known.getFile() + ": " + known.getReason()
                : String.valueOf(failed.getMessage());
        return new StoreException(
                "the session could not be written: " + reason, "Try again, or choose another place.", failed);
    }
}
