package dev.tgsession.crypto;

/**
 * Multiplication modulo one odd number below 2^63, without division.
 *
 * <p>Numbers are kept multiplied by R = 2^64, their Montgomery form. A product of two such forms is divided by R again:
 * {@code a * b - m * n} for the {@code m} that makes the lower half vanish. The upper half is then the result, up to one
 * addition of {@code n}.
 *
 * <p>Source: P. L. Montgomery, Modular Multiplication Without Trial Division, 1985.
 */
final class Montgomery {
    private final long modulus;
    private final long inverse;
    private final long one;
    private final long squareOfR;

    Montgomery(long modulus) {
        if (modulus < 3 || (modulus & 1) == 0) {
            throw new IllegalArgumentException("an odd modulus of 3 or more is needed");
        }
        this.modulus = modulus;
        // n * n = 1 (mod 8), and each round of Newton's method doubles the number of right bits.
        long inverse = modulus;
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - modulus * inverse;
        }
        this.inverse = inverse;
        // -n, unsigned, is R - n.
        this.one = Long.remainderUnsigned(-modulus, modulus);
        long power = one;
        for (int i = 0; i < Long.SIZE; i++) {
            power = plus(power, power);
        }
        this.squareOfR = power;
    }

    long modulus() {
        return modulus;
    }

    /** The form of 1. */
    long one() {
        return one;
    }

    /** The form of a number from 0 up to the modulus. */
    long of(long number) {
        return times(number, squareOfR);
    }

    long plus(long a, long b) {
        // a + b may pass 2^63, a + b - n does not.
        long sum = a - modulus + b;
        return sum < 0 ? sum + modulus : sum;
    }

    long times(long a, long b) {
        long m = a * b * inverse;
        // multiplyHigh takes m as signed; where it is not, n is missing once.
        long high = Math.multiplyHigh(m, modulus) + (m >> 63 & modulus);
        long result = Math.multiplyHigh(a, b) - high;
        return result < 0 ? result + modulus : result;
    }

    /** The form of base to the given power, which is taken as unsigned. */
    long power(long base, long exponent) {
        long result = one;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = times(result, square);
            }
            square = times(square, square);
        }
        return result;
    }
}
