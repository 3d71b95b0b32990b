package dev.tgsession.mtproto.rpc;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.message.MessageCipher;
import dev.tgsession.mtproto.message.ServerTime;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.Schema;
import dev.tgsession.session.DataCenter;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.transport.PacketChannel;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection without a thread of its own: whoever waits for an answer reads the line.
 *
 * <p>Between two calls nobody listens; a person may be looking for a code for minutes. So a call after a long silence
 * first makes sure that the line still works, and dials again if it does not.
 */
final class CallerDrivenConnection implements RpcConnection {
    /** A call after this much silence asks first whether anybody is there. */
    static final Duration LONG_SILENCE = Duration.ofSeconds(45);

    /** How long the line may be silent during a call before we ask whether anybody is there. */
    static final Duration QUIET = Duration.ofSeconds(10);

    /** How long a pong may take. */
    static final Duration PONG_PATIENCE = Duration.ofSeconds(12);

    /** How long to wait for the text that belongs to a 406 error. */
    static final Duration NOTICE_PATIENCE = Duration.ofSeconds(2);

    /** How much of what has piled up is still heard when the time is over; the answer may be in it. */
    private static final int MOST_HEARD_LATE = 64;

    private static final int MOST_REDIALS = 4;
    private static final int KEY_UNKNOWN = -404;
    private static final int TOO_FAST = -429;
    private static final int FOR_THE_PERSON = 406;

    private final DataCenter dataCenter;
    private final AuthKey key;
    private final RpcSession session;
    private final ServerTime time;
    private final ChannelOpener opener;
    private final InstantSource clock;
    private final Pause pause;
    private final Duration patience;
    private final ReentrantLock line = new ReentrantLock();

    private PacketChannel channel;
    private Instant lastHeard;
    private boolean closed;

    CallerDrivenConnection(
            DataCenter dataCenter,
            AuthKey key,
            RpcSession session,
            ServerTime time,
            PacketChannel channel,
            ChannelOpener opener,
            InstantSource clock,
            Pause pause,
            Duration patience) {
        this.dataCenter = dataCenter;
        this.key = key;
        this.session = session;
        this.time = time;
        this.channel = channel;
        this.opener = opener;
        this.clock = clock;
        this.pause = pause;
        this.patience = patience;
        this.lastHeard = clock.instant();
    }

    @Override
    public <R> R call(TlMethod<R> method) throws IOException, RpcException {
        return call(method, patience);
    }

    @Override
    public <R> R call(TlMethod<R> method, Duration longest) throws IOException, RpcException {
        if (!line.tryLock()) {
            throw new IOException("another call is under way on this connection");
        }
        try {
            if (closed) {
                throw new IOException("this connection is closed");
            }
            return new Call(clock.instant().plus(longest)).run(method);
        } catch (FailedCheckException e) {
            // Nothing more may be said to a server that failed a check.
            close();
            throw e;
        } finally {
            session.end();
            line.unlock();
        }
    }

    @Override
    public DataCenter dataCenter() {
        return dataCenter;
    }

    @Override
    public AuthKey authKey() {
        return key;
    }

    @Override
    public Instant serverTime() {
        return time.instant();
    }

    @Override
    public void close() {
        closed = true;
        channel.close();
    }

    /** One call, from asking to its answer, through whatever happens to the line. */
    private final class Call {
        private final Instant deadline;
        private int redials;
        private boolean keyDoubted;
        private boolean pinged;
        private int heardLate;
        private Duration backOff = Duration.ofSeconds(1);

        Call(Instant deadline) {
            this.deadline = deadline;
        }

        <R> R run(TlMethod<R> method) throws IOException, RpcException {
            wakeUp();
            Bytes object = answerTo(method);
            Optional<RpcError> error = RpcSession.errorIn(object);
            if (error.isPresent() && isMissingIntroduction(error.get())) {
                session.notIntroduced();
                object = answerTo(method);
                error = RpcSession.errorIn(object);
            }
            if (error.isPresent()) {
                RpcError told = error.get();
                throw new RpcException(told.errorCode(), told.errorMessage(), noticeFor(told));
            }
            // The acknowledgement travels with the next call. If there is none, nobody misses it: the session ends too.
            return Schema.codec().readResult(method, object);
        }

        private boolean isMissingIntroduction(RpcError error) {
            String text = error.errorMessage();
            return text.equals("CONNECTION_NOT_INITED") || text.equals("CONNECTION_LAYER_INVALID");
        }

