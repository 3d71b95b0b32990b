package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.Repertoire;
import dev.tgsession.schema.MtprotoSchema.PingDelayDisconnect;
import dev.tgsession.schema.Schema;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For how long a client may say nothing. */
final class ServiceDeskTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));

    @ParameterizedTest(name = "a client that wishes {0} s is hung up on after {1} s, and after {2} s to the second")
    @CsvSource({"7, 100, 7", "25, 100, 25", "141, 151, 141", "60000, 610, 600", "0, 100, 1", "-5, 100, 1"})
    void aWishOfFewSecondsIsNotTakenAtItsWordUnlessTheScenarioIsPunctual(int wish, int usually, int punctually) {
        assertThat(silenceAfter(wish, Faults.NONE)).isEqualTo(Duration.ofSeconds(usually));
        Faults punctual =
                Repertoire.scenario("close-on-ping-delay").orElseThrow().make();
        assertThat(silenceAfter(wish, punctual)).isEqualTo(Duration.ofSeconds(punctually));
    }

    private static Duration silenceAfter(int wish, Faults faults) {
        SecureRandom random = new SecureRandom();
        Conduct conduct = new Conduct(faults);
        AuthKeys keys = new AuthKeys();
        Salts salts = new Salts(CLOCK, random, conduct);
        PracticeSessions sessions = new PracticeSessions(CLOCK);
        var desk = new ServiceDesk(
                CLOCK,
                salts,
                keys,
                sessions,
                new Outbox(CLOCK, salts, random, conduct, keys, sessions),
                conduct,
                PracticeConsole.NONE,
                new IncomingRequests(CLOCK, new FaultWatch(faults, PracticeConsole.NONE)));
        var key = new KnownKey(AuthKey.of(new byte[256]), 2, false, 0, CLOCK.instant(), Optional.empty());
        QuietLink line = new QuietLink(1);
        Bytes ping = Schema.codec().write(new PingDelayDisconnect(1, wish));
        desk.takes(new ContainedMessage(4, 1, ping), sessions.create(key, 1), line);
        return line.silence();
    }
}
