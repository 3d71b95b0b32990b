package dev.tgsession.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** How a person says how long something takes and when it ends. */
final class HumanTime {
    private final Clock clock;

    HumanTime(Clock clock) {
        this.clock = clock;
    }

    /** The two largest parts: {@code 17 hours 3 minutes}, {@code 1 day}, {@code 45 seconds}. */
    static String words(Duration time) {
        List<String> parts = new ArrayList<>();
        add(parts, time.toDays(), "day");
        add(parts, time.toHoursPart(), "hour");
        add(parts, time.toMinutesPart(), "minute");
        add(parts, time.toSecondsPart(), "second");
        if (parts.isEmpty()) {
            return "0 seconds";
        }
        return String.join(" ", parts.subList(0, Math.min(2, parts.size()))).strip();
    }

    /**
     * A moment by the clock on the person's wall: {@code 17:42}, with the date if that is another day; the offset stands
     * behind it because the machine may be in another part of the world than the person.
     */
    String moment(Instant moment) {
        ZoneOffset offset = clock.getZone().getRules().getOffset(moment);
        LocalDateTime there = LocalDateTime.ofInstant(moment, offset);
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), offset);
        String time = twoDigits(there.getHour()) + ":" + twoDigits(there.getMinute());
        String date = there.toLocalDate().equals(now.toLocalDate()) ? "" : there.toLocalDate() + " ";
        return date + time + (offset.getTotalSeconds() == 0 ? " UTC" : " UTC" + offset);
    }

    private static void add(List<String> parts, long count, String unit) {
        // "1 day 40 seconds" says more than anybody wants to know: parts must be neighbours.
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        } else if (!parts.isEmpty()) {
            parts.add("");
        }
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
