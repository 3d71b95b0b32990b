package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RsaPadTest {
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

    private static RsaPublicKey publicKey(Vector vector) {
        if (vector.has("n")) {
            return new RsaPublicKey(vector.number("n"), vector.number("e"));
        }
        return RsaPublicKeyTest.knownKey(vector.text("key_fingerprint"));
    }
}
