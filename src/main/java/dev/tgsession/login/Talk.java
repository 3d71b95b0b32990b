package dev.tgsession.login;

import dev.tgsession.crypto.Password;
import java.io.IOException;

/**
 * A talk with a person: questions out, answers in. The three things a console can do; a {@link TalkingPrompter} makes the
 * questions of a login out of them.
 */
public interface Talk {
    /**
     * Asks, and waits for a line: what was typed, to the letter, without its line end.
     *
     * @throws EndOfAnswersException if nobody is there any more
     * @throws IOException if no answer will come for another reason: its type says why
     */
    String ask(String prompt) throws IOException;

    /**
     * Asks for something that must not be seen: nothing typed shows on a terminal. Spaces before and after belong to it.
     *
     * @throws EndOfAnswersException if nobody is there any more
     * @throws IOException if no answer will come for another reason: its type says why
     */
    Password askHidden(String prompt) throws IOException;

    /** Says one line; at any time and from any thread, also while a question waits for its answer. */
    void tell(String line);
}
