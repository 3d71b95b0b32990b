package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CodeHistoryTest {
    private static final Instant NOON = MovableClock.START;

    @Test
    void codesCountForADay() {
        CodeHistory history = CodeHistory.NONE.withCode(NOON).withCode(NOON.minus(Duration.ofHours(1)));

        assertThat(history.codes()).containsExactly(NOON.minus(Duration.ofHours(1)), NOON);
        assertThat(history.at(NOON.plus(Duration.ofHours(23))).codes()).containsExactly(NOON);
        assertThat(history.at(NOON.plus(Duration.ofHours(24))).isEmpty()).isTrue();
    }

    @Test
    void aCodeThatWasNotSentIsTakenBackAndNoOther() {
        CodeHistory history = CodeHistory.NONE.withCode(NOON).withCode(NOON.plusSeconds(1));

        assertThat(history.withoutCode(NOON).codes()).containsExactly(NOON.plusSeconds(1));
        assertThat(history.withoutCode(NOON.minusSeconds(1))).isEqualTo(history);
        assertThat(CodeHistory.NONE
                        .withCode(NOON)
                        .withCode(NOON)
                        .withoutCode(NOON)
                        .codes())
                .containsExactly(NOON);
    }

    @Test
    void aWaitRunsUntilItsEndAndTheLaterEndCounts() {
        CodeHistory history = CodeHistory.NONE.withWait(NOON.plusSeconds(60)).withWait(NOON.plusSeconds(30));

        assertThat(history.at(NOON).waitEnds()).contains(NOON.plusSeconds(60));
        assertThat(history.withWait(NOON.plusSeconds(90)).waitEnds()).contains(NOON.plusSeconds(90));
        assertThat(history.at(NOON.plusSeconds(60)).isEmpty()).isTrue();
    }

    @Test
    void aRefusalWithoutATimeCountsForADay() {
        CodeHistory history = CodeHistory.NONE.withRefusal(NOON);

        assertThat(history.at(NOON.plus(Duration.ofHours(23))).refused()).contains(NOON);
        assertThat(history.at(NOON.plus(Duration.ofHours(24))).isEmpty()).isTrue();
    }

    /** Such as one that was written while the clock was wrong. */
    @Test
    void whatIsNotedInTheFutureLocksNobodyOut() {
        Instant now = Instant.parse("2026-11-24T12:00:00Z");
        CodeHistory odd = CodeHistory.NONE
                .withCode(now.plusSeconds(3600))
                .withRefusal(now.plusSeconds(3600))
                .withWait(Instant.MAX);

        assertThat(odd.at(now)).isEqualTo(CodeHistory.NONE);
        assertThat(CodeHistory.NONE.withWait(now.plusSeconds(86400)).at(now).waitEnds())
                .isPresent();
    }
}
