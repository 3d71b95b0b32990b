package dev.tgsession.cli;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.login.Bookmark;
import dev.tgsession.login.CodeHistory;
import dev.tgsession.login.PendingLogin;
import dev.tgsession.login.PhoneNumber;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The logins whose code has been sent and that nobody has finished yet: a file each in the state folder, for its owner
 * alone. What is a day old is removed: by then no code is good any more.
 */
final class UnfinishedLogins {
    private static final String FOLDER = "logins";
    private static final String SUFFIX = ".login";
    private static final long LARGEST = 256 * 1024;
    private static final String SAY_WHICH =
            "Say which by its name: tgsession login --resume NAME; or with --phone NUMBER.";

    private final Given given;
    private final Path folder;

    UnfinishedLogins(Given given) {
        this.given = given;
        this.folder = StateFolder.of(given.environment()).resolve(FOLDER);
    }

    /**
     * What a login is called here, beside what the login itself knows.
     *
     * @param name of the session
     * @param device as which it appears in Telegram's list of devices
     * @param serverKey by which a server of somebody's own is known, as PEM; empty for Telegram
     */
    record Label(String name, String device, String serverKey) {
        private static final List<String> FIELDS = List.of("name ", "device ", "server-key ");

        private String toText() {
            List<String> values = List.of(name, device, serverKey);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < FIELDS.size(); i++) {
                text.append(FIELDS.get(i))
                        .append(Bytes.ofUtf8(values.get(i)).toHex())
                        .append('\n');
            }
            return text.toString();
        }

        private static Label ofText(String text) throws IOException {
            List<String> values = new ArrayList<>();
            for (String field : FIELDS) {
                String line = text.lines()
                        .filter(candidate -> candidate.startsWith(field))
                        .findFirst()
                        .orElseThrow(() -> new IOException("the login under way is damaged: a line is missing"));
                try {
                    values.add(Bytes.ofHex(line.substring(field.length())).toUtf8());
                } catch (IllegalArgumentException noHex) {
                    throw new IOException("the login under way is damaged: a line is wrong");
                }
            }
            return new Label(values.get(0), values.get(1), values.get(2));
        }
    }

    /** One of them. */
    record Unfinished(Label label, PendingLogin login) {}

    /** Keeps a login of that label from now on. */
    Kept bookmark(Label label) {
        return new Kept(label);
    }

    /** Goes on keeping that one, perhaps under another label. */
    Kept holding(Unfinished one, Label label) {
        Kept kept = new Kept(label);
        kept.file = Optional.of(fileOf(one.login().dataCenter(), one.login().phone()));
        return kept;
    }

    /** The latest one at the servers where a login begins. */
    Optional<PendingLogin> latestAt(DataCenter start) {
        for (Unfinished one : all()) {
            if (placeOf(one.login().dataCenter()).equals(placeOf(start))) {
                return Optional.of(one.login());
            }
        }
        return Optional.empty();
    }

    /** A bookmark in the state folder. */
    final class Kept implements Bookmark {
        private final Label label;
        private Optional<Path> file = Optional.empty();

        private Kept(Label label) {
            this.label = label;
        }

        /** Whether another run can go on with it. */
        synchronized boolean isHolding() {
            return file.filter(Files::exists).isPresent();
        }

        @Override
        public synchronized boolean keep(PendingLogin pending) throws IOException {
            PrivateFile.createFolder(folder);
            Path target = fileOf(pending.dataCenter(), pending.phone());
            // Another number in the same run: the login of the one before is over.
            if (!file.equals(Optional.of(target))) {
                remove();
            }
            byte[] content = (pending.toText() + label.toText()).getBytes(StandardCharsets.US_ASCII);
            new PrivateFile(target, given.random().get(), given.clock()).overwrite(content);
            file = Optional.of(target);
            return true;
        }

        @Override
        public synchronized void remove() {
            file.ifPresent(UnfinishedLogins::delete);
            file = Optional.empty();
        }
    }

    /** All that can be read, the latest first. */
    List<Unfinished> all() {
        List<Unfinished> all = new ArrayList<>();
        Instant oldest = given.clock().instant().minus(CodeHistory.MEMORY);
        for (Path file : files()) {
            try {
                Unfinished one = read(file);
                if (one.login().at().isBefore(oldest)) {
                    delete(file);
                } else {
                    all.add(one);
                }
            } catch (IOException damaged) {
                // There is nothing to go on with, and the next code for that number takes its place.
            }
        }
        if (all.size() > 1) {
            all.sort(Comparator.comparing((Unfinished one) -> one.login().at()).reversed());
        }
        return all;
    }

    /**
     * The one to go on with: the only one of that name and number, or the only one there is.
     *
     * @throws Refusal if there is none, or if there are several
     */
    Unfinished find(Optional<String> name, Optional<String> phone) throws Refusal {
        List<Unfinished> found = new ArrayList<>(all());
        if (phone.isPresent()) {
            Optional<PhoneNumber> number = PhoneNumber.of(phone.get());
            found.removeIf(one -> !number.equals(Optional.of(one.login().phone())));
        }
        if (found.isEmpty()) {
            throw new Refusal(
                    ExitCode.FAILED,
                    "No login waits to be gone on with" + (phone.isPresent() ? " for that number." : "."),
                    "Begin one: tgsession login");
        }
        if (name.isPresent()) {
            String others = whose(found);
            found.removeIf(one -> !one.label().name().equals(name.get()));
            if (found.isEmpty()) {
                throw new Refusal(
                        ExitCode.FAILED,
                        "No login called " + name.get() + " waits; these do: " + others + ".",
                        SAY_WHICH);
            }
        }
        if (found.size() > 1) {
            throw new Refusal(
                    ExitCode.USAGE, "Several logins wait to be gone on with: " + whose(found) + ".", SAY_WHICH);
        }
        return found.get(0);
    }

    private static String whose(List<Unfinished> logins) {
        return logins.stream()
                .map(one -> one.login().phone() + " (" + one.label().name() + ")")
                .collect(Collectors.joining(", "));
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
                all.forEach(files::add);
            } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
                // Then there is none, as far as we can tell.
            }
        }
        return files;
    }

    private static Unfinished read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("the login under way is damaged: it is too long");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return new Unfinished(Label.ofText(text), PendingLogin.ofText(text));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // For its owner's eyes only, and of no use once Telegram has let the code go.
        }
    }

    /** One number has one login under way at a place; the name of the file does not tell which. */
    private Path fileOf(DataCenter there, PhoneNumber phone) {
        Bytes hash = Hashes.sha256(Bytes.ofUtf8(placeOf(there) + "\n" + phone.digits()));
        return folder.resolve(hash.first(8).toHex() + SUFFIX);
    }

    private static String placeOf(DataCenter there) {
        return there.environment() == Environment.PRACTICE
                ? there.address()
                : there.environment().name();
    }
}
