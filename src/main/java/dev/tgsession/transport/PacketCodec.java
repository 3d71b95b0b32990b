package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where a payload begins and ends in a stream of bytes. One object serves one connection: it may count packets.
 *
 * <p>Packing and unpacking share no state, so two threads may do one each.
 */
public interface PacketCodec {
    /** What a client writes once before its first frame; nothing for the full framing. A server never writes it. */
    Bytes startTag();

    /**
     * Puts a frame around a payload.
     *
     * @param payload at least 4 bytes, a multiple of 4
     * @throws IllegalArgumentException if the payload has another length, or one that the framing cannot say
     */
    Bytes pack(Bytes payload);

    /**
     * Reads one frame, and no byte more, and takes the payload out.
     *
     * <p>An exception of the stream passes through and changes nothing here: given the same bytes again from the start
     * of the frame, the codec goes on.
     *
     * @throws PeerClosedException if the stream ends before or inside the frame
     * @throws MalformedPacketException if these bytes are no frame: a length of zero, negative, too large or not a
     *     multiple of 4, a wrong packet number or checksum
     */
    Bytes unpack(InputStream in) throws IOException;
}
