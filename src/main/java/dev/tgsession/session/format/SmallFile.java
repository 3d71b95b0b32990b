package dev.tgsession.session.format;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * An ordinary small file with nothing beside it, as nearly all sessions are: read at one go, and asked no more than it takes
 * to know that it stood still. Whatever is not so simple is for {@link SqliteFile}, which asks about everything.
 *
 * <pre>
 *   size and time, -journal, -wal       nothing beside it: all there is, is in it
 *   open, read, close
 *   the locks                           nobody is in the middle of writing
 *   size and time, -journal             nobody began or ended meanwhile
 * </pre>
 *
 * <p>A {@code -wal} that came meanwhile does not matter: it holds what is newer than what was read.
 *
 * <p>The bytes lie in memory that is used again for the next file of that size: to be given fresh memory, all zeros, takes as
 * long as to have the file copied into it.
 *
 * <p>It earns its place: to ask about everything takes forty calls of the system for a file, and more time than to read it;
 * {@code scripts/bench files} reads ten thousand.
 */
final class SmallFile {
    /** No more memory than that waits for the next file. */
    private static final int LARGEST_KEPT = 64 * 1024;

    private static final byte[] NONE = new byte[0];
    private static final ThreadLocal<byte[]> WAITING = ThreadLocal.withInitial(() -> NONE);

    private SmallFile() {}

    /** All bytes of the file, if it is one, and stood still; ours until they are {@link #giveBack given back}. */
    static Optional<byte[]> read(Path file, int most) {
        try {
            BasicFileAttributes before = attributes(file);
            if (!before.isRegularFile() || before.size() == 0 || before.size() > most) {
                return Optional.empty();
            }
            File journal = new File(file + "-journal");
            if (journal.exists() || new File(file + "-wal").exists()) {
                return Optional.empty();
            }
            byte[] content = memory((int) before.size());
            try (FileInputStream in = new FileInputStream(file.toFile())) {
                if (in.readNBytes(content, 0, content.length) < content.length) {
                    return Optional.empty();
                }
            }
            boolean stoodStill =
                    !SqliteLocks.isSeenWriting(file, before) && isSame(before, attributes(file)) && !journal.exists();
            return stoodStill ? Optional.of(content) : Optional.empty();
        } catch (IOException | UnsupportedOperationException askedAgainWithCare) {
            return Optional.empty();
        }
    }

    /** For the next file; nobody may look at them any more. */
    static void giveBack(byte[] content) {
        if (content.length <= LARGEST_KEPT) {
            WAITING.set(content);
        }
    }

    private static byte[] memory(int size) {
        byte[] waiting = WAITING.get();
        if (waiting.length != size) {
            return new byte[size];
        }
        WAITING.set(NONE);
        return waiting;
    }

    /** Of the file itself: what lies beside the end of a link is found by {@link SqliteFile}. */
    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isSame(BasicFileAttributes before, BasicFileAttributes after) {
        return before.size() == after.size() && before.lastModifiedTime().equals(after.lastModifiedTime());
    }
}
