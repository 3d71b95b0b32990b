package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.math.BigInteger;

/**
 * The sums of a login with numbers that mean nothing, for a program that has just begun and has to wait anyway: Java
 * compiles what runs often, and the sums that count then find it compiled. A power of 2048 bits takes 24 ms at first and 2.3
 * in the end.
 *
 * <p>They come in the order in which a login needs them, in steps of some milliseconds, so that whoever goes through them can
 * stop between two; all together take about 0.3 seconds. No step keeps anything, and none draws a number or sees a secret.
 */
public final class ThrowAwaySums {
    /** A number like those that servers give to be factored; it stands in Telegram's own example. */
    private static final long PQ = 0x17ED48941A08F981L;

    private static final int CIPHER_STEPS = 4;
    private static final int CIPHER_SIZE = 4 * 1024;

    private static final int POWERS = 8;

    /** A fifth of what one password takes: behind that the hash gets no faster. */
    private static final int HASH_STEPS = 40;

    private static final int HASH_ROUNDS = 500;

    private static final DhGroup GROUP = DhGroup.known();

    /** Half of its bits are set, as in a number that was drawn. */
    private static final BigInteger EXPONENT = GROUP.prime().shiftRight(1);

    private int done;
    private BigInteger number = EXPONENT;

    /** The next step, if there is one; for one thread at a time. */
    public boolean next() {
        int step = done++;
        if (step < CIPHER_STEPS) {
            hashAndEncrypt();
        } else if (step == CIPHER_STEPS) {
            PqFactors.of(PQ);
        } else if (step <= CIPHER_STEPS + POWERS) {
            number = GROUP.power(number, EXPONENT);
        } else if (step <= CIPHER_STEPS + POWERS + HASH_STEPS) {
            SlowHash.derive(new byte[Sha512.BLOCK / 2], Bytes.of(new byte[Sha512.BLOCK / 4]), HASH_ROUNDS);
        } else {
            done = step;
            return false;
        }
        return true;
    }

    private static void hashAndEncrypt() {
        Bytes plain = Bytes.of(new byte[CIPHER_SIZE]);
        Bytes key = Hashes.sha256(plain, Hashes.sha1(plain));
        Bytes encrypted = AesIge.encrypt(key, key, plain);
        AesIge.decrypt(key, key, encrypted);
        new AesCtr(key, key.first(Aes.BLOCK)).update(encrypted);
    }
}
