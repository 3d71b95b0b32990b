package dev.tgsession.mtproto.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.grack.nanojson.JsonObject;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.ScriptedRandom;
import dev.tgsession.crypto.Side;
import dev.tgsession.mtproto.Vectors;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MessageCipherTest {
    private static final AuthKey KEY =
            AuthKey.of(Bytes.ofNumber(BigInteger.valueOf(3).pow(1291), 256));
    private static final Message MESSAGE = new Message(1, 2, 5, 1, Bytes.ofHex("0102030405060708"));

    private final MessageCipher client = new MessageCipher(KEY, Side.CLIENT, new SecureRandom());
    private final MessageCipher server = new MessageCipher(KEY, Side.SERVER, new SecureRandom());

    @TestFactory
    Stream<DynamicTest> opensWhatTheVectorsSealed() {
        return Vectors.file("messages.json").list("vectors").stream()
                .map(v -> dynamicTest(v.getString("name"), () -> {
                    MessageCipher reader = new MessageCipher(key(v), reader(v), new SecureRandom());
                    assertThat(reader.open(Vectors.bytes(v, "payload"))).isEqualTo(message(v));
                }));
    }

    @TestFactory
    Stream<DynamicTest> sealsWhatTheVectorsSealed() {
        return Vectors.file("messages.json").list("vectors").stream()
                .map(v -> dynamicTest(v.getString("name"), () -> {
                    MessageCipher writer = new MessageCipher(key(v), writer(v), new SecureRandom());
                    Bytes plain = MessageCipher.inside(message(v)).plus(Vectors.bytes(v, "padding"));
                    assertThat(plain).isEqualTo(Vectors.bytes(v, "plaintext"));
                    assertThat(writer.sealPlain(plain)).isEqualTo(Vectors.bytes(v, "payload"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatTheVectorsForbid() {
        return Vectors.file("messages.json").list("negative").stream()
                .map(v -> dynamicTest(v.getString("name"), () -> {
                    MessageCipher reader = new MessageCipher(key(v), Side.CLIENT, new SecureRandom());
                    ServerTime time = new ServerTime(() -> java.time.Instant.ofEpochSecond(1_750_000_000));
                    assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> {
                        Message opened = reader.open(Vectors.bytes(v, "payload"));
                        new ReceivedMessages(time).judge(opened.id());
                    });
                }));
    }

    @Test
    void padsAsLittleAsAllowed() {
        Bytes payload = new MessageCipher(KEY, Side.CLIENT, ScriptedRandom.of(Bytes.of(new byte[24]))).seal(MESSAGE);
        assertThat(payload.size()).isEqualTo(24 + 32 + 8 + 24);
    }

    @Test
    void eachSideReadsTheOtherButNotItself() throws Exception {
        assertThat(server.open(client.seal(MESSAGE))).isEqualTo(MESSAGE);
        assertThat(client.open(server.seal(MESSAGE))).isEqualTo(MESSAGE);
        assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> client.open(client.seal(MESSAGE)));
    }

    @Test
    void everyFlippedBitIsSeen() {
        Bytes payload = server.seal(MESSAGE);
        for (int bit = 0; bit < payload.size() * 8; bit += 7) {
            byte[] changed = payload.toArray();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> client.open(Bytes.of(changed)));
        }
    }

    @Test
    void everyTruncationIsSeen() {
        Bytes payload = server.seal(MESSAGE);
        for (int size = 0; size < payload.size(); size++) {
            Bytes shorter = payload.first(size);
            assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> client.open(shorter));
        }
    }

    @Test
    void paddingHasToBeTwelveTo1024Bytes() throws Exception {
        for (int padding : new int[] {8, 1032}) {
            Bytes plain = MessageCipher.inside(MESSAGE).plus(Bytes.of(new byte[padding]));
            assertThatExceptionOfType(FailedCheckException.class)
                    .isThrownBy(() -> client.open(server.sealPlain(plain)))
                    .withMessageContaining("padding");
        }
        Bytes plain = MessageCipher.inside(MESSAGE).plus(Bytes.of(new byte[1016]));
        assertThat(client.open(server.sealPlain(plain))).isEqualTo(MESSAGE);
    }

    @Test
    void messagesDoNotPrintTheirContent() {
        assertThat(MESSAGE.toString()).doesNotContain("0102030405060708");
    }

    private static AuthKey key(JsonObject v) {
        return AuthKey.of(Vectors.bytes(v, "auth_key"));
    }

    private static Side writer(JsonObject v) {
        return v.getString("direction").startsWith("client") ? Side.CLIENT : Side.SERVER;
    }

    private static Side reader(JsonObject v) {
        return writer(v) == Side.CLIENT ? Side.SERVER : Side.CLIENT;
    }

    private static Message message(JsonObject v) {
        return new Message(
                Vectors.bytes(v, "salt").longAt(0),
                Vectors.bytes(v, "session_id").longAt(0),
                Vectors.bytes(v, "msg_id").longAt(0),
                v.getInt("seq_no"),
                Vectors.bytes(v, "body"));
    }
}
