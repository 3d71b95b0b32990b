package dev.tgsession.transport;

import java.io.IOException;

/** What came over the stream is no packet of the agreed framing; the connection cannot be trusted to be in step again. */
public class MalformedPacketException extends IOException {
    public MalformedPacketException(String message) {
        super(message);
    }
}
