package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SrpTest {
    private static final DhGroup GROUP = DhGroup.known();
    private static final Bytes SALT1 = Bytes.ofUtf8("first salt");
    private static final Bytes SALT2 = Bytes.ofUtf8("second salt");

    static List<Vector> vectors() {
        return Vectors.of("srp");
    }

    static List<Vector> questionsToRefuse() {
        return Vectors.of("srp", "refuse").stream()
                // How a server says that it has no password to ask for is a matter of the schema.
                .filter(vector -> !vector.has("algo"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyStepComesOutAsOthersComputeIt(Vector vector) throws FailedCheckException {
        DhGroup group = DhGroup.checked(vector.number("p"), vector.integer("g"));
        BigInteger x = Srp.hash(password(vector), vector.bytes("salt1"), vector.bytes("salt2"));
        DhSecret secret = DhSecret.of(group, vector.number("a"));
        assertThat(x).isEqualTo(vector.number("x"));
        assertThat(group.power(x)).isEqualTo(vector.number("v"));
        assertThat(Srp.multiplier(group)).isEqualTo(vector.number("k"));
        assertThat(Srp.scrambler(vector.bytes("A"), Srp.full(vector.number("srp_B"))))
                .isEqualTo(vector.number("u"));
        assertThat(Srp.proof(parameters(vector), group, secret, x))
                .isEqualTo(new SrpProof(77, vector.bytes("A"), vector.bytes("M1")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theSlowPartComesOutAsOthersComputeIt(Vector vector) {
        byte[] ph1 = vector.bytes("ph1").toArray();
        assertThat(Bytes.of(Srp.pbkdf2(ph1, vector.bytes("salt1")))).isEqualTo(vector.bytes("pbkdf2"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aProofFromTheSameDiceIsTheSame(Vector vector) throws FailedCheckException {
        if (!GROUP.isPublicValue(vector.number("A"))) {
            // One vector draws 1, which gives itself away: see aSecretThatGivesItselfAwayIsDrawnAgain.
            assertThat(vector.text("name")).isEqualTo("gotd");
            return;
        }
        ScriptedRandom random = ScriptedRandom.of(vector.bytes("a"));
        assertThat(Srp.prove(parameters(vector), password(vector), random))
                .isEqualTo(new SrpProof(77, vector.bytes("A"), vector.bytes("M1")));
        assertThat(random.remaining()).isZero();
    }

    private static SrpParameters parameters(Vector vector) {
        return new SrpParameters(
                77,
                vector.bytes("salt1"),
                vector.bytes("salt2"),
                vector.integer("g"),
                vector.bytes("p"),
                vector.bytes("srp_B"));
    }

    private static Password password(Vector vector) {
        return Password.of(vector.bytes("password_utf8").toUtf8());
    }
}
