package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlowHashTest {
    /** Around the ends of the blocks of the hash. */
    static IntStream saltSizes() {
        return IntStream.concat(
                IntStream.of(0, 1, 8, 40, 64), IntStream.concat(IntStream.range(100, 130), IntStream.range(230, 260)));
    }

    @ParameterizedTest(name = "a salt of {0} bytes")
    @MethodSource("saltSizes")
    void agreesWithBouncyCastleWhateverTheSalt(int size) {
        byte[] password = drawn(1, 32);
        Bytes salt = Bytes.of(drawn(size, size));
        assertThat(SlowHash.derive(password, salt, 3)).isEqualTo(byBouncyCastle(password, salt, 3));
    }

    @ParameterizedTest(name = "a password of {0} bytes")
    @ValueSource(ints = {0, 1, 31, 32, 64, 127, 128})
    void agreesWithBouncyCastleWhateverThePassword(int size) {
        byte[] password = drawn(size, size);
        Bytes salt = Bytes.of(drawn(2, 40));
        assertThat(SlowHash.derive(password, salt, 3)).isEqualTo(byBouncyCastle(password, salt, 3));
    }

    @ParameterizedTest(name = "{0} rounds")
    @ValueSource(ints = {1, 2, 100_000})
    void agreesWithBouncyCastleHoweverSlowItIs(int rounds) {
        byte[] password = drawn(3, 32);
        Bytes salt = Bytes.of(drawn(4, 40));
        assertThat(SlowHash.derive(password, salt, rounds)).isEqualTo(byBouncyCastle(password, salt, rounds));
    }

    @Test
    void leavesThePasswordAsItIs() {
        byte[] password = drawn(5, 32);
        SlowHash.derive(password, Bytes.EMPTY, 2);
        assertThat(password).isEqualTo(drawn(5, 32));
    }

    @Test
    void takesNoPasswordOfMoreThanABlock() {
        assertThatIllegalArgumentException().isThrownBy(() -> SlowHash.derive(new byte[129], Bytes.EMPTY, 1));
    }

    private static byte[] byBouncyCastle(byte[] password, Bytes salt, int rounds) {
        PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
        generator.init(password, salt.toArray(), rounds);
        return ((KeyParameter) generator.generateDerivedParameters(512)).getKey();
    }

    private static byte[] drawn(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
