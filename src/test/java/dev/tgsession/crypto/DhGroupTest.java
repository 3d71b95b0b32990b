package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tgsession.crypto.Vectors.Vector;
import java.math.BigInteger;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhGroupTest {
    private static final DhGroup KNOWN = DhGroup.known();

    /** RFC 3526, group 14. */
    private static final BigInteger OTHER_SAFE_PRIME = new BigInteger(
            "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74"
                    + "020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437"
                    + "4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed"
                    + "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05"
                    + "98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb"
                    + "9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b"
                    + "e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718"
                    + "3995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff",
            16);

    static List<Vector> fullSize() {
        return Vectors.of("dh-params").stream()
                .filter(vector -> vector.has("accept"))
                .toList();
    }

    static List<Vector> small() {
        return Vectors.of("dh-params").stream()
                .filter(vector -> vector.has("accept_without_size_check"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("fullSize")
    void acceptsWhatIsSafeAndNothingElse(Vector vector) throws FailedCheckException {
        BigInteger prime = vector.number("p");
        int generator = vector.integer("g");
        if (vector.flag("accept")) {
            DhGroup group = DhGroup.checked(prime, generator);
            assertThat(group.prime()).isEqualTo(prime);
            assertThat(group.generator()).isEqualTo(generator);
        } else {
            refuses(() -> DhGroup.checked(prime, generator));
        }
    }

    @ParameterizedTest
    @MethodSource("small")
    void judgesSmallNumbersByTheSameRulesButTheirSize(Vector vector) {
        BigInteger prime = vector.decimal("p_decimal");
        int generator = vector.integer("g");
        ThrowingCallable checks = () -> {
            DhGroup.checkSafePrime(prime);
            DhGroup.checkGenerator(prime, generator);
        };
        if (vector.flag("accept_without_size_check")) {
            assertThatCode(checks).doesNotThrowAnyException();
        } else {
            refuses(checks);
        }
        refuses(() -> DhGroup.checked(prime, generator));
    }

    /** The table of remainders, against what it stands for: g^((p-1)/2) = 1. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7})
    void aGeneratorIsASquare(int generator) {
        for (int number = 11; number < 3_000; number++) {
            BigInteger prime = BigInteger.valueOf(number);
            if (Primes.isSafePrime(prime)) {
                boolean square = BigInteger.valueOf(generator)
                        .modPow(prime.shiftRight(1), prime)
                        .equals(BigInteger.ONE);
                ThrowingCallable check = () -> DhGroup.checkGenerator(prime, generator);
                if (square) {
                    assertThatCode(check).as("%d mod %d", generator, number).doesNotThrowAnyException();
                } else {
                    refuses(check);
                }
            }
        }
    }

    @Test
    void theKnownGroupPassesItsOwnChecks() throws FailedCheckException {
        assertThat(DhGroup.checked(KNOWN.prime(), 3).prime()).isEqualTo(KNOWN.prime());
        assertThat(KNOWN.generator()).isEqualTo(3);
        // We trust it by name; this once we look.
        assertThatCode(() -> DhGroup.checkSafePrime(KNOWN.prime())).doesNotThrowAnyException();
    }

    @Test
    void anotherSafePrimeWillDo() throws FailedCheckException {
        assertThat(DhGroup.checked(OTHER_SAFE_PRIME, 2).prime()).isEqualTo(OTHER_SAFE_PRIME);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "8", "-3", "2147483647", "-2147483648"})
    void theGeneratorIs2To7(int generator) {
        refuses(() -> DhGroup.checked(OTHER_SAFE_PRIME, generator));
    }

    @ParameterizedTest
    @ValueSource(ints = {2047, 2049})
    void aPrimeOfAnotherSizeIsRefusedForThat(int bits) {
        BigInteger number = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        assertThatExceptionOfType(FailedCheckException.class)
                .isThrownBy(() -> DhGroup.checked(number, 4))
                .withMessage("Diffie-Hellman numbers: the prime has " + bits + " bits instead of 2048");
        refuses(() -> DhGroup.checked(KNOWN.prime().negate(), 3));
        refuses(() -> DhGroup.checked(BigInteger.ZERO, 4));
    }

    @Test
    void aCompositeIsRefused() {
        // g = 4 fits every prime, so what fails is the prime.
        refusesPrime(OTHER_SAFE_PRIME.subtract(BigInteger.TWO));
        refusesPrime(KNOWN.prime().add(BigInteger.ONE));
        // Two primes of 1024 bits, so without any small factor.
        refusesPrime(RsaPublicKeyTest.knownKey("d09d1d85de64fd85").modulus());
    }

    @Test
    void aPrimeIsRefusedThatIsNotSafe() {
        // The first prime with 2048 bits.
        BigInteger prime = BigInteger.ONE.shiftLeft(2047).add(BigInteger.valueOf(1919));
        assertThat(prime.isProbablePrime(20)).isTrue();
        refusesPrime(prime);
    }

    @Test
    void publicValuesKeepAwayFromTheEnds() {
        BigInteger margin = BigInteger.ONE.shiftLeft(1984);
        BigInteger most = KNOWN.prime().subtract(margin);
        assertThatCode(() -> KNOWN.checkPublicValue(margin)).doesNotThrowAnyException();
        assertThatCode(() -> KNOWN.checkPublicValue(most)).doesNotThrowAnyException();
        for (BigInteger wrong : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                margin.subtract(BigInteger.ONE),
                most.add(BigInteger.ONE),
                KNOWN.prime().subtract(BigInteger.ONE),
                KNOWN.prime(),
                KNOWN.prime().add(margin),
                margin.negate())) {
            refuses(() -> KNOWN.checkPublicValue(wrong));
        }
    }

    @Test
    void powersAreTakenModuloThePrime() {
        assertThat(KNOWN.power(BigInteger.TEN)).isEqualTo(BigInteger.valueOf(59049));
        assertThat(KNOWN.power(BigInteger.TEN, BigInteger.TWO)).isEqualTo(BigInteger.valueOf(100));
        // The generator spans half of all numbers.
        assertThat(KNOWN.power(KNOWN.prime().shiftRight(1))).isEqualTo(BigInteger.ONE);
    }

    @Test
    void namesItselfShortly() throws FailedCheckException {
        assertThat(KNOWN).hasToString("DhGroup[generator=3, known prime]");
    }

    private static void refusesPrime(BigInteger number) {
        assertThat(number.bitLength()).isEqualTo(2048);
        assertThatExceptionOfType(FailedCheckException.class)
                .isThrownBy(() -> DhGroup.checked(number, 4))
                .withMessage("Diffie-Hellman numbers: the modulus is not a safe prime");
    }

    private static void refuses(ThrowingCallable check) {
        assertThatExceptionOfType(FailedCheckException.class)
                .isThrownBy(check)
                .satisfies(failure -> assertThat(failure.step()).isEqualTo("Diffie-Hellman numbers"));
    }

    @Test
    void twoAreEqualIfPrimeAndGeneratorAre() throws FailedCheckException {
        DhGroup known = DhGroup.known();
        DhGroup same = DhGroup.checked(known.prime(), known.generator());
        assertThat(same).isEqualTo(known).hasSameHashCodeAs(known);
        assertThat(DhGroup.checked(known.prime(), 4)).isNotEqualTo(known);
    }
}
