package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tgsession.bytes.Bytes;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DhSecretTest {
    private static final DhGroup GROUP = DhGroup.known();

    @Test
    void twoSidesComeToTheSameKey() throws FailedCheckException {
        DhSecret ours = DhSecret.draw(GROUP, ScriptedRandom.of(drawn(1)));
        DhSecret theirs = DhSecret.draw(GROUP, ScriptedRandom.of(drawn(2)));
        assertThat(ours.agree(theirs.publicValue())).isEqualTo(theirs.agree(ours.publicValue()));
        assertThat(ours.publicValue()).isNotEqualTo(theirs.publicValue());
    }

    @Test
    void theExponentIsAllOfThe256BytesDrawn() {
        Bytes bytes = drawn(3);
        DhSecret secret = DhSecret.draw(GROUP, ScriptedRandom.of(bytes));
        assertThat(secret.publicValue()).isEqualTo(GROUP.power(bytes.toNumber()));
        assertThat(secret.publicBytes().toNumber()).isEqualTo(secret.publicValue());
        assertThat(secret.publicBytes().size()).isEqualTo(256);
    }

    @Test
    void aSecretThatGivesItselfAwayIsDrawnAgain() {
        Bytes zero = Bytes.of(new byte[256]);
        Bytes one = Bytes.ofNumber(BigInteger.ONE, 256);
        ScriptedRandom random = ScriptedRandom.of(zero, one, drawn(4));
        assertThat(DhSecret.draw(GROUP, random).publicValue()).isEqualTo(GROUP.power(drawn(4).toNumber()));
        assertThat(random.remaining()).isZero();
    }

    @Test
    void aKeyThatBeginsWithZerosKeepsThem() throws FailedCheckException {
        BigInteger theirs = BigInteger.ONE.shiftLeft(2000);
        AuthKey key = DhSecret.of(GROUP, BigInteger.ONE).agree(theirs);
        assertThat(key.secret()).isEqualTo(Bytes.ofNumber(theirs, 256));
        assertThat(key.secret().at(0)).isZero();
    }

    @Test
    void noKeyIsMadeWithAValueOutOfRange() {
        DhSecret secret = DhSecret.draw(GROUP, ScriptedRandom.of(drawn(5)));
        assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> secret.agree(BigInteger.ONE));
        assertThatExceptionOfType(FailedCheckException.class)
                .isThrownBy(() -> secret.agree(GROUP.prime().subtract(BigInteger.ONE)));
    }

    @Test
    void hidesItself() {
        assertThat(DhSecret.draw(GROUP, ScriptedRandom.of(drawn(6)))).hasToString("DhSecret[hidden]");
    }

    private static Bytes drawn(int seed) {
        byte[] bytes = new byte[256];
        new Random(seed).nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
