package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.crypto.Password;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a person says has come from another machine: a file, a pipe, a variable, or text that is pasted line by line. */
final class Arrival {
    /** What to say in the help about IN. */
    static final String HELP = "The file that arrived; - for a pipe, or to paste text; env:NAME for a variable.";

    private static final int LARGEST = 128 << 20;

    private final byte[] content;
    private final Opening.Asking asking;

    private Arrival(byte[] content, Opening.Asking asking) {
        this.content = content;
        this.asking = asking;
    }

    /** All of it. */
    static Arrival of(Given given, String named) throws IOException, Refusal {
        boolean terminal = given.streams().isTerminal(StandardStream.INPUT);
        if (named.equals("-") && terminal) {
            return new Arrival(pasted(given), Opening.at(given));
        }
        SessionSource source = NamedSource.of(given, named);
        Optional<Path> file = source.file().map(given.folder()::resolve);
        if (file.isPresent()) {
            WholeFile.mustBe(file.get());
            source = SessionSource.ofFile(file.get());
        }
        // What comes through the pipe is the session; no passphrase can come after it.
        return new Arrival(source.bytes(LARGEST), named.equals("-") ? Opening.nobody() : Opening.at(given));
    }

    byte[] content() {
        return content;
    }

    /** Whom to ask for a passphrase. */
    Opening.Asking asking() {
        return asking;
    }

    private static byte[] pasted(Given given) throws IOException {
        try (Conversation talk = given.ladder().openToPaste();
                Password text = talk.paste(
                        "Paste it (it does not show); Ctrl+D ends it: ",
                        new WholePaste(SessionFormats.standard(given.clock())))) {
            return text.utf8();
        }
    }
}
