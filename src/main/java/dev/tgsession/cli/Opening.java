package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.NoConsoleException;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.crypto.Password;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.travel.Armor;
import dev.tgsession.travel.Sealed;
import dev.tgsession.travel.SecretKeys;
import dev.tgsession.travel.WrongPassphraseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Whatever arrived from another machine, opened: a file as it is, armor, a sealed file in bytes or as text, a line of text
 * of any library.
 */
final class Opening {
    private static final int TRIES = 3;
    /** A string in armor in a seal, and room to spare. */
    private static final int MOST_WRAPPINGS = 4;

    @Option(
            names = "--key",
            paramLabel = "KEYFILE",
            description =
                    "The secret OpenPGP key of what is sealed for you: a file written by `gpg --export-secret-keys`.")
    private @Nullable Path keyFile;

    /** Somebody who may know a passphrase. */
    interface Asking {
        /** Asks; empty if nobody is there to ask. */
        Optional<Password> passphrase(String prompt) throws IOException;

        /** Whether asking again after a wrong answer helps. */
        default boolean again() {
            return false;
        }
    }

    /** The person of a talk that is open already. */
    static Asking in(Conversation talk) {
        return new Asking() {
            @Override
            public Optional<Password> passphrase(String prompt) throws IOException {
                return Optional.of(talk.askHidden(prompt));
            }

            @Override
            public boolean again() {
                return talk.withPerson();
            }
        };
    }

    /** Whoever is at the console, if it comes to that. */
    static Asking at(Given given) {
        return new Asking() {
            @Override
            public Optional<Password> passphrase(String prompt) throws IOException {
                try (Conversation talk = given.ladder().open()) {
                    return Optional.of(talk.askHidden(prompt));
                } catch (NoConsoleException empty) {
                    return Optional.empty();
                }
            }

            @Override
            public boolean again() {
                return given.streams().isTerminal(StandardStream.INPUT);
            }
        };
    }

    /** Nobody. */
    static Asking nobody() {
        return prompt -> Optional.empty();
    }

    /**
     * A session file, checked to hold a login: what arrived, to the byte, if that was a file; a file of Telethon's, if it
     * was a line of text.
     *
     * @throws MalformedSessionException if there is no session in it, or it is damaged
     * @throws WrongPassphraseException if it is sealed, and no answer opened it
     */
    byte[] open(Given given, byte[] arrived, Asking asking) throws IOException, Refusal {
        byte[] content = arrived;
        for (int i = 0; i < MOST_WRAPPINGS && isWrapped(content); i++) {
            content = unwrapped(given, content, asking);
        }
        SessionFormats formats = SessionFormats.standard(given.clock());
        SessionSource source = SessionSource.ofBytes("what arrived", content);
        Optional<SessionFormat> known = formats.recognise(source);
        if (known.isEmpty() && text(content).isPresent()) {
            throw noSession();
        }
        SessionFormat format = known.orElse(formats.usual());
        if (format.form() == SessionFormat.Form.FILE) {
            // Only to see that it can be read; its peers need not all be in memory for that.
            format.read(source, peer -> {});
            return content;
        }
        return formats.usual().write(format.read(source)).toFileBytes();
    }

    /**
     * Whatever is under the seal, which need be no session.
     *
     * @throws MalformedSessionException if it is not sealed, or damaged
     * @throws WrongPassphraseException if no answer opened it
     */
    byte[] unseal(Given given, byte[] arrived, Asking asking) throws IOException, Refusal {
        return unsealed(given, sealed(arrived).orElseThrow(Opening::notSealed), asking);
    }

    /** Whether this is sealed or in armor, so that what is in it is not the session itself. */
    static boolean isWrapped(byte[] arrived) {
        return Sealed.isOne(arrived)
                || text(arrived)
                        .filter(text -> Sealed.isOne(text) || Armor.isOne(text))
                        .isPresent();
    }

    private byte[] unwrapped(Given given, byte[] arrived, Asking asking) throws IOException, Refusal {
        Optional<Sealed> sealed = sealed(arrived);
        if (sealed.isPresent()) {
            return unsealed(given, sealed.get(), asking);
        }
        return Armor.unwrap(text(arrived).orElse("")).orElse(arrived);
    }

    private static Optional<Sealed> sealed(byte[] arrived) throws MalformedSessionException {
        if (Sealed.isOne(arrived)) {
            return Optional.of(Sealed.of(arrived));
        }
        Optional<String> text = text(arrived).filter(Sealed::isOne);
        return text.isPresent() ? Optional.of(Sealed.of(text.get())) : Optional.empty();
    }

    private byte[] unsealed(Given given, Sealed sealed, Asking asking) throws IOException, Refusal {
        if (keyFile != null) {
            return unsealed(given, sealed, SecretKeys.read(Sealing.bytes(given, keyFile)), asking);
        }
        if (!sealed.takesPassphrase()) {
            throw new Refusal(
                    ExitCode.BAD_FILE,
                    "This is sealed for the owner of a key; no passphrase opens it.",
                    "Say --key KEYFILE, or let gpg open it: gpg --decrypt FILE");
        }
        return tried(given, asking, "Passphrase of the seal (it does not show): ", sealed::open);
    }

    private static byte[] unsealed(Given given, Sealed sealed, SecretKeys keys, Asking asking)
            throws IOException, Refusal {
        if (!sealed.needsPassphraseOf(keys)) {
            return sealed.open(keys, Optional.empty());
        }
        return tried(
                given,
                asking,
                "Passphrase of the key (it does not show): ",
                passphrase -> sealed.open(keys, Optional.of(passphrase)));
    }

    private interface Try {
        byte[] with(Password passphrase) throws IOException;
    }

    private static byte[] tried(Given given, Asking asking, String prompt, Try opening) throws IOException, Refusal {
        Optional<Password> known = Sealing.passphrase(given);
        if (known.isPresent()) {
            try (Password passphrase = known.get()) {
                return opening.with(passphrase);
            }
        }
        for (int left = TRIES; ; left--) {
            Optional<Password> answer = answer(asking, prompt);
            if (answer.isEmpty()) {
                throw new Refusal(
                        ExitCode.NO_CONSOLE,
                        "This is sealed, and nobody is there to ask for the passphrase.",
                        "Put it into the variable " + Sealing.VARIABLE + ".");
            }
            try (Password passphrase = answer.get()) {
                return opening.with(passphrase);
            } catch (WrongPassphraseException wrong) {
                if (left <= 1 || !asking.again()) {
                    throw wrong;
                }
                given.error().println(wrong.getMessage());
            }
        }
    }

    /** An empty line is none: it may be the end of what was pasted before. */
    private static Optional<Password> answer(Asking asking, String prompt) throws IOException {
        while (true) {
            Optional<Password> answer = asking.passphrase(prompt);
            if (!asking.again() || answer.filter(Password::isEmpty).isEmpty()) {
                return answer;
            }
        }
    }

    private static Optional<String> text(byte[] content) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static MalformedSessionException noSession() {
        return new MalformedSessionException(Finding.error(
                "no-session",
                "There is no session in that text: no armor, nothing sealed, no session string of a library we know.",
                "Copy all of it, from the first line to the last."));
    }

    private static MalformedSessionException notSealed() {
        return new MalformedSessionException(Finding.error(
                "not-sealed", "This is not sealed.", "A session that is not sealed is taken by: tgsession import"));
    }
}
