package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import dev.tgsession.login.Talk;
import java.io.IOException;

/**
 * A talk with whoever is at the console: questions out, answers in.
 *
 * <p>Everything it says goes to the terminal or to standard error, never to standard output, which carries results only.
 * Control characters in a text (a hint may come from a stranger) are shown as {@code ?}.
 */
public interface Conversation extends Talk, AutoCloseable {
    /**
     * {@inheritDoc}
     *
     * @throws NoMoreAnswersException if no answer will come: its type says why
     */
    @Override
    String ask(String prompt) throws IOException;

    /**
     * {@inheritDoc}
     *
     * @throws NoMoreAnswersException if no answer will come: its type says why
     */
    @Override
    Password askHidden(String prompt) throws IOException;

    /** Whether a person sits at a terminal, so that asking again after a wrong answer helps. */
    boolean withPerson();

    /** Leaves the terminal as it was found. */
    @Override
    void close();
}
