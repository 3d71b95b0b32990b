package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/**
 * AES-256 in infinite garble extension mode, which chains every block to both sides of the one before it.
 *
 * <pre>
 *   x = plain, y = encrypted, iv = y[0] || x[0]
 *
 *   y[i] = E(x[i] ^ y[i-1]) ^ x[i-1]        x[i] = D(y[i] ^ x[i-1]) ^ y[i-1]
 * </pre>
 *
 * <p>The JDK has no such mode. Encryption borrows its CBC: with {@code u[i] = y[i] ^ x[i-1]} the left formula reads
 * {@code u[i] = E((x[i] ^ x[i-2]) ^ u[i-1])}, where {@code x[-1]} is zero and {@code u[0]} is {@code y[0]}. That is
 * plain CBC over {@code x[i] ^ x[i-2]}, and goes through the JDK in long runs. Decryption would need CBC around the
 * inverse cipher, which the JDK does not have either, so it goes block by block.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/description">Mobile Protocol: Detailed Description</a>, and the
 * definition of the mode in OpenSSL's {@code AES_ige_encrypt}.
 */
public final class AesIge {
    private static final int BLOCK = Aes.BLOCK;
    private static final int IV_SIZE = 2 * BLOCK;
    private static final int CHUNK = 16 * 1024;
    private static final Bytes ZERO_BLOCK = Bytes.of(new byte[BLOCK]);

    private AesIge() {}

    /**
     * Encrypts whole blocks.
     *
     * @param key 32 bytes
     * @param iv 32 bytes
     * @param plain a multiple of 16 bytes
     * @throws IllegalArgumentException if a size is wrong
     */
    public static Bytes encrypt(Bytes key, Bytes iv, Bytes plain) {
        checkSizes(iv, plain);
        Cipher chain = Aes.chainEncrypting(key, iv.first(BLOCK));
        int size = plain.size();
        // Two blocks stand in front, x[-1] = 0 and x[0], so that x[i-2] and x[i-1] need no special case.
        byte[] extended = Bytes.join(ZERO_BLOCK, iv.last(BLOCK), plain).toArray();
        ByteBuffer x = ByteBuffer.wrap(extended);
        byte[] encrypted = new byte[size];
        ByteBuffer y = ByteBuffer.wrap(encrypted);
        byte[] input = new byte[Math.min(size, CHUNK)];
        ByteBuffer in = ByteBuffer.wrap(input);
        for (int start = 0; start < size; start += CHUNK) {
            int length = Math.min(CHUNK, size - start);
            for (int i = 0; i < length; i += Long.BYTES) {
                in.putLong(i, x.getLong(start + i + 2 * BLOCK) ^ x.getLong(start + i));
            }
            run(chain, input, 0, length, encrypted, start);
            for (int i = start; i < start + length; i += Long.BYTES) {
                y.putLong(i, y.getLong(i) ^ x.getLong(i + BLOCK));
            }
        }
        return Bytes.of(encrypted);
    }

    /**
     * Decrypts whole blocks.
     *
     * @param key 32 bytes
     * @param iv 32 bytes
     * @param encrypted a multiple of 16 bytes
     * @throws IllegalArgumentException if a size is wrong
     */
    public static Bytes decrypt(Bytes key, Bytes iv, Bytes encrypted) {
        checkSizes(iv, encrypted);
        Cipher blocks = Aes.blocksDecrypting(key);
        int size = encrypted.size();
        // In front of each stands the block before the first: y[0] and x[0].
        ByteBuffer y = ByteBuffer.wrap(Bytes.join(iv.first(BLOCK), encrypted).toArray());
        byte[] extended = new byte[BLOCK + size];
        ByteBuffer x = ByteBuffer.wrap(extended).put(iv.last(BLOCK).toArray());
        byte[] input = new byte[BLOCK];
        ByteBuffer in = ByteBuffer.wrap(input);
        for (int before = 0; before < size; before += BLOCK) {
            int here = before + BLOCK;
            in.putLong(0, y.getLong(here) ^ x.getLong(before));
            in.putLong(8, y.getLong(here + 8) ^ x.getLong(before + 8));
            run(blocks, input, 0, BLOCK, extended, here);
            x.putLong(here, x.getLong(here) ^ y.getLong(before));
            x.putLong(here + 8, x.getLong(here + 8) ^ y.getLong(before + 8));
        }
        return Bytes.of(extended, BLOCK, size);
    }

    private static void run(Cipher cipher, byte[] from, int fromOffset, int length, byte[] to, int toOffset) {
        try {
            cipher.update(from, fromOffset, length, to, toOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is room for every block", e);
        }
    }

    private static void checkSizes(Bytes iv, Bytes data) {
        if (iv.size() != IV_SIZE) {
            throw new IllegalArgumentException("an IV of " + iv.size() + " bytes instead of " + IV_SIZE);
        }
        if (data.size() % BLOCK != 0) {
            throw new IllegalArgumentException(data.size() + " bytes are not whole blocks of " + BLOCK);
        }
    }
}
