package dev.tgsession.mtproto.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.grack.nanojson.JsonObject;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.Vectors;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HandshakeKeysTest {
    private static final Bytes NONCE = Bytes.of(new byte[16]);

    /** The sums of a key exchange among the vectors; the others belong to messages. */
    private static final Map<String, Sum> SUMS = Map.of(
            "tmp_aes_key_iv",
            v -> {
                HandshakeKeys keys = keys(v);
                assertThat(keys.aesKey()).isEqualTo(Vectors.bytes(v, "tmp_aes_key"));
                assertThat(keys.aesIv()).isEqualTo(Vectors.bytes(v, "tmp_aes_iv"));
            },
            "initial_salt",
            v -> assertThat(Bytes.ofLong(keys(v).salt())).isEqualTo(Vectors.bytes(v, "server_salt")),
            "new_nonce_hash",
            v -> {
                HandshakeKeys keys = new HandshakeKeys(NONCE, Vectors.bytes(v, "new_nonce"));
                AuthKey key = AuthKey.of(Vectors.bytes(v, "auth_key"));
                assertThat(keys.newNonceHash(v.getInt("number"), key)).isEqualTo(Vectors.bytes(v, "new_nonce_hash"));
            });

    private interface Sum {
        void check(JsonObject vector);
    }

    @TestFactory
    Stream<DynamicTest> comeOutAsInTheVectors() {
        return Vectors.file("/dev/tgsession/crypto/kdf.json").list("vectors").stream()
                .flatMap(v -> Optional.ofNullable(SUMS.get(v.getString("type")))
                        .map(sum -> dynamicTest(v.getString("name"), () -> sum.check(v)))
                        .stream());
    }

    @Test
    void whatIsSealedOpensAgain() {
        HandshakeKeys keys = new HandshakeKeys(NONCE, Bytes.of(new byte[32]));
        for (int size = 4; size < 64; size += 4) {
            Bytes object = Bytes.of(new byte[size]);
            Bytes padding = Bytes.of(new byte[HandshakeKeys.paddingFor(size)]);
            assertThat(padding.size()).isLessThan(16);
            assertThat(keys.open(keys.seal(object, padding)).slice(20, size)).isEqualTo(object);
        }
    }

    @Test
    void secretsDoNotPrint() {
        HandshakeKeys keys = new HandshakeKeys(NONCE, Bytes.ofHex("5e".repeat(32)));
        assertThat(keys.toString()).doesNotContain("5e5e");
    }

    private static HandshakeKeys keys(JsonObject v) {
        return new HandshakeKeys(Vectors.bytes(v, "server_nonce"), Vectors.bytes(v, "new_nonce"));
    }
}
