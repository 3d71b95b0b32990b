package dev.tgsession.session.format.telethon;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.IpAddress;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.PastedLine;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
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
        // The key first: without one the server does not matter.
        AuthKey key = parts.key.required();
        return Session.of(parts.server.required(), key);
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
        return Inspection.attempt(
                source,
                "not a Telethon string session",
                () -> inspection(source, Parts.of(decode(source), source.name())));
    }

    private Inspection inspection(SessionSource source, Parts parts) {
        List<Finding> findings = new ArrayList<>(parts.key.findings());
        findings.addAll(parts.server.findings());
        if (source.name().endsWith(SessionFileName.SUFFIX)) {
            findings.add(TelethonFindings.stringInFile());
        }
        if (source.isOpenToOthers()) {
            findings.add(CommonFindings.openToOthers());
        }
        return new Inspection(
                source.name(),
                Optional.of(name()),
                title(),
                Optional.empty(),
                Optional.of(parts.server.description()),
                parts.key.description(),
                parts.key.authKey().isPresent() ? Login.UNCLEAR : Login.NEVER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                findings);
    }

    /** The packed bytes, of one of the two sizes. */
    private static byte[] decode(SessionSource source) throws IOException {
        PastedLine line = PastedLine.of(source);
        if (line.text().charAt(0) != '1') {
            throw foreign(line);
        }
        byte[] packed = line.decode(1);
        if (isGramJs(packed)) {
            throw PastedLine.malformed(
                    "This is a string session of GramJS, not of Telethon.",
                    "Let tgsession write it as one of Telethon.");
        }
        if (packed.length != IPV4_SIZE && packed.length != IPV6_SIZE) {
            throw PastedLine.malformed(
                    "The string has " + line.text().length()
                            + " characters; a string session of Telethon has 353 or 369.",
                    packed.length < IPV4_SIZE
                            ? "Part of it is missing: copy the whole string."
                            : "Copy the whole string and nothing else.");
        }
        return packed;
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

    private static MalformedSessionException foreign(PastedLine line) {
        int length = line.length();
        if (length == 351 || length == 356 || length == 362) {
            return PastedLine.malformed(
                    "This is no string session of Telethon; by its length it is one of Pyrogram.",
                    "If it is, part of it is damaged: copy the whole string and nothing else.");
        }
        return PastedLine.malformed(
                "This is no string session of Telethon: those begin with 1.",
                "Copy the whole string, from its first character on.");
    }

    /** What a string holds. */
    private record Parts(StoredServer server, StoredKey key) {
        static Parts of(byte[] packed, String fileName) {
            int keyAt = packed.length - KEY_SIZE;
            IpAddress address = new IpAddress(Bytes.of(packed, 1, keyAt - 3));
            long port = (packed[keyAt - 2] & 0xff) << 8 | packed[keyAt - 1] & 0xff;
            byte[] key = Arrays.copyOfRange(packed, keyAt, packed.length);
            return new Parts(
                    StoredServer.of(
                            Optional.of((long) (packed[0] & 0xff)),
                            Optional.of(address.text()),
                            Optional.of(port),
                            Optional.empty(),
                            fileName),
                    StoredKey.of(key));
        }
    }
}
