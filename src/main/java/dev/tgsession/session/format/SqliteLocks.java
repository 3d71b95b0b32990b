package dev.tgsession.session.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What other programs are doing with a database, as far as their locks tell.
 *
 * <p>SQLite locks single bytes, far behind the end of the file or in the {@code -shm} beside it, where nothing is ever
 * stored:
 *
 * <pre>
 *   NAME       1073741824        PENDING   } exclusive: somebody writes, or is about to
 *              1073741825        RESERVED  }
 *              1073741826 + 510  SHARED    exclusive: somebody writes; shared: somebody reads, or has it open in WAL mode
 *   NAME-shm   120, 121, 122     WRITE, CHECKPOINT, RECOVER   exclusive: somebody writes
 *              128               DMS       shared: somebody has it open in WAL mode
 * </pre>
 *
 * <p>A program that has a file open in the usual mode and rests holds no lock at all, so it cannot be told. Source: <a
 * href="https://www.sqlite.org/lockingv3.html">sqlite.org/lockingv3</a> and <a
 * href="https://www.sqlite.org/walformat.html">walformat</a>, section 2.3.
 */
public final class SqliteLocks {
    private static final long PENDING = 0x4000_0000L;

    /** PENDING, RESERVED and SHARED lie in a row. */
    private static final int MAIN_LOCKS = 512;

    private static final long WAL_WRITE = 120;
    private static final int WAL_WRITING_LOCKS = 3;
    private static final long WAL_OPEN = 128;

    /** All locks there are on this Linux, one a line. */
    private static final Path TABLE = Path.of("/proc/locks");

    private static final String SHARED_MEMORY = "-shm";
    private static final String KEY_NUMBER = ",ino=";

    private SqliteLocks() {}

    /** What somebody does with a database. */
    public enum Use {
        /** Nothing that could be seen. */
        NONE,
        /** Reads it, or has it open in WAL mode. */
        OPEN,
        /** Is in the middle of a transaction that writes. */
        WRITTEN
    }

    /**
     * Looks, and takes no lock by it: nobody is disturbed. Only Linux shows its locks, and not those of programs in
     * another container or on another machine; elsewhere this is always {@link Use#NONE}.
     */
    public static Use seen(Path file) {
        try {
            Table table = Table.read();
            if (table.locks.isEmpty() && table.atOnce) {
                return Use.NONE;
            }
            long main = inode(file);
            Path shm = beside(file);
            Use first = look(table, main, shm);
            // A list that changes between two pieces of it can skip a line.
            return first == Use.NONE && !table.atOnce ? look(Table.read(), main, shm) : first;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notShown) {
            return Use.NONE;
        }
    }

    /** Has the list made that {@link #seen} looks at: the first time, Linux lets all processors come to rest for it. */
    public static void listAhead() {
        try {
            KernelList.read();
        } catch (IOException notShown) {
            // Whoever looks at it finds that, too.
        }
    }

    /**
     * Whether somebody is in the middle of writing to a file that is no link; as {@link #seen}, with fewer questions.
     *
     * @param known what is known of the file already
     */
    static boolean isSeenWriting(Path file, BasicFileAttributes known) {
        try {
            Table table = Table.read();
            if (!table.atOnce) {
                return seen(file) == Use.WRITTEN;
            }
            if (table.locks.isEmpty()) {
                return false;
            }
            Path shm = file.resolveSibling(file.getFileName() + SHARED_MEMORY);
            return look(table, inode(file, known), shm) == Use.WRITTEN;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notShown) {
            return false;
        }
    }

    /**
     * Looks, and where nothing is to be seen also asks: for who is going to replace the file.
     *
     * <p>To ask is to take a lock, and to give it back at once. Another program that wants it in this very instant finds
     * it taken and tries again, as it does with every lock; this is why one who only reads does not ask.
     */
    public static Use of(Path file) {
        Use seen = seen(file);
        return seen == Use.NONE ? ask(file) : seen;
    }

    private static Use look(Table table, long main, Path shm) throws IOException {
        long memory = table.anyOnMemory() ? memory(shm) : -1;
        Use use = Use.NONE;
        for (Lock lock : table.locks) {
            if (lock.inode == main) {
                use = more(use, lock.onMain());
            } else if (lock.inode == memory) {
                use = more(use, lock.onMemory());
            }
        }
        return use;
    }

    /** The number of that file, or -1. */
    private static long memory(Path shm) throws IOException {
        // Asked in this way, as most have none, and that is no exception here.
        return shm.toFile().exists() ? inode(shm) : -1;
    }

    /**
     * Those locks that could be of an SQLite file, whichever: mostly none, and then nobody needs to know which file it is.
     *
     * @param text the list they stand in, to tell whether it is still the same
     * @param atOnce whether the system gave the whole list in one piece, in which nothing is skipped
     */
    private record Table(byte[] text, List<Lock> locks, boolean atOnce) {
        /** Taken apart once: from one small file to the next, hardly ever does a lock come or go. */
        private static final AtomicReference<Table> LAST =
                new AtomicReference<>(new Table(new byte[0], List.of(), true));

