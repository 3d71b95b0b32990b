package dev.tgsession.login;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.DcOption;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.tl.TlMethod;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The line of one login to Telegram: goes to another data center when sent there, sits out short waits, and asks again when
 * Telegram itself was in trouble.
 *
 * <p>Nothing is dialled before the first call. A call is repeated only after Telegram has answered it with an error; when
 * an answer is lost, the exception passes. One thread makes the calls; another may {@link #shut} the line and say a
 * {@link #lastWord}.
 */
final class Line {
    /** A wait up to here is sat out; nobody watches a prompt for longer. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final int MOST_WAITS = 3;
    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_TROUBLES = 3;
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Dialer dialer;
    private final Prompter prompter;
    private final Pause pause;
    private final Refusals refusals;
    private final Consumer<Duration> onFloodWait;
    private final ReentrantLock busy = new ReentrantLock();

    private DataCenter dataCenter;
    private volatile @Nullable RpcConnection connection;
    private int redirects;

    /** No call goes out any more, except a last word. */
    private volatile boolean shut;

    /** Not even a last word goes out any more. */
    private volatile boolean silent;

    Line(Dialer dialer, DataCenter start, Prompter prompter, Pause pause, Clock clock) {
        this(dialer, start, prompter, pause, clock, wait -> {});
    }

    /** {@code onFloodWait} hears how long Telegram wants to be left alone, before that is waited for or refused. */
    Line(Dialer dialer, DataCenter start, Prompter prompter, Pause pause, Clock clock, Consumer<Duration> onFloodWait) {
        this.onFloodWait = onFloodWait;
        this.dialer = dialer;
        this.dataCenter = start;
        this.prompter = prompter;
        this.pause = pause;
        this.refusals = new Refusals(clock);
    }

    /** Makes a call, or makes it anew before it is repeated: a proof, for one, is good for one time only. */
    @FunctionalInterface
    interface Remade<R> {
        /** {@code repetition} counts from 0. */
        TlMethod<R> make(int repetition) throws IOException, RpcException, LoginRefusedException;
    }

    <R> R call(TlMethod<R> method) throws IOException, RpcException, LoginRefusedException {
        return call(method, answer -> {});
    }

    /** {@code onAnswer} sees the answer before anybody else can use the line. */
    <R> R call(TlMethod<R> method, Consumer<? super R> onAnswer)
            throws IOException, RpcException, LoginRefusedException {
        return call(repetition -> method, onAnswer);
    }

    /**
     * Calls until there is an answer, or an error that is for the caller.
     *
     * @throws LoginRefusedException if Telegram wants a longer wait, or sends us around in circles
     */
    <R> R call(Remade<R> method, Consumer<? super R> onAnswer) throws IOException, RpcException, LoginRefusedException {
        int waits = 0;
        int troubles = 0;
        for (int repetition = 0; ; repetition++) {
            TlMethod<R> made = method.make(repetition);
            try {
                return once(made, onAnswer);
            } catch (RpcException error) {
                if (error.migrateTo().isPresent()) {
                    moveTo(error.migrateTo().get());
                } else if (isFloodWait(error)) {
                    waits++;
                    sitOut(error, waits);
                } else if (troubles < mostTroubles(error)) {
                    wait("Telegram has trouble of its own (" + error.getMessage() + "); asking again.", 1L << troubles);
                    troubles++;
                } else {
                    throw error;
                }
            }
        }
    }

    private <R> R once(TlMethod<R> method, Consumer<? super R> onAnswer) throws IOException, RpcException {
        busy.lock();
        try {
            if (shut) {
                throw new PersonInterruptedException();
            }
            R answer = connected().call(method);
            onAnswer.accept(answer);
            return answer;
        } finally {
            busy.unlock();
        }
    }

    private RpcConnection connected() throws IOException {
        RpcConnection current = connection;
        if (current == null) {
            current = dialer.dial(dataCenter);
            connection = current;
        }
        return current;
    }

    /** FLOOD_TEST_PHONE_WAIT is not waited for: another test number costs nothing. */
    private static boolean isFloodWait(RpcException error) {
        return error.floodWait().isPresent() && !error.is("FLOOD_TEST_PHONE_WAIT");
    }

    private void sitOut(RpcException error, int waits) throws IOException, LoginRefusedException {
        Duration wait = error.floodWait().orElseThrow();
        onFloodWait.accept(wait);
        if (wait.compareTo(LONGEST_WAIT) > 0 || waits > MOST_WAITS) {
            throw refusals.of(error);
        }
        wait("Telegram wants us to wait " + HumanTime.words(wait) + ".", wait.toSeconds());
    }

    /** How often a call may be repeated after this error. */
    private static int mostTroubles(RpcException error) {
        // These speak of the login, not of the call; the login decides.
        if (!error.isServerTrouble() || error.type().startsWith("AUTH_RESTART")) {
            return 0;
        }
        return error.is("SIGN_IN_FAILED") ? 1 : MOST_TROUBLES;
    }

    private void wait(String why, long seconds) throws IOException {
        try {
            for (long left = seconds; left > 0; left--) {
                prompter.waiting(why, Duration.ofSeconds(left));
                pause.pause(TICK);
            }
            prompter.waiting(why, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PersonInterruptedException();
        }
    }

    /** Hangs up here and goes on there; the next call dials. */
    private void moveTo(int id) throws IOException, RpcException, LoginRefusedException {
        redirects++;
        if (redirects > MOST_REDIRECTS) {
            throw Refusals.failed(
                    "Telegram sends this login from one data center to the next.", "Try again in some minutes.");
        }
        DataCenter there = dataCenterOf(id);
        hangUp();
        dataCenter = there;
        prompter.told(
                new News(News.Kind.DATA_CENTER, "Telegram goes on with this login in its data center " + id + "."));
    }

    private DataCenter dataCenterOf(int id) throws IOException, RpcException, LoginRefusedException {
        if (DataCenters.isBuiltIn(dataCenter.environment(), id)) {
            return DataCenters.builtIn(dataCenter.environment(), id, dataCenter.isIpv6());
        }
        Config config = once(new GetConfig(), answer -> {});
        // Some addresses take obfuscated connections only; ours may be another kind.
        Optional<DataCenter> there = address(config, id, false).or(() -> address(config, id, true));
        if (there.isEmpty()) {
            throw Refusals.failed(
                    "Telegram sends this login to data center " + id + ", but tells no address for it.",
                    dataCenter.isIpv6() ? "Try again with IPv4." : "");
        }
        return there.get();
    }

    /** The first address of that data center where accounts live and that our way of connecting reaches. */
    private Optional<DataCenter> address(Config config, int id, boolean obfuscatedOnly) {
        for (DcOption option : config.dcOptions()) {
            boolean holdsAccounts = !option.cdn() && !option.mediaOnly();
            boolean reachable = option.ipv6() == dataCenter.isIpv6() && option.tcpoOnly() == obfuscatedOnly;
            if (option.id() == id && holdsAccounts && reachable) {
                try {
                    return Optional.of(new DataCenter(id, option.ipAddress(), option.port(), dataCenter.environment()));
                } catch (IllegalArgumentException e) {
                    // No address at all; the next may be one.
                }
            }
        }
        return Optional.empty();
    }

    /** Where the login has come to. */
    DataCenter dataCenter() {
        return dataCenter;
    }

    /** The key of the present connection. */
    AuthKey authKey() throws IOException {
        return connected().authKey();
    }

    /** No call after this one is let out, except a last word. For another thread than the login's. */
    void shut() {
        shut = true;
    }

    /** Nothing goes out any more at all: the server has failed a check. */
    void silence() {
        silent = true;
    }

    /** Whether a call is under way. */
    boolean isBusy() {
        return busy.isLocked();
    }

    /** One call made to leave things tidy. */
    @FunctionalInterface
    interface LastWord {
        void to(RpcConnection connection) throws IOException, RpcException;
    }

    /** Says a last word if the line is still good and comes free in time. Whatever becomes of it, nothing is thrown. */
    void lastWord(LastWord word, Duration patience) {
        try {
            if (!busy.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            try {
                RpcConnection current = connection;
                if (!silent && current != null) {
                    word.to(current);
                }
            } finally {
                busy.unlock();
            }
        } catch (IOException | RpcException | RuntimeException e) {
            // Best effort: what it was said for has ended already, and for another reason than this.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void hangUp() {
        RpcConnection current = connection;
        connection = null;
        if (current != null) {
            current.close();
        }
    }
}
