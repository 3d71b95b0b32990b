package dev.tgsession.session.format.gramjs;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.Inspection.Login;
import dev.tgsession.session.format.PastedLine;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.format.StoredServer;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The line of text a GramJS client takes as {@code StringSession}; teleproto, which goes on where GramJS stopped, takes
 * it too.
 *
 * <pre>
 *   '1' + Base64 of   +----+--------+---------+------+-----------+
 *                     | dc | length | address | port | key       |
 *                     | 1  | 2 BE   | as text | 2 BE | 256 bytes |
 *                     +----+--------+---------+------+-----------+
 * </pre>
 *
 * <p>The address is an IP address or a host name: in a browser, the name of a door for web sockets. Telethon's strings
 * begin with 1 as well and can have the same length, yet hold the address in 4 or 16 bytes; Telethon does not take
 * these, while GramJS takes those.
 */
public final class GramjsString implements SessionFormat {
    /** Everything but the address. */
    private static final int REST = 1 + 2 + 2 + AuthKey.SIZE;

    /** With a shorter one the string gets the length by which GramJS knows one of Telethon's. */
    private static final int SHORTEST_ADDRESS = 4;

    /** From 101 on GramJS takes the length for the beginning of an IPv6 address in a string of Telethon's. */
    private static final int LONGEST_ADDRESS = 100;

    /** GramJS writes the port with a sign. */
    private static final int LARGEST_PORT = 32_767;

    @Override
    public String name() {
        return "gramjs-string";
    }

    @Override
    public String title() {
        return "GramJS string session";
    }

    @Override
    public Form form() {
        return Form.TEXT;
    }

    @Override
    public Set<SessionPart> holds() {
        return EnumSet.of(SessionPart.ADDRESS, SessionPart.HOST_NAME);
    }

    @Override
    public boolean recognises(SessionSource source) {
        try {
            Parts.of(source);
            return true;
        } catch (IOException other) {
            return false;
        }
    }

    @Override
    public Session read(SessionSource source) throws IOException {
        Parts parts = Parts.of(source);
        // The key first: without one the server does not matter.
        AuthKey key = parts.key.required();
        return Session.of(parts.server.required(), key);
    }

    @Override
    public SessionContent write(Session session) throws UnwritableSessionException {
        DataCenter server = session.dataCenter();
        if (server.id() > 255) {
            throw new UnwritableSessionException(
                    "A string session has room for data centers up to 255, not for " + server.id() + ".",
                    "Keep this session as a file.");
        }
        if (server.port() > LARGEST_PORT) {
            throw new UnwritableSessionException(
                    "GramJS has room for ports up to 32767, not for " + server.port() + ".",
                    "Let the server listen on another port, or choose another format.");
        }
        byte[] address = address(server.host()).getBytes(StandardCharsets.US_ASCII);
        if (address.length < SHORTEST_ADDRESS || address.length > LONGEST_ADDRESS) {
            throw new UnwritableSessionException(
                    "GramJS has room for server names of 4 to 100 characters.",
                    "Name the server by its address, or choose another format.");
        }
        byte[] packed = ByteBuffer.allocate(REST + address.length)
                .put((byte) server.id())
                .putShort((short) address.length)
                .put(address)
                .putShort((short) server.port())
                .put(session.authKey().secret().toArray())
                .array();
        String line = "1" + Base64.getEncoder().encodeToString(packed);
        Arrays.fill(packed, (byte) 0);
        return SessionContent.ofText(line);
    }

    @Override
    public Inspection inspect(SessionSource source) {
        return Inspection.attempt(source, "not a GramJS string session", () -> inspection(source, Parts.of(source)));
    }

    private Inspection inspection(SessionSource source, Parts parts) {
        List<Finding> findings = new ArrayList<>(parts.key.findings());
        findings.addAll(parts.server.findings());
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

    /** The few IPv6 addresses of up to three characters are written out: "::1" as "0:0:0:0:0:0:0:1". */
    private static String address(String host) {
        if (host.startsWith("::") && host.length() < SHORTEST_ADDRESS) {
            String last = host.substring(2);
            return "0:0:0:0:0:0:0:" + (last.isEmpty() ? "0" : last);
        }
        return host;
    }

    /** What a string holds. */
    private record Parts(StoredServer server, StoredKey key) {
        static Parts of(SessionSource source) throws IOException {
            PastedLine line = PastedLine.of(source);
            if (line.text().charAt(0) != '1') {
                throw PastedLine.malformed(
                        "This is no string session of GramJS: those begin with 1.",
                        "Copy the whole string, from its first character on.");
            }
            byte[] packed = line.decode(1);
            ByteBuffer fields = ByteBuffer.wrap(packed);
            int length = packed.length < REST ? 0 : Short.toUnsignedInt(fields.getShort(1));
            if (length < SHORTEST_ADDRESS || length > LONGEST_ADDRESS || packed.length != REST + length) {
                throw strange();
            }
            long id = Byte.toUnsignedLong(fields.get());
            fields.position(3);
            byte[] address = new byte[length];
            fields.get(address);
            long port = Short.toUnsignedLong(fields.getShort());
            byte[] key = new byte[AuthKey.SIZE];
            fields.get(key);
            if (!isPrintable(address)) {
                throw strange();
            }
            StoredServer server = StoredServer.of(
                    Optional.of(id),
                    Optional.of(new String(address, StandardCharsets.US_ASCII)),
                    Optional.of(port),
                    Optional.empty(),
                    source.name());
            return new Parts(server, StoredKey.of(key));
        }

        private static boolean isPrintable(byte[] text) {
            for (byte c : text) {
                if (c < 0x20 || c > 0x7e) {
                    return false;
                }
            }
            return true;
        }

        private static IOException strange() {
            return PastedLine.malformed(
                    "This is no string session of GramJS: its parts do not add up.",
                    "Copy the whole string and nothing else.");
        }
    }
}
