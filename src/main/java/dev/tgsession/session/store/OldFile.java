package dev.tgsession.session.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file about to be replaced, held so that no two runs replace it at once and each lose what the other wrote.
 *
 * <p>The lock is the one a writer of SQLite's takes, a byte far behind the end of the file, so it also keeps a client
 * from writing to a file that is on its way out. Source:
 * <a href="https://www.sqlite.org/lockingv3.html">sqlite.org/lockingv3</a>. Where files have no modes (Windows), an
 * open file could not be replaced, so there is no lock.
 */
final class OldFile implements AutoCloseable {
    private static final long RESERVED_BYTE = 0x4000_0001L;

    private final Path path;
    private final Optional<FileChannel> channel;
    private final @Nullable Object identity;

    private OldFile(Path path, Optional<FileChannel> channel, @Nullable Object identity) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Takes hold of the file.
     *
     * @throws FileSystemException if somebody else has
     */
    static OldFile lock(Path path) throws IOException {
        Object identity = identity(path);
        if (!PrivateFile.hasModes(path) || !Files.isWritable(path)) {
            return new OldFile(path, Optional.empty(), identity);
        }
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (!isFree(channel)) {
            channel.close();
            throw inUse(path);
        }
        return new OldFile(path, Optional.of(channel), identity);
    }

    /**
     * Checks that what was locked is what has the name: somebody may have been quicker between the two.
     *
     * @throws FileSystemException if it is not
     */
    void requireStillThere() throws IOException {
        Object now = identity(path);
        if (now != null && !now.equals(identity)) {
            throw inUse(path);
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            // Lets go of the lock, too.
            channel.get().close();
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(RESERVED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException ourOwn) {
            return false;
        }
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static FileSystemException inUse(Path path) {
        return new FileSystemException(path.toString(), null, "is being written or replaced by another program");
    }
}
