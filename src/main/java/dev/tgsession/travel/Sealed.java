package dev.tgsession.travel;

import dev.tgsession.crypto.Password;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyEncSessionPacket;
import org.bouncycastle.bcpg.S2K;
import org.bouncycastle.bcpg.SymmetricKeyEncSessionPacket;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;

/**
 * An OpenPGP message with a file in it: what {@link Seal} makes, or {@code gpg --symmetric} and {@code gpg --encrypt}.
 *
 * <p>Nothing of it is believed before its protection against changes has been checked to the last byte; a message
 * without such protection is refused. A signature inside is read over: whoever has the passphrase is trusted.
 */
public final class Sealed {
    /** The most bytes that come out of one; a session with a million peers has about 52 MB. */
    public static final int LARGEST = Armor.LARGEST;

    private static final int MOST_LOCKS = 16;
    /** Packets around the file: compressed, signed, compressed. */
    private static final int DEEPEST = 8;
    /** 2^18 KiB are 256 MiB. */
    private static final int MOST_MEMORY_EXPONENT = 18;

    private static final int MOST_PASSES = 16;

    /** What a point of a curve in its own form begins with, and how many bits that makes with 32 bytes. */
    private static final byte NATIVE_POINT = 0x40;

    private static final int POINT_BITS = 263;

    private final byte[] message;
    private final int passphrases;
    private final List<Long> keyIds;

    private Sealed(byte[] message, int passphrases, List<Long> keyIds) {
        this.message = message;
        this.passphrases = passphrases;
        this.keyIds = keyIds;
    }

    /** Whether this text is meant to be such a message, however much of it has survived. */
    public static boolean isOne(String text) {
        return OpenPgpText.isOne(text);
    }

