package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.AuthKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Which session a message belongs to. */
final class PracticeSessionsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    private static final int AT_ONCE = 4;

    private final PracticeSessions sessions = new PracticeSessions(CLOCK);
    private final KnownKey key =
            new KnownKey(AuthKey.of(new byte[256]), 2, false, 0, CLOCK.instant(), Optional.empty());

    @Test
    void theSecondMessageBelongsToTheSessionOfTheFirst() {
        PracticeSessions.Found first = sessions.findOrCreate(key, 7, 4, new QuietLink(1));
        assertThat(first.isNew()).isTrue();
        assertThat(sessions.findOrCreate(key, 7, 8, new QuietLink(1)))
                .isEqualTo(new PracticeSessions.Found(first.session(), false));
        assertThat(sessions.findOrCreate(key, 8, 4, new QuietLink(1)).isNew()).isTrue();
        assertThat(sessions.size()).isEqualTo(2);
    }

    /** The client was told that the session began later, and has sent it again. */
    @Test
    void whatAnEarlierLineBringsAfterALaterOneBeganTheSessionIsOvertaken() {
        PracticeSession session =
                sessions.findOrCreate(key, 7, 400, new QuietLink(2)).session();
        assertThat(session.isOvertaken(396, new QuietLink(1))).isTrue();
        assertThat(session.isOvertaken(404, new QuietLink(1))).isFalse();
        assertThat(session.isOvertaken(396, new QuietLink(2))).isFalse();
        assertThat(session.isOvertaken(396, new QuietLink(3))).isFalse();
    }

    /** Else a call that was sent again, as its line was cut, would be carried out by both. */
    @Test
    void messagesThatComeAtOnceBelongToOneSession() throws Exception {
        CyclicBarrier start = new CyclicBarrier(AT_ONCE);
        ExecutorService lines = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (int round = 0; round < 300; round++) {
                long id = round;
                List<Future<PracticeSessions.Found>> answers = new ArrayList<>();
                for (int line = 0; line < AT_ONCE; line++) {
                    answers.add(lines.submit(() -> {
                        start.await();
                        return sessions.findOrCreate(key, id, 4, new QuietLink(1));
                    }));
                }
                List<PracticeSessions.Found> found = new ArrayList<>();
                for (Future<PracticeSessions.Found> answer : answers) {
                    found.add(answer.get());
                }
                assertThat(found.stream().map(PracticeSessions.Found::session).distinct())
                        .hasSize(1);
                assertThat(found.stream().filter(PracticeSessions.Found::isNew)).hasSize(1);
            }
        } finally {
            lines.shutdownNow();
        }
    }
}
