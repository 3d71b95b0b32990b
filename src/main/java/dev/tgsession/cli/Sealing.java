package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.crypto.Password;
import dev.tgsession.travel.PublicKeys;
import dev.tgsession.travel.Seal;
import dev.tgsession.travel.TenWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a command by which a session leaves the machine: whether it leaves in the open, or for whom it is sealed. */
final class Sealing {
    /** Where a passphrase is taken from before anybody is asked or told one. */
    static final String VARIABLE = "TGSESSION_PASSPHRASE";

    private static final int LARGEST_KEY_FILE = 1 << 20;

    @Option(
            names = "--seal",
            description =
                    "Encrypt what leaves this machine, so that only a passphrase opens it: ten words told to you once,"
                            + " or what " + VARIABLE + " holds. `tgsession unseal` and `gpg --decrypt` open it.")
    private boolean seal;

    @Option(
            names = "--seal-for",
            paramLabel = "KEYFILE",
            description =
                    "Encrypt it for the owner of an OpenPGP key: a file written by `gpg --export`. May be repeated.")
    private final List<Path> keyFiles = new ArrayList<>();

    private @Nullable Seal ready;

    /** Whether anything is to be sealed. */
    boolean isAsked() {
        return seal || !keyFiles.isEmpty();
    }

    /**
     * Finds or makes the passphrase and reads the keys, before anything is asked or sent. Does nothing if nothing is to be
     * sealed.
     *
     * @param talk tells the passphrase to whoever sits there
     */
    void prepare(Given given, Conversation talk) throws IOException, Refusal {
        prepare(given, talk.withPerson(), talk::tell);
    }

    /** The same where nobody is asked anything: what there is to tell goes to a terminal at standard error. */
    void prepare(Given given) throws IOException, Refusal {
        prepare(
                given,
                given.streams().isTerminal(StandardStream.ERROR),
                line -> given.error().println(Printable.of(line)));
    }

    /** What leaves in place of this file. */
    byte[] seal(byte[] file) {
        return prepared().seal(file);
    }

    /** The same as lines of text. */
    String sealText(byte[] file) {
        return prepared().sealText(file);
    }

    private void prepare(Given given, boolean somebodyReads, Consumer<String> tell) throws IOException, Refusal {
        if (!isAsked() || ready != null) {
            return;
        }
        SecureRandom random = given.random().get();
        Seal made = new Seal(random);
        for (Path file : keyFiles) {
            PublicKeys keys = PublicKeys.read(bytes(given, file), given.clock());
            keys.owners().forEach(owner -> tell.accept("Sealed for " + owner + "."));
            made.withKeys(keys);
        }
        if (seal) {
            Optional<Password> known = passphrase(given);
            if (known.isEmpty() && !somebodyReads) {
                throw new Refusal(
                        ExitCode.NO_CONSOLE,
                        "Nobody is there who could write the passphrase down, and without it nothing opens the seal.",
                        "Put one into the variable " + VARIABLE + ", or say --seal-for KEYFILE.");
            }
            try (Password passphrase = known.isPresent() ? known.get() : told(random, tell)) {
                made.withPassphrase(passphrase);
            }
        }
        ready = made;
    }

    /** What the variable holds. */
    static Optional<Password> passphrase(Given given) {
        String value = given.environment().getOrDefault(VARIABLE, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(Password.of(value));
    }

    /** The content of a file with an OpenPGP key in it. */
    static byte[] bytes(Given given, Path file) throws IOException, Refusal {
        NamedSource.mustNotBeSecret(given, file);
        Path found = given.folder().resolve(file);
        if (Files.isDirectory(found)) {
            throw new Refusal(ExitCode.BAD_FILE, file + " is a folder.", "Name the file with the key.");
        }
        try (var in = Files.newInputStream(found)) {
            byte[] content = in.readNBytes(LARGEST_KEY_FILE + 1);
            if (content.length > LARGEST_KEY_FILE) {
                throw new Refusal(ExitCode.BAD_FILE, file + " is no file of OpenPGP keys.", "It is far too long.");
            }
            return content;
        }
    }

    private static Password told(SecureRandom random, Consumer<String> tell) {
        String words = TenWords.drawn(random);
        tell.accept("The passphrase. Write it down now: it is not kept, and not said again.");
        tell.accept("  " + words);
        return Password.of(words);
    }

    private Seal prepared() {
        if (ready == null) {
            throw new IllegalStateException("nothing was prepared for sealing");
        }
        return ready;
    }
}
