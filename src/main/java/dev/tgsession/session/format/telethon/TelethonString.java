package dev.tgsession.session.format.telethon;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.session.IpAddress;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Key;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The line of text a Telethon client takes as {@code StringSession}, the same since 1.2.
 *
 * <pre>
 *   '1' + Base64 of   +----+---------------+------+-----------+
 *                     | dc | 4 or 16       | port | key       |
 *                     | 1  | IP address    | 2 BE | 256 bytes |
 *                     +----+---------------+------+-----------+
 * </pre>
 *
 * <p>Written with the URL-safe alphabet and its padding, 353 or 369 characters, as Telethon demands. Read with much
 * that copying does to a line: blanks and line breaks, quotes, a {@code NAME=} in front, lost padding, the other
 * alphabet.
 */
public final class TelethonString implements SessionFormat {
    private static final int KEY_SIZE = 256;
    private static final int IPV4_SIZE = 1 + 4 + 2 + KEY_SIZE;
    private static final int IPV6_SIZE = 1 + 16 + 2 + KEY_SIZE;

    /** A string, with much room for quotes and a name around it. */
    private static final int LONGEST = 4096;

    @Override
    public String name() {
        return "telethon-string";
    }

    @Override
    public String title() {
        return "Telethon string session";
    }

    @Override
    public Form form() {
        return Form.TEXT;
    }

    @Override
    public Set<SessionPart> holds() {
        return EnumSet.of(SessionPart.ADDRESS);
    }

    @Override
    public boolean recognises(SessionSource source) {
        return isOne(source);
    }

    static boolean isOne(SessionSource source) {
        try {
            decode(source);
            return true;
        } catch (IOException other) {
            return false;
        }
    }

    @Override
    public Session read(SessionSource source) throws IOException {
        Parts parts = Parts.of(decode(source), source.name());
        if (parts.key.finding().isPresent()) {
            throw new MalformedSessionException(parts.key.finding().get());
        }
        List<Finding> reasons = parts.server.findings();
        if (parts.server.dataCenter().isEmpty()) {
            throw new MalformedSessionException(reasons.get(reasons.size() - 1));
        }
        return Session.of(parts.server.dataCenter().get(), parts.key.authKey().orElseThrow());
    }

    @Override
    public SessionContent write(Session session) throws UnwritableSessionException {
        int id = session.dataCenter().id();
        if (id > 255) {
            throw new UnwritableSessionException(
                    "A string session has room for data centers up to 255, not for " + id + ".",
                    "Keep this session as a file.");
        }
        Optional<IpAddress> address = IpAddress.parse(session.dataCenter().host());
        if (address.isEmpty()) {
            throw new UnwritableSessionException(
                    "A string session has room for an IP address, not for a host name.",
                    "Log in with the server's IP address, or keep this session as a file.");
        }
        int port = session.dataCenter().port();
        byte[] packed = Bytes.join(
                        Bytes.of((byte) id),
                        address.get().bytes(),
                        Bytes.of((byte) (port >> 8), (byte) port),
                        session.authKey().secret())
                .toArray();
        String line = "1" + Base64.getUrlEncoder().encodeToString(packed);
        Arrays.fill(packed, (byte) 0);
        return SessionContent.ofText(line);
    }

    @Override
    public Inspection inspect(SessionSource source) {
        Parts parts;
        try {
            parts = Parts.of(decode(source), source.name());
        } catch (MalformedSessionException other) {
            return Inspection.ofUnreadable(source.name(), "not a Telethon string session", List.of(other.finding()));
        } catch (IOException failed) {
            return Inspection.ofUnreadable(
                    source.name(),
                    "not a Telethon string session",
                    List.of(Finding.error("not-readable", "The text cannot be read.", "")));
        }
        List<Finding> findings = new ArrayList<>(parts.key.findings());
        findings.addAll(parts.server.findings());
        if (source.name().endsWith(SessionFileName.SUFFIX)) {
            findings.add(TelethonFindings.stringInFile());
        }
        if (source.isOpenToOthers()) {
            findings.add(TelethonFindings.openToOthers());
        }
        Key key = parts.key.description();
        return new Inspection(
                source.name(),
                Optional.of(name()),
                title(),
                Optional.empty(),
                Optional.of(parts.server.description()),
                key,
                parts.key.authKey().isPresent() ? Login.UNCLEAR : Login.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                findings);
    }

