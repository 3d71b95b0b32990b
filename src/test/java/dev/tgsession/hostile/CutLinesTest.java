package dev.tgsession.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.hostile.Wire.Hand;
import dev.tgsession.hostile.Wire.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The line is cut before, inside and after every frame of a login, in both directions. */
class CutLinesTest {
    /** Length, key, message key and the header of a message end here, or before. */
    private static final int HEADERS = 60;

    private static final int UP_PLAIN = 7;
    private static final int DOWN_PLAIN = 8;
    private static final int UP_TWO_STEP = 9;
    private static final int DOWN_TWO_STEP = 10;

    @TempDir
    Path folder;

    private enum Where {
        BEFORE,
        INSIDE,
        AFTER
    }

    record Cut(Way way, int frame, Where where, String number) {
        @Override
        public String toString() {
            return where + " frame " + frame + " " + way + (number.equals(Encounter.PLAIN_NUMBER) ? "" : ", password");
        }

        private boolean isNearTheEnd() {
            boolean plain = number.equals(Encounter.PLAIN_NUMBER);
            if (way == Way.DOWN) {
                return frame == (plain ? DOWN_PLAIN : DOWN_TWO_STEP);
            }
            // The answer to the last call may be quicker than the scissors; nothing follows it.
            return frame == (plain ? UP_PLAIN : UP_TWO_STEP) && where == Where.AFTER;
        }

        private Hand hand() {
            return (passing, wires) -> {
                if (!passing.is(way, frame)) {
                    wires.pass(passing.raw());
                    return;
                }
                Bytes raw = passing.raw();
                wires.pass(
                        switch (where) {
                            case BEFORE -> Bytes.EMPTY;
                            case INSIDE -> raw.first(raw.size() / 2);
                            case AFTER -> raw;
                        });
                wires.cut();
            };
        }
    }

    static List<Cut> cuts() {
        List<Cut> cuts = new ArrayList<>();
        for (Where where : Where.values()) {
            for (int frame = 1; frame <= UP_PLAIN; frame++) {
                cuts.add(new Cut(Way.UP, frame, where, Encounter.PLAIN_NUMBER));
            }
            for (int frame = 1; frame <= DOWN_PLAIN; frame++) {
                cuts.add(new Cut(Way.DOWN, frame, where, Encounter.PLAIN_NUMBER));
            }
            // The first frames are the same with a password.
            for (int frame = UP_PLAIN - 3; frame <= UP_TWO_STEP; frame++) {
                cuts.add(new Cut(Way.UP, frame, where, Encounter.TWO_STEP_NUMBER));
            }
            for (int frame = DOWN_PLAIN - 1; frame <= DOWN_TWO_STEP; frame++) {
                cuts.add(new Cut(Way.DOWN, frame, where, Encounter.TWO_STEP_NUMBER));
            }
        }
        return cuts;
    }

    /** The numbers of frames that the cuts are counted by. */
    @ParameterizedTest
    @ValueSource(strings = {Encounter.PLAIN_NUMBER, Encounter.TWO_STEP_NUMBER})
    void aLoginHasSoManyFrames(String number) throws Exception {
        Outcome outcome = Encounter.withGoodServer().number(number).run(folder);
        outcome.loggedIn();
        boolean plain = number.equals(Encounter.PLAIN_NUMBER);
        assertThat(outcome.framesUp()).isEqualTo(plain ? UP_PLAIN : UP_TWO_STEP);
        // A slow server says in between that it is at work.
        assertThat(outcome.framesDown()).isBetween(plain ? DOWN_PLAIN : DOWN_TWO_STEP, 20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void aCutIsMendedAndNothingIsDoneTwice(Cut cut) throws Exception {
        Outcome outcome =
                Encounter.withGoodServer().number(cut.number).hand(cut.hand()).run(folder);
        outcome.loggedIn();
        outcome.didNothingTwice();
        // After the very last frames nobody needs the line any more.
        assertThat(outcome.connections()).isBetween(cut.isNearTheEnd() ? 1 : 2, 2);
    }

    /** Every line is cut at the same place: there is an end to that, and nothing is done twice. */
    @ParameterizedTest(name = "after {0} frames")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void aLineThatNeverHoldsIsGivenUp(int frames) throws Exception {
        Hand hand = new Hand() {
            private int connection;
            private int seen;

            @Override
            public synchronized void on(Wire.Frame frame, Wire.Wires wires) throws IOException {
                if (frame.connection() != connection) {
                    connection = frame.connection();
                    seen = 0;
                }
                wires.pass(frame.raw());
                seen++;
                if (seen == frames) {
                    wires.cut();
                }
            }
        };
        Outcome outcome = Encounter.withGoodServer().hand(hand).run(folder);
        outcome.didNothingTwice();
        assertThat(outcome.connections()).isLessThanOrEqualTo(20);
        if (outcome.session().isEmpty()) {
            assertThat(outcome.gaveUp(0)).isNotNull();
        } else {
            outcome.loggedIn();
        }
    }

    /** Down to the byte: whatever part of a frame came before the line broke counts for nothing. */
    @ParameterizedTest(name = "down frame {0}")
    @ValueSource(ints = {1, 5})
    void aFrameThatBreaksOffAtAnyByteCountsForNothing(int frame) throws Exception {
        AtomicInteger size = new AtomicInteger(Integer.MAX_VALUE);
        for (int at = 0; at < size.get(); at += at < HEADERS ? 1 : 5) {
            int end = at;
            Hand hand = (passing, wires) -> {
                if (!passing.is(Way.DOWN, frame)) {
                    wires.pass(passing.raw());
                    return;
                }
                size.set(passing.raw().size());
                // On a slow machine this may be another frame, and a shorter one: that the server is at work.
                wires.pass(passing.raw().first(Math.min(end, passing.raw().size() - 1)));
                wires.cut();
            };
            Outcome outcome =
                    Encounter.withGoodServer().hand(hand).run(Files.createDirectory(folder.resolve("cut-" + at)));
            outcome.loggedIn();
            outcome.didNothingTwice();
            assertThat(outcome.connections()).as("connections, cut at %d", at).isEqualTo(2);
        }
        assertThat(size.get()).isBetween(80, 400);
    }
}
