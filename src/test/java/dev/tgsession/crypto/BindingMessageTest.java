package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BindingMessageTest {
    private static final AuthKey KEY = AuthKey.of(new byte[AuthKey.SIZE]);
    private static final Bytes INNER = Bytes.ofHex("65f7a375").plus(Bytes.of(new byte[36]));

    static List<Vector> vectors() {
        return Vectors.of("bind-temp-auth-key");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isSealedAsOthersSealIt(Vector vector) {
        ScriptedRandom random = ScriptedRandom.of(vector.bytes("random_16"), vector.bytes("padding"));
        assertThat(message(vector).seal(permanentKey(vector), random)).isEqualTo(vector.bytes("encrypted_message"));
        assertThat(random.remaining()).isZero();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isOpenedWithTheSameKey(Vector vector) {
        assertThat(permanentKey(vector).id()).isEqualTo(vector.bytes("perm_auth_key_id"));
        assertThat(BindingMessage.open(permanentKey(vector), vector.bytes("encrypted_message")))
                .contains(message(vector));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void noByteOfItCanBeChanged(Vector vector) {
        Bytes sealed = vector.bytes("encrypted_message");
        for (int at = 0; at < sealed.size(); at++) {
            byte[] changed = sealed.toArray();
            changed[at] ^= 1;
            assertThat(BindingMessage.open(permanentKey(vector), Bytes.of(changed)))
                    .as("byte %d", at)
                    .isEmpty();
        }
    }

    @Test
    void isNotOpenedWithAnotherKey() {
        byte[] other = new byte[AuthKey.SIZE];
        other[0] = 1;
        Bytes sealed = new BindingMessage(1, INNER).seal(KEY, ScriptedRandom.of(Bytes.of(new byte[24])));
        assertThat(BindingMessage.open(AuthKey.of(other), sealed)).isEmpty();
        // Nor under that key's name.
        Bytes renamed = AuthKey.of(other).id().plus(sealed.from(8));
        assertThat(BindingMessage.open(AuthKey.of(other), renamed)).isEmpty();
    }

    @Test
    void isOf104Bytes() {
        Bytes sealed = new BindingMessage(1, INNER).seal(KEY, ScriptedRandom.of(Bytes.of(new byte[24])));
        assertThat(sealed.size()).isEqualTo(104);
        for (Bytes wrong : List.of(Bytes.EMPTY, sealed.first(8), sealed.first(88), sealed.plus(INNER.first(16)))) {
            assertThat(BindingMessage.open(KEY, wrong)).isEmpty();
        }
    }

    @Test
    void saysNothingButAnInnerMessage() {
        assertThat(open(sealedByHand(0, 40))).isTrue();
        assertThat(open(sealedByHand(1, 40))).isFalse();
        assertThat(open(sealedByHand(0, 36))).isFalse();
        assertThat(open(sealedByHand(0, -1))).isFalse();
    }

    @Test
    void anInnerMessageHas40Bytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BindingMessage(1, INNER.first(36)))
                .withMessageContaining("36 bytes instead of 40");
    }

    private static boolean open(Bytes sealed) {
        return BindingMessage.open(KEY, sealed).isPresent();
    }

    /** Locked in the right way, with any number in place of seq_no and length. */
    private static Bytes sealedByHand(int seqNo, int length) {
        Bytes plain =
                Bytes.join(Bytes.of(new byte[16]), Bytes.ofLong(1), Bytes.ofInt(seqNo), Bytes.ofInt(length), INNER);
        Bytes messageKey = Hashes.sha1(plain).from(4);
        MessageKeys keys = MessageKeys.ofMessageKeyInVersionOne(KEY, messageKey, Side.CLIENT);
        Bytes padded = plain.plus(Bytes.of(new byte[8]));
        return Bytes.join(KEY.id(), messageKey, AesIge.encrypt(keys.aesKey(), keys.aesIv(), padded));
    }

    private static BindingMessage message(Vector vector) {
        return new BindingMessage(vector.bytes("msg_id").longAt(0), vector.bytes("bind_auth_key_inner"));
    }

    private static AuthKey permanentKey(Vector vector) {
        return AuthKey.of(vector.bytes("perm_auth_key"));
    }
}
