package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import javax.crypto.Cipher;

/**
 * One stream under AES-256 in counter mode: what was encrypted piece by piece decrypts piece by piece, however it is
 * cut. Encrypting and decrypting are the same step.
 *
 * <p>Holds the place in its stream, so one direction of one connection needs one of these, used by one thread at a time.
 */
public final class AesCtr {
    private final Cipher cipher;

    /**
     * @param key 32 bytes
     * @param iv the first counter, 16 bytes
     * @throws IllegalArgumentException if the sizes are others
     */
    public AesCtr(Bytes key, Bytes iv) {
        cipher = Aes.counting(key, iv);
    }

    /** The next bytes of the stream, as many as are given. */
    public byte[] update(byte[] data) {
        // The JDK answers null where it has nothing to say.
        return data.length == 0 ? new byte[0] : cipher.update(data);
    }

    /** The next bytes of the stream, as many as are given. */
    public Bytes update(Bytes data) {
        return Bytes.of(update(data.toArray()));
    }
}
