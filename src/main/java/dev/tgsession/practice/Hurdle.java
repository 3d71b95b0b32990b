package dev.tgsession.practice;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Something scripted that stands between a caller and an answer: always, a few times, or for a while. */
interface Hurdle {
    /** Whoever types such a number wants to see that. */
    String SCRIPTED = "this number is there to answer so";

    /** Lets the caller pass, or throws what it gets instead. */
    void pass(Memory memory, Instant now) throws Refusal;

    /** What an account has seen of its hurdles; a login that came through makes them new again. */
    final class Memory {
        private final Map<Hurdle, Integer> times = new HashMap<>();
        private final Map<Hurdle, Instant> until = new HashMap<>();

        private int count(Hurdle hurdle) {
            return times.merge(hurdle, 1, Integer::sum);
        }

        private Instant startOrUntil(Hurdle hurdle, Instant end) {
            return until.computeIfAbsent(hurdle, key -> end);
        }

        void clear() {
            times.clear();
            until.clear();
        }
    }

    /** Nobody passes, ever. */
    static Hurdle always(int code, String text) {
        return (memory, now) -> {
            throw new Refusal(code, text, SCRIPTED);
        };
    }

    /** The first few are refused, the others pass. */
    static Hurdle first(int times, int code, String text) {
        return new Hurdle() {
            @Override
            public void pass(Memory memory, Instant now) throws Refusal {
                if (memory.count(this) <= times) {
                    throw new Refusal(code, text, SCRIPTED);
                }
            }
        };
    }

    /**
     * The first caller starts a wait, and nobody passes until it is over.
     *
     * @param type with the seconds left behind it: {@code FLOOD_WAIT_30}
     */
    static Hurdle wait(String type, Duration duration) {
        return waitAt(1, type, duration);
    }

    /** The same, started by a later caller: by the second, if {@code caller} is 2. */
    static Hurdle waitAt(int caller, String type, Duration duration) {
        return new Hurdle() {
            @Override
            public void pass(Memory memory, Instant now) throws Refusal {
                if (memory.count(this) < caller) {
                    return;
                }
                Duration left = Duration.between(now, memory.startOrUntil(this, now.plus(duration)));
                if (left.compareTo(Duration.ZERO) > 0) {
                    // Rounded up: whoever waits as long as told must pass afterwards.
                    long seconds = left.plusNanos(999_999_999).toSeconds();
                    throw new Refusal(420, type + "_" + seconds, SCRIPTED);
                }
            }
        };
    }
}
