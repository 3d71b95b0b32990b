package dev.tgsession.login;

import java.io.IOException;

/**
 * There is nobody left to answer: end of input, or the terminal is gone.
 *
 * <p>Thrown by a {@link Prompter}. {@link Login#run()} cancels the code at Telegram, or leaves it where a {@link Bookmark}
 * holds, and lets it pass.
 */
public final class EndOfAnswersException extends IOException {
    /** {@code what} names the question that stayed open, such as {@code "the login code"}. */
    public EndOfAnswersException(String what) {
        super("the input ended before " + what + " was given");
    }
}
