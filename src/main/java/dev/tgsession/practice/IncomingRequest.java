package dev.tgsession.practice;

import java.time.Instant;

/**
 * Something a client did, as the server saw it. What was inside is not kept.
 *
 * @param at by the server's clock
 * @param dc the data centre it came to
 * @param connection which connection, counted from 1 over the whole server
 * @param kind what sort of thing it was
 * @param name the method as the schema names it ({@code auth.sendCode}), or a word for what has no method
 */
public record IncomingRequest(Instant at, int dc, int connection, Kind kind, String name) {
    /** Sorts of things a client does. */
    public enum Kind {
        /** It connected. */
        CONNECTION,
        /** A step of a key exchange. */
        KEY_EXCHANGE,
        /** A service message: a ping, an acknowledgement. */
        SERVICE,
        /** A call. */
        CALL,
        /** Something that could not be read: garbage, or sealed with another key. */
        UNREADABLE
    }
}
