package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.math.BigInteger;

/**
 * Which numbers are prime, also when somebody chose them to look so.
 *
 * <p>Source: the test is that of Miller and Rabin.
 */
final class Primes {
    /** With these bases the test does not err below 3.3 * 10^24 (J. Sorenson and J. Webster, 2015). */
    private static final int[] SMALL = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41};

    private static final int ROUNDS = 64;

    private Primes() {}

    /** Whether a number of 63 bits is prime, for certain. */
    static boolean isPrime(long number) {
        if (number < 2) {
            return false;
        }
        for (int prime : SMALL) {
            if (number % prime == 0) {
                return number == prime;
            }
        }
        Montgomery field = new Montgomery(number);
        for (int base : SMALL) {
            if (!passes(field, base)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether p and (p - 1) / 2 are both prime. Takes some tenths of a second for a prime of 2048 bits, little for others.
     *
     * <p>{@link BigInteger#isProbablePrime} is no judge here: for large numbers it makes two rounds, whatever certainty
     * is asked for. Our 64 bases come from a hash of the number, so that nobody can choose the number to fit them; a
     * composite one passes with a chance of 2^-128.
     */
    static boolean isSafePrime(BigInteger p) {
        if (!p.testBit(0) || p.signum() <= 0) {
            return false;
        }
        BigInteger half = p.shiftRight(1);
        return isProbablePrime(half) && isPrimeGivenHalf(p);
    }

    /**
     * Pocklington's criterion: as q = (p - 1) / 2 is prime and larger than the root of p, p is prime if some a has
     * a^(p-1) = 1 and a^2 - 1 has no factor in common with p. Here a is 2, so p must not be divisible by 3.
     */
    private static boolean isPrimeGivenHalf(BigInteger p) {
        boolean divisible = p.mod(BigInteger.valueOf(3)).signum() == 0;
        return !divisible
                && BigInteger.TWO.modPow(p.subtract(BigInteger.ONE), p).equals(BigInteger.ONE);
    }

    private static boolean isProbablePrime(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            return isPrime(number.longValue());
        }
        if (!number.testBit(0)) {
            return false;
        }
        BigInteger minusOne = number.subtract(BigInteger.ONE);
        int twos = minusOne.getLowestSetBit();
        BigInteger odd = minusOne.shiftRight(twos);
        for (int round = 0; round < ROUNDS; round++) {
            if (!passes(number, minusOne, odd, twos, base(number, round))) {
                return false;
            }
        }
        return true;
    }

    /** A base from 2 up to 2^256 or the number, whichever is less. */
    private static BigInteger base(BigInteger number, int round) {
        BigInteger hash =
                Hashes.sha256(Bytes.ofNumber(number), Bytes.ofInt(round)).toNumber();
        return hash.mod(number.subtract(BigInteger.valueOf(3))).add(BigInteger.TWO);
    }

    private static boolean passes(BigInteger number, BigInteger minusOne, BigInteger odd, int twos, BigInteger base) {
        BigInteger power = base.modPow(odd, number);
        if (power.equals(BigInteger.ONE)) {
            return true;
        }
        for (int i = 0; i < twos; i++) {
            if (power.equals(minusOne)) {
                return true;
            }
            power = power.multiply(power).mod(number);
        }
        return false;
    }

    private static boolean passes(Montgomery field, int base) {
        long number = field.modulus();
        long minusOne = number - field.one();
        int twos = Long.numberOfTrailingZeros(number - 1);
        long power = field.power(field.of(base), (number - 1) >> twos);
        if (power == field.one()) {
            return true;
        }
        for (int i = 0; i < twos; i++) {
            if (power == minusOne) {
                return true;
            }
            power = field.times(power, power);
        }
        return false;
    }
}
