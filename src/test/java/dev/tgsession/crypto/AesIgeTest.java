package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AesIgeTest {
    private static final Bytes KEY = Bytes.of(new byte[32]);
    private static final Bytes IV = Bytes.of(new byte[32]);

    static List<Vector> vectors() {
        return Vectors.of("aes-ige");
    }

    /** Every number of blocks up to 40, and some around the borders of the pieces in which we encrypt. */
    static IntStream blockCounts() {
        return IntStream.concat(
                IntStream.rangeClosed(0, 40), IntStream.of(254, 255, 256, 257, 258, 511, 512, 513, 1024, 1025, 5000));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void encryptsAsOthersDo(Vector vector) {
        assertThat(AesIge.encrypt(vector.bytes("key"), vector.bytes("iv"), vector.bytes("plaintext")))
                .isEqualTo(vector.bytes("ciphertext"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decryptsAsOthersDo(Vector vector) {
        assertThat(AesIge.decrypt(vector.bytes("key"), vector.bytes("iv"), vector.bytes("ciphertext")))
                .isEqualTo(vector.bytes("plaintext"));
    }

    @ParameterizedTest(name = "{0} blocks")
    @MethodSource("blockCounts")
    void agreesWithTheFormulaOfTheTextbook(int blocks) throws GeneralSecurityException {
        Random seeded = new Random(blocks);
        Bytes key = drawn(seeded, 32);
        Bytes iv = drawn(seeded, 32);
        Bytes plain = drawn(seeded, 16 * blocks);
        Bytes encrypted = AesIge.encrypt(key, iv, plain);
        assertThat(encrypted).isEqualTo(textbook(key, iv, plain));
        assertThat(AesIge.decrypt(key, iv, encrypted)).isEqualTo(plain);
    }

    @Test
    void takesOnlyWholeBlocks() {
        Bytes seventeen = Bytes.of(new byte[17]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AesIge.encrypt(KEY, IV, seventeen))
                .withMessageContaining("17 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AesIge.decrypt(KEY, IV, seventeen))
                .withMessageContaining("17 bytes");
    }

    @Test
    void takesOnlyKeysAndVectorsOf32Bytes() {
        // The JDK would take 16 bytes for AES-128 without a word.
        for (Bytes wrong : List.of(KEY.first(16), KEY.first(31), KEY.plus(KEY), Bytes.EMPTY)) {
            assertThatIllegalArgumentException().isThrownBy(() -> AesIge.encrypt(wrong, IV, KEY));
            assertThatIllegalArgumentException().isThrownBy(() -> AesIge.decrypt(wrong, IV, KEY));
            assertThatIllegalArgumentException().isThrownBy(() -> AesIge.encrypt(KEY, wrong, KEY));
            assertThatIllegalArgumentException().isThrownBy(() -> AesIge.decrypt(KEY, wrong, KEY));
        }
    }

    /** y[i] = E(x[i] ^ y[i-1]) ^ x[i-1], one block after the other. */
    private static Bytes textbook(Bytes key, Bytes iv, Bytes plain) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.toArray(), "AES"));
        Bytes[] y = new Bytes[plain.size() / 16];
        Bytes yBefore = iv.first(16);
        Bytes xBefore = iv.last(16);
        for (int i = 0; i < y.length; i++) {
            Bytes x = plain.slice(16 * i, 16);
            y[i] = Bytes.of(aes.doFinal(x.xor(yBefore).toArray())).xor(xBefore);
            yBefore = y[i];
            xBefore = x;
        }
        return Bytes.join(y);
    }

    private static Bytes drawn(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
