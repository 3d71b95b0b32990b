package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ThrowAwaySumsTest {
    /** So that whoever waits for the end of a step does not wait for long; a machine that is busy may take ten times that. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(2);

    @Test
    void theyComeToAnEndAndStayThere() {
        ThrowAwaySums sums = new ThrowAwaySums();
        int steps = 0;
        while (sums.next()) {
            steps++;
        }
        assertThat(steps).isBetween(40, 80);
        assertThat(sums.next()).isFalse();
        assertThat(sums.next()).isFalse();
    }

    @Test
    void noStepTakesLong() {
        ThrowAwaySums sums = new ThrowAwaySums();
        long longest = 0;
        boolean more = true;
        while (more) {
            long begin = System.nanoTime();
            more = sums.next();
            longest = Math.max(longest, System.nanoTime() - begin);
        }
        assertThat(Duration.ofNanos(longest)).isLessThan(LONGEST_STEP);
    }
}
