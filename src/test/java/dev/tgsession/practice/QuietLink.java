package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import java.time.Duration;

/** A connection over which nothing goes; it notes for how long it may be silent. */
final class QuietLink implements Link {
    private final int number;
    private Duration silence = Duration.ZERO;

    QuietLink(int number) {
        this.number = number;
    }

    Duration silence() {
        return silence;
    }

    @Override
    public int dc() {
        return 2;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public void send(Bytes packet) {}

    @Override
    public void refuse(int code) {}

    @Override
    public void hangUpAfter(Duration chosen) {
        silence = chosen;
    }

    @Override
    public void trusted(boolean loggedIn) {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
