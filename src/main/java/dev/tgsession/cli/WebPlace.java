package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.crypto.Password;
import dev.tgsession.travel.S3Keys;
import dev.tgsession.travel.S3Place;
import dev.tgsession.travel.SecretUrl;
import dev.tgsession.travel.TransferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

/**
 * A place on the web where a session may go or come from: behind a secret URL, or in a bucket, for which such URLs are
 * signed when they are needed. Prints without what is secret of it.
 */
final class WebPlace {
    /** What to say in the help about WHERE. */
    static final String HELP =
            "env:NAME, a variable with a presigned https:// URL; or s3://BUCKET/KEY, with the usual AWS variables.";

    private static final String VARIABLE = "env:";
    private static final int TRIES = 3;
    private static final Duration VALIDITY = Duration.ofMinutes(15);

    private final Gate gate;
    private final String words;
    private final boolean folder;

    /** Gives the URL for one thing to be done with a file of that name, where the place is a folder. */
    private interface Gate {
        SecretUrl open(S3Keys.Act act, String file, InstantSource clock) throws TransferException;
    }

    private WebPlace(Gate gate, String words, boolean folder) {
        this.gate = gate;
        this.words = words;
        this.folder = folder;
    }

    /**
     * The place a person named.
     *
     * @throws Refusal if it holds a secret, which does not belong on a command line
     * @throws TransferException if it cannot be used
     */
    static WebPlace named(Map<String, String> environment, String named) throws Refusal, TransferException {
        if (named.startsWith(VARIABLE)) {
            return ofText(environment, value(environment, named.substring(VARIABLE.length())));
        }
        if (!SecretUrl.isMeant(named) && !S3Place.isMeant(named)) {
            throw new Refusal(ExitCode.USAGE, "That is no place to send to or to fetch from.", "Give " + HELP);
        }
        if (SecretUrl.isMeant(named) && SecretUrl.isSecret(named)) {
            throw secret();
        }
        return ofText(environment, named);
    }

    /** The URL somebody types or pastes, unseen. It is asked for again if it is none. */
    static WebPlace asked(Conversation talk, String prompt) throws IOException {
        for (int left = TRIES; ; left--) {
            try (Password typed = talk.askHidden(prompt)) {
                byte[] letters = typed.utf8();
                try {
                    return of(SecretUrl.of(new String(letters, StandardCharsets.UTF_8)));
                } finally {
                    Arrays.fill(letters, (byte) 0);
                }
            } catch (TransferException unusable) {
                if (left <= 1 || !talk.withPerson()) {
                    throw unusable;
                }
                talk.tell(unusable.getMessage() + ". " + unusable.hint());
            }
        }
    }

    /** A URL, or a place in a bucket, that is secret if it is one. */
    static WebPlace ofText(Map<String, String> environment, String text) throws TransferException {
        return S3Place.isMeant(text) ? of(S3Keys.of(environment), S3Place.of(text)) : of(SecretUrl.of(text));
    }

    /** Whether a text is meant for such a place, and not for a session. */
    static boolean isMeant(String text) {
        return SecretUrl.isMeant(text) || S3Place.isMeant(text);
    }

    private static WebPlace of(SecretUrl url) {
        return new WebPlace((act, file, clock) -> url, url.toString(), false);
    }

    private static WebPlace of(S3Keys keys, S3Place place) {
        return new WebPlace(
                (act, file, clock) ->
                        keys.presign(act, place.isFolder() ? place.at(file) : place, VALIDITY, clock.instant()),
                place.toString(),
                place.isFolder());
    }

    /** Whether files keep their names there, so that there is room for several. */
    boolean isFolder() {
        return folder;
    }

    /** For people. {@code file} is its name, where the place is a folder. */
    String words(String file) {
        return folder ? words + file : words;
    }

    SecretUrl forWriting(String file, InstantSource clock) throws TransferException {
        return gate.open(S3Keys.Act.PUT, file, clock);
    }

    SecretUrl forReading(InstantSource clock) throws TransferException {
        return gate.open(S3Keys.Act.GET, "", clock);
    }

    @Override
    public String toString() {
        return words;
    }

    private static String value(Map<String, String> environment, String variable) throws Refusal {
        if (variable.isEmpty()) {
            throw new Refusal(ExitCode.USAGE, "env: needs the name of a variable.", "For example: env:SESSION_URL");
        }
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "The variable " + variable + " is not set.",
                    "Put a presigned https:// URL into it; for fetch, the session itself as text will do, too.");
        }
        return value;
    }

    private static Refusal secret() {
        return new Refusal(
                ExitCode.USAGE,
                "There may be a secret in that URL, and command lines can be read by others.",
                "Put it into a variable and say env:NAME, or say - and paste it where it is asked for.");
    }
}
