package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTimeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 seconds",
        "1, 1 second",
        "59, 59 seconds",
        "60, 1 minute",
        "61, 1 minute 1 second",
        "3600, 1 hour",
        "3605, 1 hour",
        "61380, 17 hours 3 minutes",
        "61385, 17 hours 3 minutes",
        "86400, 1 day",
        "604800, 7 days",
        "90000, 1 day 1 hour",
        "86460, 1 day",
    })
    void aDurationIsSaidInItsTwoLargestParts(long seconds, String words) {
        assertThat(HumanTime.words(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @Test
    void aMomentTodayIsATimeOfDay() {
        HumanTime time = new HumanTime(new MovableClock());
        assertThat(time.moment(MovableClock.START.plus(Duration.ofMinutes(65)))).isEqualTo("13:05 UTC");
    }

    @Test
    void aMomentOnAnotherDayHasItsDate() {
        HumanTime time = new HumanTime(new MovableClock());
        assertThat(time.moment(MovableClock.START.plus(Duration.ofHours(12)))).isEqualTo("2026-11-25 00:00 UTC");
    }

    @Test
    void theClockOnTheWallDecides() {
        HumanTime time = new HumanTime(new MovableClock(ZoneId.of("Asia/Kolkata")));
        assertThat(time.moment(MovableClock.START)).isEqualTo("17:30 UTC+05:30");
    }
}
