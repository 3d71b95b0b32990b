package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.Vectors.Vector;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RsaPublicKeyTest {
    static List<Vector> vectors() {
        return Vectors.of("rsa-keys");
    }

    /** A key of the vectors, by the hex form of its fingerprint. */
    static RsaPublicKey knownKey(String fingerprint) {
        return vectors().stream()
                .filter(vector -> vector.text("fingerprint_hex").equals(fingerprint))
                .map(RsaPublicKeyTest::key)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theFingerprintNamesTheKey(Vector vector) {
        assertThat(key(vector).fingerprint())
                .isEqualTo(vector.decimal("fingerprint_signed").longValueExact())
                .isEqualTo(vector.bytes("fingerprint_wire_bytes").longAt(0));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void bothPemFormsReadBack(Vector vector) {
        RsaPublicKey key = key(vector);
        assertThat(RsaPublicKey.ofPem(key.toPkcs1Pem())).isEqualTo(key);
        assertThat(RsaPublicKey.ofPem(key.toSpkiPem())).isEqualTo(key);
    }

    private static RsaPublicKey key(Vector vector) {
        return new RsaPublicKey(vector.number("n"), vector.number("e"));
    }
}
