package dev.tgsession.practice;

import dev.tgsession.crypto.RsaPrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The RSA key of this installation's practice data centre, made when it is first needed and then kept in a file.
 *
 * <p>It never comes with the program: with a key that everybody has, anybody could play practice data centre to whoever
 * has once trusted it.
 */
public final class PracticeKey {
    /** The file's name. */
    public static final String FILE = "practice-key.pem";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private PracticeKey() {}

    /**
     * The key in a folder. Makes folder and key if they are not there; a new key takes some tenths of a second.
     *
     * @throws IOException if the file cannot be read or written, or does not hold a key
     */
    public static RsaPrivateKey in(Path folder, SecureRandom random) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            write(folder, file, RsaPrivateKey.generate(random));
        }
        return read(file);
    }

    private static RsaPrivateKey read(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
        try {
            return RsaPrivateKey.ofPem(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " does not hold the practice key (delete it to have a new one made): " + e.getMessage());
        }
    }

    /** Writes beside and links into place, so that two programs that begin at once end up with one key. */
    private static void write(Path folder, Path file, RsaPrivateKey key) throws IOException {
        Files.createDirectories(folder);
        FileAttribute<?>[] attributes = isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(folder, FILE, ".new", attributes);
        try {
            Files.writeString(draft, key.toPem(), StandardCharsets.US_ASCII);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was quicker; theirs it is.
        } catch (UnsupportedOperationException e) {
            Files.copy(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
