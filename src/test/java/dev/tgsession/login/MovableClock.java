package dev.tgsession.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved. */
final class MovableClock extends Clock {
    static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private final ZoneId zone;
    private Instant now = START;

    MovableClock() {
        this(ZoneOffset.UTC);
    }

    MovableClock(ZoneId zone) {
        this.zone = zone;
    }

    void move(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MovableClock(other);
    }
}
