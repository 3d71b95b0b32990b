package dev.tgsession.cli.terminal;

import java.io.IOError;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;

/**
 * Which keys end a line that the terminal itself edits: Enter, and while we wait for an answer also Escape, which every key
 * sends that moves the cursor, and Ctrl+C.
 *
 * <p>A terminal has two such places, VEOL and VEOL2 of {@code termios(3)}, which nobody else uses. The line comes to us with
 * that key at its end, and no signal is sent.
 */
final class LineKeys {
    static final byte ESCAPE = 0x1b;
    static final byte CTRL_C = 0x03;

    private static final int NO_KEY = 0;
    private static final int USUAL_COLUMNS = 80;

    private final Pty terminal;
    private final Endings endings;
    private Optional<Attributes> before = Optional.empty();
    private Endings.Duty duty = () -> {};

    private LineKeys(Pty terminal, Endings endings) {
        this.terminal = terminal;
        this.endings = endings;
    }

    /** Of the terminal at standard input; empty where there is no native code to set them. */
    static Optional<LineKeys> atInput(SystemStream output, Endings endings) {
        try {
            Pty terminal = new JniTerminalProvider().current(output);
            terminal.getAttr();
            return Optional.of(new LineKeys(terminal, endings));
        } catch (IOException | IOError | RuntimeException | LinkageError unusable) {
            return Optional.empty();
        }
    }

    /** From now on these keys end a line; not where the process is ending and nobody would take it back. */
    synchronized void listen() throws IOException {
        Attributes found = attributes();
        duty = endings.add(this::leave);
        if (endings.isOver()) {
            return;
        }
        before = Optional.of(found);
        Attributes ours = new Attributes(found);
        ours.setInputFlag(InputFlag.ICRNL, true);
        // Backspace takes a whole letter away.
        ours.setInputFlag(InputFlag.IUTF8, true);
        ours.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.IEXTEN), true);
        ours.setLocalFlag(LocalFlag.ECHO, true);
        ours.setControlChar(ControlChar.VEOL, ESCAPE);
        ours.setControlChar(ControlChar.VEOL2, CTRL_C);
        ours.setControlChar(ControlChar.VINTR, NO_KEY);
        terminal.setAttr(ours);
    }

    /** Back to how it was before {@link #listen}. */
    synchronized void leave() {
        duty.close();
        try {
            if (before.isPresent()) {
                terminal.setAttr(before.get());
            }
        } catch (IOException | IOError | RuntimeException gone) {
            // Only a terminal that went away cannot be left as it was found.
        }
        before = Optional.empty();
    }

    /** How many letters a line of the terminal has; 80 if nobody told it. */
    int columns() {
        try {
            int columns = terminal.getSize().getColumns();
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (IOException | IOError | RuntimeException gone) {
            return USUAL_COLUMNS;
        }
    }

    private Attributes attributes() throws HungUpException {
        try {
            return terminal.getAttr();
        } catch (IOException | IOError | RuntimeException gone) {
            throw new HungUpException();
        }
    }
}
