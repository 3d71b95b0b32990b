package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @MethodSource("questionsToRefuse")
    void anUnsafeQuestionIsNotAnswered(Vector vector) {
        Vector sound = vectors().get(0);
        Bytes p = vector.has("p") ? vector.bytes("p") : sound.bytes("p");
        Bytes b = vector.has("srp_B") ? vector.bytes("srp_B") : sound.bytes("srp_B");
        refuses(new SrpParameters(1, SALT1, SALT2, 3, p, b));
    }

    @Test
    void aQuestionOverUnsafeNumbersIsNotAnswered() {
        Bytes p = Srp.full(GROUP.prime());
        Bytes b = vectors().get(0).bytes("srp_B");
        refuses(new SrpParameters(1, SALT1, SALT2, 2, p, b));
        refuses(new SrpParameters(1, SALT1, SALT2, 1, p, b));
        refuses(new SrpParameters(1, SALT1, SALT2, 3, p.first(255), b));
        refuses(new SrpParameters(1, SALT1, SALT2, 3, Bytes.EMPTY, b));
        refuses(new SrpParameters(1, SALT1, SALT2, 3, p, Bytes.EMPTY));
        // p + 1: in range for its length, but not below p.
        refuses(new SrpParameters(1, SALT1, SALT2, 3, p, Srp.full(GROUP.prime().add(BigInteger.ONE))));
    }

    @Test
    void aSecretThatGivesItselfAwayIsDrawnAgain() throws FailedCheckException {
        Vector vector = vectors().get(1);
        Bytes one = Bytes.ofNumber(BigInteger.ONE, 256);
        ScriptedRandom random = ScriptedRandom.of(one, vector.bytes("a"));
        assertThat(Srp.prove(parameters(vector), password(vector), random).m1()).isEqualTo(vector.bytes("M1"));
        assertThat(random.remaining()).isZero();
    }

    @Test
    void aClosedPasswordProvesNothing() {
        Password closed = Password.of("secret");
        closed.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> Srp.prove(parameters(vectors().get(0)), closed, ScriptedRandom.of()));
    }

    @Test
    void thePasswordStaysOpen() throws FailedCheckException {
        Vector vector = vectors().get(1);
        Password password = password(vector);
        Srp.prove(parameters(vector), password, ScriptedRandom.of(vector.bytes("a")));
        assertThat(password.utf8()).isEqualTo(vector.bytes("password_utf8").toArray());
    }

    @Test
    void aNewPasswordIsHashedAsOthersDo() throws FailedCheckException {
        for (Vector vector : Vectors.of("srp", "new_password")) {
            NewPasswordHash hash = Srp.newPasswordHash(
                    password(vector),
                    vector.bytes("server_salt1"),
                    vector.bytes("salt2"),
                    vector.integer("g"),
                    vector.bytes("p"),
                    ScriptedRandom.of(vector.bytes("random_32")));
            assertThat(hash.salt1()).isEqualTo(vector.bytes("salt1_sent"));
            assertThat(hash.hash()).isEqualTo(vector.bytes("new_password_hash"));
            assertThat(hash).hasToString("NewPasswordHash[hidden]");
        }
    }

    @Test
    void aNewPasswordIsNotHashedOverUnsafeNumbers() {
        assertThatExceptionOfType(FailedCheckException.class)
                .isThrownBy(() -> Srp.newPasswordHash(
                        Password.of("x"), SALT1, SALT2, 2, Srp.full(GROUP.prime()), ScriptedRandom.of()))
                .withMessageStartingWith("password check: ");
    }

    private static void refuses(SrpParameters parameters) {
        // An empty script: nothing may be drawn, let alone sent.
        assertThatExceptionOfType(FailedCheckException.class)
                .isThrownBy(() -> Srp.prove(parameters, Password.of("x"), ScriptedRandom.of()))
                .satisfies(failure -> assertThat(failure.step()).isEqualTo("password check"));
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
