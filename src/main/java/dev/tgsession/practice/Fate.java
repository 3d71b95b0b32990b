package dev.tgsession.practice;

import java.time.Duration;

/**
 * How a login ends without its owner's doing.
 *
 * @param after how long after the login, if nothing else is needed
 * @param onlyWhenTwice whether it also takes a second connection with the same key
 * @param code of the error
 * @param text of the error
 */
record Fate(Duration after, boolean onlyWhenTwice, int code, String text) {
    /** The login ends after a while. */
    static Fate after(Duration duration, int code, String text) {
        return new Fate(duration, false, code, text);
    }

    /** The login ends as soon as its key is used over two connections at once. */
    static Fate whenTwice(int code, String text) {
        return new Fate(Duration.ZERO, true, code, text);
    }

    Refusal refusal() {
        return new Refusal(code, text);
    }
}
