package dev.tgsession.mtproto.handshake;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.EarlyDhSecret;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.handshake.ClientHandshake.Agreed;
import dev.tgsession.mtproto.handshake.ClientHandshake.AwaitingDhVerdict;
import dev.tgsession.mtproto.handshake.ClientHandshake.Verdict;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.mtproto.message.PlainMessage;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.ServerDhParams;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParamsAnswer;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlReader;
import dev.tgsession.transport.PacketChannel;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Carries the client's side of a key exchange over a channel, one answer at a time. */
public final class HandshakeRunner {
    private final ServerKeys keys;
    private final SecureRandom random;
    private final Executor aside;
    private final InstantSource clock;
    private final Duration patience;

    /**
     * A runner.
     *
     * @param keys whom we believe
     * @param aside does what can be done while an answer is on its way
     * @param patience how long each single answer may take
     */
    public HandshakeRunner(
            ServerKeys keys, SecureRandom random, Executor aside, InstantSource clock, Duration patience) {
        this.keys = keys;
        this.random = random;
        this.aside = aside;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Agrees on a new key.
     *
     * @param dc the number of the data centre as key creation writes it
     * @throws FailedCheckException if the server fails a security check; nothing has been or will be sent after that
     * @throws HandshakeException if the server declined
     * @throws IOException if the line fails or an answer takes too long
     */
    public Agreed run(PacketChannel channel, int dc) throws IOException {
        var line = new Line(channel, new MessageIds(clock));
        var first = ClientHandshake.begin(keys, dc, random, EarlyDhSecret.begun(random, aside));
        var second = first.onResPq(line.ask(first.request(), ResPq.class, ClientHandshake.FIRST_STEP));
        Verdict verdict =
                second.onServerDhParams(line.ask(second.request(), ServerDhParams.class, ClientHandshake.SECOND_STEP));
        while (verdict instanceof AwaitingDhVerdict round) {
            verdict = round.onAnswer(
                    line.ask(round.request(), SetClientDhParamsAnswer.class, ClientHandshake.THIRD_STEP));
        }
        return verdict.agreed().orElseThrow(IllegalStateException::new);
    }

    private final class Line {
        private final PacketChannel channel;
        private final MessageIds ids;

        Line(PacketChannel channel, MessageIds ids) {
            this.channel = channel;
            this.ids = ids;
        }

        <T> T ask(Object request, Class<T> due, String step) throws IOException {
            channel.send(new PlainMessage(ids.next(), Schema.codec().write(request)).pack());
            Bytes payload = channel.receive(patience);
            Object answer;
            try {
                // Random bytes may follow the object, so what is left over is of no interest.
                answer = Schema.codec()
                        .read(new TlReader(PlainMessage.unpack(payload).body()));
            } catch (MalformedTlException e) {
                throw new FailedCheckException(step, "it cannot be read: " + e.getMessage());
            }
            if (!due.isInstance(answer)) {
                throw new FailedCheckException(step, "another message came");
            }
            return due.cast(answer);
        }
    }
}
