package dev.tgsession.login;

import dev.tgsession.crypto.Password;
import dev.tgsession.crypto.ThrowAwaySums;
import java.io.IOException;

/**
 * The same talk, for a person who types: meanwhile Java is made to compile the sums of a login. Where answers are there at once,
 * as in a pipe, it would only be in the way.
 *
 * <p>It takes some tenths of a second of a processor that waits anyway, once, and stops within milliseconds when an answer is
 * there. Of all that a person waits in a login with a password it took a fifth, 0.91 to 0.74 seconds on Java 17, and after the
 * password 201 to 168 ms: the rows "what a person waits" of {@code scripts/bench}.
 */
public final class WarmingTalk implements Talk {
    private final Talk talk;
    private final WarmUp warmUp;

    /** {@code talk} is with a person. */
    public WarmingTalk(Talk talk) {
        this(talk, new WarmUp(new ThrowAwaySums()::next));
    }

    WarmingTalk(Talk talk, WarmUp warmUp) {
        this.talk = talk;
        this.warmUp = warmUp;
    }

    @Override
    public String ask(String prompt) throws IOException {
        warmUp.begin();
        try {
            return talk.ask(prompt);
        } finally {
            warmUp.pause();
        }
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        warmUp.begin();
        try {
            return talk.askHidden(prompt);
        } finally {
            warmUp.pause();
        }
    }

    @Override
    public void tell(String line) {
        talk.tell(line);
    }
}
