package dev.tgsession.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** What time is it here? The table of time zones is opened only for whoever wants to know where here is. */
final class LocalClock extends Clock {
    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneId.systemDefault();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.system(zone);
    }
}
