package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.crypto.Password;
import dev.tgsession.session.format.SessionSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The session a person means: a file, {@code -} for what comes through a pipe or is pasted, or {@code env:NAME} for what a
 * variable holds. A session itself is not taken from the command line, which others can read.
 */
final class NamedSource {
    /** What to say in the help about FILE. */
    static final String HELP =
            "A session file, or a file with a string session; - to paste one, env:NAME for a variable.";

    private static final String VARIABLE = "env:";
    private static final int MOST_BYTES = 256 * 1024 * 1024;
    /** The shortest string session there is has 263 letters; file names end at 255. */
    private static final int LONGEST_NAME = 255;

    private NamedSource() {}

    static SessionSource of(Given given, String named) throws IOException, Refusal {
        if (named.equals("-")) {
            return pasted(given);
        }
        if (named.startsWith(VARIABLE)) {
            return ofVariable(given, named.substring(VARIABLE.length()));
        }
        try {
            Path file = Path.of(named);
            mustNotBeSecret(given, file);
            return SessionSource.ofFile(FoundFile.of(given, file));
        } catch (InvalidPathException noName) {
            throw new Refusal(ExitCode.BAD_FILE, "This is no name for a file.", "");
        }
    }

    /** The same, by its name as it was typed. */
    static Path rewritten(Given given, String named) throws Refusal {
        try {
            return rewritten(given, Path.of(named));
        } catch (InvalidPathException noName) {
            throw new Refusal(ExitCode.BAD_FILE, "This is no name for a file.", "");
        }
    }

    /** A file that is to be written anew, which neither a pipe nor a variable can be. */
    static Path rewritten(Given given, Path named) throws Refusal {
        String words = named.toString();
        boolean noFile = words.equals("-") || words.startsWith(VARIABLE);
        if (noFile && !Files.exists(given.folder().resolve(named), LinkOption.NOFOLLOW_LINKS)) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "This writes a file anew, so it takes neither - nor env:NAME.",
                    "To make a file of what is there: tgsession convert IN OUT");
        }
        mustNotBeSecret(given, named);
        return FoundFile.of(given, named);
    }

    /** The same for a name that may be none. */
    static void mustNotHoldSecret(Given given, String named) throws Refusal {
        try {
            mustNotBeSecret(given, Path.of(named));
        } catch (InvalidPathException noName) {
            // Whoever reads it says so.
        }
    }

    /** Refuses what is no name but a session, before anything says that there is no such file. */
    static void mustNotBeSecret(Given given, Path file) throws Refusal {
        String words = file.toString().toLowerCase(Locale.ROOT);
        if (words.startsWith("https:/") || words.startsWith("http:/")) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "This is a URL, and FILE is the name of a file.",
                    "What is at a URL becomes a file with: tgsession fetch - -o FILE");
        }
        if (isSecret(given.folder().resolve(file))) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "This seems to be a session string, and FILE is the name of a file.",
                    "Command lines can be read by others: say - and paste it, or put it into a file.");
        }
    }

    /** Whether these words must not be repeated on a screen: no file has such a name, but a session looks like that. */
    private static boolean isSecret(Path file) {
        Path name = file.getFileName();
        return name != null
                && file.toString().length() > LONGEST_NAME
                && name.toString().indexOf('.') < 0
                && !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static SessionSource ofVariable(Given given, String name) throws Refusal {
        String value = given.environment().getOrDefault(name, "");
        if (value.isBlank()) {
            throw new Refusal(ExitCode.BAD_FILE, "The variable " + name + " is not set.", "Set it, or name a file.");
        }
        return SessionSource.ofBytes("the variable " + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static SessionSource pasted(Given given) throws IOException, Refusal {
        if (!given.streams().isTerminal(StandardStream.INPUT)) {
            // Buffered, as a FileInputStream wants to know its place first, and a pipe has none.
            byte[] content = new BufferedInputStream(given.input()).readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new Refusal(ExitCode.BAD_FILE, "That is too much for a pipe.", "Give the file by its name.");
            }
            return SessionSource.ofBytes("standard input", content);
        }
        try (Conversation talk = given.ladder().open();
                Password text = talk.askHidden("Paste the session string (it does not show): ")) {
            return SessionSource.ofBytes("the pasted text", text.utf8());
        }
    }
}
