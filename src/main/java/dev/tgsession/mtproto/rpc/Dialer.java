package dev.tgsession.mtproto.rpc;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.DataCenter;
import java.io.IOException;

/** Brings up a line to a data centre. */
public interface Dialer {
    /**
     * A line under a key made for it.
     *
     * @throws dev.tgsession.crypto.FailedCheckException if the server fails a security check while the key is made
     * @throws IOException if nobody answers there
     */
    RpcConnection dial(DataCenter dataCenter) throws IOException;

    /**
     * A line under a key that exists already.
     *
     * @throws IOException if nobody answers there
     */
    RpcConnection dial(DataCenter dataCenter, AuthKey key) throws IOException;
}
