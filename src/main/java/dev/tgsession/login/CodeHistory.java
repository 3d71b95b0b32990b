package dev.tgsession.login;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What logging in has cost a number of late.
 *
 * @param codes when codes were asked for, oldest first
 * @param waitEnds until when Telegram wants to be left alone, if it said so
 * @param refused when Telegram last said that there had been too many codes or attempts, without saying for how long that
 *     counts
 */
public record CodeHistory(List<Instant> codes, Optional<Instant> waitEnds, Optional<Instant> refused) {
    /** Nothing has happened, as far as anybody remembers. */
    public static final CodeHistory NONE = new CodeHistory(List.of(), Optional.empty(), Optional.empty());

    /** How long a code counts. Telegram does not publish its own rule; people are locked out for a day, not for more. */
    public static final Duration MEMORY = Duration.ofHours(24);

    /** What was noted by a clock that was wrong, or by a forger, locks nobody out: it is in no past that can be. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    /** Puts the codes in order. */
    public CodeHistory {
        codes = codes.stream().sorted().toList();
    }

    /** Whether there is nothing to remember. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** What of this still counts at that moment. */
    public CodeHistory at(Instant now) {
        Instant oldest = now.minus(MEMORY);
        Instant latest = now.plus(SKEW);
        return new CodeHistory(
                codes.stream()
                        .filter(code -> code.isAfter(oldest) && code.isBefore(latest))
                        .toList(),
                waitEnds.filter(end -> end.isAfter(now) && end.isBefore(now.plus(LONGEST_WAIT))),
                refused.filter(moment -> moment.isAfter(oldest) && moment.isBefore(latest)));
    }

    /** A code was asked for. */
    public CodeHistory withCode(Instant asked) {
        List<Instant> more = new ArrayList<>(codes);
        more.add(asked);
        return new CodeHistory(more, waitEnds, refused);
    }

    /** The code that was asked for then was not sent after all. */
    public CodeHistory withoutCode(Instant asked) {
        List<Instant> fewer = new ArrayList<>(codes);
        fewer.remove(asked);
        return new CodeHistory(fewer, waitEnds, refused);
    }

    /** Telegram wants to be left alone until then; an earlier word that reaches further still counts. */
    public CodeHistory withWait(Instant end) {
        return new CodeHistory(codes, waitEnds.filter(end::isBefore).or(() -> Optional.of(end)), refused);
    }

    /** Telegram has said that it was too much. */
    public CodeHistory withRefusal(Instant moment) {
        return new CodeHistory(codes, waitEnds, Optional.of(moment));
    }
}
