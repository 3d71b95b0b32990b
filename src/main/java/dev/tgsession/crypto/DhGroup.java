package dev.tgsession.crypto;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where two sides meet in public and part with a secret: powers of a small number modulo a large prime. An instance has
 * passed the checks; there is no other way to get one.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/auth_key#dh-key-exchange-complete">Creating an Authorization
 * Key</a> and <a href="https://core.telegram.org/mtproto/security_guidelines">Security Guidelines</a>.
 */
public final class DhGroup {
    /** Bits in the prime. */
    public static final int BITS = 2048;

    /** Bytes in the prime, and in every number below it when written in full. */
    public static final int SIZE = BITS / 8;

    private static final String STEP = "Diffie-Hellman numbers";

    /** The prime that Telegram's servers have used for years: known to be good, so not tested again. */
    private static final BigInteger KNOWN_PRIME = new BigInteger(
            "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f"
                    + "48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37"
                    + "20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64"
                    + "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4"
                    + "a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754"
                    + "fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4"
                    + "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f"
                    + "0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
            16);

    private static final int KNOWN_GENERATOR = 3;

    /** Public values keep this far from both ends. */
    private static final BigInteger MARGIN = BigInteger.ONE.shiftLeft(BITS - 64);

    private final BigInteger prime;
    private final int generator;

    private DhGroup(BigInteger prime, int generator) {
        this.prime = prime;
        this.generator = generator;
    }

    /** The group that Telegram's servers use. */
    public static DhGroup known() {
        return new DhGroup(KNOWN_PRIME, KNOWN_GENERATOR);
    }

    /**
     * The group of numbers that a stranger proposes. Costs nothing for the well-known prime, and some tenths of a second for
     * another one.
     *
     * @param prime p, to be of exactly 2048 bits, with (p - 1) / 2 a prime too
     * @param generator g, to be 2 to 7 and a square modulo p, so that its powers do not tell the exponent's last bit
     * @throws FailedCheckException if they are not so
     */
    public static DhGroup checked(BigInteger prime, int generator) throws FailedCheckException {
        if (prime.signum() < 0 || prime.bitLength() != BITS) {
            throw failed("the prime has " + prime.bitLength() + " bits instead of " + BITS);
        }
        checkGenerator(prime, generator);
        if (!prime.equals(KNOWN_PRIME)) {
            checkSafePrime(prime);
        }
        return new DhGroup(prime, generator);
    }

    static void checkSafePrime(BigInteger prime) throws FailedCheckException {
        if (!Primes.isSafePrime(prime)) {
            throw failed("the modulus is not a safe prime");
        }
    }

    /** By quadratic reciprocity: which remainders of p make g a square. */
    static void checkGenerator(BigInteger prime, int generator) throws FailedCheckException {
        boolean square = switch (generator) {
            case 2 -> remainder(prime, 8) == 7;
            case 3 -> remainder(prime, 3) == 2;
            case 4 -> true;
            case 5 -> remainder(prime, 5) == 1 || remainder(prime, 5) == 4;
            case 6 -> remainder(prime, 24) == 19 || remainder(prime, 24) == 23;
            case 7 -> remainder(prime, 7) == 3 || remainder(prime, 7) == 5 || remainder(prime, 7) == 6;
            default -> throw failed("the generator is " + generator + ", not 2 to 7");
        };
        if (!square) {
            throw failed("the generator " + generator + " does not fit the prime");
        }
    }

    public BigInteger prime() {
        return prime;
    }

    public int generator() {
        return generator;
    }

    /**
     * Checks a public value, {@code g_a} or {@code g_b}.
     *
     * @throws FailedCheckException unless it is from 2^1984 to p - 2^1984: one that is nearer to the ends may be meant
     *     to give the secret away
     */
    public void checkPublicValue(BigInteger value) throws FailedCheckException {
        if (!isPublicValue(value)) {
            throw failed("the public value is too near to an end of its range");
        }
    }

    boolean isPublicValue(BigInteger value) {
        return value.compareTo(MARGIN) >= 0 && value.compareTo(prime.subtract(MARGIN)) <= 0;
    }

    /** The generator to the given power, not negative. */
    public BigInteger power(BigInteger exponent) {
        return power(BigInteger.valueOf(generator), exponent);
    }

    /** Any number to the given power, not negative. */
    public BigInteger power(BigInteger base, BigInteger exponent) {
        return base.modPow(exponent, prime);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DhGroup group && generator == group.generator && prime.equals(group.prime);
    }

    @Override
    public int hashCode() {
        return 31 * prime.hashCode() + generator;
    }

    @Override
    public String toString() {
        return "DhGroup[generator=" + generator + ", " + (prime.equals(KNOWN_PRIME) ? "known" : "other") + " prime]";
    }

    private static int remainder(BigInteger number, int divisor) {
        return number.mod(BigInteger.valueOf(divisor)).intValue();
    }

    private static FailedCheckException failed(String what) {
        return new FailedCheckException(STEP, what);
    }
}
