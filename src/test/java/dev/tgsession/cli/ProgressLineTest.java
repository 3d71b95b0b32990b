package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final int ROWS = 1_000_000;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Endings endings = new Endings();
    private Instant now = Instant.EPOCH;
    private boolean seen = true;
    private final ProgressLine line =
            new ProgressLine(new PrintStream(printed, true, StandardCharsets.UTF_8), () -> now, () -> seen, endings);

    @Test
    void itSaysHowFarHowFastAndHowLong() {
        line.onRows(0, ROWS);
        pass(500);
        line.onRows(125_000, ROWS);
        assertThat(shown()).containsExactly(" 12 % of 1000000 rows, 250000 a second, 4 s left");
        pass(500);
        line.onRows(200_000, ROWS);
        assertThat(shown()).containsExactly(" 20 % of 1000000 rows, 200000 a second, 4 s left");
    }

    @Test
    void aShorterLineLeavesNothingOfTheLongerOneBefore() {
        line.onRows(0, ROWS);
        pass(1000);
        line.onRows(1000, ROWS);
        assertThat(shown()).containsExactly("  0 % of 1000000 rows, 1000 a second, 16 min 39 s left");
        pass(1000);
        line.onRows(999_000, ROWS);
        assertThat(shown()).containsExactly(" 99 % of 1000000 rows, 499500 a second, 1 s left");
    }

    @Test
    void aSlowOneHasNoSpeedYet() {
        line.onRows(0, ROWS);
        pass(10_000);
        line.onRows(5, ROWS);
        assertThat(shown()).containsExactly("  0 % of 1000000 rows");
    }

    @Test
    void itIsDrawnTenTimesASecondAtMost() {
        line.onRows(0, ROWS);
        for (int done = 1000; done < ROWS; done += 1000) {
            pass(1);
            line.onRows(done, ROWS);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).chars().filter(c -> c == '\r'))
                .hasSize(9);
    }

    @Test
    void itIsGoneWhenTheWorkIsDone() {
        half();
        line.onRows(ROWS, ROWS);
        assertThat(shown()).containsExactly("");
    }

    @Test
    void whoGoesThroughTheFileAgainStartsAnew() {
        half();
        line.onRows(ROWS, ROWS);
        pass(60_000);
        half();
        assertThat(shown()).containsExactly(" 50 % of 1000000 rows, 500000 a second, 1 s left");
    }

    @Test
    void whateverIsSaidAfterAFailureBeginsOnACleanLine() {
        half();
        line.close();
        assertThat(shown()).containsExactly("");
        half();
        assertThat(shown()).containsExactly("");
    }

    @Test
    void whoIsToldToEndLeavesACleanLine() {
        half();
        endings.run();
        assertThat(shown()).containsExactly("");
    }

    @Test
    void itIsMadeOfPlainLetters() {
        half();
        line.close();
        assertThat(printed.toString(StandardCharsets.UTF_8)).matches("[\\r -~]+");
    }

    @Test
    void aFewRowsAreNotWorthALine() {
        line.onRows(0, 40_000);
        pass(60_000);
        line.onRows(1000, 40_000);
        line.onRows(0, 0);
        line.close();
        assertThat(printed.size()).isZero();
    }

    @Test
    void nothingIsSaidWhereNobodySeesIt() {
        seen = false;
        half();
        line.close();
        assertThat(printed.size()).isZero();
    }

    @Test
    void onlyATerminalThatGoesBackInALineIsAskedTo() {
        assertThat(ProgressLine.goesBack(Map.of("TERM", "xterm"), false)).isTrue();
        assertThat(ProgressLine.goesBack(Map.of("TERM", "dumb"), false)).isFalse();
        assertThat(ProgressLine.goesBack(Map.of(), false)).isFalse();
        assertThat(ProgressLine.goesBack(Map.of(), true)).isTrue();
    }

    @Test
    void aSmallSourceIsNotWatchedAndAMissingOneIsLeftToWhoReadsIt() {
        SessionSource small = SessionSource.ofText("short");
        SessionSource missing = SessionSource.ofFile(Path.of("nowhere", "to be found"));
        SessionSource large = SessionSource.ofBytes("large", new byte[3 << 20]);
        assertThat(line.watching(small)).isSameAs(small);
        assertThat(line.watching(missing)).isSameAs(missing);
        assertThat(line.watching(large)).isNotSameAs(large);
        seen = false;
        assertThat(line.watching(large)).isSameAs(large);
    }

    private void half() {
        RowProgress told = line;
        told.onRows(0, ROWS);
        pass(1000);
        told.onRows(ROWS / 2, ROWS);
    }

    private void pass(long millis) {
        now = now.plus(Duration.ofMillis(millis));
    }

    private Iterable<String> shown() {
        return Screen.after(printed.toString(StandardCharsets.UTF_8));
    }
}
