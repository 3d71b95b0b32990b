package dev.tgsession.mtproto.handshake;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.DhGroup;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * A server's half of the Diffie-Hellman exchange: the group and a secret exponent in it.
 *
 * <p>Nothing is checked here, so that a server can also make offers that a client has to refuse.
 *
 * @param prime the modulus, 2048 bits in a good offer
 * @param generator g, 2 to 7 in a good offer
 * @param exponent a, secret
 */
public record DhOffer(BigInteger prime, int generator, BigInteger exponent) {
    private static final int EXPONENT_SIZE = 256;

    /** An offer in the group that Telegram's own servers use, with a fresh exponent whose power is safe to show. */
    public static DhOffer draw(SecureRandom random) {
        DhGroup group = DhGroup.known();
        DhOffer offer;
        do {
            byte[] exponent = new byte[EXPONENT_SIZE];
            random.nextBytes(exponent);
            offer = new DhOffer(group.prime(), group.generator(), new BigInteger(1, exponent));
        } while (!offer.isSafe(offer.publicValue()));
        return offer;
    }

    /** g_a = g^a mod p. */
    public BigInteger publicValue() {
        return BigInteger.valueOf(generator).modPow(exponent, prime);
    }

    /** Whether 2^1984 &lt;= value &lt;= p - 2^1984, the range both sides' public values have to lie in. */
    boolean isSafe(BigInteger value) {
        BigInteger margin = BigInteger.ONE.shiftLeft(2048 - 64);
        return value.compareTo(margin) >= 0 && value.compareTo(prime.subtract(margin)) <= 0;
    }

    /** The shared number g_b^a mod p, on as many bytes as a key has. */
    Bytes sharedWith(BigInteger theirs, int size) {
        return Bytes.ofNumber(theirs.modPow(exponent, prime), size);
    }

    /** Without the exponent. */
    @Override
    public String toString() {
        return "DhOffer[g=" + generator + ", " + prime.bitLength() + " bits]";
    }
}
