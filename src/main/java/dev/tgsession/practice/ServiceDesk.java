package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.practice.PracticeSession.Said;
import dev.tgsession.schema.MtprotoSchema.DestroyAuthKey;
import dev.tgsession.schema.MtprotoSchema.DestroyAuthKeyOk;
import dev.tgsession.schema.MtprotoSchema.DestroySession;
import dev.tgsession.schema.MtprotoSchema.DestroySessionNone;
import dev.tgsession.schema.MtprotoSchema.DestroySessionOk;
import dev.tgsession.schema.MtprotoSchema.FutureSalts;
import dev.tgsession.schema.MtprotoSchema.GetFutureSalts;
import dev.tgsession.schema.MtprotoSchema.HttpWait;
import dev.tgsession.schema.MtprotoSchema.MsgResendReq;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.MsgsAllInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsStateInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsStateReq;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.MtprotoSchema.PingDelayDisconnect;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.MtprotoSchema.RpcAnswerDropped;
import dev.tgsession.schema.MtprotoSchema.RpcAnswerUnknown;
import dev.tgsession.schema.MtprotoSchema.RpcDropAnswer;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers what is not a call: pings, salts, and messages about messages.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/service_messages">Service Messages</a>.
 */
final class ServiceDesk {
    private static final int RPC_RESULT = 0xf35c6d01;

    private static final byte NEVER_HEARD = 1;
    private static final byte RECEIVED = 4;
    private static final byte ANSWERED = 4 + 64;

    /** GramJS asks to be kept for 60000 seconds of silence. */
    private static final int LONGEST_SILENCE = 600;
    /** mtcute asks to be hung up on after 7 seconds, and then says nothing for a minute. */
    private static final int SHORTEST_SILENCE = 90;
    /** A ping may be a little late. */
    private static final int GRACE = 10;

    private static final Set<Integer> IDS = MethodNames.idsOf(
            Ping.class,
            PingDelayDisconnect.class,
            GetFutureSalts.class,
            MsgsAck.class,
            MsgsStateReq.class,
            MsgResendReq.class,
            RpcDropAnswer.class,
            DestroySession.class,
            DestroyAuthKey.class,
            HttpWait.class,
            MsgsAllInfo.class,
            MsgsStateInfo.class);

    private final InstantSource clock;
    private final Salts salts;
    private final AuthKeys keys;
    private final PracticeSessions sessions;
    private final Outbox outbox;
    private final Conduct conduct;
    private final PracticeConsole console;
    private final IncomingRequests requests;

    ServiceDesk(
            InstantSource clock,
            Salts salts,
            AuthKeys keys,
            PracticeSessions sessions,
            Outbox outbox,
            Conduct conduct,
            PracticeConsole console,
            IncomingRequests requests) {
        this.clock = clock;
        this.salts = salts;
        this.keys = keys;
        this.sessions = sessions;
        this.outbox = outbox;
        this.conduct = conduct;
        this.console = console;
        this.requests = requests;
    }

    /** Answers a service message; false if it is a call. */
    boolean takes(ContainedMessage message, PracticeSession session, Link link) {
        Object object;
        if (!IDS.contains(message.constructor())) {
            return false;
        }
        try {
            object = Schema.codec().read(message.body());
        } catch (MalformedTlException e) {
            requests.add(link, Kind.UNREADABLE, "service message");
            console.refused(link.dc(), "a service message cannot be read: " + e.getMessage());
            return true;
        }
        String name = MethodNames.of(object);
        requests.add(link, Kind.SERVICE, name);
        new Turn(session, link, message.id(), name).answer(object);
        return true;
    }

    /** One message's turn at the desk. */
    private final class Turn {
        private final PracticeSession session;
        private final Link link;
        private final long messageId;
        private final String name;

        Turn(PracticeSession session, Link link, long messageId, String name) {
            this.session = session;
            this.link = link;
            this.messageId = messageId;
            this.name = name;
        }

        void answer(Object message) {
            if (message instanceof Ping ping) {
                say(new Pong(messageId, ping.pingId()));
            } else if (message instanceof PingDelayDisconnect ping) {
                boolean punctual = conduct.towards(session.key()).punctual();
                int wish = Math.min(ping.disconnectDelay(), LONGEST_SILENCE);
                int silence = punctual ? Math.max(1, wish) : Math.max(SHORTEST_SILENCE, wish) + GRACE;
                link.hangUpAfter(Duration.ofSeconds(silence));
                say(new Pong(messageId, ping.pingId()));
            } else if (message instanceof GetFutureSalts wish) {
                say(new FutureSalts(messageId, now(), salts.future(session.key(), wish.num())));
            } else if (message instanceof MsgsAck ack) {
                session.acknowledged(ack.msgIds());
            } else if (message instanceof MsgsStateReq question) {
                say(state(question.msgIds()));
            } else if (message instanceof MsgResendReq wish) {
                sayAgain(wish.msgIds());
            } else if (message instanceof RpcDropAnswer wish) {
                drop(wish.reqMsgId());
            } else if (message instanceof DestroySession wish) {
                boolean there = wish.sessionId() != session.id() && sessions.remove(session.key(), wish.sessionId());
                say(there ? new DestroySessionOk(wish.sessionId()) : new DestroySessionNone(wish.sessionId()));
            } else if (message instanceof DestroyAuthKey) {
                keys.remove(session.key().id());
                sessions.removeAll(session.key());
                say(new DestroyAuthKeyOk());
            }
            // The rest (http_wait, information about our messages) needs no answer.
        }

        /** 1 for what was never heard, 4 for what was executed, 64 more when its answer is at hand. */
        private MsgsStateInfo state(List<Long> asked) {
            byte[] info = new byte[asked.size()];
            for (int i = 0; i < info.length; i++) {
                boolean heard = session.hasHeard(asked.get(i));
                boolean answered = session.answerTo(asked.get(i)).isPresent();
                info[i] = !heard ? NEVER_HEARD : answered ? ANSWERED : RECEIVED;
            }
            return new MsgsStateInfo(messageId, Bytes.of(info));
        }

        private void sayAgain(List<Long> asked) {
            List<Long> unknown = new ArrayList<>();
            for (long each : asked) {
                Optional<Said> said = session.said(each);
                if (said.isPresent()) {
                    outbox.again(session, link, said.get());
                } else {
                    unknown.add(each);
                }
            }
            if (!unknown.isEmpty()) {
                say(state(unknown));
            }
        }

        private void drop(long requestId) {
            Optional<Said> said = session.answerTo(requestId);
            Object answer = new RpcAnswerUnknown();
            if (said.isPresent()) {
                Said dropped = said.get();
                session.acknowledged(List.of(dropped.messageId()));
                answer = new RpcAnswerDropped(
                        dropped.messageId(),
                        dropped.sequenceNumber(),
                        dropped.body().size());
            }
            outbox.answer(
                    session,
                    link,
                    name,
                    messageId,
                    Bytes.join(
                            Bytes.ofInt(RPC_RESULT),
                            Bytes.ofLong(messageId),
                            Schema.codec().write(answer)));
        }

        private void say(Object answer) {
            outbox.service(session, link, name, Schema.codec().write(answer));
        }

        private int now() {
            return (int) clock.instant().getEpochSecond();
        }
    }
}
