package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Printable;
import java.io.PrintStream;

/** Tells a person what went wrong: an {@code error:} line, a {@code hint:} line, and a stack trace only if asked for. */
final class Complaints {
    private final PrintStream error;
    private final Colours colours;

    Complaints(PrintStream error, Colours colours) {
        this.error = error;
        this.colours = colours;
    }

    /** Says it, and gives the exit code that goes with it. */
    ExitCode complain(Throwable trouble, Host host, boolean debug) {
        Complaint complaint = Complaint.about(trouble, host);
        say(complaint);
        if (debug) {
            // Messages of exceptions hold no secrets; that is a rule of this house.
            trouble.printStackTrace(error);
        }
        error.flush();
        return complaint.code();
    }

    /** Says it. */
    void say(Complaint complaint) {
        complaint.sentence().ifPresent(sentence -> error.println(colours.red("error:") + " " + Printable.of(sentence)));
        complaint.hint().ifPresent(hint -> error.println(colours.cyan("hint:") + " " + Printable.of(hint)));
        error.flush();
    }
}
