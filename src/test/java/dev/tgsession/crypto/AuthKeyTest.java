package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthKeyTest {
    static List<Vector> vectors() {
        return Vectors.of("kdf").stream()
                .filter(vector -> vector.text("type").equals("auth_key_ids"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isNamedByTheEndsOfItsHash(Vector vector) {
        AuthKey key = AuthKey.of(vector.bytes("auth_key"));
        assertThat(key.id()).isEqualTo(vector.bytes("auth_key_id"));
        assertThat(Bytes.ofLong(key.idAsLong())).isEqualTo(vector.bytes("auth_key_id"));
        assertThat(key.auxHash()).isEqualTo(vector.bytes("auth_key_aux_hash"));
    }

    @Test
    void hidesItself() {
        AuthKey key = AuthKey.of(filled(0xab));
        assertThat(key).hasToString("AuthKey[id=" + key.id() + "]");
        assertThat(key.toString()).doesNotContain("abab");
    }

    @Test
    void keepsItsOwnCopy() {
        byte[] given = filled(1);
        AuthKey key = AuthKey.of(given);
        Arrays.fill(given, (byte) 2);
        assertThat(key.secret().toArray()).isEqualTo(filled(1));
    }

    @Test
    void isEqualByContent() {
        assertThat(AuthKey.of(filled(1)))
                .isEqualTo(AuthKey.of(Bytes.of(filled(1))))
                .hasSameHashCodeAs(AuthKey.of(filled(1)))
                .isNotEqualTo(AuthKey.of(filled(2)))
                .isNotEqualTo(Bytes.of(filled(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 255, 257})
    void isOf256BytesAndNoOthers(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthKey.of(new byte[size]))
                .withMessage("an authorization key of " + size + " bytes instead of 256");
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[AuthKey.SIZE];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
