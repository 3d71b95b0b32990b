package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.EndOfInputException;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.login.PersonInterruptedException;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.travel.Armor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Shows a session as text, on standard output: to a person with what to do with it, and then waits, since leaving may
 * destroy what it came from; into a pipe as it is.
 */
final class Showing {
    private static final String VARIABLE = "TG_SESSION";

    private final Given given;
    private final SessionFormats formats;
    private final Sealing sealing;

    Showing(Given given, SessionFormats formats, Sealing sealing) {
        this.given = given;
        this.formats = formats;
        this.sealing = sealing;
    }

    /** As the line that Telethon's {@code StringSession} takes; sealed, a few lines. */
    ExitCode string(Conversation talk, Session session) throws IOException {
        SessionFormat line = formats.named("telethon-string").orElseThrow();
        String text = line.write(session).toText() + "\n";
        if (!isOnTerminal()) {
            return print(sealed(text));
        }
        talk.tell("This is the session. Whoever has it" + (sealing.isAsked() ? " and what opens the seal" : "")
                + " has the account.");
        print(sealed(text));
        Host host = given.host();
        talk.tell("Keep it in " + host.shelf().orElse("a variable of your program") + ", under the name " + VARIABLE
                + ".");
        host.setting(VARIABLE).ifPresent(command -> {
            talk.tell("Or on your own computer this, then paste it, Enter, Ctrl+D:");
            talk.tell("  " + command);
        });
        talk.tell("Later: tgsession fetch env:" + VARIABLE + " -o login.session"
                + (sealing.isAsked() ? "" : "; or StringSession in Telethon."));
        return waited(talk);
    }

    /** The file, as lines that `tgsession import -` turns into that file. */
    ExitCode armor(Conversation talk, byte[] file) throws IOException {
        String text = sealing.isAsked() ? sealing.sealText(file) : Armor.wrap(file);
        if (!isOnTerminal()) {
            return print(text);
        }
        talk.tell("This is the session file as text. Whoever has it"
                + (sealing.isAsked() ? " and what opens the seal" : "") + " has the account.");
        print(text);
        talk.tell("It becomes the file again, anywhere, with: tgsession import -   (then paste all of it)");
        return waited(talk);
    }

    private String sealed(String text) {
        return sealing.isAsked() ? sealing.sealText(text.getBytes(StandardCharsets.UTF_8)) : text;
    }

    private boolean isOnTerminal() {
        return given.streams().isTerminal(StandardStream.OUTPUT);
    }

    private ExitCode print(String text) {
        given.output().print(text);
        given.output().flush();
        return given.output().checkError() ? ExitCode.FAILED : ExitCode.OK;
    }

    private ExitCode waited(Conversation talk) throws IOException {
        if (!talk.withPerson()) {
            return ExitCode.OK;
        }
        try {
            String end = given.host().forgets(given.folder()) ? "Leaving this console destroys it. " : "";
            talk.ask(end + "Press Enter once you have saved it: ");
            return ExitCode.OK;
        } catch (EndOfInputException done) {
            return ExitCode.OK;
        } catch (PersonInterruptedException left) {
            return ExitCode.INTERRUPTED;
        }
    }
}
