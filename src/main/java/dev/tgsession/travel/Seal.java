package dev.tgsession.travel;

import dev.tgsession.crypto.Password;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/**
 * Makes of a file an OpenPGP message that only whoever has the passphrase, or the secret half of a key, can open:
 * {@code gpg --decrypt}, or {@link Sealed}.
 *
 * <pre>
 *   for each passphrase and key: a way to the session key      salted SHA-256 over 62 MiB, or RSA, ECDH ...
 *   encrypted with AES-256, and protected against changes:     (every gpg since 2003 opens this)
 *     deflated:
 *       the file, under the name "session" and without a date
 * </pre>
 */
public final class Seal {
    /** The most that the coded count of a passphrase's hash can say: 65,011,712 bytes. */
    private static final int LONGEST_HASH = 0xff;

    private static final String NAME = "session";
    private static final int BEST = 9;

    private final SecureRandom random;
    private final List<char[]> passphrases = new ArrayList<>();
    private final List<PGPPublicKey> keys = new ArrayList<>();

    /** Nobody can open it yet. */
    public Seal(SecureRandom random) {
        this.random = random;
    }

    /** Whoever has this passphrase can open it. The passphrase may be closed afterwards. */
    public Seal withPassphrase(Password passphrase) {
        passphrases.add(letters(passphrase));
        return this;
    }

    /** Whoever has the secret half of one of these can open it. */
    public Seal withKeys(PublicKeys recipients) {
        keys.addAll(recipients.keys());
        return this;
    }

    /**
     * The message, in bytes.
     *
     * @throws IllegalStateException if nobody could open it
     */
    public byte[] seal(byte[] file) {
        if (passphrases.isEmpty() && keys.isEmpty()) {
            throw new IllegalStateException("a seal that nobody can open");
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] inside = deflated(file);
        try {
            PGPEncryptedDataGenerator encryption =
                    new PGPEncryptedDataGenerator(new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                            .setWithIntegrityPacket(true)
                            .setSecureRandom(random));
            for (char[] passphrase : passphrases) {
                encryption.addMethod(new BcPBEKeyEncryptionMethodGenerator(
                                passphrase,
                                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256),
                                LONGEST_HASH)
                        .setSecureRandom(random));
            }
            for (PGPPublicKey key : keys) {
                encryption.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(key).setSecureRandom(random));
            }
            try (OutputStream encrypted = encryption.open(message, inside.length)) {
                encrypted.write(inside);
            }
        } catch (IOException | PGPException unlikely) {
            // Everything is in memory, and the keys were looked at before.
            throw new IllegalStateException("the file could not be sealed", unlikely);
        }
        return message.toByteArray();
    }

    /** The message as lines of text. */
    public String sealText(byte[] file) {
        return OpenPgpText.of(seal(file));
    }

    /** As OpenPGP counts a passphrase: the letters of its UTF-8 form. */
    static char[] letters(Password passphrase) {
        byte[] utf8 = passphrase.utf8();
        try {
            return new String(utf8, StandardCharsets.UTF_8).toCharArray();
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static byte[] deflated(byte[] file) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        try (OutputStream deflated = new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZLIB, BEST).open(inside);
                OutputStream literal = new PGPLiteralDataGenerator()
                        .open(deflated, PGPLiteralData.BINARY, NAME, file.length, new Date(0))) {
            literal.write(file);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory could not be written", impossible);
        }
        return inside.toByteArray();
    }
}
