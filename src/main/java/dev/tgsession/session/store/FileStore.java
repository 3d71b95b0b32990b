package dev.tgsession.session.store;

import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SqliteDatabase;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A session in a file of Telethon's: what is saved here a Telethon client opens, with all peers and update states, and
 * what that client leaves is loaded here. A file of another library is loaded, too.
 *
 * <p>The file is for its owner only (mode 0600) and at every moment the old one or the new one, whole. A newer state of a
 * login takes the place of the older one; a file with another login in it, or of another library, is kept as {@code
 * NAME.bak}, {@code NAME.bak.1} and so on. A symbolic link is read but not written to. Neither is a file that another
 * program is writing to; but a program that merely has it open cannot be told, and will not see what is saved here.
 *
 * <p>What a Telethon file has no place for is lost: the api id, further user names, and the names of an account without
 * an access hash. So is what a {@link Session} has no place for: the list of files sent (nothing has been written there
 * since Telethon 1.12) and the number of an unfinished data export. The session of a practice server goes only into a file whose name ends in {@code .practice.session}.
 */
public final class FileStore implements SessionStore {
    private final SessionFile file;
    private final SessionFormats formats;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * The session in that file, which need not be there yet.
     *
     * @param formats read what is there; new files are written in the usual one
     * @param random makes the names of temporary files
     * @param clock tells how old the leftovers of killed runs are
     */
    public FileStore(Path file, SessionFormats formats, SecureRandom random, InstantSource clock) {
        this.file = new SessionFile(file);
        this.formats = formats;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Checks that a session of that environment may be kept here: those of practice servers have names of their own.
     *
     * @throws StoreException if the file's name is not one for it
     */
    public void checkName(Environment environment) throws StoreException {
        file.checkName(environment);
    }

    /** The file. */
    public Path file() {
        return file.path();
    }

    /** Also empty for a file in which nobody has logged in: a Telethon client leaves one as soon as it is made. */
    @Override
    public Optional<Session> load() throws IOException {
        if (!Files.exists(file.path()) || isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(formats.read(source()));
        } catch (MalformedSessionException malformed) {
            if (isWithoutLogin(malformed)) {
                return Optional.empty();
            }
            throw malformed;
        }
    }

    @Override
    public synchronized void save(Session session) throws IOException {
        file.checkName(session.dataCenter().environment());
        file.checkReplaceable();
        byte[] content = formats.usual().write(session).toFileBytes();
        try {
            write(session, content);
        } catch (FileAlreadyExistsException taken) {
            throw new StoreException(
                    "another program has made " + file.path() + " meanwhile", "Look at it, then try again.", taken);
        } catch (IOException failed) {
            throw file.explained(failed);
        }
    }

    @Override
    public synchronized boolean delete() throws IOException {
        return file.delete();
    }

    @Override
    public void checkRoom() throws IOException {
        file.checkReplaceable();
        file.checkFolder(random, clock);
    }

    @Override
    public String toString() {
        return file.path().toString();
    }

    private void write(Session session, byte[] content) throws IOException {
        PrivateFile target = file.target(random, clock);
        if (!file.exists()) {
            target.create(content);
            return;
        }
        if (FileState.of(file.path()).hasNeighbours()) {
            // What a cut-off program left beside the file belongs to it.
            SqliteDatabase.settle(file.path());
        }
        FileState before = FileState.of(file.path());
        if (isWorthKeeping(session)) {
            before.requireUnchanged(file.path());
            target.replace(content);
        } else {
            target.update(content, before);
        }
    }

    /** Whether more would be lost with the old file than an older state of this login. */
    private boolean isWorthKeeping(Session session) throws IOException {
        if (isBlank()) {
            return false;
        }
        if (!formats.usual().recognises(source())) {
            return true;
        }
        try {
            return !formats.usual().read(source()).authKey().equals(session.authKey());
        } catch (MalformedSessionException malformed) {
            return !isWithoutLogin(malformed);
        }
    }

    /** An empty file is an empty database. */
    private boolean isBlank() throws IOException {
        return source().size() == 0;
    }

    private boolean isWithoutLogin(MalformedSessionException malformed) {
        String code = malformed.finding().code();
        return (code.equals("no-auth-key") || code.equals("auth-key-all-zero"))
                && formats.usual().recognises(source());
    }

    private SessionSource source() {
        return SessionSource.ofFile(file.path());
    }
}
