package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageKeysTest {
    private static final AuthKey KEY = AuthKey.of(new byte[AuthKey.SIZE]);

    static List<Vector> fromMessageKey() {
        return ofType("aes_key_iv");
    }

    static List<Vector> fromPlain() {
        return ofType("msg_key");
    }

    static List<Vector> inVersionOne() {
        return ofType("aes_key_iv_v1");
    }

    @ParameterizedTest
    @MethodSource({"fromMessageKey", "fromPlain"})
    void followFromTheMessageKey(Vector vector) {
        MessageKeys keys = MessageKeys.ofMessageKey(key(vector), vector.bytes("msg_key"), side(vector));
        assertThat(keys.messageKey()).isEqualTo(vector.bytes("msg_key"));
        assertThat(keys.aesKey()).isEqualTo(vector.bytes("aes_key"));
        assertThat(keys.aesIv()).isEqualTo(vector.bytes("aes_iv"));
    }

    @ParameterizedTest
    @MethodSource("fromPlain")
    void followFromThePlainMessage(Vector vector) {
        MessageKeys keys = MessageKeys.ofPlain(key(vector), vector.bytes("plaintext_with_padding"), side(vector));
        assertThat(keys.messageKey()).isEqualTo(vector.bytes("msg_key"));
        assertThat(keys.aesKey()).isEqualTo(vector.bytes("aes_key"));
        assertThat(keys.aesIv()).isEqualTo(vector.bytes("aes_iv"));
    }

    @ParameterizedTest
    @MethodSource("inVersionOne")
    void followInVersionOneByAnotherFormula(Vector vector) {
        MessageKeys keys = MessageKeys.ofMessageKeyInVersionOne(key(vector), vector.bytes("msg_key"), side(vector));
        assertThat(keys.messageKey()).isEqualTo(vector.bytes("msg_key"));
        assertThat(keys.aesKey()).isEqualTo(vector.bytes("aes_key"));
        assertThat(keys.aesIv()).isEqualTo(vector.bytes("aes_iv"));
    }

    @Test
    void takeOnlyMessageKeysOf16Bytes() {
        for (int size : new int[] {0, 15, 17, 32}) {
            Bytes wrong = Bytes.of(new byte[size]);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MessageKeys.ofMessageKey(KEY, wrong, Side.CLIENT))
                    .withMessage("a message key of " + size + " bytes instead of 16");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MessageKeys.ofMessageKeyInVersionOne(KEY, wrong, Side.CLIENT));
        }
    }

    @Test
    void hideTheAesKey() {
        MessageKeys keys = MessageKeys.ofPlain(KEY, Bytes.ofUtf8("plain"), Side.CLIENT);
        assertThat(keys.toString())
                .contains(keys.messageKey().toHex())
                .doesNotContain(keys.aesKey().toHex())
                .doesNotContain(keys.aesIv().toHex());
    }

    @Test
    void theTwoSidesAnswerEachOther() {
        assertThat(Side.CLIENT.other()).isEqualTo(Side.SERVER);
        assertThat(Side.SERVER.other()).isEqualTo(Side.CLIENT);
    }

    private static List<Vector> ofType(String type) {
        return Vectors.of("kdf").stream()
                .filter(vector -> vector.text("type").equals(type))
                .toList();
    }

    private static AuthKey key(Vector vector) {
        return AuthKey.of(vector.bytes("auth_key"));
    }

    /** The side whose offset is the vector's x. */
    private static Side side(Vector vector) {
        Side side = vector.integer("x") == 0 ? Side.CLIENT : Side.SERVER;
        assertThat(side.offset()).isEqualTo(vector.integer("x"));
        return side;
    }
}
