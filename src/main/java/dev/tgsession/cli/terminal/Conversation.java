package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import java.io.IOException;

/**
 * A talk with whoever is at the console: questions out, answers in.
 *
 * <p>Everything it says goes to the terminal or to standard error, never to standard output, which carries results only.
 * Control characters in a text (a hint may come from a stranger) are shown as {@code ?}.
 */
public interface Conversation extends AutoCloseable {
    /**
     * Asks, and waits for a line: what was typed, to the letter, without its line end.
     *
     * @throws NoMoreAnswersException if no answer will come: its type says why
     */
    String ask(String prompt) throws IOException;

    /**
     * Asks for something that must not be seen: nothing typed shows on a terminal. Spaces before and after belong to it.
     *
     * @throws NoMoreAnswersException if no answer will come: its type says why
     */
    Password askHidden(String prompt) throws IOException;

    /** Says one line; at any time and from any thread, also while a question waits for its answer. */
    void tell(String line);

    /** Whether a person sits at a terminal, so that asking again after a wrong answer helps. */
    boolean withPerson();

    /** Leaves the terminal as it was found. */
    @Override
    void close();
}
