package dev.tgsession.transport;

import java.io.EOFException;

/** The other side closed the connection. */
public final class PeerClosedException extends EOFException {
    private final int bytesInside;

    /**
     * Tells where the stream ended.
     *
     * @param bytesInside how many bytes of an unfinished packet came before the end; 0 for an end between two packets
     */
    public PeerClosedException(int bytesInside) {
        super(
                bytesInside == 0
                        ? "the other side closed the connection"
                        : "the other side closed the connection " + bytesInside + " bytes into a packet");
        this.bytesInside = bytesInside;
    }

    /** Whether a packet was cut: something was on its way that will never be known. */
    public boolean insidePacket() {
        return bytesInside > 0;
    }
}
