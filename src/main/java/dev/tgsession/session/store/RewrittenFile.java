package dev.tgsession.session.store;

import dev.tgsession.session.format.SqliteDatabase;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A session file that is to be written anew, in its place or elsewhere. At every moment there is the old file or the new
 * one under its name, and the old one is kept as {@code NAME.bak}, {@code NAME.bak.1} and so on.
 */
public final class RewrittenFile {
    private final Path input;
    private final Path output;
    private final boolean inPlace;
    private final boolean force;
    private PrivateFile target;
    private FileState before;

    private RewrittenFile(Path input, Path output, boolean inPlace, boolean force, PrivateFile target)
            throws IOException {
        this.input = input;
        this.output = output;
        this.inPlace = inPlace;
        this.force = force;
        this.target = target;
        this.before = FileState.of(input);
    }

    /**
     * A file to be replaced by what is made of it.
     *
     * @throws StoreException if that cannot be: it is a link, or another program uses it
     */
    public static RewrittenFile inPlace(Path file, SecureRandom random, InstantSource clock) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isSymbolicLink(file)) {
            throw new StoreException(file + " is a symbolic link", "Name the file it leads to, or say -o OUT.");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(file + " is not an ordinary file", "Name a session file.");
        }
        OtherPrograms.mustNotUse(file);
        return new RewrittenFile(file, file, true, false, new PrivateFile(file, random, clock));
    }

    /**
     * A file that stays as it is, with what is made of it put elsewhere.
     *
     * @param force whether something that is there may be replaced; it is kept as a backup
     * @throws StoreException if another program is writing to the file
     */
    public static RewrittenFile elsewhere(
            Path file, Path output, boolean force, SecureRandom random, InstantSource clock) throws IOException {
        OtherPrograms.mustNotWriteTo(file);
        if (Files.exists(output) && Files.exists(file) && Files.isSameFile(file, output)) {
            throw new StoreException(output + " is the file itself", "Leave -o away to replace it.");
        }
        if (force && Files.exists(output)) {
            OtherPrograms.mustNotUse(output);
        }
        return new RewrittenFile(file, output, false, force, new PrivateFile(output, random, clock));
    }

    /** With an old file that was read as it stood then; what somebody wrote since is not lost, but refused. */
    public RewrittenFile asOf(FileState read) {
        before = read;
        return this;
    }

    /** As one of many that are written in one run. */
    public RewrittenFile among(PrivateBatch batch) {
        target = batch.file(output);
        return this;
    }

    /**
     * Makes the new file and gives it its name.
     *
     * @param content makes it from the old one
     * @throws SessionExistsException if something has the name already
     * @throws StoreException if another program has changed the old file meanwhile
     */
    public Saved write(PrivateFile.Content content) throws IOException {
        PrivateFile.Content watched = file -> {
            content.writeTo(file);
            refuseUsers();
            before.requireUnchanged(input);
            if (inPlace && before.hasNeighbours()) {
                // Two files cannot be replaced at one stroke; killed in between, the old one would be without the
                // journal that undoes its half-written part.
                SqliteDatabase.settle(input);
            }
        };
        Optional<Path> previous = Optional.empty();
        if (inPlace || force) {
            previous = target.replace(watched);
        } else {
            try {
                target.create(watched);
            } catch (FileAlreadyExistsException taken) {
                throw new SessionExistsException(output.toString());
            }
        }
        return new Saved(output.toString(), previous.map(Path::toString));
    }

    /** Removes what is being written, as the last act before the process ends; see {@link PrivateFile#abandon}. */
    public void abandon() {
        target.abandon();
    }

    private void refuseUsers() throws StoreException {
        if (inPlace) {
            OtherPrograms.mustNotUse(input);
        } else {
            OtherPrograms.mustNotWriteTo(input);
        }
    }
}
