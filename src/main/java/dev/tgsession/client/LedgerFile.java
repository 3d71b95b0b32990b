package dev.tgsession.client;

import dev.tgsession.login.CodeHistory;
import dev.tgsession.login.Ledger;
import dev.tgsession.login.PhoneNumber;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.store.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A ledger in a folder: a file of lines, for its owner alone, replaced as a whole.
 *
 * <pre>
 *   ledger        the number, hashed | what happened | when      code, wait (its end) or full
 *   ledger.key    the key of that hash, 32 bytes, made on this machine
 *   ledger.lock   held while one process rewrites the other two
 * </pre>
 *
 * <p>There are so few phone numbers that a plain hash of one is soon undone by trying them all. With a key of this machine's
 * own, a ledger that gets out alone (in a backup, a mail, a bug report) tells nobody's number. Whoever reads the whole folder
 * can try the numbers; against them only the file's mode helps.
 *
 * <p>What cannot be read is set aside, what cannot be written is not remembered; either is said, and nobody is kept from
 * logging in by it.
 */
public final class LedgerFile implements Ledger {
    private static final String NAME = "ledger";
    private static final String TITLE =
            "# tgsession: codes asked for, and waits that Telegram has asked for; numbers are hashed";
    private static final long LARGEST = 1 << 20;
    private static final int KEY_SIZE = 32;

    private final Path folder;
    private final String place;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Consumer<String> trouble;
    private boolean troubleSaid;

    /**
     * The ledger in that folder, which is made when there is something to remember.
     *
     * @param start where the logins begin: the environment tells whose ledger this is, and of a server of one's own the
     *     address
     * @param random makes the key, and the names of temporary files
     * @param trouble is told in whole sentences what could not be remembered or read
     */
    public LedgerFile(
            Path folder, DataCenter start, SecureRandom random, InstantSource clock, Consumer<String> trouble) {
        this.folder = folder;
        this.place = start.environment() == Environment.PRACTICE
                ? start.address()
                : start.environment().name();
        this.random = random;
        this.clock = clock;
        this.trouble = trouble;
    }

    @Override
    public synchronized CodeHistory of(PhoneNumber phone) {
        try {
            return Files.exists(file()) ? read().getOrDefault(mark(phone), CodeHistory.NONE) : CodeHistory.NONE;
        } catch (IOException unreadable) {
            say(unreadable);
            return CodeHistory.NONE;
        }
    }

    @Override
    public synchronized void update(PhoneNumber phone, UnaryOperator<CodeHistory> change) {
        try {
            PrivateFile.createFolder(folder);
            try (FileChannel lock = FileChannel.open(
                    folder.resolve(NAME + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(lock);
                Map<String, CodeHistory> all = Files.exists(file()) ? read() : new TreeMap<>();
                String mark = mark(phone);
                all.put(mark, change.apply(all.getOrDefault(mark, CodeHistory.NONE)));
                write(all);
            }
        } catch (IOException unwritable) {
            say(unwritable);
        }
    }

    /** Other processes wait; on a file system without locks a note may get lost, and nothing worse. */
    private static void lock(FileChannel channel) {
        try {
            var unused = channel.lock();
        } catch (IOException | OverlappingFileLockException cannot) {
            // The file is replaced as a whole in any case.
        }
    }

    private Path file() {
        return folder.resolve(NAME);
    }

    /** All lines that are whole; if some are not, the file is set aside, and what was whole is kept. */
    private Map<String, CodeHistory> read() throws IOException {
        Map<String, CodeHistory> all = new TreeMap<>();
        boolean whole = Files.size(file()) <= LARGEST;
        String text = whole ? new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1) : "";
        for (String line : text.lines().toList()) {
            whole &= line.equals(TITLE) || take(all, line);
        }
        if (!whole) {
            Path aside = folder.resolve(NAME + ".damaged");
            Files.move(file(), aside, StandardCopyOption.REPLACE_EXISTING);
            write(all);
            trouble.accept(
                    "What was remembered of codes and waits is damaged; what could be read of it still counts. The"
                            + " old file is now " + aside + ".");
        }
        return all;
    }

    private static boolean take(Map<String, CodeHistory> all, String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || parts[0].length() != 2 * KEY_SIZE) {
            return false;
        }
        try {
            Instant when = Instant.parse(parts[2]);
            CodeHistory before = all.getOrDefault(parts[0], CodeHistory.NONE);
            switch (parts[1]) {
                case "code" -> all.put(parts[0], before.withCode(when));
                case "wait" -> all.put(parts[0], before.withWait(when));
                case "full" -> all.put(parts[0], before.withRefusal(when));
                default -> {
                    return false;
                }
            }
            return true;
        } catch (DateTimeException noTime) {
            return false;
        }
    }

    /** Only what still counts: the file stays short. */
    private void write(Map<String, CodeHistory> all) throws IOException {
        StringBuilder text = new StringBuilder(TITLE).append('\n');
        Instant now = clock.instant();
        all.forEach((mark, history) -> {
            CodeHistory current = history.at(now);
            current.codes().forEach(code -> line(text, mark, "code", code));
            current.waitEnds().ifPresent(end -> line(text, mark, "wait", end));
            current.refused().ifPresent(moment -> line(text, mark, "full", moment));
        });
        new PrivateFile(file(), random, clock).overwrite(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void line(StringBuilder text, String mark, String what, Instant when) {
        text.append(mark).append(' ').append(what).append(' ').append(when).append('\n');
    }

    private String mark(PhoneNumber phone) throws IOException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(), "HmacSHA256"));
            mac.update((place + "\n" + phone.digits()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    private byte[] key() throws IOException {
        Path file = folder.resolve(NAME + ".key");
        try {
            if (Files.size(file) == KEY_SIZE) {
                return Files.readAllBytes(file);
            }
            // Not ours any more; the lines that were made with the old one say nothing now.
            Files.delete(file);
        } catch (NoSuchFileException first) {
            PrivateFile.createFolder(folder);
        }
        byte[] key = new byte[KEY_SIZE];
        random.nextBytes(key);
        try {
            new PrivateFile(file, random, clock).create(key);
            return key;
        } catch (FileAlreadyExistsException somebodyWasQuicker) {
            return Files.readAllBytes(file);
        }
    }

    private void say(IOException cannot) {
        if (!troubleSaid) {
            troubleSaid = true;
            trouble.accept("Codes and waits cannot be remembered in " + folder + " ("
                    + cannot.getClass().getSimpleName() + "), so tgsession cannot warn before the one too many.");
        }
    }
}