        static Table read() throws IOException {
            Table known = Objects.requireNonNull(LAST.get());
            KernelList.Reading reading = KernelList.read();
            if (reading.atOnce() && known.atOnce && Arrays.equals(known.text, reading.text())) {
                return known;
            }
            List<Lock> locks = new ArrayList<>();
            for (String line : new String(reading.text(), StandardCharsets.ISO_8859_1).split("\n", -1)) {
                Optional<Lock> lock = Lock.parse(line);
                if (lock.isPresent()
                        && (lock.get().onMain() != Use.NONE || lock.get().onMemory() != Use.NONE)) {
                    locks.add(lock.get());
                }
            }
            Table table = new Table(reading.text(), List.copyOf(locks), reading.atOnce());
            LAST.set(table);
            return table;
        }

        boolean anyOnMemory() {
            for (Lock lock : locks) {
                if (lock.onMemory() != Use.NONE) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The kernel's list of locks, which stays open: to open and close it takes longer than to read it. */
    private static final class KernelList {
        /** Not a channel: one of those is closed for all when a thread is told to stop. */
        private static final AtomicReference<@Nullable RandomAccessFile> OPEN = new AtomicReference<>();

        private KernelList() {}

        /**
         * What it said.
         *
         * @param atOnce whether in one piece
         */
        record Reading(byte[] text, boolean atOnce) {}

        static Reading read() throws IOException {
            byte[] buffer = new byte[8 * 1024];
            synchronized (OPEN) {
                RandomAccessFile open = OPEN.get();
                if (open == null) {
                    open = new RandomAccessFile(TABLE.toFile(), "r");
                    OPEN.set(open);
                }
                open.seek(0);
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                boolean atOnce = true;
                // To its end: a lock for which many wait is a long line, and the kernel stops before it.
                for (int some = open.read(buffer); some > 0; some = open.read(buffer)) {
                    atOnce = all.size() == 0;
                    all.write(buffer, 0, some);
                }
                return new Reading(all.toByteArray(), atOnce);
            }
        }
    }

    static Use ask(Path file) {
        Path shm = beside(file);
        if (isHeld(file, PENDING, MAIN_LOCKS, true) || isHeld(shm, WAL_WRITE, WAL_WRITING_LOCKS, true)) {
            return Use.WRITTEN;
        }
        return isHeld(shm, WAL_OPEN, 1, false) ? Use.OPEN : Use.NONE;
    }

    /** Whether somebody's lock keeps us from ours: a shared one is only kept off by an exclusive one. */
    private static boolean isHeld(Path file, long first, int size, boolean shared) {
        StandardOpenOption mode = shared ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(file, mode);
                FileLock lock = channel.tryLock(first, size, shared)) {
            return lock == null;
        } catch (IOException | OverlappingFileLockException cannotTell) {
            return false;
        }
    }

    /** The key of a file is made of the numbers of its device and its own; only its words show them. */
    private static long inode(Path file, BasicFileAttributes known) throws IOException {
        String key = String.valueOf(known.fileKey());
        int from = key.indexOf(KEY_NUMBER) + KEY_NUMBER.length();
        if (from < KEY_NUMBER.length() || !key.endsWith(")")) {
            return inode(file);
        }
        return Long.parseLong(key, from, key.length() - 1, 10);
    }

    private static long inode(Path file) throws IOException {
        return (Long) Files.getAttribute(file, "unix:ino");
    }

    /** A link is followed first, as SQLite does. */
    private static Path beside(Path file) {
        Path real = file;
        try {
            real = file.toRealPath();
        } catch (IOException gone) {
            // Then there is nothing beside it either.
        }
        return real.resolveSibling(real.getFileName() + SHARED_MEMORY);
    }

    private static Use more(Use one, Use other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /**
     * One line of the kernel's list: {@code 1: POSIX  ADVISORY  WRITE 7180 fe:00:10298998 1073741825 1073741825}. With
     * {@code ->} after the number it is only waited for.
     *
     * <p>The device is not compared: some file systems name one here and another to who asks for the file's own. A lock
     * on just these bytes of a file with just this number elsewhere is as good as none.
     */
    record Lock(long inode, long first, long last, boolean exclusive) {
        static Optional<Lock> parse(String line) {
            List<String> words = new ArrayList<>();
            for (String word : line.split(" ", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
            if (words.size() != 8
                    || !words.get(1).equals("POSIX") && !words.get(1).equals("OFDLCK")) {
                return Optional.empty();
            }
            String file = words.get(5);
            String last = words.get(7);
            try {
                return Optional.of(new Lock(
                        Long.parseLong(file.substring(file.lastIndexOf(':') + 1)),
                        Long.parseLong(words.get(6)),
                        last.equals("EOF") ? Long.MAX_VALUE : Long.parseLong(last),
                        words.get(3).equals("WRITE")));
            } catch (NumberFormatException foreign) {
                return Optional.empty();
            }
        }

        Use onMain() {
            return touches(PENDING, MAIN_LOCKS) ? exclusive ? Use.WRITTEN : Use.OPEN : Use.NONE;
        }

        Use onMemory() {
            if (exclusive && touches(WAL_WRITE, WAL_WRITING_LOCKS)) {
                return Use.WRITTEN;
            }
            return touches(WAL_OPEN, 1) ? Use.OPEN : Use.NONE;
        }

        private boolean touches(long begin, int size) {
            return first < begin + size && last >= begin;
        }
    }
}
