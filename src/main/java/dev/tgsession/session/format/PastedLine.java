package dev.tgsession.session.format;

import java.io.IOException;
import java.util.Base64;

/**
 * A string session as people paste it, without what copying has done to it: blanks and line breaks anywhere, quotes
 * around, a {@code NAME=} or {@code export NAME=} in front, a comma behind, the call or the line of YAML it stands in. Holds a key, so it does not print.
 */
public final class PastedLine {
    /** A string, with much room for quotes and a name around it. */
    private static final int LONGEST = 4096;

    /** In characters, before and behind quotes. */
    private static final int LONGEST_BEFORE = 80;

    private static final int LONGEST_BEHIND = 8;

    private final String text;

    private PastedLine(String text) {
        this.text = text;
    }

    /**
     * Cleans what was given.
     *
     * @throws MalformedSessionException if it is no text, far too long, empty, or has characters in it that no string
     *     session has
     * @throws IOException if it cannot be read
     */
    public static PastedLine of(SessionSource source) throws IOException {
        String text = bare(source.text(LONGEST)
                .orElseThrow(() -> malformed("This is no string session.", "A string session is one line of text.")));
        if (text.isEmpty()) {
            throw malformed("The text is empty: there is no session in it.", CommonFindings.LOG_IN);
        }
        int strange = firstStrange(text);
        if (strange >= 0) {
            throw malformed(
                    "This is no string session: character " + (strange + 1) + " does not belong there.",
                    "Copy the whole string and nothing else.");
        }
        return new PastedLine(text);
    }

    /** The string itself, in the alphabet it came in, perhaps with padding. */
    public String text() {
        return text;
    }

    /** How many characters it has without padding. */
    public int length() {
        return text.replace("=", "").length();
    }

    /**
     * The bytes behind the first so many characters, which may be of either Base64 alphabet and lack their padding.
     *
     * @throws MalformedSessionException if the number of characters is one that no bytes have
     */
    public byte[] decode(int from) throws MalformedSessionException {
        String body = text.substring(Math.min(from, text.length())).replace("=", "");
        try {
            return Base64.getUrlDecoder().decode(body.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException oneLetterTooMany) {
            throw malformed(
                    "The string has " + length() + " characters without its padding, which no string session has.",
                    "Copy the whole string and nothing else.");
        }
    }

    /** That it is no such string session, and why. */
    public static MalformedSessionException malformed(String message, String hint) {
        return new MalformedSessionException(Finding.error("bad-string", message, hint));
    }

    @Override
    public String toString() {
        return "PastedLine[" + text.length() + " characters hidden]";
    }

    private static String bare(String text) {
        String joined = betweenQuotes(withoutBlanks(text));
        int colon = joined.indexOf(':');
        if (colon > 0 && isName(joined, colon)) {
            // As in YAML; no string has a colon.
            joined = joined.substring(colon + 1);
        }
        int equals = joined.indexOf('=');
        // Inside a string, an equals sign is padding and stands at the end.
        boolean named = equals > 0 && equals < joined.length() - 4 && isName(joined, equals);
        String value = named ? joined.substring(equals + 1) : joined;
        if (value.endsWith(";") || value.endsWith(",")) {
            value = value.substring(0, value.length() - 1);
        }
        return value;
    }

    /** What stands between the only two quotes, with something short in front: {@code StringSession("...")}. */
    private static String betweenQuotes(String text) {
        for (char quote : new char[] {'"', '\'', '`'}) {
            int first = text.indexOf(quote);
            int last = text.lastIndexOf(quote);
            boolean two = first >= 0 && last > first && text.indexOf(quote, first + 1) == last;
            if (two && first <= LONGEST_BEFORE && text.length() - last <= LONGEST_BEHIND) {
                return text.substring(first + 1, last);
            }
        }
        return text;
    }

    private static String withoutBlanks(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Also what editors and chat programs put between: no-break space, zero width space, byte order mark.
            if (!Character.isWhitespace(c) && c != '\u00a0' && c != '\u200b' && c != '\ufeff') {
                joined.append(c);
            }
        }
        return joined.toString();
    }

    private static boolean isName(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** The place of the first character that is of neither alphabet, or -1. */
    private static int firstStrange(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!letter && c != '-' && c != '_' && c != '+' && c != '/') {
                return i;
            }
        }
        return -1;
    }
}
