package dev.tgsession.hostile;

import dev.tgsession.crypto.DhGroup;
import java.math.BigInteger;

/** Numbers a server could offer, good and bad. */
final class Numbers {
    /** The prime that Telegram's servers use. */
    static final BigInteger KNOWN = DhGroup.known().prime();

    /** The 2048-bit MODP group of RFC 3526, section 3: a safe prime with generator 2. */
    static final BigInteger MODP_2048 = new BigInteger(
            "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
                    + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
                    + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                    + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
                    + "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
                    + "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
                    + "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
                    + "3995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF",
            16);

    /** The largest prime below 2^2048; (p - 1) / 2 is composite. Found by trial of all numbers downwards. */
    static final BigInteger PRIME_WITH_COMPOSITE_HALF = power(2048).subtract(BigInteger.valueOf(1557));

    /** The smallest prime above 2^2048: 2049 bits. */
    static final BigInteger PRIME_OF_2049_BITS = power(2048).add(BigInteger.valueOf(981));

    /** Of 2047 bits, and prime because the known prime is a safe one. */
    static final BigInteger PRIME_OF_2047_BITS = KNOWN.shiftRight(1);

    /** A little below 2^32 and 2^31. */
    static final BigInteger P = BigInteger.valueOf(2_147_483_629L);

    static final BigInteger Q = BigInteger.valueOf(2_147_483_647L);

    private Numbers() {}

    static BigInteger power(int ofTwo) {
        return BigInteger.ONE.shiftLeft(ofTwo);
    }
}
