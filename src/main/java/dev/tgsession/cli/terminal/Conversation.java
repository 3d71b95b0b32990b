package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import dev.tgsession.login.Talk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

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
     * @throws dev.tgsession.login.PersonInterruptedException at Ctrl+C
     */
    @Override
    String ask(String prompt) throws IOException;

    /**
     * {@inheritDoc}
     *
     * @throws NoMoreAnswersException if no answer will come: its type says why
     * @throws dev.tgsession.login.PersonInterruptedException at Ctrl+C
     */
    @Override
    Password askHidden(String prompt) throws IOException;

    /**
     * Asks for lines that must not be seen, pasted in one go.
     *
     * @param isLast tells of each line, without its end, whether it was the last one
     * @return all lines with their ends; what there is, should the input end before the last one (Ctrl+D)
     * @throws NoMoreAnswersException if no line comes at all: its type says why
     */
    default Password paste(String prompt, Predicate<String> isLast) throws IOException {
        StringBuilder all = new StringBuilder();
        for (boolean more = true; more; ) {
            try (Password line = askHidden(all.isEmpty() ? prompt : "")) {
                String letters = new String(line.utf8(), StandardCharsets.UTF_8);
                all.append(letters).append('\n');
                more = !isLast.test(letters);
            } catch (EndOfInputException end) {
                if (all.isEmpty()) {
                    throw end;
                }
                more = false;
            }
        }
        return Password.of(all);
    }

    /** Whether a person sits at a terminal, so that asking again after a wrong answer helps. */
    boolean withPerson();

    /** Leaves the terminal as it was found. */
    @Override
    void close();
}