    /** The packed bytes, of one of the two sizes. */
    private static byte[] decode(SessionSource source) throws IOException {
        String text = bare(source.text(LONGEST)
                .orElseThrow(() -> malformed("This is no string session.", "A string session is one line of text.")));
        if (text.isEmpty()) {
            throw malformed("The text is empty: there is no session in it.", "Log in to make a new session.");
        }
        int strange = firstStrange(text);
        if (strange >= 0) {
            throw malformed(
                    "This is no string session: character " + (strange + 1) + " does not belong there.",
                    "Copy the whole string and nothing else.");
        }
        if (text.charAt(0) != '1') {
            throw foreign(text);
        }
        String body = text.substring(1).replace("=", "");
        byte[] packed = decodeBody(body);
        if (isGramJs(packed)) {
            throw malformed(
                    "This is a string session of GramJS, not of Telethon.", "tgsession reads the strings of Telethon.");
        }
        if (packed.length != IPV4_SIZE && packed.length != IPV6_SIZE) {
            throw malformed(
                    "The string has " + text.length() + " characters; a string session of Telethon has 353 or 369.",
                    packed.length < IPV4_SIZE
                            ? "Part of it is missing: copy the whole string."
                            : "Copy the whole string and nothing else.");
        }
        return packed;
    }

    private static byte[] decodeBody(String body) throws MalformedSessionException {
        try {
            return Base64.getUrlDecoder().decode(body.replace('+', '-').replace('/', '_'));
        } catch (IllegalArgumentException oneLetterTooMany) {
            throw malformed(
                    "The string has " + (body.length() + 1) + " characters without its padding, which no string session"
                            + " has.",
                    "Copy the whole string and nothing else.");
        }
    }

    /**
     * GramJS strings begin with 1, too, and may have the very length of an IPv6 string. They have the length of a
     * written-out address where Telethon has the address: two bytes that tell exactly how long the whole is.
     */
    private static boolean isGramJs(byte[] packed) {
        if (packed.length < 261 || packed.length == IPV4_SIZE) {
            return false;
        }
        int length = (packed[1] & 0xff) << 8 | packed[2] & 0xff;
        if (packed.length != 261 + length) {
            return false;
        }
        for (int i = 3; i < 3 + length; i++) {
            if (packed[i] < 0x20 || packed[i] > 0x7e) {
                return false;
            }
        }
        return true;
    }

    private static MalformedSessionException foreign(String text) {
        int length = text.replace("=", "").length();
        if (length == 351 || length == 356 || length == 362) {
            return malformed(
                    "This is no string session of Telethon; by its length it is one of Pyrogram.",
                    "tgsession reads the strings of Telethon, which begin with 1.");
        }
        return malformed(
                "This is no string session of Telethon: those begin with 1.",
                "Copy the whole string, from its first character on.");
    }

    /** Without what copying adds: white space anywhere, quotes around, {@code NAME=} or {@code export NAME=} before. */
    private static String bare(String text) {
        String joined = withoutBlanks(text);
        int equals = joined.indexOf('=');
        // Inside a string, an equals sign is padding and stands at the end.
        boolean named = equals > 0 && equals < joined.length() - 4 && isName(joined, equals);
        String value = named ? joined.substring(equals + 1) : joined;
        if (value.endsWith(";") || value.endsWith(",")) {
            value = value.substring(0, value.length() - 1);
        }
        for (String quote : List.of("\"", "'", "`")) {
            if (value.length() >= 2 && value.startsWith(quote) && value.endsWith(quote)) {
                return value.substring(1, value.length() - 1);
            }
        }
        return value;
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

    private static MalformedSessionException malformed(String message, String hint) {
        return new MalformedSessionException(Finding.error("bad-string", message, hint));
    }

    /** What a string holds. */
    private record Parts(TelethonServer server, TelethonKey key) {
        static Parts of(byte[] packed, String fileName) {
            int keyAt = packed.length - KEY_SIZE;
            IpAddress address = new IpAddress(Bytes.of(packed, 1, keyAt - 3));
            long port = (packed[keyAt - 2] & 0xff) << 8 | packed[keyAt - 1] & 0xff;
            byte[] key = Arrays.copyOfRange(packed, keyAt, packed.length);
            return new Parts(
                    TelethonServer.of(
                            Optional.of((long) (packed[0] & 0xff)),
                            Optional.of(address.text()),
                            Optional.of(port),
                            fileName),
                    TelethonKey.of(key, TelethonFindings.noKey()));
        }
    }
}
