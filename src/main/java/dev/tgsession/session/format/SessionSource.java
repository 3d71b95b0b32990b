package dev.tgsession.session.format;

import dev.tgsession.session.format.SqliteFile.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Where a session is read from: a file, or bytes and text already at hand. May hold a key, so it does not print. */
public final class SessionSource {
    private final String name;
    private final Optional<Path> file;

    /** All of it; of a file only if somebody has read it already. */
    private final Optional<byte[]> content;

    private final RowProgress progress;
    private final Optional<Snapshot> still;
    private final boolean forSqliteAlone;

    private SessionSource(
            String name,
            Optional<Path> file,
            Optional<byte[]> content,
            RowProgress progress,
            Optional<Snapshot> still,
            boolean forSqliteAlone) {
        this.name = name;
        this.file = file;
        this.content = content;
        this.progress = progress;
        this.still = still;
        this.forSqliteAlone = forSqliteAlone;
    }

    /** A file on disk; it is looked at when asked for. */
    public static SessionSource ofFile(Path file) {
        return new SessionSource(
                file.toString(), Optional.of(file), Optional.empty(), RowProgress.UNWATCHED, Optional.empty(), false);
    }

    /** The bytes of a file that was read elsewhere; taken over, not copied. */
    public static SessionSource ofBytes(String name, byte[] content) {
        return new SessionSource(
                name, Optional.empty(), Optional.of(content), RowProgress.UNWATCHED, Optional.empty(), false);
    }

    /** A text that somebody gave, such as a string session. */
    public static SessionSource ofText(String text) {
        return ofBytes("the given text", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same; whoever goes through many rows of it tells how far it is. */
    public SessionSource watchedBy(RowProgress watcher) {
        return new SessionSource(name, file, content, watcher, still, forSqliteAlone);
    }

    /** The same, to be read by SQLite's library even where {@link PlainDatabase} could. */
    SessionSource bySqliteAlone() {
        return new SessionSource(name, file, content, progress, still, true);
    }

    boolean isForSqliteAlone() {
        return forSqliteAlone;
    }

    /** The same file, of which these are all the bytes. */
    SessionSource withContent(byte[] whole) {
        return new SessionSource(name, file, Optional.of(whole), progress, still, forSqliteAlone);
    }

    /** The same file, as it was at that moment; good until the snapshot is discarded. */
    SessionSource asOf(Snapshot moment) {
        return new SessionSource(name, file, content, progress, Optional.of(moment), forSqliteAlone);
    }

    /** The moment it is held at, if it is. */
    Optional<Snapshot> still() {
        return still;
    }

    /** Whether all its bytes are at hand. */
    boolean isRead() {
        return content.isPresent();
    }

    private byte[] all() {
        if (still.isPresent()) {
            still.get().requireHeld();
        }
        return content.orElseThrow();
    }

    /** Whom to tell. */
    RowProgress progress() {
        return progress;
    }

    /** What to call it in a sentence: the path as given, or some words. */
    public String name() {
        return name;
    }

    /** The file, if it is one. */
    public Optional<Path> file() {
        return file;
    }

    /**
     * Its size in bytes.
     *
     * @throws MalformedSessionException if it is a folder or a device
     * @throws IOException if it cannot be read
     */
    public long size() throws IOException {
        return isRead() ? all().length : Files.size(ordinary(file.orElseThrow()));
    }

    /**
     * Its first bytes, at most so many.
     *
     * @throws MalformedSessionException if it is a folder or a device
     * @throws IOException if it cannot be read
     */
    public byte[] head(int most) throws IOException {
        if (isRead()) {
            return Arrays.copyOf(all(), Math.min(most, all().length));
        }
        try (InputStream in = Files.newInputStream(ordinary(file.orElseThrow()))) {
            return in.readNBytes(most);
        }
    }

    /**
     * All of it.
     *
     * @param most the size in bytes from which on it cannot be what is looked for
     * @throws MalformedSessionException if it is longer, a folder or a device
     * @throws IOException if it cannot be read
     */
    public byte[] bytes(int most) throws IOException {
        // By its size first: what is too large need not be in memory to be refused.
        byte[] start = size() > most ? new byte[0] : head(most == Integer.MAX_VALUE ? most : most + 1);
        if (size() > most || start.length > most) {
            throw new MalformedSessionException(
                    Finding.error("too-large", "This is longer than any session of its kind.", ""));
        }
        return start;
    }

    /** All of it as UTF-8 text; empty if it is longer, or if it is not text. */
    public Optional<String> text(int most) throws IOException {
        byte[] start = head(most + 1);
        if (start.length > most) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(start))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** Whether it is a file that others than its owner may read; no where there are no such modes. */
    public boolean isOpenToOthers() {
        try {
            if (file.isEmpty()) {
                return false;
            }
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file.get());
            return modes.contains(PosixFilePermission.GROUP_READ) || modes.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "SessionSource[" + name + "]";
    }

    /** Only an ordinary file has an end; a pipe or a device may never stop. */
    private static Path ordinary(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        // At one go: it may go away between two questions.
        BasicFileAttributes what = Files.readAttributes(path, BasicFileAttributes.class);
        if (what.isDirectory()) {
            throw new MalformedSessionException(
                    Finding.error("folder", "This is a folder, not a session file.", "Name the file inside it."));
        }
        if (!what.isRegularFile()) {
            throw new MalformedSessionException(
                    Finding.error("not-a-file", "This is no ordinary file.", "Copy its content into a file first."));
        }
        return path;
    }
}
