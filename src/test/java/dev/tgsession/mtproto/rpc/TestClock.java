package dev.tgsession.mtproto.rpc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when it is told to. */
final class TestClock implements InstantSource {
    private Instant now = Instant.ofEpochSecond(1_750_000_000, 500_000_000);

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }
}
