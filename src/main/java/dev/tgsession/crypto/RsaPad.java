package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * How a client's first secret travels to the server: RSA over a block in which every bit depends on every other.
 *
 * <pre>
 *   padded   = data || random                        192 bytes
 *   hashed   = reversed(padded) || SHA-256(t || padded)   224 bytes, t = 32 random bytes
 *   enc      = IGE(hashed), key t, IV zero           224 bytes
 *   block    = (t ^ SHA-256(enc)) || enc             256 bytes; not below the modulus: again with another t
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key#4-encrypted-data-payload-generation">Creating an
 * Authorization Key, RSA_PAD</a>. The padding of older clients is only read, by a server.
 */
public final class RsaPad {
    /** The most that fits, in bytes. */
    public static final int MOST_DATA = 144;

    private static final int PADDED_SIZE = 192;
    private static final int KEY_SIZE = Aes.KEY_SIZE;
    private static final Bytes ZERO_IV = Bytes.of(new byte[2 * Aes.BLOCK]);

    private static final int SHA1_SIZE = 20;
    private static final int MOST_LEGACY_DATA = RsaPublicKey.BLOCK_SIZE - 1 - SHA1_SIZE;

    private RsaPad() {}

    /**
     * Pads and encrypts. Draws the padding once, and a key for each attempt.
     *
     * @param data at most 144 bytes
     * @return 256 bytes
     * @throws IllegalArgumentException if there are more
     */
    public static Bytes encrypt(RsaPublicKey key, Bytes data, SecureRandom random) {
        if (data.size() > MOST_DATA) {
            throw new IllegalArgumentException(data.size() + " bytes of data, more than " + MOST_DATA);
        }
        Bytes padded = data.plus(Chance.bytes(random, PADDED_SIZE - data.size()));
        // A modulus of 2048 bits is at least 2^2047, so at least every other attempt succeeds on average.
        Bytes block = block(padded, Chance.bytes(random, KEY_SIZE));
        while (block.toNumber().compareTo(key.modulus()) >= 0) {
            block = block(padded, Chance.bytes(random, KEY_SIZE));
        }
        return key.encryptRaw(block);
    }

    /**
     * Undoes {@link #encrypt}.
     *
     * @return the data with its padding, 192 bytes; empty if it was not encrypted so, or for another key
     */
    public static Optional<Bytes> decrypt(RsaPrivateKey key, Bytes encrypted) {
        return key.open(encrypted).flatMap(RsaPad::unpad);
    }

    /**
     * Undoes the padding that clients used until 2021: a zero byte, the SHA-1 of the data, the data, random bytes.
     * Where the data ends is not written anywhere; it is where the hash fits, on a border of four bytes.
     *
     * @return the data without its padding; empty if it was not encrypted so, or for another key
     */
    public static Optional<Bytes> decryptLegacy(RsaPrivateKey key, Bytes encrypted) {
        return key.open(encrypted).flatMap(RsaPad::unpadLegacy);
    }

    private static Bytes block(Bytes padded, Bytes temporaryKey) {
        Bytes hashed = padded.reversed().plus(Hashes.sha256(temporaryKey, padded));
        Bytes encrypted = AesIge.encrypt(temporaryKey, ZERO_IV, hashed);
        return temporaryKey.xor(Hashes.sha256(encrypted)).plus(encrypted);
    }

    private static Optional<Bytes> unpad(Bytes block) {
        Bytes encrypted = block.from(KEY_SIZE);
        Bytes temporaryKey = block.first(KEY_SIZE).xor(Hashes.sha256(encrypted));
        Bytes hashed = AesIge.decrypt(temporaryKey, ZERO_IV, encrypted);
        Bytes padded = hashed.first(PADDED_SIZE).reversed();
        boolean fits = Hashes.sha256(temporaryKey, padded).equalsInConstantTime(hashed.from(PADDED_SIZE));
        return fits ? Optional.of(padded) : Optional.empty();
    }

    private static Optional<Bytes> unpadLegacy(Bytes block) {
        if (block.at(0) != 0) {
            return Optional.empty();
        }
        Bytes hash = block.slice(1, SHA1_SIZE);
        Bytes rest = block.from(1 + SHA1_SIZE);
        for (int size = 4; size <= MOST_LEGACY_DATA; size += 4) {
            if (Hashes.sha1(rest.first(size)).equalsInConstantTime(hash)) {
                return Optional.of(rest.first(size));
            }
        }
        return Optional.empty();
    }
}
