package dev.tgsession.mtproto.handshake;

import java.io.IOException;

/** The server itself declined to make a key; another try with new random numbers may work. */
public final class HandshakeException extends IOException {
    /** What the server answered, in words. */
    public HandshakeException(String message) {
        super(message);
    }
}
