package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MontgomeryTest {
    private static final BigInteger R = BigInteger.ONE.shiftLeft(64);

    @ParameterizedTest
    @ValueSource(
            longs = {3, 5, 255, 4294967291L, 4294967297L, 4611686018427387905L, Long.MAX_VALUE - 24, Long.MAX_VALUE})
    void computesAsBigIntegerDoes(long modulus) {
        Montgomery field = new Montgomery(modulus);
        BigInteger n = BigInteger.valueOf(modulus);
        Random seeded = new Random(modulus);
        for (int i = 0; i < 500; i++) {
            long a = i == 0 ? 0 : i == 1 ? modulus - 1 : (seeded.nextLong() >>> 1) % modulus;
            long b = i < 3 ? modulus - 1 : (seeded.nextLong() >>> 1) % modulus;
            BigInteger bigA = BigInteger.valueOf(a);
            BigInteger bigB = BigInteger.valueOf(b);
            assertThat(form(field.of(a))).isEqualTo(bigA.multiply(R).mod(n));
            assertThat(form(field.plus(a, b))).isEqualTo(bigA.add(bigB).mod(n));
            assertThat(form(field.times(field.of(a), b)))
                    .isEqualTo(bigA.multiply(bigB).mod(n));
        }
    }

    @Test
    void raisesToPowers() {
        Montgomery field = new Montgomery(1_000_003);
        assertThat(field.one()).isEqualTo(field.of(1));
        assertThat(field.power(field.of(7), 0)).isEqualTo(field.one());
        assertThat(field.power(field.of(7), 5)).isEqualTo(field.of(16807));
        // Fermat
        assertThat(field.power(field.of(7), 1_000_002)).isEqualTo(field.one());
    }

    @Test
    void needsAnOddModulus() {
        for (long wrong : new long[] {0, 1, 2, 1000, -3, Long.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Montgomery(wrong));
        }
    }

    private static BigInteger form(long value) {
        return BigInteger.valueOf(value);
    }
}
