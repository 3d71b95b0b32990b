package dev.tgsession.travel;

import dev.tgsession.crypto.Password;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/** The keys in a file that {@code gpg --export-secret-keys} wrote. Does not print. */
public final class SecretKeys {
    private static final int NO_PASSPHRASE = 0;

    private final PGPSecretKeyRingCollection rings;

    private SecretKeys(PGPSecretKeyRingCollection rings) {
        this.rings = rings;
    }

    /**
     * Reads a file of secret keys, in bytes or as text; their passphrase is not needed yet.
     *
     * @throws MalformedSessionException if it is no such file
     */
    public static SecretKeys read(byte[] file) throws MalformedSessionException {
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(file))) {
            PGPSecretKeyRingCollection rings = new PGPSecretKeyRingCollection(in, new BcKeyFingerprintCalculator());
            if (rings.size() > 0) {
                return new SecretKeys(rings);
            }
        } catch (IOException | PGPException | RuntimeException unreadable) {
            // Said below.
        }
        throw new MalformedSessionException(Finding.error(
                "no-secret-key",
                "There is no secret OpenPGP key in it.",
                "Write one with: gpg --export-secret-keys NAME >key.gpg"));
    }

    /** The key with that number. */
    Optional<PGPSecretKey> key(long id) {
        return Optional.ofNullable(rings.getSecretKey(id)).filter(key -> !key.isPrivateKeyEmpty());
    }

    static boolean isLocked(PGPSecretKey key) {
        return key.getS2KUsage() != NO_PASSPHRASE;
    }

    static PGPKeyPair unlocked(PGPSecretKey key, Optional<Password> passphrase) throws IOException {
        char[] letters = passphrase.map(Seal::letters).orElse(new char[0]);
        try {
            PGPKeyPair found = key.extractKeyPair(
                    new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(letters));
            if (found != null) {
                return found;
            }
        } catch (PGPException | RuntimeException wrong) {
            // Said below.
        }
        throw new WrongPassphraseException(
                "The passphrase does not open the secret key.",
                "It is the one that gpg asks for when it uses the key.");
    }
}
