package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Vectors.Vector;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SrpVerifierTest {
    private static final DhGroup GROUP = DhGroup.known();
    private static final Bytes SALT1 = Bytes.ofUtf8("first salt");
    private static final Bytes SALT2 = Bytes.ofUtf8("second salt");

    private static final SrpVerifier VERIFIER = SrpVerifier.of(GROUP, SALT1, SALT2, Password.of("correct horse"));

    static List<Vector> vectorsWithServer() {
        return Vectors.of("srp").stream()
                .filter(vector -> vector.has("server_b"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("vectorsWithServer")
    void asksAndJudgesAsOthersDo(Vector vector) throws FailedCheckException {
        DhGroup group = DhGroup.checked(vector.number("p"), vector.integer("g"));
        SrpVerifier server = SrpVerifier.of(
                group,
                vector.bytes("salt1"),
                vector.bytes("salt2"),
                Password.of(vector.bytes("password_utf8").toUtf8()));
        SrpVerifier.Challenge challenge = server.challenge(9, DhSecret.of(group, vector.number("server_b")));
        SrpParameters question = challenge.parameters();
        assertThat(question.b().toNumber()).isEqualTo(vector.number("srp_B"));
        assertThat(question.salt1()).isEqualTo(vector.bytes("salt1"));
        assertThat(question.salt2()).isEqualTo(vector.bytes("salt2"));
        assertThat(challenge.shared(vector.number("A"))).isEqualTo(vector.number("server_s_b"));
        assertThat(challenge.accepts(new SrpProof(9, vector.bytes("A"), vector.bytes("M1"))))
                .isTrue();
    }

    @Test
    void acceptsThePasswordAndNoOther() throws FailedCheckException {
        SrpVerifier.Challenge challenge = VERIFIER.challenge(1, dice(1));
        assertThat(challenge.accepts(answer(challenge, "correct horse"))).isTrue();
        assertThat(challenge.accepts(answer(challenge, "correct horse "))).isFalse();
        assertThat(challenge.accepts(answer(challenge, ""))).isFalse();
    }

    @Test
    void acceptsNoAnswerToAnotherQuestion() throws FailedCheckException {
        SrpVerifier.Challenge first = VERIFIER.challenge(1, dice(1));
        SrpVerifier.Challenge second = VERIFIER.challenge(1, dice(2));
        SrpVerifier.Challenge renumbered = VERIFIER.challenge(2, dice(1));
        SrpProof answer = answer(first, "correct horse");
        assertThat(first.accepts(answer)).isTrue();
        assertThat(second.accepts(answer)).isFalse();
        assertThat(renumbered.accepts(answer)).isFalse();
    }

    @Test
    void acceptsNoAnswerThatMakesNoSense() throws FailedCheckException {
        SrpVerifier.Challenge challenge = VERIFIER.challenge(1, dice(1));
        SrpProof answer = answer(challenge, "correct horse");
        Bytes zero = Bytes.of(new byte[256]);
        for (SrpProof wrong : List.of(
                new SrpProof(1, answer.a(), answer.m1().first(31)),
                new SrpProof(1, answer.a(), Bytes.EMPTY),
                new SrpProof(1, Bytes.EMPTY, answer.m1()),
                new SrpProof(1, answer.a().plus(zero), answer.m1()),
                new SrpProof(1, Bytes.ofNumber(answer.a().toNumber().add(GROUP.prime())), answer.m1()))) {
            assertThat(challenge.accepts(wrong)).isFalse();
        }
    }

    /** With A = 0 the shared secret would be 0, whatever the password: the classical attack on SRP. */
    @Test
    void isNotFooledByZero() {
        SrpVerifier.Challenge challenge = VERIFIER.challenge(1, dice(1));
        for (BigInteger multiple : List.of(BigInteger.ZERO, GROUP.prime())) {
            Bytes a = Srp.full(multiple);
            Bytes m1 =
                    Srp.evidence(GROUP, SALT1, SALT2, a, challenge.parameters().b(), BigInteger.ZERO);
            assertThat(challenge.accepts(new SrpProof(1, a, m1))).isFalse();
        }
    }

    @Test
    void learnsANewPasswordFromItsHashAlone() throws FailedCheckException {
        NewPasswordHash chosen =
                Srp.newPasswordHash(Password.of("battery staple"), SALT1, SALT2, 3, Srp.full(GROUP.prime()), dice(5));
        SrpVerifier learned = SrpVerifier.of(GROUP, SALT2, chosen);
        assertThat(learned.salt1()).isEqualTo(chosen.salt1());
        assertThat(learned.salt2()).isEqualTo(SALT2);
        assertThat(learned.group().prime()).isEqualTo(GROUP.prime());
        SrpVerifier.Challenge challenge = learned.challenge(3, dice(6));
        assertThat(challenge.accepts(answer(challenge, "battery staple"))).isTrue();
        assertThat(challenge.accepts(answer(challenge, "correct horse"))).isFalse();
    }

    @Test
    void learnsNothingFromAHashOutOfRange() {
        for (Bytes hash : List.of(Bytes.EMPTY, Bytes.of((byte) 1), Srp.full(GROUP.prime()))) {
            assertThatExceptionOfType(FailedCheckException.class)
                    .isThrownBy(() -> SrpVerifier.of(GROUP, SALT2, new NewPasswordHash(SALT1, hash)));
        }
    }

    @Test
    void hidesItself() {
        assertThat(VERIFIER).hasToString("SrpVerifier[hidden]");
        assertThat(VERIFIER.challenge(4, dice(1))).hasToString("Challenge[srpId=4]");
    }

    private static SrpProof answer(SrpVerifier.Challenge challenge, String password) throws FailedCheckException {
        return Srp.prove(challenge.parameters(), Password.of(password), dice(password.length()));
    }

    private static ScriptedRandom dice(int seed) {
        byte[] bytes = new byte[256];
        new Random(seed).nextBytes(bytes);
        return ScriptedRandom.of(Bytes.of(bytes));
    }
}
