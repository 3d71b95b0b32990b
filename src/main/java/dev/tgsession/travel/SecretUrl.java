package dev.tgsession.travel;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * An {@code https://} URL that is a key itself, as a presigned one is: whoever has it may read or write what it names. It
 * prints as its host and no more.
 */
public final class SecretUrl {
    private static final String SCHEME = "https://";
    private static final int HTTPS_PORT = 443;
    private static final int LONGEST = 16 * 1024;
    /** From so many letters on, a part of a path may have been made up by a machine in order not to be guessed. */
    private static final int LIKE_A_TOKEN = 24;

    private final URI uri;

    private SecretUrl(URI uri) {
        this.uri = uri;
    }

    /**
     * Reads a URL as somebody gave it, blanks and quotes around it too.
     *
     * @throws TransferException if it is none, or not {@code https://}; it does not repeat it
     */
    public static SecretUrl of(String given) throws TransferException {
        String text = withoutQuotes(given.strip());
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            boolean open = text.regionMatches(true, 0, "http://", 0, 7);
            throw TransferException.address(
                    open ? "A URL with http:// is not used: everybody on the way could read along" : "This is no URL",
                    "It begins with https://.");
        }
        URI uri = parsed(text);
        if (uri.getRawUserInfo() != null) {
            throw TransferException.address(
                    "This URL has a name or a password before its host, which is not understood here",
                    "Use a presigned URL, or one that needs none.");
        }
        return new SecretUrl(uri);
    }

    /** Whether this is meant to be such a URL, whatever it is worth. */
    public static boolean isMeant(String given) {
        String text = withoutQuotes(given.strip());
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || text.regionMatches(true, 0, "http://", 0, 7);
    }

    /**
     * Whether words may hold more of a secret than a command line should: a query, a name before the host, or something in
     * the path that nobody would type.
     */
    public static boolean isSecret(String given) {
        if (given.indexOf('?') >= 0 || given.indexOf('@') >= 0 || given.indexOf('#') >= 0) {
            return true;
        }
        for (String part : given.substring(given.indexOf("://") + 3).split("/", -1)) {
            if (looksMadeUp(part)) {
                return true;
            }
        }
        return false;
    }

    /** Host, and port if it is not the usual one: what may be said of it. */
    public String host() {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return uri.getPort() < 0 || uri.getPort() == HTTPS_PORT ? host : host + ":" + uri.getPort();
    }

    URI uri() {
        return uri;
    }

    boolean hasHostOf(SecretUrl other) {
        return host().equals(other.host());
    }

    /** Where a server sends us on to. */
    SecretUrl resolve(String location) throws TransferException {
        try {
            return of(uri.resolve(new URI(location)).toString());
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            throw TransferException.address("the server " + host() + " sends us on to something that is no URL", "");
        }
    }

    @Override
    public String toString() {
        return SCHEME + host() + "/...";
    }

    private static URI parsed(String text) throws TransferException {
        try {
            URI uri = new URI(text);
            if (text.length() <= LONGEST && uri.getHost() != null && uri.getPort() <= 0xffff) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // What it says repeats the URL, so it is not passed on.
        }
        throw TransferException.address(
                "This URL cannot be used: a part of it is missing or has letters that no URL has",
                "Copy all of it, as one line.");
    }

    private static String withoutQuotes(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }

    /** Letters and digits in a long row; between dots, as in a file's name, only those that no hyphen parts. */
    private static boolean looksMadeUp(String part) {
        boolean name = part.indexOf('.') >= 0;
        for (String piece : part.split("\\.", -1)) {
            if (isLikeAToken(piece) && !(name && piece.indexOf('-') >= 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLikeAToken(String part) {
        boolean digit = false;
        boolean letter = false;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            digit |= c >= '0' && c <= '9';
            letter |= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
        return part.length() >= LIKE_A_TOKEN && digit && letter;
    }
}
