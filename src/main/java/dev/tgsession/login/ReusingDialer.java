package dev.tgsession.login;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.session.DataCenter;
import java.io.IOException;

/** Dials one data center under the key that was made with it earlier, and any other one under a new key. */
record ReusingDialer(Dialer dialer, DataCenter home, AuthKey key) implements Dialer {
    @Override
    public RpcConnection dial(DataCenter dataCenter) throws IOException {
        return dataCenter.id() == home.id() ? dialer.dial(dataCenter, key) : dialer.dial(dataCenter);
    }

    @Override
    public RpcConnection dial(DataCenter dataCenter, AuthKey other) throws IOException {
        return dialer.dial(dataCenter, other);
    }
}
