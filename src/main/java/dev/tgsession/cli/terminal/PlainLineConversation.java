package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import dev.tgsession.login.PersonInterruptedException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
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
    private final Supplier<Conversation> editor;
    private Optional<LineKeys> keys = Optional.empty();
    private boolean looked;
    private Optional<Conversation> editing = Optional.empty();

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
     * @param editor opens JLine, or what there is in its place; called once, or not at all
     */
    PlainLineConversation(
            Utf8Lines in,
            PrintStream out,
            int columns,
            Supplier<Optional<LineKeys>> keys,
            BooleanSupplier gone,
            Supplier<Conversation> editor) {
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
            keys().get().listen();
        }
        char[] line = answer();
        if (in.end() != LineKeys.ESCAPE) {
            return new String(line);
        }
        Conversation edited = edited();
        return edited instanceof JLineConversation jline
                ? jline.goOn(prompt, line, in.rest(), false)
                : edited.ask(prompt);
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        if (editing.isPresent()) {
            return editing.get().askHidden(prompt);
        }
        // An editor hides what is typed also when a key moves the cursor, or when the job was stopped and goes on.
        return edited().askHidden(prompt);
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
        editing.ifPresent(Conversation::close);
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

    /** Waits for the line, up to Enter or one of the keys. */
    private char[] answer() throws IOException {
        try {
            char[] line = in.next();
            if (in.end() == LineKeys.CTRL_C) {
                Arrays.fill(line, '\0');
                out.println();
                throw new PersonInterruptedException();
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

    /** JLine from now on, or what there is in its place. */
    private Conversation edited() {
        out.print(CLEAN_LINE);
        out.flush();
        Conversation opened = editor.get();
        synchronized (this) {
            editing = Optional.of(opened);
        }
        return opened;
    }
}
