package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimesTest {
    @Test
    void smallOnesAreTheKnownOnes() {
        for (int number = -5; number < 10_000; number++) {
            assertThat(Primes.isPrime(number)).as("%d", number).isEqualTo(isPrimeByTrial(number));
        }
    }

    @Test
    void largeOnesAreTheKnownOnes() {
        Random seeded = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            long number = seeded.nextLong() >>> 1 | 1;
            assertThat(Primes.isPrime(number))
                    .as("%d", number)
                    .isEqualTo(BigInteger.valueOf(number).isProbablePrime(60));
        }
        assertThat(Primes.isPrime(9223372036854775783L)).isTrue();
    }

    /** Numbers that pass for the first bases (OEIS A014233), and Carmichael numbers, which pass Fermat's test. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                2047,
                1373653,
                25326001,
                3215031751L,
                2152302898747L,
                3474749660383L,
                341550071728321L,
                3825123056546413051L,
                561,
                1729,
                41041,
                9746347772161L,
            })
    void pretendersAreFound(long number) {
        assertThat(Primes.isPrime(number)).isFalse();
    }

    /** All of them below 1000 (OEIS A005385). */
    @Test
    void smallSafePrimesAreTheKnownOnes() {
        assertThat(java.util.stream.IntStream.range(-5, 1_000)
                        .filter(number -> Primes.isSafePrime(BigInteger.valueOf(number))))
                .containsExactly(
                        5, 7, 11, 23, 47, 59, 83, 107, 167, 179, 227, 263, 347, 359, 383, 467, 479, 503, 563, 587, 719,
                        839, 863, 887, 983);
    }

    /** The first Oakley group of RFC 2409, 768 bits: quick to test. */
    @Test
    void largeSafePrimesAreTold() {
        BigInteger oakley = new BigInteger(
                "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd"
                        + "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a63a3620ffffffffffffffff",
                16);
        assertThat(Primes.isSafePrime(oakley)).isTrue();
        assertThat(Primes.isSafePrime(oakley.subtract(BigInteger.TWO))).isFalse();
        assertThat(Primes.isSafePrime(oakley.negate())).isFalse();
    }

    @Test
    void aPrimeWhoseHalfIsNoneIsNotSafe() {
        Random seeded = new Random(2);
        BigInteger prime = BigInteger.probablePrime(256, seeded);
        while (prime.shiftRight(1).isProbablePrime(20)) {
            prime = BigInteger.probablePrime(256, seeded);
        }
        assertThat(Primes.isSafePrime(prime)).isFalse();
    }

    @Test
    void aNumberWhoseHalfIsPrimeIsNotSafeByThatAlone() {
        Random seeded = new Random(3);
        int tried = 0;
        while (tried < 20) {
            BigInteger half = BigInteger.probablePrime(128, seeded);
            BigInteger number = half.shiftLeft(1).add(BigInteger.ONE);
            if (!number.isProbablePrime(50)) {
                assertThat(Primes.isSafePrime(number)).isFalse();
                tried++;
            }
        }
    }

    private static boolean isPrimeByTrial(int number) {
        for (int candidate = 2; candidate * candidate <= number; candidate++) {
            if (number % candidate == 0) {
                return false;
            }
        }
        return number > 1;
    }
}
