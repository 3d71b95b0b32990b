package dev.tgsession.session.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A database file as it lies on disk, with what lies beside it.
 *
 * <p>What is not yet in the file itself waits in a file beside it: {@code NAME-journal} (the way back from a
 * transaction that was cut off) or {@code NAME-wal} (pages not yet moved in). Reading the file alone would then show
 * something that never was. Source: <a href="https://www.sqlite.org/fileformat2.html">sqlite.org/fileformat2</a> and
 * <a href="https://www.sqlite.org/tempfiles.html">tempfiles</a>.
 */
final class SqliteFile {
    /** The most bytes of a file we look into; a session with a million peers has about 52 MB. */
    static final long LARGEST = 512L << 20;

    /** Up to here, some thirty thousand peers, a file is read into memory; a larger one is copied. */
    private static final int LARGEST_IN_MEMORY = 2 << 20;

    /** In bytes; it stands before everything else on the first page. */
    static final int HEADER_SIZE = 100;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] JOURNAL_MAGIC = {
        (byte) 0xd9, (byte) 0xd5, 0x05, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7
    };
    private static final List<String> NEIGHBOURS = List.of("-journal", "-wal");
    private static final int ATTEMPTS = 5;

    private SqliteFile() {}

    /** Whether it begins like a database. */
    static boolean looksLikeOne(byte[] head) {
        return head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * The size a database must have by its own header, 0 if the header does not say.
     *
     * <p>The header counts pages only if it was last written by SQLite 3.7.0 or later: then the number at 92 is the one
     * at 24.
     */
    static long sizeByHeader(byte[] head) {
        if (head.length < HEADER_SIZE || bigEndian(head, 24) != bigEndian(head, 92)) {
            return 0;
        }
        return pageSize(head) * Integer.toUnsignedLong(bigEndian(head, 28));
    }

    /** A power of two from 512 to 65536, as the header has it. */
    static long pageSize(byte[] head) {
        int stored = (head[16] & 0xff) << 8 | head[17] & 0xff;
        return stored == 1 ? 65_536 : stored;
    }

    /**
     * How many bytes of a record lie on the page of a tree itself; the rest is on pages of its own.
     *
     * @param usable bytes of a page that are there to be filled
     * @param table whether it is a row, and no entry of an index
     */
    static int local(int usable, int size, boolean table) {
        int most = table ? usable - 35 : (usable - 12) * 64 / 255 - 23;
        if (size <= most) {
            return size;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int here = least + (size - least) % (usable - 4);
        return here <= most ? here : least;
    }

    /** What has to be looked at, in memory or as a copy in a folder of our own. */
    static Snapshot snapshot(SessionSource source) throws IOException {
        if (source.still().isPresent()) {
            source.still().get().requireHeld();
            return source.still().get();
        }
        Optional<Snapshot> atOnce = takeAtOnce(source);
        if (atOnce.isPresent()) {
            return atOnce.get();
        }
        for (int attempt = 1; ; attempt++) {
            Optional<Snapshot> snapshot = tryToTake(source);
            if (snapshot.isPresent()) {
                return snapshot.get();
            }
            if (attempt == ATTEMPTS) {
                throw new MalformedSessionException(Finding.error(
                        "busy",
                        "The file changes while it is read: another program is writing to it.",
                        "Close the program that uses this session, then try again."));
            }
        }
    }

    /** Of a small file with nothing to be said about it; empty of any other. */
    private static Optional<Snapshot> takeAtOnce(SessionSource source) {
        if (source.file().isEmpty() || source.isRead()) {
            return Optional.empty();
        }
        Optional<byte[]> read = SmallFile.read(source.file().get(), LARGEST_IN_MEMORY);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        byte[] content = read.get();
        boolean whole = looksLikeOne(content)
                && content.length >= HEADER_SIZE
                && content.length >= pageSize(content)
                && content.length >= sizeByHeader(content);
        if (!whole) {
            SmallFile.giveBack(content);
            return Optional.empty();
        }
        Snapshot snapshot = new Snapshot(
                source.withContent(content), Optional.of(leaveWal(content)), Optional.empty(), false, List.of());
        snapshot.borrowed = Optional.of(content);
        return Optional.of(snapshot);
    }

    /** A large file with nothing beside it, as it is now, for {@link QuickLook}; empty if it is another. */
    static Optional<State> whereItLies(SessionSource source) throws IOException {
        if (source.file().isEmpty() || source.still().isPresent()) {
            return Optional.empty();
        }
        State now = State.of(source);
        boolean alone = now.beside.isEmpty() && now.size > LARGEST_IN_MEMORY && now.size <= LARGEST;
        return alone ? Optional.of(now) : Optional.empty();
    }

    /** The file itself, and no copy. */
    static Snapshot inPlace(SessionSource source) throws IOException {
        return new Snapshot(source, Optional.empty(), Optional.empty(), false, List.of());
    }

    /** Empty if it changed meanwhile: a journal comes and goes with each transaction. */
    private static Optional<Snapshot> tryToTake(SessionSource source) throws IOException {
        if (source.file().isEmpty()) {
            return Optional.of(take(source));
        }
        Optional<Snapshot> taken = Optional.empty();
        boolean stoodStill = false;
        try {
            State before = State.of(source);
            try {
                taken = Optional.of(take(before.size <= LARGEST_IN_MEMORY ? readWhole(source) : source));
            } catch (MalformedSessionException wrong) {
                if (before.equals(State.of(source))) {
                    throw wrong;
                }
                return Optional.empty();
            }
            stoodStill = before.equals(State.of(source));
            return stoodStill ? taken : Optional.empty();
        } catch (NoSuchFileException gone) {
            if (Files.notExists(source.file().get())) {
                throw gone;
            }
            return Optional.empty();
        } finally {
            if (!stoodStill && taken.isPresent()) {
                taken.get().discard();
            }
        }
    }

    /** At once, as so little of it is looked at without. */
    private static SessionSource readWhole(SessionSource source) throws IOException {
        byte[] content = source.head(LARGEST_IN_MEMORY + 1);
        return content.length > LARGEST_IN_MEMORY ? source : source.withContent(content);
    }

    private static Snapshot take(SessionSource source) throws IOException {
        byte[] head = source.head(HEADER_SIZE);
        requireDatabase(source, head);
        List<Finding> findings = new ArrayList<>();
        boolean written = isBeingWritten(source, findings);
        boolean journal = journalMatters(source, written, findings);
        boolean wal = walMatters(source, findings);
        long expected = sizeByHeader(head);
        boolean cut = expected > source.size() && !journal && !wal;
        if (cut) {
            findings.add(Finding.error(
                    "truncated",
                    "The file is cut short: " + source.size() + " of " + expected + " bytes are there.",
                    "Look for a backup, or copy the file again from where it came."));
        }
        if (expected > LARGEST) {
            throw tooLarge();
        }
        if (journal || wal || Math.max(source.size(), expected) > LARGEST_IN_MEMORY) {
            return new Snapshot(
                    source,
                    Optional.empty(),
                    Optional.of(copy(source, journal, wal, cut ? expected : 0)),
                    journal || wal || cut,
                    findings);
        }
        byte[] bytes = source.bytes(LARGEST_IN_MEMORY);
        // Zeros for what is missing: the pages that are there can then still be read.
        byte[] content = cut ? Arrays.copyOf(bytes, (int) expected) : bytes;
        return new Snapshot(source, Optional.of(leaveWal(content)), Optional.empty(), cut, findings);
    }

    private static void requireDatabase(SessionSource source, byte[] head) throws IOException {
        if (source.size() == 0) {
            throw new MalformedSessionException(Finding.error(
                    "empty-file", "The file is empty: there is no session in it.", CommonFindings.LOG_IN));
        }
        if (!looksLikeOne(head)) {
            throw new MalformedSessionException(
                    Finding.error("not-sqlite", "This is not an SQLite file.", "Is it the right file?"));
        }
        if (head.length < HEADER_SIZE || source.size() < pageSize(head)) {
            throw new MalformedSessionException(Finding.error(
                    "truncated",
                    "The file is cut short: not even its first page is complete.",
                    "Look for a backup, or copy the file again from where it came."));
        }
        if (source.size() > LARGEST) {
            throw tooLarge();
        }
    }

    private static MalformedSessionException tooLarge() {
        return new MalformedSessionException(Finding.error(
                "too-large", "This file is far larger than a session: more than 512 MiB.", "Is it the right file?"));
    }

    private static boolean isBeingWritten(SessionSource source, List<Finding> findings) {
        boolean written =
                source.file().isPresent() && SqliteLocks.seen(source.file().get()) == SqliteLocks.Use.WRITTEN;
        if (written) {
            findings.add(Finding.note(
                    "being-written",
                    "Another program is writing to the session right now; this is what it held before."));
        }
        return written;
    }

    /**
     * A journal whose first byte is zero belongs to a transaction that was finished or never began to write.
     *
     * @param written whether the transaction goes on at this moment; nobody was cut off then
     */
    private static boolean journalMatters(SessionSource source, boolean written, List<Finding> findings)
            throws IOException {
        Optional<Path> journal = beside(source, "-journal");
        if (journal.isEmpty()) {
            return false;
        }
        SessionSource content = SessionSource.ofFile(journal.get());
        byte[] head = content.head(1);
        if (head.length == 0) {
            return false;
        }
        if (head[0] == 0) {
            if (!written) {
                findings.add(Finding.note(
                        "stale-journal",
                        "A journal lies beside the file, but nothing waits in it: a program has the session open or was"
                                + " killed."));
            }
            return false;
        }
        if (content.size() > LARGEST) {
            throw tooLarge();
        }
        refuseSuperJournal(journal.get(), content.size());
        if (!written) {
            findings.add(Finding.warning(
                    "hot-journal",
                    "A program was cut off while writing; the journal beside the file undoes the half-written part.",
                    "Keep the file and its -journal together until a program has opened them."));
        }
        return true;
    }

    /**
     * A journal can name another file which SQLite would open and even delete. It does so at its very end, and only
     * for transactions over several databases, which no session has.
     */
    private static void refuseSuperJournal(Path journal, long size) throws IOException {
        byte[] end = new byte[JOURNAL_MAGIC.length];
        if (size < end.length) {
            return;
        }
        try (var channel = Files.newByteChannel(journal)) {
            channel.position(size - end.length);
            var buffer = ByteBuffer.wrap(end);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until the buffer is full
            }
        }
        if (Arrays.equals(end, JOURNAL_MAGIC)) {
            throw new MalformedSessionException(Finding.error(
                    "foreign-journal",
                    "The journal beside the file belongs to a change over several databases.",
                    "Is it the right file?"));
        }
    }

    private static boolean walMatters(SessionSource source, List<Finding> findings) throws IOException {
        Optional<Path> wal = beside(source, "-wal");
        if (wal.isEmpty()) {
            return false;
        }
        long size = SessionSource.ofFile(wal.get()).size();
        if (size == 0) {
            return false;
        }
        if (size > LARGEST) {
            throw tooLarge();
        }
        findings.add(Finding.warning(
                "wal-not-checkpointed",
                "Part of the session still lies in the -wal file beside it.",
                "Keep the file and its -wal together until a program has opened and closed them."));
        return true;
    }

    /** The file beside it whose name goes on like this, if there is one. */
    static Optional<Path> beside(SessionSource source, String ending) {
        Optional<Path> file = source.file();
        if (file.isEmpty() || file.get().getFileName() == null) {
            return Optional.empty();
        }
        Path real = file.get();
        try {
            // A link is followed first: SQLite looks beside the file itself.
            real = Files.isSymbolicLink(real) ? real.toRealPath() : real;
        } catch (IOException gone) {
            return Optional.empty();
        }
        Path neighbour = real.resolveSibling(real.getFileName() + ending);
        // Asked in this way first, as most have none, and that is no exception here.
        return neighbour.toFile().exists() && Files.isRegularFile(neighbour, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(neighbour)
                : Optional.empty();
    }

    /** A copy, with zeros at its end where that much is missing. */
    private static PrivateFolder copy(SessionSource source, boolean journal, boolean wal, long size)
            throws IOException {
        PrivateFolder folder = PrivateFolder.create();
        try {
            Path main = folder.file("session");
            if (source.file().isPresent()) {
                copy(source.file().get(), main);
            } else {
                Files.write(main, source.bytes((int) LARGEST));
            }
            if (size > 0) {
                try (var file = new RandomAccessFile(main.toFile(), "rw")) {
                    file.setLength(size);
                }
            }
            if (journal) {
                copyBeside(source, "-journal", folder);
            }
            if (wal) {
                copyBeside(source, "-wal", folder);
            }
            return folder;
        } catch (IOException | RuntimeException failed) {
            folder.close();
            throw failed;
        }
    }

    /** By the system itself, without a detour through our memory. */
    private static void copy(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            long at = 0;
            for (long some = -1; at < in.size() && some != 0; at += some) {
                some = in.transferTo(at, in.size() - at, out);
            }
        }
    }

    private static void copyBeside(SessionSource source, String ending, PrivateFolder folder) throws IOException {
        Path neighbour = beside(source, ending).orElseThrow(() -> new NoSuchFileException(source.name() + ending));
        Files.copy(neighbour, folder.file("session" + ending));
    }

    /**
     * With nothing waiting beside it, a file in WAL mode is complete. In memory there is no WAL mode, so the two
     * version numbers of the copy are set back to those of a file with an ordinary journal.
     */
    private static byte[] leaveWal(byte[] content) {
        if (content[18] != 2 && content[19] != 2) {
            return content;
        }
        byte[] left = content.clone();
        left[18] = left[18] == 2 ? 1 : left[18];
        left[19] = left[19] == 2 ? 1 : left[19];
        return left;
    }

    private static int bigEndian(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    /** The content to open, and what was found out on the way. Not for several threads at once. */
    static final class Snapshot {
        private final SessionSource source;
        private final Optional<byte[]> memory;
        private final Optional<PrivateFolder> copy;
        private final boolean waits;
        private final List<Finding> findings;
        private Optional<Optional<PlainDatabase>> plain = Optional.empty();

        /** What goes back to {@link SmallFile}. */
        private Optional<byte[]> borrowed = Optional.empty();

        private boolean discarded;

        /**
         * A snapshot.
         *
         * @param waits whether something beside it belongs to it, or some of it is missing
         */
        private Snapshot(
                SessionSource source,
                Optional<byte[]> memory,
                Optional<PrivateFolder> copy,
                boolean waits,
                List<Finding> findings) {
            this.source = source;
            this.memory = memory;
            this.copy = copy;
            this.waits = waits;
            this.findings = List.copyOf(findings);
        }

        /** Where it was taken, with the bytes at hand if they are in memory. */
        SessionSource source() {
            return source;
        }

        Optional<byte[]> memory() {
            return memory;
        }

        Optional<PrivateFolder> copy() {
            return copy;
        }

        List<Finding> findings() {
            return findings;
        }

        /** Whether it is of the file itself, which only {@link #plain()} may touch. */
        boolean isInPlace() {
            return memory.isEmpty() && copy.isEmpty();
        }

        /** Read without SQLite's library, if it can be; good until the snapshot is discarded. */
        Optional<PlainDatabase> plain() throws IOException {
            if (plain.isEmpty()) {
                plain = Optional.of(waits ? Optional.empty() : openPlain());
            }
            return plain.get();
        }

        private Optional<PlainDatabase> openPlain() throws IOException {
            if (memory.isPresent()) {
                return PlainDatabase.of(memory.get());
            }
            return PlainDatabase.of(
                    copy.isPresent()
                            ? copy.get().file("session")
                            : source.file().orElseThrow());
        }

        /** Its memory may hold another file by now. */
        void requireHeld() {
            if (discarded) {
                throw new IllegalStateException("the moment this file was held at is over");
            }
        }

        void discard() throws IOException {
            discarded = true;
            if (borrowed.isPresent()) {
                SmallFile.giveBack(borrowed.get());
                borrowed = Optional.empty();
            }
            Optional<PlainDatabase> opened = plain.flatMap(one -> one);
            if (opened.isPresent()) {
                opened.get().close();
            }
            if (copy.isPresent()) {
                copy.get().close();
            }
        }
    }

    /** Size and time of the file and its neighbours: the same before and after reading, or it was a moving target. */
    record State(long size, FileTime time, List<String> beside) {
        static State of(SessionSource source) throws IOException {
            List<String> signs = new ArrayList<>();
            for (String ending : NEIGHBOURS) {
                Optional<Path> file = SqliteFile.beside(source, ending);
                if (file.isPresent()) {
                    signs.add(ending + " " + Files.size(file.get()) + " " + Files.getLastModifiedTime(file.get()));
                }
            }
            BasicFileAttributes main = Files.readAttributes(source.file().orElseThrow(), BasicFileAttributes.class);
            return new State(main.size(), main.lastModifiedTime(), signs);
        }
    }
}
