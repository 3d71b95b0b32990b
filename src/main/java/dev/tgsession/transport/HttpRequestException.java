package dev.tgsession.transport;

/** The peer spoke HTTP where MTProto over TCP was due. It has been told so with a 400, and the connection is closed. */
public final class HttpRequestException extends MalformedPacketException {
    HttpRequestException() {
        super("an HTTP request came; only MTProto over TCP is spoken here");
    }
}
