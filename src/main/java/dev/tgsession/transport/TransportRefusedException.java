package dev.tgsession.transport;

import java.io.IOException;

/**
 * The server answered with a transport error instead of a payload. The connection is of no use afterwards.
 *
 * <p>From core.telegram.org/mtproto/mtproto-transports#transport-errors.
 */
public final class TransportRefusedException extends IOException {
    /** The server does not know the key, or could not accept the message. */
    public static final int NOT_FOUND = -404;

    /** Too many connections from this address in a short time. */
    public static final int FLOOD = -429;

    /** The data center number is not one of this server. */
    public static final int WRONG_DATA_CENTER = -444;

    private final int code;

    public TransportRefusedException(int code) {
        super("the server refused the connection with transport error " + code);
        this.code = code;
    }

    /** As sent: negative, mostly an HTTP status with a minus sign. */
    public int code() {
        return code;
    }
}
