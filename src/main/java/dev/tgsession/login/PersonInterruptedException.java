package dev.tgsession.login;

import java.io.IOException;

/**
 * The person stopped the login (Ctrl+C).
 *
 * <p>Thrown by a {@link Prompter} or a {@link Pause}. {@link Login#run()} cancels the code at Telegram and lets it pass.
 */
public final class PersonInterruptedException extends IOException {
    public PersonInterruptedException() {
        super("interrupted");
    }
}
