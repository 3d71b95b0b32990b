package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AesCtr;
import dev.tgsession.crypto.Hashes;
import java.security.SecureRandom;
import java.util.List;

/**
 * The two cipher streams that make a connection look like noise, and the header that opens them.
 *
 * <pre>
 *   0        8                            40               56    60   62   64
 *   +--------+----------------------------+----------------+-----+----+----+
 *   |        |           key:32           |     iv:16      | tag | dc |    |     client to server
 *   +--------+----------------------------+----------------+-----+----+----+
 *            |     iv:16      |           key:32           |                     server to client, read backwards
 * </pre>
 *
 * <p>The client draws 64 random bytes, writes the framing's tag and the data center into the end, and sends them with
 * the last eight bytes encrypted under the keys that stand before. Both streams are AES-256-CTR; the client's has then
 * already advanced by 64 bytes. From core.telegram.org/mtproto/mtproto-transports#transport-obfuscation. There is no
 * secret in it, except behind an MTProxy, whose secret is mixed into both keys.
 *
 * <p>One thread may encrypt while another decrypts; each stream keeps the order of its own calls.
 */
public final class Obfuscation {
    /** The length of the header, in bytes. */
    public static final int HEADER_SIZE = 64;

    private static final int KEY_AT = 8;
    private static final int KEY_SIZE = 32;
    private static final int IV_AT = KEY_AT + KEY_SIZE;
    private static final int IV_SIZE = 16;
    private static final int TAG_AT = IV_AT + IV_SIZE;
    private static final int DC_AT = TAG_AT + 4;
    private static final int REST_AT = DC_AT + 2;

    /** Starts that a server (or a filter) would take for another protocol. */
    private static final List<Bytes> FORBIDDEN_STARTS = List.of(
            Bytes.of((byte) 0xef),
            Bytes.ofInt(0xeeeeeeee),
            Bytes.ofInt(0xdddddddd),
            Bytes.ofUtf8("HEAD"),
            Bytes.ofUtf8("POST"),
            Bytes.ofUtf8("GET "),
            Bytes.ofUtf8("OPTI"),
            Bytes.ofHex("16030102"));

    private final Bytes header;
    private final Framing framing;
    private final int dcField;
    private final AesCtr outgoing;
    private final AesCtr incoming;

    private Obfuscation(Bytes header, Framing framing, int dcField, AesCtr outgoing, AesCtr incoming) {
        this.header = header;
        this.framing = framing;
        this.dcField = dcField;
        this.outgoing = outgoing;
        this.incoming = incoming;
    }

    /**
     * The client's end of a direct connection.
     *
     * @param dcField the data center: 1 to 5, with 10000 added on test servers, negative for media
     * @throws IllegalArgumentException if the framing is {@link Framing#FULL} or the field exceeds 16 bits
     */
    public static Obfuscation client(SecureRandom random, Framing framing, int dcField) {
        return client(random, framing, dcField, Bytes.EMPTY);
    }

    /**
     * The client's end behind an MTProxy.
     *
     * @param proxySecret the 16 secret bytes of the proxy, or none
     */
    static Obfuscation client(SecureRandom random, Framing framing, int dcField, Bytes proxySecret) {
        if (dcField != (short) dcField) {
            throw new IllegalArgumentException("a data center field has 16 bits, not " + dcField);
        }
        Bytes tag =
                framing.tag().orElseThrow(() -> new IllegalArgumentException("the full framing cannot be obfuscated"));
        Bytes drawn = draw(random);
        Bytes init = Bytes.join(drawn.first(TAG_AT), tag, Bytes.ofInt(dcField).first(2), drawn.from(REST_AT));

        AesCtr outgoing = stream(init, proxySecret);
        AesCtr incoming = stream(init.reversed(), proxySecret);
        Bytes header = init.first(TAG_AT).plus(outgoing.update(init).from(TAG_AT));
        return new Obfuscation(header, framing, dcField, outgoing, incoming);
    }

    /**
     * The server's end.
     *
     * @param header the first 64 bytes the client sent
     * @throws MalformedPacketException if no framing's tag is in it: then this is no obfuscated MTProto
     */
    public static Obfuscation server(Bytes header) throws MalformedPacketException {
        return server(header, Bytes.EMPTY);
    }

    static Obfuscation server(Bytes header, Bytes proxySecret) throws MalformedPacketException {
        if (header.size() != HEADER_SIZE) {
            throw new IllegalArgumentException("a header has 64 bytes, not " + header.size());
        }
        AesCtr incoming = stream(header, proxySecret);
        AesCtr outgoing = stream(header.reversed(), proxySecret);
        Bytes opened = incoming.update(header);

        Bytes tag = opened.slice(TAG_AT, 4);
        Framing framing = Framing.ofTag(tag)
                .orElseThrow(() ->
                        new MalformedPacketException("neither a start tag nor an obfuscated header: it began with "
                                + header.first(8) + ", and its tag would be " + tag));
        int dcField = (short) (opened.at(DC_AT) | opened.at(DC_AT + 1) << 8);
        return new Obfuscation(header, framing, dcField, outgoing, incoming);
    }

    /** The 64 bytes that go first over the wire, from the client to the server. */
    public Bytes header() {
        return header;
    }

    public Framing framing() {
        return framing;
    }

    /** The data center that the header names, signed. Many clients leave random bytes there: never trust it. */
    public int dcField() {
        return dcField;
    }

    /** The next bytes to send, made to look like noise. */
    public Bytes encrypt(Bytes outgoingBytes) {
        return outgoing.update(outgoingBytes);
    }

    /** The next bytes that came, made readable. */
    public Bytes decrypt(Bytes incomingBytes) {
        return incoming.update(incomingBytes);
    }

    private static Bytes draw(SecureRandom random) {
        byte[] drawn = new byte[HEADER_SIZE];
        do {
            random.nextBytes(drawn);
        } while (isForbidden(Bytes.of(drawn)));
        return Bytes.of(drawn);
    }

    private static boolean isForbidden(Bytes drawn) {
        for (Bytes start : FORBIDDEN_STARTS) {
            if (drawn.startsWith(start)) {
                return true;
            }
        }
        // Four zero bytes here are the number of the first packet in the full framing.
        return drawn.intAt(4) == 0;
    }

    private static AesCtr stream(Bytes init, Bytes proxySecret) {
        Bytes key = init.slice(KEY_AT, KEY_SIZE);
        return new AesCtr(proxySecret.isEmpty() ? key : Hashes.sha256(key, proxySecret), init.slice(IV_AT, IV_SIZE));
    }
}
