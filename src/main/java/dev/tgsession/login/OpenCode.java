package dev.tgsession.login;

import dev.tgsession.schema.PhoneCodeSchema.CancelCode;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The code that Telegram has sent and that nobody has used yet. If the login ends without it, it is cancelled, so that it
 * cannot be used by whoever finds it.
 *
 * <p>Source: <a href="https://core.telegram.org/method/auth.cancelCode">core.telegram.org/method/auth.cancelCode</a>.
 */
final class OpenCode {
    private final Line line;
    private final Duration patience;
    private final AtomicReference<@Nullable CancelCode> open = new AtomicReference<>();

    /** {@code patience} is how long cancelling may take at most. */
    OpenCode(Line line, Duration patience) {
        this.line = line;
        this.patience = patience;
    }

    /** Telegram has answered a wish for a code. The hash of the latest answer counts. */
    void sent(PhoneNumber phone, SentCode answer) {
        if (answer instanceof PlainSentCode code) {
            open.set(new CancelCode(phone.digits(), code.phoneCodeHash()));
        }
    }

    /** The code has been used, or is dead: there is nothing to cancel any more. */
    void closed() {
        open.set(null);
    }

    /**
     * Cancels the code, if there is one: once at most, in bounded time, and without a word if that fails. Safe from any
     * thread; a call that is under way may still end first, for it may be the one that sends the code.
     */
    void cancel() {
        if (open.get() == null && !line.isBusy()) {
            return;
        }
        // In a thread of its own, because even dialling again must not hold up whoever waits for the program to end.
        Thread canceller = new Thread(this::cancelNow, "cancel-code");
        canceller.setDaemon(true);
        // An interrupt may be why the login ends; it must not also keep us from cancelling.
        boolean interrupted = Thread.interrupted();
        canceller.start();
        try {
            canceller.join(patience.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancelNow() {
        line.lastWord(
                connection -> {
                    CancelCode cancel = open.getAndSet(null);
                    if (cancel != null) {
                        connection.call(cancel, patience);
                    }
                },
                patience);
    }
}
