package dev.tgsession.mtproto.message;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What time it is at Telegram: our clock plus the difference that the server told us.
 *
 * <p>The clock given should not jump (a login must survive somebody setting the machine's time), so it is best a steady
 * one that was read against the wall clock once.
 */
public final class ServerTime implements InstantSource {
    private final InstantSource clock;
    private Duration difference = Duration.ZERO;
    private boolean known;

    /** A server whose time is not known yet; until then our own clock is believed. */
    public ServerTime(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes the server's time from something it has authenticated. */
    public synchronized void is(Instant serverTime) {
        difference = Duration.between(clock.instant(), serverTime);
        known = true;
    }

    /** Whether the server has told its time. */
    public synchronized boolean isKnown() {
        return known;
    }

    /** How far the server's clock is ahead of ours; negative when it is behind. */
    public synchronized Duration difference() {
        return difference;
    }

    @Override
    public synchronized Instant instant() {
        return clock.instant().plus(difference);
    }
}
