package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * The plainest talk: prompts and lines, not one escape character. On a pipe, and on a terminal that understands nothing
 * better; there the terminal edits the line, and its echo is off while a password is typed.
 */
final class LineConversation implements Conversation {
    private final Utf8Lines in;
    private final PrintStream out;
    private final Echo echo;
    private final boolean person;

    private LineConversation(Utf8Lines in, PrintStream out, Echo echo, boolean person) {
        this.in = in;
        this.out = out;
        this.echo = echo;
        this.person = person;
    }

    /** With a pipe or a file that holds the answers. */
    static LineConversation withPipe(Utf8Lines in, PrintStream out) {
        return new LineConversation(in, out, Echo.NONE, false);
    }

    /** With a person at a terminal. */
    static LineConversation withTerminal(Utf8Lines in, PrintStream out, Echo echo) {
        return new LineConversation(in, out, echo, true);
    }

    @Override
    public String ask(String prompt) throws IOException {
        say(prompt);
        char[] answer = answer(!person);
        String text = new String(answer);
        Arrays.fill(answer, '\0');
        return text;
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        // First the echo, then the question: fast fingers answer at once.
        echo.off();
        try {
            say(prompt);
            return new Password(answer(true));
        } finally {
            echo.on();
        }
    }

    @Override
    public Password paste(String prompt, Predicate<String> isLast) throws IOException {
        // The echo stays off from the first line to the last: what is pasted arrives faster than it is read.
        echo.off();
        try {
            say(prompt);
            StringBuilder all = new StringBuilder();
            for (boolean more = true; more; ) {
                try {
                    String line = new String(answer(false));
                    all.append(line).append('\n');
                    more = !isLast.test(line);
                } catch (EndOfInputException end) {
                    if (all.isEmpty()) {
                        throw end;
                    }
                    more = false;
                }
            }
            out.println();
            return Password.of(all);
        } finally {
            echo.on();
        }
    }

    @Override
    public void tell(String line) {
        out.println(Printable.of(line));
        out.flush();
    }

    @Override
    public boolean withPerson() {
        return person;
    }

    @Override
    public void close() {
        out.flush();
    }

    private void say(String prompt) {
        out.print(Printable.of(prompt));
        out.flush();
    }

    /** Waits for a line. Where no echo moves the cursor to the next line, we do: also when there is no line. */
    private char[] answer(boolean endLine) throws IOException {
        try {
            char[] line = in.next();
            if (endLine) {
                out.println();
            }
            return line;
        } catch (EndOfInputException end) {
            if (echo.isGone()) {
                throw new HungUpException();
            }
            out.println();
            throw end;
        } catch (java.nio.charset.CharacterCodingException notText) {
            throw new IOException("an answer is not UTF-8 text", notText);
        } catch (IOException unreadable) {
            // A terminal whose other end was closed answers a read with EIO.
            throw person ? new HungUpException() : unreadable;
        }
    }
}
