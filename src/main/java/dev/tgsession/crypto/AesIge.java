package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    /** What is worked on at a time lies in the nearest cache. */
    private static final int CHUNK = 4 * 1024;

    /** Eight bytes at a time, in whatever order the machine has them: they are only xored. */
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

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
        byte[] y = new byte[size];
        byte[] input = new byte[Math.min(size, CHUNK)];
        // In front of a chunk stand the two blocks before it, so that x[i-2] and x[i-1] need no special case. Before
        // the
        // first these are x[-1] = 0 and x[0].
        byte[] x = new byte[2 * BLOCK + input.length];
        iv.copyTo(BLOCK, BLOCK, x, BLOCK);
        for (int start = 0; start < size; start += CHUNK) {
            int length = Math.min(CHUNK, size - start);
            plain.copyTo(start, length, x, 2 * BLOCK);
            for (int i = 0; i < length; i += Long.BYTES) {
                WORD.set(input, i, word(x, i + 2 * BLOCK) ^ word(x, i));
            }
            run(chain, input, length, y, start);
            for (int i = 0; i < length; i += Long.BYTES) {
                WORD.set(y, start + i, word(y, start + i) ^ word(x, i + BLOCK));
            }
            System.arraycopy(x, length, x, 0, 2 * BLOCK);
        }
        return Bytes.taking(y);
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
        byte[] x = new byte[size];
        byte[] input = new byte[BLOCK];
        byte[] before = iv.toArray();
        // Both halves of the block before, of y and of x.
        long y0 = word(before, 0);
        long y1 = word(before, 8);
        long x0 = word(before, BLOCK);
        long x1 = word(before, BLOCK + 8);
        byte[] y = new byte[Math.min(size, CHUNK)];
        for (int start = 0; start < size; start += CHUNK) {
            int length = Math.min(CHUNK, size - start);
            encrypted.copyTo(start, length, y, 0);
            for (int i = 0; i < length; i += BLOCK) {
                int here = start + i;
                WORD.set(input, 0, word(y, i) ^ x0);
                WORD.set(input, 8, word(y, i + 8) ^ x1);
                run(blocks, input, BLOCK, x, here);
                x0 = word(x, here) ^ y0;
                x1 = word(x, here + 8) ^ y1;
                WORD.set(x, here, x0);
                WORD.set(x, here + 8, x1);
                y0 = word(y, i);
                y1 = word(y, i + 8);
            }
        }
        return Bytes.taking(x);
    }

    private static long word(byte[] bytes, int offset) {
        return (long) WORD.get(bytes, offset);
    }

    private static void run(Cipher cipher, byte[] from, int length, byte[] to, int offset) {
        try {
            cipher.update(from, 0, length, to, offset);
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