    /** Whether these bytes begin as such a message does. */
    public static boolean isOne(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] >= 0) {
            return false;
        }
        boolean newer = (bytes[0] & 0x40) != 0;
        int tag = newer ? bytes[0] & 0x3f : (bytes[0] & 0x3f) >> 2;
        return switch (tag) {
            case PacketTags.PUBLIC_KEY_ENC_SESSION,
                    PacketTags.SYMMETRIC_KEY_ENC_SESSION,
                    PacketTags.SYMMETRIC_KEY_ENC,
                    PacketTags.SYM_ENC_INTEGRITY_PRO,
                    PacketTags.AEAD_ENC_DATA -> true;
            // Before a message there may be a marker, which always says the same.
            case PacketTags.MARKER -> new String(bytes, StandardCharsets.ISO_8859_1).startsWith("PGP", 2);
            default -> false;
        };
    }

    /**
     * Looks at a message without opening it.
     *
     * @throws MalformedSessionException if it is damaged, is none, or is not protected against changes
     */
    public static Sealed of(byte[] message) throws MalformedSessionException {
        try {
            return lookedAt(message);
        } catch (MalformedSessionException known) {
            throw known;
        } catch (IOException | RuntimeException unreadable) {
            throw OpenPgpText.damaged("a part of it is missing or changed");
        }
    }

    /**
     * The same for lines of text.
     *
     * @throws MalformedSessionException as above, or if there is no message in the text
     */
    public static Sealed of(String text) throws MalformedSessionException {
        return of(OpenPgpText.read(text).orElseThrow(() -> OpenPgpText.damaged("its first line is missing")));
    }

    /** Whether there is a passphrase that opens it. */
    public boolean takesPassphrase() {
        return passphrases > 0;
    }

    /** Whether there is a key that opens it. */
    public boolean takesKey() {
        return !keyIds.isEmpty();
    }

    /**
     * Whether one of these keys opens it, and wants its own passphrase first.
     *
     * @throws MalformedSessionException if none of them does
     */
    public boolean needsPassphraseOf(SecretKeys keys) throws MalformedSessionException {
        return SecretKeys.isLocked(fitting(keys));
    }

    /**
     * The file in it, to the byte.
     *
     * @throws WrongPassphraseException if the passphrase is another, or the message damaged in the few bytes by which
     *     that is told; by two of them, so that one of 65,536 others is taken for damage
     * @throws MalformedSessionException if the message is damaged, or holds something else than a file
     */
    public byte[] open(Password passphrase) throws IOException {
        char[] letters = Seal.letters(passphrase);
        BcPBEDataDecryptorFactory opener = new BcPBEDataDecryptorFactory(letters, new BcPGPDigestCalculatorProvider());
        for (int i = 0; i < locks().size(); i++) {
            // Read anew for each try: a message in BouncyCastle is a stream.
            PGPEncryptedData data = locks().get(i);
            if (data instanceof PGPPBEEncryptedData locked) {
                Optional<InputStream> inside = unlocked(() -> locked.getDataStream(opener));
                if (inside.isPresent()) {
                    return content(locked, inside.get());
                }
            }
        }
        throw new WrongPassphraseException(
                "The passphrase does not open this.",
                "Each letter counts, and so does a hyphen. If it is the right one, the message is damaged: get it again.");
    }

    /**
     * The file in it, to the byte.
     *
     * @param passphrase of the key, if {@link #needsPassphraseOf} says so
     * @throws WrongPassphraseException if that is another
     * @throws MalformedSessionException if none of the keys fits, or the message is damaged or holds something else than
     *     a file
     */
    public byte[] open(SecretKeys keys, Optional<Password> passphrase) throws IOException {
        PGPSecretKey key = fitting(keys);
        PGPKeyPair opener = SecretKeys.unlocked(key, passphrase);
        for (PGPEncryptedData data : locks()) {
            if (data instanceof PGPPublicKeyEncryptedData locked
                    && locked.getKeyIdentifier().getKeyId() == key.getKeyID()
                    && locked.getAlgorithm() == key.getPublicKey().getAlgorithm()) {
                Optional<InputStream> inside =
                        unlocked(() -> locked.getDataStream(new BcPublicKeyDataDecryptorFactory(opener)));
                return content(locked, inside.orElseThrow(() -> OpenPgpText.damaged("it is changed near its start")));
            }
        }
        throw noKey();
    }

    /** A way from a lock to what is behind it. */
    private interface Way {
        InputStream open() throws PGPException;
    }

    private static Sealed lookedAt(byte[] message) throws IOException {
        ByteArrayInputStream rest = new ByteArrayInputStream(message);
        BCPGInputStream packets = new BCPGInputStream(rest);
        int passphrases = 0;
        List<Long> keyIds = new ArrayList<>();
        while (passphrases + keyIds.size() <= MOST_LOCKS) {
            switch (packets.nextPacketTag()) {
                case PacketTags.MARKER -> packets.readPacket();
                case PacketTags.SYMMETRIC_KEY_ENC_SESSION -> {
                    checkCost(((SymmetricKeyEncSessionPacket) packets.readPacket()).getS2K());
                    passphrases++;
                }
                case PacketTags.PUBLIC_KEY_ENC_SESSION -> {
                    PublicKeyEncSessionPacket lock = (PublicKeyEncSessionPacket) packets.readPacket();
                    checkNumbers(lock, message, message.length - rest.available());
                    keyIds.add(lock.getKeyID());
                }
                case PacketTags.SYM_ENC_INTEGRITY_PRO, PacketTags.AEAD_ENC_DATA -> {
                    return new Sealed(message, passphrases, List.copyOf(keyIds));
                }
                case PacketTags.SYMMETRIC_KEY_ENC ->
                    throw refused(
                            "unprotected-seal",
                            "This message is not protected against changes, so what comes out of it cannot be trusted.",
                            "Every gpg of this century protects what it encrypts; encrypt the session once more.");
                default -> throw OpenPgpText.damaged("it is no encrypted message, or its start is changed");
            }
        }
        throw OpenPgpText.damaged("it is for more people than anybody knows");
    }

    /**
     * Numbers say how many bits they have. BouncyCastle takes a wrong count where it makes no difference; we do not, as it
     * means that a byte was changed.
     *
     * @param end where the packet ends in the message
     */
    private static void checkNumbers(PublicKeyEncSessionPacket lock, byte[] message, int end) throws IOException {
        if (lock.getVersion() != PublicKeyEncSessionPacket.VERSION_3) {
            return;
        }
        int length = 0;
        for (byte[] part : lock.getEncSessionKey()) {
            length += part.length;
        }
        byte[] written = lock.getEncoded();
        boolean same = length <= end
                && Arrays.equals(message, end - length, end, written, written.length - length, written.length);
        if (!same || (lock.getAlgorithm() == PublicKeyAlgorithmTags.ECDH && !isExact(lock.getEncSessionKey()[0]))) {
            throw OpenPgpText.damaged("a part of it is missing or changed");
        }
    }

    /** Whether the number at the beginning has as many bits as it says, and a point of Curve25519 no bit that is not used. */
    private static boolean isExact(byte[] number) {
        int bits = number.length < 3 ? 0 : (number[0] & 0xff) << 8 | number[1] & 0xff;
        int last = 1 + (bits + 7) / 8;
        if (bits == 0 || last >= number.length) {
            return false;
        }
        int inFirstByte = (bits - 1) % 8 + 1;
        boolean curve25519 = number[2] == NATIVE_POINT && bits == POINT_BITS;
        return Integer.SIZE - Integer.numberOfLeadingZeros(number[2] & 0xff) == inFirstByte
                && !(curve25519 && number[last] < 0);
    }

    /** A stranger may ask for more memory than this machine has. */
    private static void checkCost(S2K hash) throws MalformedSessionException {
        boolean dear = hash.getType() == S2K.ARGON_2
                && (hash.getMemorySizeExponent() > MOST_MEMORY_EXPONENT || hash.getPasses() > MOST_PASSES);
        if (dear) {
            throw refused(
                    "dear-seal",
                    "To try a passphrase on this message would take more than 256 MiB of memory.",
                    "Open it where it was made, and seal it with less.");
        }
    }

    private PGPEncryptedDataList locks() throws MalformedSessionException {
        try {
            BCPGInputStream packets = new BCPGInputStream(new ByteArrayInputStream(message));
            while (packets.nextPacketTag() == PacketTags.MARKER) {
                packets.readPacket();
            }
            return new PGPEncryptedDataList(packets);
        } catch (IOException | RuntimeException unreadable) {
            throw OpenPgpText.damaged("a part of it is missing or changed");
        }
    }

    private PGPSecretKey fitting(SecretKeys keys) throws MalformedSessionException {
        for (long id : keyIds) {
            Optional<PGPSecretKey> found = keys.key(id);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw noKey();
    }

    /** What is behind the lock; empty if the key does not turn. */
    private static Optional<InputStream> unlocked(Way way) {
        try {
            return Optional.of(way.open());
        } catch (PGPException | RuntimeException wrong) {
            return Optional.empty();
        }
    }

    /** Reads it all, then checks it, and only then hands it out. */
    private static byte[] content(PGPEncryptedData data, InputStream decrypted) throws IOException {
        try {
            byte[] file = file(decrypted);
            decrypted.transferTo(OutputStream.nullOutputStream());
            // What is encrypted in the newer way was checked while it was read.
            if (data.isAEAD() || (data.isIntegrityProtected() && data.verify())) {
                return file;
            }
        } catch (MalformedSessionException known) {
            throw known;
        } catch (IOException | PGPException | RuntimeException unreadable) {
            // As good as a wrong sum.
        }
        throw OpenPgpText.damaged("a part of it is missing or changed");
    }

    private static byte[] file(InputStream decrypted) throws IOException, PGPException {
        BCPGInputStream packets = new BCPGInputStream(decrypted);
        for (int depth = 0; depth < DEEPEST; depth++) {
            switch (packets.nextPacketTag()) {
                case PacketTags.MARKER, PacketTags.ONE_PASS_SIGNATURE -> packets.readPacket();
                case PacketTags.COMPRESSED_DATA ->
                    packets = new BCPGInputStream(new PGPCompressedData(packets).getDataStream(LARGEST + (1 << 20)));
                case PacketTags.LITERAL_DATA -> {
                    byte[] file = new PGPLiteralData(packets).getInputStream().readNBytes(LARGEST + 1);
                    if (file.length > LARGEST) {
                        throw OpenPgpText.damaged("far more comes out of it than a session holds");
                    }
                    return file;
                }
                default -> throw OpenPgpText.damaged("there is no file in it");
            }
        }
        throw OpenPgpText.damaged("there is no file in it");
    }

    private static MalformedSessionException noKey() {
        return refused(
                "no-key-for-seal",
                "None of the keys opens this: it is sealed for somebody else.",
                "With the right key in its ring, gpg opens it: gpg --decrypt FILE");
    }

    private static MalformedSessionException refused(String code, String message, String hint) {
        return new MalformedSessionException(Finding.error(code, message, hint));
    }
}
