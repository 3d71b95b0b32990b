package dev.tgsession.cli;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.session.DataCenter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;

/**
 * Dials only once everything is ready that the end of the login will need: a login that cannot be saved shall not begin.
 * Getting ready happens meanwhile, while a person types a number.
 */
final class PreparedDialer implements Dialer {
    private final Dialer dialer;
    private final InAMoment<?> preparation;

    private PreparedDialer(Dialer dialer, InAMoment<?> preparation) {
        this.dialer = dialer;
        this.preparation = preparation;
    }

    /** Waits for the preparation before the first byte goes out. */
    static Dialer after(InAMoment<?> preparation, Dialer dialer) {
        return new PreparedDialer(dialer, preparation);
    }

    @Override
    public RpcConnection dial(DataCenter dataCenter) throws IOException {
        await();
        return dialer.dial(dataCenter);
    }

    @Override
    public RpcConnection dial(DataCenter dataCenter, AuthKey key) throws IOException {
        await();
        return dialer.dial(dataCenter, key);
    }

    private void await() throws IOException {
        try {
            preparation.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException reason) {
                throw reason;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while getting ready");
        }
    }
}
