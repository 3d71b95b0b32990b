package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.time.Duration;

/**
 * A line to one peer that carries whole payloads in order, or breaks.
 *
 * <p>Any thread may send, and close; one thread at a time receives.
 */
public interface PacketChannel extends AutoCloseable {
    /**
     * Hands one payload to the other side; may block while the other side reads slowly, until {@link #close}.
     *
     * @param payload at least 4 bytes, a multiple of 4
     * @throws IllegalArgumentException if the payload has another length
     * @throws IOException if the channel broke; nothing can be sent after that
     */
    void send(Bytes payload) throws IOException;

    /**
     * Waits for the next payload.
     *
     * <p>A timeout loses nothing: when half a packet is there, the next call goes on with it. After any other exception
     * the channel is of no more use than to be closed.
     *
     * @param timeout the whole packet must be there by then, however slowly it drips; from one millisecond (less counts
     *     as one) to 24 days (more counts as so many)
     * @throws java.net.SocketTimeoutException if no whole packet came in time
     * @throws TransportRefusedException if the server answered with a transport error; only the client's end tells
     * @throws PeerClosedException (an {@link java.io.EOFException}) if the other side closed the line
     * @throws MalformedPacketException if what came is no packet of this framing
     * @throws java.net.SocketException if the line broke, or this side closed it, also while waiting
     */
    Bytes receive(Duration timeout) throws IOException;

    /**
     * Sends a transport error in place of a payload; for the server's end.
     *
     * <p>From core.telegram.org/mtproto/mtproto-transports#transport-errors: a negative 32-bit number, little endian.
     *
     * @param code negative: −404 unknown key or unacceptable message, −429 flood, −444 wrong data center
     */
    default void sendRefusal(int code) throws IOException {
        if (code >= 0) {
            throw new IllegalArgumentException("a transport error is negative, not " + code);
        }
        send(Bytes.ofInt(code));
    }

    /** Closes the line, and wakes who waits on it. A second call does nothing. */
    @Override
    void close();
}
