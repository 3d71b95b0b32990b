package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import dev.tgsession.login.PersonInterruptedException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A talk on a terminal that could edit, as long as nobody wants to: the terminal itself takes letters, paste and Backspace.
 * The first key that asks for more brings JLine, which takes over the line as it stands, and keeps the talk.
 *
 * <p>JLine takes longer to load than all the rest before the first question, and a third of the memory of a login. Most
 * answers are typed or pasted as they are.
 */
final class PlainLineConversation implements Conversation {
    /** Back to the beginning of the line, and nothing on it. */
    private static final String CLEAN_LINE = "\r\u001b[K";

    private final Utf8Lines in;
    private final PrintStream out;
    private final int usualColumns;
    private final Supplier<Optional<LineKeys>> findKeys;
    private final BooleanSupplier gone;
    private final Callable<JLineConversation> editor;
    private Optional<LineKeys> keys = Optional.empty();
    private boolean looked;
    private Optional<JLineConversation> editing = Optional.empty();

    /** What is asked while an answer is waited for. */
    private Optional<String> asked = Optional.empty();

    /**
     * On the terminal at standard input.
     *
     * @param in lines that end at the keys of {@link LineKeys}, too
     * @param out where the terminal shows what is said
     * @param columns how wide the terminal is, as long as nobody has asked it
     * @param keys finds its keys, if they can be set; called once, when the first question stands there
     * @param gone whether the terminal has gone away, asked when the input ends
     * @param editor opens JLine; called once, or not at all
     */
    PlainLineConversation(
            Utf8Lines in,
            PrintStream out,
            int columns,
            Supplier<Optional<LineKeys>> keys,
            BooleanSupplier gone,
            Callable<JLineConversation> editor) {
        this.in = in;
        this.out = out;
        this.usualColumns = columns;
        this.findKeys = keys;
        this.gone = gone;
        this.editor = editor;
    }

    @Override
    public String ask(String prompt) throws IOException {
        if (editing.isPresent()) {
            return editing.get().ask(prompt);
        }
        // To find the keys takes longer than to read the question; until they listen, a line ends at Enter alone.
        begin(prompt);
        if (keys().isPresent()) {
            keys().get().listen(true);
        }
        char[] line = answer(false);
        if (in.end() == LineKeys.ESCAPE) {
            return edited().goOn(prompt, line, in.rest(), false);
        }
        return new String(line);
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        if (editing.isPresent()) {
            return editing.get().askHidden(prompt);
        }
        if (keys().isEmpty()) {
            // Nobody but JLine can hide what is typed here.
            return edited().askHidden(prompt);
        }
        // First the echo, then the question: fast fingers answer at once.
        keys().get().listen(false);
        begin(prompt);
        char[] line = answer(true);
        if (in.end() == LineKeys.ESCAPE) {
            return Password.of(edited().goOn(prompt, line, in.rest(), true));
        }
        return new Password(line);
    }

    @Override
    public Password paste(String prompt, Predicate<String> isLast) throws IOException {
        return (editing.isPresent() ? editing.get() : edited()).paste(prompt, isLast);
    }

    @Override
    public synchronized void tell(String line) {
        if (editing.isPresent()) {
            editing.get().tell(line);
            return;
        }
        if (asked.isPresent()) {
            out.print(CLEAN_LINE);
        }
        out.println(
                Paragraph.wrap(Printable.of(line), keys.map(LineKeys::columns).orElse(usualColumns)));
        asked.ifPresent(prompt -> out.print(Printable.of(prompt)));
        out.flush();
    }

    @Override
    public boolean withPerson() {
        return true;
    }

    @Override
    public void close() {
        editing.ifPresent(JLineConversation::close);
        out.flush();
    }

    private synchronized void begin(String prompt) {
        asked = Optional.of(prompt);
        out.print(Printable.of(prompt));
        out.flush();
    }

    private synchronized void end() {
        asked = Optional.empty();
    }

    /** Waits for the line, up to Enter or one of the keys. What is hidden does not move the cursor; we do. */
    private char[] answer(boolean hidden) throws IOException {
        try {
            char[] line = in.next();
            if (in.end() == LineKeys.CTRL_C) {
                Arrays.fill(line, '\0');
                out.println();
                throw new PersonInterruptedException();
            }
            if (hidden && in.end() == '\n') {
                out.println();
            }
            return line;
        } catch (EndOfInputException end) {
            if (gone.getAsBoolean()) {
                throw new HungUpException();
            }
            out.println();
            throw end;
        } catch (java.nio.charset.CharacterCodingException notText) {
            throw new IOException("an answer is not UTF-8 text", notText);
        } catch (PersonInterruptedException interrupt) {
            throw interrupt;
        } catch (IOException unreadable) {
            // A terminal whose other end was closed answers a read with EIO.
            throw new HungUpException();
        } finally {
            keys().ifPresent(LineKeys::leave);
            end();
        }
    }

    private synchronized Optional<LineKeys> keys() {
        if (!looked) {
            looked = true;
            keys = findKeys.get();
        }
        return keys;
    }

    /** JLine, from now on. */
    private JLineConversation edited() throws IOException {
        out.print(CLEAN_LINE);
        out.flush();
        JLineConversation opened;
        try {
            opened = editor.call();
        } catch (IOException unusable) {
            throw unusable;
        } catch (Exception unusable) {
            throw new IOException("this terminal cannot edit", unusable);
        }
        synchronized (this) {
            editing = Optional.of(opened);
        }
        return opened;
    }
}
