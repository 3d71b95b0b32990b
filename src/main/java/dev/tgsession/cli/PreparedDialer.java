package dev.tgsession.cli;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.session.DataCenter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Dials only once everything is ready that the end of the login will need: a login that cannot be saved shall not begin.
 * Getting ready happens meanwhile, while a person types a number; not before the question stands there, which would come
 * later for it.
 */
final class PreparedDialer implements Dialer {
    /** Until the question stands there. */
    private static final long HEAD_START_MILLIS = 50;

    private final Dialer dialer;
    private final FutureTask<Boolean> preparation;

    private PreparedDialer(Dialer dialer, FutureTask<Boolean> preparation) {
        this.dialer = dialer;
        this.preparation = preparation;
    }

    /** Begins to get ready in a moment, in a thread of its own; whoever dials before does it himself. */
    static void begin(FutureTask<Boolean> preparation) {
        Thread thread = new Thread(() -> runSoon(preparation), "preparation");
        thread.setDaemon(true);
        thread.start();
    }

    private static void runSoon(FutureTask<Boolean> preparation) {
        try {
            Thread.sleep(HEAD_START_MILLIS);
            preparation.run();
        } catch (InterruptedException stop) {
            // Nobody does that; whoever dials gets ready himself.
        }
    }

    /** Waits for the preparation before the first byte goes out. */
    static Dialer after(FutureTask<Boolean> preparation, Dialer dialer) {
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
        // Does nothing if it has begun elsewhere.
        preparation.run();
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
