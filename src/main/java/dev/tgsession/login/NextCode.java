package dev.tgsession.login;

import java.time.Duration;
import java.time.Instant;

/**
 * The way in which Telegram would send another code, and from when on it lets itself be asked.
 *
 * @param way ready for a sentence: {@code by SMS}, {@code by a phone call}
 * @param after from when the last code was sent; zero if it may be asked for at once
 * @param from the same as a moment by this machine's clock
 */
public record NextCode(String way, Duration after, Instant from) {
    String words() {
        String when = after.isZero() ? "at once" : "after " + HumanTime.words(after);
        return "If it does not arrive, Telegram can send another one " + way + ", " + when + ".";
    }
}
