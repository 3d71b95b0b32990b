package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AesCtrTest {
    /** NIST SP 800-38A, F.5.5, CTR-AES256.Encrypt. */
    private static final Bytes KEY = Bytes.ofHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");

    private static final Bytes COUNTER = Bytes.ofHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    private static final Bytes PLAIN = Bytes.ofHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    private static final Bytes ENCRYPTED =
            Bytes.ofHex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
                    + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6");

    @Test
    void encryptsAsTheStandardSays() {
        assertThat(new AesCtr(KEY, COUNTER).update(PLAIN)).isEqualTo(ENCRYPTED);
    }

    @Test
    void decryptingIsTheSameStep() {
        assertThat(new AesCtr(KEY, COUNTER).update(ENCRYPTED)).isEqualTo(PLAIN);
    }

    @Test
    void theCutsDoNotMatter() {
        Random seeded = new Random(5);
        AesCtr stream = new AesCtr(KEY, COUNTER);
        List<Bytes> pieces = new ArrayList<>();
        for (int position = 0; position < PLAIN.size(); ) {
            int length = Math.min(seeded.nextInt(20), PLAIN.size() - position);
            Bytes piece = stream.update(PLAIN.slice(position, length));
            assertThat(piece.size()).isEqualTo(length);
            pieces.add(piece);
            position += length;
        }
        assertThat(Bytes.join(pieces.toArray(Bytes[]::new))).isEqualTo(ENCRYPTED);
    }

    @Test
    void nothingEncryptsToNothing() {
        AesCtr stream = new AesCtr(KEY, COUNTER);
        assertThat(stream.update(Bytes.EMPTY)).isEqualTo(Bytes.EMPTY);
        assertThat(stream.update(new byte[0])).isEmpty();
        assertThat(stream.update(PLAIN)).isEqualTo(ENCRYPTED);
    }

    @Test
    void leavesTheGivenArrayAlone() {
        byte[] plain = PLAIN.toArray();
        assertThat(new AesCtr(KEY, COUNTER).update(plain)).isEqualTo(ENCRYPTED.toArray());
        assertThat(plain).isEqualTo(PLAIN.toArray());
    }

    @Test
    void takesOnlyItsOwnSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AesCtr(KEY.first(16), COUNTER))
                .withMessageContaining("key of 16 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AesCtr(KEY, KEY))
                .withMessageContaining("IV of 32 bytes");
    }
}
