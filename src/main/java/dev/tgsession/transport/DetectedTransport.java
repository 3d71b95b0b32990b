package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * How a client chose to speak, told by its first bytes.
 *
 * <pre>
 *   ef                        abridged
 *   ee ee ee ee               intermediate
 *   dd dd dd dd               padded intermediate
 *   POST, GET , HEAD, OPTI    HTTP
 *   ?? ?? ?? ?? 00 00 00 00   full: the number of the first packet is 0
 *   anything else             obfuscated, 64 bytes of header
 * </pre>
 *
 * @param choice the framing, and whether it is obfuscated
 * @param obfuscation the cipher streams, when it is
 * @param readAhead bytes that were read to find out and belong to the first frame
 */
record DetectedTransport(TransportChoice choice, Optional<Obfuscation> obfuscation, Bytes readAhead) {
    private static final List<Bytes> HTTP_STARTS =
            List.of(Bytes.ofUtf8("POST"), Bytes.ofUtf8("GET "), Bytes.ofUtf8("HEAD"), Bytes.ofUtf8("OPTI"));

    /**
     * Reads as few bytes as tell the transport: 1, 4, 8 or 64.
     *
     * @throws HttpRequestException if the client speaks HTTP; four bytes of its request are read then
     * @throws MalformedPacketException if it speaks nothing we know
     * @throws PeerClosedException if it went away before it was clear
     */
    static DetectedTransport read(InputStream in) throws IOException {
        FrameInput start = new FrameInput(in);
        Bytes first = start.take(1);
        if (first.at(0) == 0xef) {
            return plain(Framing.ABRIDGED, Bytes.EMPTY);
        }
        Bytes four = first.plus(start.take(3));
        if (HTTP_STARTS.contains(four)) {
            throw new HttpRequestException();
        }
        Optional<Framing> tagged = Framing.ofTag(four);
        if (tagged.isPresent()) {
            return plain(tagged.get(), Bytes.EMPTY);
        }
        Bytes eight = four.plus(start.take(4));
        if (eight.intAt(4) == 0) {
            return plain(Framing.FULL, eight);
        }
        Obfuscation obfuscation = Obfuscation.server(eight.plus(start.take(Obfuscation.HEADER_SIZE - eight.size())));
        return new DetectedTransport(
                new TransportChoice(obfuscation.framing(), true), Optional.of(obfuscation), Bytes.EMPTY);
    }

    private static DetectedTransport plain(Framing framing, Bytes readAhead) {
        return new DetectedTransport(new TransportChoice(framing, false), Optional.empty(), readAhead);
    }
}
