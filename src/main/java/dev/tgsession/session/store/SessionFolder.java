package dev.tgsession.session.store;

import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A folder of sessions, as files of Telethon's: the name {@code login} means {@code login.session}, which a Telethon
 * client of that name opens. A name may be a path; what is not absolute starts at the folder.
 *
 * <p>Files are for their owner only (mode 0600), appear whole or not at all, and never take another one's place
 * unasked. When one may, the old one is kept as {@code login.session.bak}, {@code .bak.1} and so on. A name that is a
 * symbolic link is refused, wherever it leads: the file at its end is to be named itself.
 *
 * <p>The session of a practice server goes by {@code login.practice.session} and no other name, and no other session
 * goes by such a name. A program that only has one session wants a {@link FileStore}.
 */
public final class SessionFolder {
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
    public SessionFolder(Path folder, SessionFormats formats, SecureRandom random, InstantSource clock) {
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

    /**
     * What is in the folder itself: every file that ends in {@code .session}, without that ending, in the order of the
     * alphabet. Whether there is a login in it shows when it is read.
     *
     * @throws StoreException if there is no such folder, or it does not show what is in it
     */
    public List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                String fileName = file.getFileName().toString();
                boolean named = fileName.length() > SessionFileName.SUFFIX.length();
                if (named && fileName.endsWith(SessionFileName.SUFFIX) && Files.isRegularFile(file)) {
                    names.add(fileName.substring(0, fileName.length() - SessionFileName.SUFFIX.length()));
                }
            }
        } catch (NoSuchFileException missing) {
            throw new StoreException("there is no folder " + folder, "Check the name.", missing);
        } catch (NotDirectoryException file) {
            throw new StoreException(folder + " is not a folder", "Name the folder it lies in.", file);
        } catch (IOException | DirectoryIteratorException closed) {
            throw new StoreException("the folder " + folder + " cannot be read", "Choose another folder.", closed);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    /** Whether there is something under that name. */
    public boolean holds(String name) throws IOException {
        return new SessionFile(file(name)).exists();
    }

    /**
     * The session of that name.
     *
     * @throws NoSuchSessionException if there is none
     * @throws dev.tgsession.session.format.MalformedSessionException if what is there holds no login
     */
    public Session load(String name) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            throw new NoSuchSessionException(file.toString());
        }
        return formats.read(SessionSource.ofFile(file));
    }

    /**
     * Checks, as far as that is possible without saving, that {@link #save} will work: worth asking before a person
     * is asked for a code.
     *
     * @throws StoreException if it will not
     */
    public void checkRoom(String name, Environment environment, IfPresent ifPresent) throws IOException {
        SessionFile file = new SessionFile(file(name));
        file.checkName(environment);
        checkTarget(file, ifPresent);
        file.checkFolder(random, clock);
    }

    /**
     * Keeps a session.
     *
     * @throws SessionExistsException if there is one of that name, and it is not to be replaced
     * @throws StoreException if it cannot be kept; what was there before is then still there
     */
    public Saved save(String name, Session session, IfPresent ifPresent) throws IOException {
        SessionFile file = new SessionFile(file(name));
        file.checkName(session.dataCenter().environment());
        checkTarget(file, ifPresent);
        byte[] content = formats.usual().write(session).toFileBytes();
        PrivateFile target = file.target(random, clock);
        try {
            Optional<Path> previous = Optional.empty();
            if (ifPresent == IfPresent.REPLACE) {
                previous = target.replace(content);
            } else {
                target.create(content);
            }
            return new Saved(file.path().toString(), previous.map(Path::toString));
        } catch (FileAlreadyExistsException taken) {
            throw new SessionExistsException(file.path().toString());
        } catch (IOException failed) {
            throw file.explained(failed);
        }
    }

    /**
     * Removes a session, and what SQLite left beside it.
     *
     * @return whether there was one
     */
    public boolean delete(String name) throws IOException {
        return new SessionFile(file(name)).delete();
    }

    private static void checkTarget(SessionFile file, IfPresent ifPresent) throws StoreException {
        file.checkNoFolder();
        if (ifPresent == IfPresent.REFUSE && file.exists()) {
            throw new SessionExistsException(file.path().toString());
        }
        file.checkReplaceable();
    }
}
