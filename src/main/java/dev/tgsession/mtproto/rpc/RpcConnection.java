package dev.tgsession.mtproto.rpc;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.DataCenter;
import dev.tgsession.tl.TlMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * A line to one data centre, under one auth key: ask, and wait for the answer.
 *
 * <p>The thread that calls drives the line; there is no other. A dropped line is dialled again with the same key, and
 * what was asked is never asked twice unless it is certain that the first asking was not heard.
 */
public interface RpcConnection extends AutoCloseable {
    /**
     * Calls a method and waits for its answer, as long as this connection's patience allows.
     *
     * @throws RpcException if Telegram answers with an error
     * @throws dev.tgsession.crypto.FailedCheckException if the server fails a security check: the connection is closed
     *     then and sends nothing more
     * @throws IOException if the line fails and cannot be brought back, or no answer comes in time
     */
    <R> R call(TlMethod<R> method) throws IOException, RpcException;

    /** The same, with another patience. */
    <R> R call(TlMethod<R> method, Duration patience) throws IOException, RpcException;

    /** Where this line leads. */
    DataCenter dataCenter();

    /** The key, which is the login once somebody has logged in on it. */
    AuthKey authKey();

    /** What time it is at Telegram. */
    Instant serverTime();

    /** Hangs up. Nothing is thrown, and a second time does nothing. */
    @Override
    void close();
}
