package dev.tgsession.travel;

import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;

/**
 * For whom a session is sealed: the keys in a file that {@code gpg --export} wrote, as far as their owners want to be
 * written to with them today.
 */
public final class PublicKeys {
    private static final int MOST = 16;
    /** gpg knows no later one, and a message for it is of another kind. */
    private static final int LATEST_VERSION = 4;

    private final List<String> owners;
    private final List<PGPPublicKey> keys;

    private PublicKeys(List<String> owners, List<PGPPublicKey> keys) {
        this.owners = owners;
        this.keys = keys;
    }

    /**
     * Reads a file of keys, in bytes or as text.
     *
     * @param clock tells which of them have expired
     * @throws MalformedSessionException if it is no such file, or one of its owners has no key that may be used
     */
    public static PublicKeys read(byte[] file, InstantSource clock) throws MalformedSessionException {
        List<OpenPGPCertificate> certificates = certificates(file);
        if (certificates.isEmpty() || certificates.size() > MOST) {
            throw unfit("There " + (certificates.isEmpty() ? "is no OpenPGP key" : "are too many keys") + " in it");
        }
        List<String> owners = new ArrayList<>();
        List<PGPPublicKey> keys = new ArrayList<>();
        for (OpenPGPCertificate certificate : certificates) {
            String owner = owner(certificate);
            List<PGPPublicKey> usable = usable(certificate, Date.from(clock.instant()));
            if (usable.isEmpty()) {
                throw unfit(
                        "Nothing can be sealed for " + owner
                                + " with it: there is no key for that, or it has expired, was revoked or is of a kind not known here");
            }
            owners.add(owner);
            keys.addAll(usable);
        }
        return new PublicKeys(List.copyOf(owners), List.copyOf(keys));
    }

    /** Whose they are, and the fingerprint to tell them by. The names are what strangers wrote. */
    public List<String> owners() {
        return owners;
    }

    List<PGPPublicKey> keys() {
        return keys;
    }

    private static List<OpenPGPCertificate> certificates(byte[] file) throws MalformedSessionException {
        try {
            return new BcOpenPGPApi().readKeyOrCertificate().parseKeysOrCertificates(file);
        } catch (IOException | RuntimeException unreadable) {
            throw unfit("This is no file of OpenPGP keys");
        }
    }

    private static List<PGPPublicKey> usable(OpenPGPCertificate certificate, Date today) {
        List<PGPPublicKey> usable = new ArrayList<>();
        try {
            for (OpenPGPComponentKey key : certificate.getEncryptionKeys(today)) {
                if (key.getVersion() <= LATEST_VERSION) {
                    usable.add(key.getPGPPublicKey());
                }
            }
        } catch (RuntimeException damaged) {
            return List.of();
        }
        return usable;
    }

    private static String owner(OpenPGPCertificate certificate) {
        String fingerprint = certificate.getPrettyFingerprint();
        return certificate.getAllUserIds().isEmpty()
                ? fingerprint
                : certificate.getAllUserIds().get(0).getUserId() + " (" + fingerprint + ")";
    }

    private static MalformedSessionException unfit(String why) {
        return new MalformedSessionException(
                Finding.error("no-public-key", why + ".", "Write one with: gpg --export --armor NAME >key.asc"));
    }
}
