package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * PBKDF2 with HMAC-SHA-512: a hash that is slow on purpose, so that nobody tries many passwords.
 *
 * <p>HMAC begins each of its two hashes with a block made of the password, which is the same every time: we go on from the
 * state behind that block, and keep the words of a hash as words, as they are the next one's block. The JDK's own
 * generator takes only text for a password, and Bouncy Castle's needs twice the time when nothing is compiled yet, as in a
 * login. {@code scripts/bench} has a row for it.
 *
 * <p>Source: RFC 8018, PKCS #5, and RFC 2104, HMAC.
 */
final class SlowHash {
    /** Bytes that come out. */
    static final int SIZE = 64;

    private static final int INNER = 0x36;
    private static final int OUTER = 0x5c;

    private SlowHash() {}

    /**
     * The first 64 bytes.
     *
     * @param password at most 128 bytes; the caller wipes it
     * @param rounds one or more
     * @throws IllegalArgumentException if the password is longer
     */
    static byte[] derive(byte[] password, Bytes salt, int rounds) {
        long[] inner = keyed(password, INNER);
        long[] outer = keyed(password, OUTER);
        long[] block = new long[Sha512.ROOM];
        long[] sum = new long[Sha512.STATE];
        try {
            // The first round takes the salt, and the number of the part of the result: there is only the first one.
            hash(inner, salt.plus(Bytes.ofHex("00000001")), block);
            wrap(outer, block);
            System.arraycopy(block, 0, sum, 0, Sha512.STATE);
            for (int round = 1; round < rounds; round++) {
                wrap(inner, block);
                wrap(outer, block);
                for (int i = 0; i < Sha512.STATE; i++) {
                    sum[i] ^= block[i];
                }
            }
            ByteBuffer result = ByteBuffer.allocate(SIZE);
            result.asLongBuffer().put(sum);
            return result.array();
        } finally {
            for (long[] secret : new long[][] {inner, outer, block, sum}) {
                Arrays.fill(secret, 0);
            }
        }
    }

    /** The state behind the block of the password. */
    private static long[] keyed(byte[] password, int mask) {
        if (password.length > Sha512.BLOCK) {
            throw new IllegalArgumentException("a password of more than " + Sha512.BLOCK + " bytes");
        }
        byte[] padded = Arrays.copyOf(password, Sha512.BLOCK);
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= (byte) mask;
        }
        long[] block = new long[Sha512.ROOM];
        Sha512.toWords(padded, 0, block);
        long[] state = Sha512.start();
        Sha512.compress(state, block, state);
        Arrays.fill(padded, (byte) 0);
        Arrays.fill(block, 0);
        return state;
    }

    /** The hash of one block, the state began with, and a hash behind it: both are in {@code block}. */
    private static void wrap(long[] state, long[] block) {
        Sha512.padHash(block);
        Sha512.compress(state, block, block);
    }

    /** The hash of one block, which the state has behind it, and a message of any length. */
    private static void hash(long[] keyed, Bytes message, long[] block) {
        int size = message.size();
        int blocks = (size + 1 + 2 * Long.BYTES + Sha512.BLOCK - 1) / Sha512.BLOCK;
        ByteBuffer padded = ByteBuffer.allocate(blocks * Sha512.BLOCK);
        padded.put(message.toArray()).put((byte) 0x80);
        padded.putLong(padded.capacity() - Long.BYTES, Byte.SIZE * ((long) Sha512.BLOCK + size));
        long[] state = keyed.clone();
        for (int i = 0; i < blocks; i++) {
            Sha512.toWords(padded.array(), i * Sha512.BLOCK, block);
            Sha512.compress(state, block, state);
        }
        System.arraycopy(state, 0, block, 0, Sha512.STATE);
        Arrays.fill(state, 0);
    }
}
