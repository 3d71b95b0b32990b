package dev.tgsession.login;

import dev.tgsession.schema.PhoneCodeSchema.CancelCode;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The code that Telegram has sent and that nobody has used yet. If the login ends without it, it is either cancelled, so
 * that it cannot be used by whoever finds it, or left for another process that finds the bookmark.
 *
 * <p>Source: <a href="https://core.telegram.org/method/auth.cancelCode">core.telegram.org/method/auth.cancelCode</a>.
 */
final class OpenCode {
    private final Line line;
    private final Duration patience;
    private final Bookmark bookmark;
    private final int apiId;
    private final Prompter prompter;
    private final Clock clock;
    private final AtomicReference<@Nullable CancelCode> open = new AtomicReference<>();

    /** Whether somebody has been let in. */
    private volatile boolean won;

    /** What the bookmark holds. */
    private volatile @Nullable PendingLogin kept;

    /**
     * No code yet.
     *
     * @param patience how long cancelling may take at most
     * @param prompter is told if no bookmark can be kept
     */
    OpenCode(Line line, Duration patience, Bookmark bookmark, int apiId, Prompter prompter, Clock clock) {
        this.line = line;
        this.patience = patience;
        this.bookmark = bookmark;
        this.apiId = apiId;
        this.prompter = prompter;
        this.clock = clock;
    }

    /** Telegram has answered a wish for a code. The hash of the latest answer counts. */
    void sent(PhoneNumber phone, SentCode answer) {
        if (answer instanceof PlainSentCode code) {
            open.set(new CancelCode(phone.digits(), code.phoneCodeHash()));
            try {
                keep(new PendingLogin(line.dataCenter(), line.authKey(), apiId, phone, code, clock.instant(), false));
            } catch (IOException cannot) {
                warn(cannot);
            }
        }
    }

    /** The code of an earlier process. */
    void taken(PendingLogin pending) {
        open.set(new CancelCode(pending.phone().digits(), pending.sent().phoneCodeHash()));
        kept = pending;
    }

    /** The code was right, and a password is asked for as well. */
    void passwordDue() {
        PendingLogin now = kept;
        if (now != null && !now.passwordDue()) {
            try {
                keep(now.withPasswordDue());
            } catch (IOException cannot) {
                warn(cannot);
            }
        }
    }

    /** These were typed in the place of the code, and Telegram has refused them. */
    void refused(RefusedCodes codes) {
        PendingLogin now = kept;
        if (now != null) {
            try {
                keep(now.withRefused(codes));
            } catch (IOException cannot) {
                warn(cannot);
            }
        }
    }

    /** What was refused in the place of the latest code, by this process or an earlier one. */
    RefusedCodes refused() {
        PendingLogin now = kept;
        return now == null ? RefusedCodes.NONE : now.refused();
    }

    private void keep(PendingLogin pending) throws IOException {
        // Should this one not be kept, the one before must not be mistaken for it.
        kept = null;
        if (bookmark.keep(pending)) {
            kept = pending;
        }
    }

    private void warn(IOException cannot) {
        bookmark.remove();
        prompter.told(new News(
                News.Kind.WARNING,
                "Should this login be interrupted, it cannot be gone on with: "
                        + CleanText.of(String.valueOf(cannot.getMessage())) + "."));
    }

    /** The code has let somebody in. The bookmark stays until the session is safe somewhere, so that nobody loses it. */
    void used() {
        won = true;
        open.set(null);
    }

    /** The code is dead: there is nothing to cancel any more, and nothing to go on with. */
    void closed() {
        open.set(null);
        forget();
    }

    /** What is won is nobody's to forget here: until it is stored, the bookmark is the only way back to it. */
    private void forget() {
        if (kept != null && !won) {
            kept = null;
            bookmark.remove();
        }
    }

    /**
     * Leaves the code to another process, if the bookmark holds it; cancels it otherwise. In bounded time and without a
     * word, as {@link #cancel}, and like that safe from any thread.
     */
    void leave() {
        if (line.isBusy()) {
            // The answer to that call may be the one that says which code to leave.
            line.lastWord(connection -> {}, patience);
        }
        if (kept == null) {
            cancel();
        } else {
            open.set(null);
            kept = null;
        }
    }

    /**
     * Cancels the code, if there is one: once at most, in bounded time, and without a word if that fails; and removes the
     * bookmark. Safe from any thread; a call that is under way may still end first, for it may be the one that sends the
     * code.
     */
    void cancel() {
        if (open.get() != null || line.isBusy()) {
            cancelInTime();
        }
        forget();
    }

    private void cancelInTime() {
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
