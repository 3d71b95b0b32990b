package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tgsession.bytes.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EarlyDhSecretTest {
    private static final DhGroup LIKELY = DhGroup.known();

    private final List<Runnable> aside = new ArrayList<>();

    @Test
    void theFirstOneIsTheOneMadeEarly() {
        EarlyDhSecret secrets = EarlyDhSecret.begun(ScriptedRandom.of(drawn(1), drawn(2)), aside::add);
        aside.get(0).run();
        assertThat(secrets.next(LIKELY).exponent()).isEqualTo(drawn(1).toNumber());
    }

    @Test
    void noSecretIsGivenTwice() {
        EarlyDhSecret secrets = EarlyDhSecret.begun(ScriptedRandom.of(drawn(1), drawn(2), drawn(3)), aside::add);
        aside.get(0).run();
        assertThat(List.of(secrets.next(LIKELY), secrets.next(LIKELY), secrets.next(LIKELY)))
                .extracting(DhSecret::exponent)
                .containsExactly(drawn(1).toNumber(), drawn(2).toNumber(), drawn(3).toNumber());
    }

    @Test
    void whoComesTooSoonMakesItWhereItIsWanted() {
        EarlyDhSecret secrets = EarlyDhSecret.begun(ScriptedRandom.of(drawn(1)), aside::add);
        assertThat(secrets.next(LIKELY).exponent()).isEqualTo(drawn(1).toNumber());
        // What comes late makes no other.
        aside.get(0).run();
    }

    @Test
    void anotherGroupGetsASecretOfItsOwn() throws FailedCheckException {
        EarlyDhSecret secrets = EarlyDhSecret.begun(ScriptedRandom.of(drawn(1), drawn(2)), Runnable::run);
        DhGroup other = DhGroup.checked(LIKELY.prime(), 4);
        DhSecret secret = secrets.next(other);
        assertThat(secret.exponent()).isEqualTo(drawn(2).toNumber());
        assertThat(secret.publicValue()).isEqualTo(other.power(secret.exponent()));
        // The early one waits for whoever has a use for it.
        assertThat(secrets.next(LIKELY).exponent()).isEqualTo(drawn(1).toNumber());
    }

    @Test
    void whatFailsAsideIsToldWhereItIsWanted() {
        EarlyDhSecret secrets = EarlyDhSecret.begun(ScriptedRandom.of(), Runnable::run);
        assertThatIllegalStateException().isThrownBy(() -> secrets.next(LIKELY));
    }

    @Test
    @Timeout(60)
    void inBackgroundItKeepsNobodyFromEnding() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        List<Boolean> daemon = new ArrayList<>();
        EarlyDhSecret.inBackground().execute(() -> {
            daemon.add(Thread.currentThread().isDaemon());
            done.countDown();
        });
        assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(daemon).containsExactly(true);
    }

    @Test
    @Timeout(60)
    void anInterruptedOneGetsItAndStaysInterrupted() {
        EarlyDhSecret secrets = EarlyDhSecret.begun(ScriptedRandom.of(drawn(1)), EarlyDhSecret.inBackground());
        Thread.currentThread().interrupt();
        DhSecret secret = secrets.next(LIKELY);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(secret.publicValue()).isEqualTo(LIKELY.power(drawn(1).toNumber()));
    }

    private static Bytes drawn(int seed) {
        return Bytes.ofNumber(new BigInteger(2048, new Random(seed)), 256);
    }
}
