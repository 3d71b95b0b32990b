package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.travel.TransferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a new session is to go, as {@code --out} says: kinds of their own, and places on the web. */
final class WaysOut {
    /** What to say in the help about WHERE. */
    static final String HELP =
            "Where the session goes, may be repeated: file (if you do not say), string or armor (shown"
                    + " as text), store (the database in DATABASE_URL), https (a presigned URL, asked for, or in"
                    + " TGSESSION_UPLOAD_URL), env:NAME (a variable with such a URL), s3://BUCKET/KEY.";

    /** Holds the URL of {@code --out https}, so that nobody need be asked. */
    static final String UPLOAD_URL = "TGSESSION_UPLOAD_URL";

    /** What needs no further word. */
    enum Kind {
        FILE,
        STORE,
        STRING,
        ARMOR
    }

    private final Set<Kind> kinds;
    private final List<WebPlace> places;
    private final boolean chosen;
    private int urlsToAsk;

    private WaysOut(Set<Kind> kinds, List<WebPlace> places, boolean chosen, int urlsToAsk) {
        this.kinds = kinds;
        this.places = places;
        this.chosen = chosen;
        this.urlsToAsk = urlsToAsk;
    }

    /**
     * Understands what somebody said.
     *
     * @param inStore whether a store was named by an option of its own
     * @throws Refusal if a word is none of ours, or a secret
     * @throws TransferException if a place cannot be used
     */
    static WaysOut of(Map<String, String> environment, List<String> named, boolean inStore)
            throws Refusal, TransferException {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        List<WebPlace> places = new ArrayList<>();
        int urlsToAsk = 0;
        for (String word : named) {
            switch (word) {
                case "file" -> kinds.add(Kind.FILE);
                case "store" -> kinds.add(Kind.STORE);
                case "string" -> kinds.add(Kind.STRING);
                case "armor" -> kinds.add(Kind.ARMOR);
                case "https", "-" -> {
                    if (environment.getOrDefault(UPLOAD_URL, "").isBlank()) {
                        urlsToAsk++;
                    } else {
                        places.add(WebPlace.named(environment, "env:" + UPLOAD_URL));
                    }
                }
                default -> places.add(place(environment, word));
            }
        }
        if (inStore) {
            kinds.add(Kind.STORE);
        }
        if (kinds.isEmpty() && places.isEmpty() && urlsToAsk == 0) {
            kinds.add(Kind.FILE);
        }
        return new WaysOut(kinds, places, inStore || !named.isEmpty(), urlsToAsk);
    }

    /** Asks for the URLs that are still to be known. */
    void ask(Conversation talk) throws IOException {
        for (; urlsToAsk > 0; urlsToAsk--) {
            places.add(WebPlace.asked(talk, "Upload URL for the session (it does not show): "));
        }
    }

    boolean has(Kind kind) {
        return kinds.contains(kind);
    }

    /** Whether somebody chose at all. */
    boolean isChosen() {
        return chosen;
    }

    /** Whether a URL is asked for, or known, by which it goes over the web. */
    boolean usesTheWeb() {
        return urlsToAsk > 0 || !places.isEmpty();
    }

    List<WebPlace> places() {
        return places;
    }

    /** Whether it goes anywhere in a form that can be sealed. */
    boolean canBeSealed() {
        return usesTheWeb() || has(Kind.STRING) || has(Kind.ARMOR);
    }

    private static WebPlace place(Map<String, String> environment, String word) throws Refusal, TransferException {
        if (word.startsWith("env:") || WebPlace.isMeant(word)) {
            return WebPlace.named(environment, word);
        }
        throw new Refusal(
                ExitCode.USAGE,
                "--out does not know this way.",
                "It knows file, string, armor, store, https, env:NAME and s3://BUCKET/KEY.");
    }
}