        /** After a long silence: is anybody there? */
        private void wakeUp() throws IOException {
            if (clock.instant().isBefore(lastHeard.plus(LONG_SILENCE))) {
                return;
            }
            try {
                channel.send(session.ping());
                Instant latest = clock.instant().plus(PONG_PATIENCE);
                Instant before = lastHeard;
                while (lastHeard.equals(before)) {
                    hear(shorter(Duration.between(clock.instant(), latest)));
                }
            } catch (FailedCheckException | MalformedTlException | RefusedTooOftenException e) {
                throw e;
            } catch (IOException e) {
                redial(e);
            }
        }

        private Bytes answerTo(TlMethod<?> method) throws IOException {
            Bytes packet = session.begin(method);
            try {
                channel.send(packet);
            } catch (IOException e) {
                redial(e);
            }
            while (session.result().isEmpty()) {
                waitFor(method);
            }
            return session.result().get();
        }

        private void waitFor(TlMethod<?> method) throws IOException {
            if (heardLate > MOST_HEARD_LATE) {
                onSilence(method, new SocketTimeoutException());
            }
            try {
                hear(shorter(pinged ? PONG_PATIENCE : QUIET));
                pinged = false;
            } catch (FailedCheckException | MalformedTlException | AnswerLostException | RefusedTooOftenException e) {
                throw e;
            } catch (SocketTimeoutException e) {
                onSilence(method, e);
            } catch (TransportRefusedException e) {
                onRefusal(e);
            } catch (IOException e) {
                redial(e);
            }
        }

        private void onSilence(TlMethod<?> method, SocketTimeoutException silence) throws IOException {
            if (!clock.instant().isBefore(deadline)) {
                if (session.heardFromAnotherTime()) {
                    throw new FailedCheckException(
                            MessageCipher.STEP,
                            "its date is not within 300 seconds before and 30 after the server's time");
                }
                throw new SocketTimeoutException(
                        "Telegram did not answer " + method.getClass().getSimpleName() + " in time");
            }
            if (pinged) {
                pinged = false;
                redial(silence);
                return;
            }
            pinged = true;
            try {
                channel.send(session.ping());
            } catch (IOException e) {
                redial(e);
            }
        }

        private void onRefusal(TransportRefusedException refusal) throws IOException {
            if (refusal.code() == KEY_UNKNOWN && !keyDoubted) {
                keyDoubted = true;
                redial(refusal);
            } else if (refusal.code() == TOO_FAST) {
                pause.forAbout(shorter(backOff.multipliedBy(4)));
                redial(refusal);
            } else {
                throw refusal;
            }
        }

        private void hear(Duration longest) throws IOException {
            Bytes payload = channel.receive(longest);
            lastHeard = clock.instant();
            if (!lastHeard.isBefore(deadline)) {
                // Somebody who talks without end must not hold us any longer than somebody silent.
                heardLate++;
            }
            for (Bytes reply : session.on(payload)) {
                channel.send(reply);
            }
        }

        /** The same session over a new line; gives up after a few, or when the time is over. */
        private void redial(IOException cause) throws IOException {
            channel.close();
            IOException last = cause;
            while (redials < MOST_REDIALS && clock.instant().isBefore(deadline) && !closed) {
                redials++;
                if (redials > 1) {
                    pause.forAbout(shorter(backOff));
                    backOff = backOff.multipliedBy(2);
                }
                try {
                    channel = opener.open(dataCenter);
                    channel.send(session.resumed());
                    lastHeard = clock.instant();
                    return;
                } catch (IOException e) {
                    last = e;
                }
            }
            throw last;
        }

        private Optional<String> noticeFor(RpcError error) throws FailedCheckException {
            if (error.errorCode() != FOR_THE_PERSON) {
                return session.notice();
            }
            Instant latest = clock.instant().plus(NOTICE_PATIENCE);
            try {
                while (session.notice().isEmpty() && clock.instant().isBefore(latest)) {
                    hear(Duration.between(clock.instant(), latest));
                }
            } catch (FailedCheckException e) {
                throw e;
            } catch (IOException e) {
                // The text is a courtesy; the error stands without it.
            }
            return session.notice();
        }

        private Duration shorter(Duration wish) {
            Duration left = Duration.between(clock.instant(), deadline);
            // What is on its way already is still heard.
            Duration shortest = Duration.ofMillis(50);
            Duration chosen = left.compareTo(wish) < 0 ? left : wish;
            return chosen.compareTo(shortest) < 0 ? shortest : chosen;
        }
    }
}
