package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tgsession.crypto.Vectors.Vector;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PqFactorsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    static List<Vector> vectors() {
        return Vectors.of("pq");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void areFoundForEverySample(Vector vector) {
        PqFactors factors = PqFactors.of(vector.decimal("pq_decimal").longValueExact());
        assertThat(factors.p()).isEqualTo(vector.decimal("p_decimal").longValueExact());
        assertThat(factors.q()).isEqualTo(vector.decimal("q_decimal").longValueExact());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 31})
    void areFoundForPrimesOfEverySize(int bits) {
        Random seeded = new Random(bits);
        for (int i = 0; i < 100; i++) {
            BigInteger p = BigInteger.probablePrime(bits, seeded);
            BigInteger q = BigInteger.probablePrime(62 - bits, seeded);
            if (!p.equals(q)) {
                PqFactors factors = PqFactors.of(p.multiply(q).longValueExact());
                assertThat(List.of(factors.p(), factors.q()))
                        .containsExactly(p.min(q).longValue(), p.max(q).longValue());
            }
        }
    }

    /** Every number up to 4000, against a count of its divisors. */
    @Test
    void areFoundWhereverTheyAreAndNowhereElse() {
        for (int number = -10; number < 4_000; number++) {
            TreeMap<Integer, Integer> primes = primeFactors(number);
            boolean due = number % 2 != 0
                    && primes.size() == 2
                    && primes.values().stream().allMatch(power -> power == 1);
            int asked = number;
            if (due) {
                assertThat(PqFactors.of(asked)).isEqualTo(new PqFactors(primes.firstKey(), primes.lastKey()));
            } else {
                assertThatIllegalArgumentException().as("%d", asked).isThrownBy(() -> PqFactors.of(asked));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                // the largest below 2^63, 2^62, 2^32 and 2^31
                9223372036854775783L,
                4611686018427387847L,
                4294967291L,
                2147483647,
                3,
            })
    void primesAreRefused(long number) {
        assertThat(BigInteger.valueOf(number).isProbablePrime(50)).isTrue();
        refusesSoon(number);
    }

    @ParameterizedTest
    @ValueSource(longs = {3037000493L, 2147483647L, 65537, 257, 3})
    void squaresOfPrimesAreRefused(long prime) {
        assertThat(Primes.isPrime(prime)).isTrue();
        refusesSoon(prime * prime);
    }

    @ParameterizedTest
    @ValueSource(longs = {2097143, 65537, 257, 251, 3})
    void cubesOfPrimesAreRefused(long prime) {
        assertThat(Primes.isPrime(prime)).isTrue();
        refusesSoon(prime * prime * prime);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                2,
                -1,
                // 2^63 and above read as negative
                Long.MIN_VALUE,
                Long.MIN_VALUE + 15,
                // even, also with an odd prime
                Long.MAX_VALUE - 1,
                2L * 2147483647,
                1L << 62,
                // three and more primes: 2^63 - 1 = 7^2 * 73 * 127 * 337 * 92737 * 649657
                Long.MAX_VALUE,
                2097143L * 2097133 * 2097131,
                3L * 1000003 * 1000033,
                // p * p * q
                2097143L * 2097143 * 2097133,
            })
    void everythingElseIsRefused(long number) {
        refusesSoon(number);
    }

    @Test
    void everyNumberOf63BitsComesToAnEnd() {
        Random seeded = new Random(63);
        assertTimeoutPreemptively(SOON, () -> {
            for (int i = 0; i < 300; i++) {
                long number = seeded.nextLong() >>> 1;
                try {
                    PqFactors factors = PqFactors.of(number);
                    assertThat(factors.p() * factors.q()).isEqualTo(number);
                    assertThat(BigInteger.valueOf(factors.p()).isProbablePrime(50))
                            .isTrue();
                    assertThat(BigInteger.valueOf(factors.q()).isProbablePrime(50))
                            .isTrue();
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessage("not the product of two different odd primes below 2^63");
                }
            }
        });
    }

    @Test
    void standInRisingOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PqFactors(5, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new PqFactors(3, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new PqFactors(1, 3));
    }

    private static void refusesSoon(long number) {
        assertTimeoutPreemptively(
                SOON, () -> assertThatIllegalArgumentException().isThrownBy(() -> PqFactors.of(number)));
    }

    /** Prime factors with their powers, by trial. */
    private static TreeMap<Integer, Integer> primeFactors(int number) {
        TreeMap<Integer, Integer> factors = new TreeMap<>();
        int rest = number;
        for (int candidate = 2; candidate <= rest; candidate++) {
            while (rest % candidate == 0) {
                factors.merge(candidate, 1, Integer::sum);
                rest /= candidate;
            }
        }
        return factors;
    }
}
