package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RsaPadTest {
    /** The vector that comes with its private key. */
    private static final Vector OWN = vectors().stream()
            .filter(vector -> vector.has("private_d"))
            .findFirst()
            .orElseThrow();

    private static final RsaPrivateKey PRIVATE_KEY =
            RsaPrivateKey.of(OWN.number("prime1"), OWN.number("prime2"), OWN.number("e"));

    private static final RsaPublicKey PUBLIC_KEY = PRIVATE_KEY.publicKey();
    private static final Bytes OBJECT = Bytes.ofHex("955ff5a9").plus(Bytes.of(new byte[92]));

    static List<Vector> vectors() {
        return Vectors.of("rsa-pad");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void padsAndEncryptsAsOthersDo(Vector vector) {
        List<Bytes> draws = new ArrayList<>(List.of(vector.bytes("random_padding_bytes")));
        vector.list("attempts").forEach(attempt -> draws.add(attempt.bytes("temp_key")));
        ScriptedRandom random = ScriptedRandom.of(draws.toArray(Bytes[]::new));
        assertThat(RsaPad.encrypt(publicKey(vector), vector.bytes("data"), random))
                .isEqualTo(vector.bytes("encrypted_data"));
        assertThat(random.remaining()).isZero();
    }

    @Test
    void theServerFindsThePaddedData() {
        assertThat(PUBLIC_KEY).isEqualTo(publicKey(OWN));
        assertThat(RsaPad.decrypt(PRIVATE_KEY, OWN.bytes("encrypted_data"))).contains(OWN.bytes("data_with_padding"));
    }

    @Test
    void takesUpTo144Bytes() {
        for (int size : new int[] {0, 1, 96, 143, 144}) {
            Bytes data = OBJECT.plus(OBJECT).first(size);
            Bytes encrypted = RsaPad.encrypt(PUBLIC_KEY, data, plentyOf(192 - size));
            assertThat(RsaPad.decrypt(PRIVATE_KEY, encrypted).orElseThrow().first(size))
                    .isEqualTo(data);
        }
        Bytes tooMuch = OBJECT.plus(OBJECT).first(145);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaPad.encrypt(PUBLIC_KEY, tooMuch, plentyOf(47)))
                .withMessage("145 bytes of data, more than 144");
    }

    @Test
    void whatWasNotPaddedSoDoesNotDecrypt() {
        byte[] changed = OWN.bytes("encrypted_data").toArray();
        changed[255] ^= 1;
        assertThat(RsaPad.decrypt(PRIVATE_KEY, Bytes.of(changed))).isEmpty();
        assertThat(RsaPad.decrypt(PRIVATE_KEY, legacy(OBJECT))).isEmpty();
    }

    @Test
    void whatCannotBeRsaDoesNotDecrypt() {
        Bytes modulus = Bytes.ofNumber(PUBLIC_KEY.modulus());
        for (Bytes wrong : List.of(Bytes.EMPTY, modulus, modulus.first(255), modulus.plus(Bytes.of((byte) 0)))) {
            assertThat(RsaPad.decrypt(PRIVATE_KEY, wrong)).isEmpty();
            assertThat(RsaPad.decryptLegacy(PRIVATE_KEY, wrong)).isEmpty();
        }
    }

    @Test
    void theServerFindsTheDataOfOlderClientsToo() {
        for (int size : new int[] {4, 96, 104, 232}) {
            Bytes data = OBJECT.plus(OBJECT).plus(OBJECT).first(size);
            assertThat(RsaPad.decryptLegacy(PRIVATE_KEY, legacy(data))).contains(data);
        }
    }

    @Test
    void whatOlderClientsDidNotPadSoDoesNotDecrypt() {
        assertThat(RsaPad.decryptLegacy(PRIVATE_KEY, OWN.bytes("encrypted_data")))
                .isEmpty();
        Bytes wrongHash = Bytes.join(Bytes.of((byte) 0), Hashes.sha1(OBJECT.plus(OBJECT)), OBJECT);
        assertThat(RsaPad.decryptLegacy(PRIVATE_KEY, PUBLIC_KEY.encryptRaw(filled(wrongHash))))
                .isEmpty();
        Bytes notZero = Bytes.join(Bytes.of((byte) 1), Hashes.sha1(OBJECT), OBJECT);
        assertThat(RsaPad.decryptLegacy(PRIVATE_KEY, PUBLIC_KEY.encryptRaw(filled(notZero))))
                .isEmpty();
    }

    @Test
    void theOwnKeyOfTheVectorIsTheSameHoweverItIsWritten() {
        BigInteger plain = OWN.bytes("encrypted_data").toNumber().modPow(OWN.number("private_d"), OWN.number("n"));
        assertThat(PRIVATE_KEY.decryptRaw(OWN.bytes("encrypted_data")).toNumber())
                .isEqualTo(plain);
    }

    /** As clients before 2021 did it: a zero byte, SHA-1, data, anything. */
    private static Bytes legacy(Bytes data) {
        return PUBLIC_KEY.encryptRaw(filled(Bytes.join(Bytes.of((byte) 0), Hashes.sha1(data), data)));
    }

    private static Bytes filled(Bytes start) {
        byte[] filler = new byte[256 - start.size()];
        Arrays.fill(filler, (byte) 0x5a);
        return start.plus(Bytes.of(filler));
    }

    /** Padding of the given size, and keys for more attempts than it takes. */
    private static ScriptedRandom plentyOf(int padding) {
        byte[] bytes = new byte[padding + 32 * 40];
        new Random(padding).nextBytes(bytes);
        return ScriptedRandom.of(Bytes.of(bytes));
    }

    private static RsaPublicKey publicKey(Vector vector) {
        if (vector.has("n")) {
            return new RsaPublicKey(vector.number("n"), vector.number("e"));
        }
        return RsaPublicKeyTest.knownKey(vector.text("key_fingerprint"));
    }
}
