package dev.tgsession.session.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A secret on the disk: there whole or not at all, for its owner's eyes only, and never over something else.
 *
 * <pre>
 *   write .NAME.random.tmp, 0600        what a killed run leaves is only ever this
 *   fsync it
 *   link it to NAME                     fails if NAME exists; atomic
 *     or: link NAME to NAME.bak,        the old one is safe before it is gone
 *         rename it over NAME           atomic
 *   remove .NAME.random.tmp, fsync the folder
 * </pre>
 *
 * <p>Where the file system knows no links or no modes, the next best thing is done.
 */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> FOLDER_OF_OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final String BACKUP = ".bak";
    private static final int RANDOM_BYTES = 8;
    private static final int MOST_BACKUPS = 10_000;

    /** What SQLite leaves beside a database; a new database must not find what belonged to the old one. */
    private static final List<String> NEIGHBOURS = List.of("-journal", "-wal", "-shm");

    private final Path target;
    private final Path folder;
    private final SecureRandom random;
    private final InstantSource clock;

    /** With whom it comes, if with others. */
    private final Optional<PrivateBatch> batch;

    /** What is being written at this moment, for {@link #abandon}. */
    private volatile @Nullable Path unfinished;

    private volatile boolean abandoned;

    /**
     * A file to be; nothing is touched yet.
     *
     * @param random makes the names of temporary files
     * @param clock tells how old the leftovers of killed runs are
     * @throws IllegalArgumentException if the path names no file, such as {@code /}
     */
    public PrivateFile(Path target, SecureRandom random, InstantSource clock) {
        this(target, random, clock, Optional.empty());
    }

    /** One of many. */
    PrivateFile(Path target, SecureRandom random, InstantSource clock, PrivateBatch batch) {
        this(target, random, clock, Optional.of(batch));
    }

    private PrivateFile(Path target, SecureRandom random, InstantSource clock, Optional<PrivateBatch> batch) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null || target.getFileName() == null) {
            throw new IllegalArgumentException("a path without a name is no file");
        }
        this.target = target;
        this.folder = parent;
        this.random = random;
        this.clock = clock;
        this.batch = batch;
    }

    public Path path() {
        return target;
    }

    /**
     * Puts the content where nothing was.
     *
     * @throws FileAlreadyExistsException if something is there: a file, a folder, or a link to anywhere
     * @throws IOException if it cannot be written; then nothing is left behind
     */
    public void create(byte[] content) throws IOException {
        create(file -> Files.write(file, content));
    }

    /**
     * Puts content that is made on the spot where nothing was.
     *
     * @throws FileAlreadyExistsException if something is there: a file, a folder, or a link to anywhere
     * @throws IOException if it cannot be written; then nothing is left behind
     */
    public void create(Content content) throws IOException {
        Path temporary = writeTemporary(content);
        try {
            setOrphansAside();
            appear(temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
        if (batch.isPresent()) {
            batch.get().touched(folder);
        } else {
            syncFolder();
        }
    }

    /**
     * Puts the content where something may be, and keeps what was there.
     *
     * @return where the old file is kept, if there was one: {@code NAME.bak}, or {@code NAME.bak.1} and so on
     * @throws FileSystemException if a folder, a link or another strange thing has that name, or if somebody else is
     *     writing to the old file or replacing it at the same moment
     * @throws IOException if it cannot be written; then the old file is still in its place
     */
    public Optional<Path> replace(byte[] content) throws IOException {
        return replace(file -> Files.write(file, content));
    }

    /**
     * Puts content that is made on the spot where something may be, and keeps what was there.
     *
     * @return where the old file is kept, as for bytes
     * @throws IOException as for bytes, or if the content cannot be made; then the old file is still in its place
     */
    public Optional<Path> replace(Content content) throws IOException {
        if (!exists(target)) {
            create(content);
            return Optional.empty();
        }
        requireOrdinary();
        Path temporary = writeTemporary(content);
        try (OldFile old = OldFile.lock(target)) {
            Path backup = keep(temporary, old);
            syncFolder();
            return Optional.of(backup);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Puts the content in the place of whatever ordinary file has that name, and keeps nothing of it: for what only this
     * program writes and nobody misses.
     *
     * @throws FileSystemException if a folder, a link or another strange thing has that name
     * @throws IOException if it cannot be written; then the old file is still in its place
     */
    public void overwrite(byte[] content) throws IOException {
        if (exists(target)) {
            requireOrdinary();
        }
        Path temporary = writeTemporary(file -> Files.write(file, content));
        try {
            move(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder();
    }

    /**
     * Puts the content in the place of an older state of the same thing, of which nothing is kept; only if a journal of
     * SQLite's lies beside it is it kept after all, together with that.
     *
     * @param before what the file looked like when it was found to be worth no keeping
     * @throws StoreException if it has changed since
     * @throws IOException as for {@link #replace(byte[])}; then the old file is still in its place
     */
    void update(byte[] content, FileState before) throws IOException {
        requireOrdinary();
        Path temporary = writeTemporary(file -> Files.write(file, content));
        try (OldFile old = OldFile.lock(target)) {
            before.requireUnchanged(target);
            if (before.hasNeighbours()) {
                keep(temporary, old);
            } else {
                old.requireStillThere();
                move(temporary, target);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder();
    }

    /**
     * Checks that the folder is there and takes a file, by making one and removing it.
     *
     * @throws IOException if it does not
     */
    public void checkFolder() throws IOException {
        removeAbandoned();
        // It is gone at once, so it needs neither the disk nor a name that was diced: both would keep a person waiting.
        byte[] moment =
                ByteBuffer.allocate(RANDOM_BYTES).putLong(System.nanoTime()).array();
        Files.delete(newTemporary(moment));
    }

    /**
     * Removes, from another thread and as the last act before the process ends, what is being written and has not got its
     * name yet. Whoever is writing it fails then, and what was there before stays.
     */
    public void abandon() {
        abandoned = true;
        Path temporary = unfinished;
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                // It is for its owner's eyes only, and the next run removes it.
            }
        }
    }

    /** Writes what the file is to hold, however large, without holding it in memory. */
    @FunctionalInterface
    public interface Content {
        /**
         * Fills the file, which is there, empty, and readable for its owner alone.
         *
         * @throws IOException if that fails; the file is then removed
         */
        void writeTo(Path file) throws IOException;
    }

    private void requireOrdinary() throws FileSystemException {
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(target.toString(), null, "is not an ordinary file");
        }
    }

    /** A file of our own beside the target, complete and on the disk. */
    private Path writeTemporary(Content content) throws IOException {
        removeAbandoned();
        byte[] chance = new byte[RANDOM_BYTES];
        random.nextBytes(chance);
        Path temporary = newTemporary(chance);
        try {
            if (abandoned) {
                throw new InterruptedIOException("the writing was abandoned");
            }
            content.writeTo(temporary);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
        }
        return temporary;
    }

    private Path newTemporary(byte[] name) throws IOException {
        Path temporary = folder.resolve(temporaryPrefix() + HexFormat.of().formatHex(name) + ".tmp");
        unfinished = temporary;
        try {
            FileChannel.open(temporary, newFile(), ownerOnly()).close();
        } catch (AccessDeniedException denied) {
            // Nobody but us knows the name of that file.
            throw new AccessDeniedException(folder.toString(), null, "may not be written to");
        }
        return temporary;
    }

    private String temporaryPrefix() {
        return "." + target.getFileName() + ".";
    }

    /** Files a killed run left: of our pattern, and older than any run lasts. What stays, stays for the next time. */
    private void removeAbandoned() throws IOException {
        Instant limit = clock.instant().minus(ABANDONED_AFTER);
        if (batch.isPresent()) {
            for (Path file : batch.get().names(folder).temporaries()) {
                if (isTemporary(file) && isOlder(file, limit)) {
                    Files.deleteIfExists(file);
                }
            }
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, this::isTemporary)) {
            for (Path file : all) {
                if (isOlder(file, limit)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (AccessDeniedException | DirectoryIteratorException notOurs) {
            // A folder may take files and not show them.
        }
    }

    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(limit);
        } catch (NoSuchFileException finishedMeanwhile) {
            return false;
        }
    }

    private boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        String start = temporaryPrefix();
        if (name.length() != start.length() + 2 * RANDOM_BYTES + 4
                || !name.startsWith(start)
                || !name.endsWith(".tmp")) {
            return false;
        }
        for (int i = start.length(); i < name.length() - 4; i++) {
            if (!HexFormat.isHexDigit(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Gives the finished file its name, unless that is taken. */
    private void appear(Path temporary) throws IOException {
        try {
            Files.createLink(target, temporary);
            return;
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (FileSystemException | UnsupportedOperationException noLinks) {
            if (exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
        }
        // Without links: first the name, as an empty file nobody else can then have; then the content under it.
        FileChannel.open(target, newFile(), ownerOnly()).close();
        try {
            move(temporary, target);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(target);
            throw failed;
        }
    }

    /** The old file gets a name that is free, together with what SQLite left beside it; then the new one its name. */
    private Path keep(Path temporary, OldFile old) throws IOException {
        old.requireStillThere();
        Path backup = linkOrCopyToFree();
        List<String> moved = new ArrayList<>();
        try {
            for (String ending : NEIGHBOURS) {
                if (exists(sibling(ending))) {
                    move(sibling(ending), neighbour(backup, ending));
                    moved.add(ending);
                }
            }
            move(temporary, target);
            return backup;
        } catch (IOException | RuntimeException failed) {
            for (String ending : moved) {
                move(neighbour(backup, ending), sibling(ending));
            }
            Files.deleteIfExists(backup);
            throw failed;
        }
    }

    private static Path neighbour(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private Path linkOrCopyToFree() throws IOException {
        while (true) {
            Path backup = free(BACKUP);
            try {
                linkOrCopy(target, backup);
                return backup;
            } catch (FileAlreadyExistsException takenMeanwhile) {
                // Somebody else was quicker; the next number then.
            }
        }
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (FileSystemException | UnsupportedOperationException noLinks) {
            copy(from, to);
            return;
        }
        try {
            if (hasModes(to)) {
                Files.setPosixFilePermissions(to, OWNER_ONLY);
            }
        } catch (FileSystemException notOurs) {
            // A link to somebody else's file cannot be closed to others; a copy can.
            Files.delete(to);
            copy(from, to);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        FileAttribute<?>[] attributes = hasModes(to) ? ownerOnlyWithModes() : new FileAttribute<?>[0];
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(to, newFile(), attributes)) {
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (in.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            out.force(true);
        }
    }

    /** A journal without its database would be played into the new file by whoever opens it first. */
    static boolean isNeighbour(String name) {
        for (String ending : NEIGHBOURS) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private void setOrphansAside() throws IOException {
        if (batch.isPresent() && !batch.get().names(folder).neighbours()) {
            return;
        }
        for (String ending : NEIGHBOURS) {
            Path orphan = sibling(ending);
            if (exists(orphan) && !exists(target)) {
                move(orphan, free(ending + BACKUP));
            }
        }
    }

    /** Whether nothing has the name, nor one of those that belong to it. */
    private static boolean isFree(Path path) {
        boolean free = !exists(path);
        for (String ending : NEIGHBOURS) {
            free &= !exists(neighbour(path, ending));
        }
        return free;
    }

    /** The first of {@code NAME.bak}, {@code NAME.bak.1} and so on that nothing has. */
    private Path free(String ending) throws IOException {
        for (int number = 0; number < MOST_BACKUPS; number++) {
            Path path = sibling(number == 0 ? ending : ending + "." + number);
            if (isFree(path)) {
                return path;
            }
        }
        throw new FileSystemException(target.toString(), null, "has too many backups beside it");
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException | UnsupportedOperationException cannot) {
            // Some file systems rename only to a free name, or not in one step.
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes a new name last through a power cut; some systems cannot open a folder, and need not. */
    private void syncFolder() {
        sync(folder);
    }

    static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException | UnsupportedOperationException cannot) {
            // The file itself is on the disk.
        }
    }

    private Path sibling(String ending) {
        return folder.resolve(target.getFileName() + ending);
    }

    /**
     * Makes a folder, and those it lies in, for its owner alone; one that is there already stays as it is.
     *
     * @throws IOException if that is not possible
     */
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    hasModes(folder)
                            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FOLDER_OF_OWNER)}
                            : new FileAttribute<?>[0]);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static Set<? extends OpenOption> newFile() {
        return Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private FileAttribute<?>[] ownerOnly() {
        return hasModes(target) ? ownerOnlyWithModes() : new FileAttribute<?>[0];
    }

    private static FileAttribute<?>[] ownerOnlyWithModes() {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)};
    }

    static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
