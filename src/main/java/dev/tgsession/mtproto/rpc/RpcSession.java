package dev.tgsession.mtproto.rpc;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.Side;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Container;
import dev.tgsession.mtproto.message.Inflation;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.MessageCipher;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.mtproto.message.ReceivedMessages;
import dev.tgsession.mtproto.message.ReceivedMessages.Verdict;
import dev.tgsession.mtproto.message.SequenceNumbers;
import dev.tgsession.mtproto.message.ServerTime;
import dev.tgsession.mtproto.message.Unpacker;
import dev.tgsession.schema.MtprotoSchema.BadMsgNotification;
import dev.tgsession.schema.MtprotoSchema.BadServerSalt;
import dev.tgsession.schema.MtprotoSchema.MsgDetailedInfo;
import dev.tgsession.schema.MtprotoSchema.MsgNewDetailedInfo;
import dev.tgsession.schema.MtprotoSchema.MsgResendReq;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.MsgsStateInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsStateReq;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.MtprotoSchema.PingDelayDisconnect;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlMethod;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One session of one key: calls, acknowledgements, salts and repairs, without any input or output.
 *
 * <p>What goes out is returned as packets; what comes in is given to {@link #on}. One call waits at a time.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/service_messages">Service Messages</a> and <a
 * href="https://core.telegram.org/mtproto/service_messages_about_messages">Service Messages about Messages</a>.
 */
final class RpcSession {
    /** {@code rpc_result}. */
    private static final int RPC_RESULT = 0xf35c6d01;

    /** {@code rpc_error}. */
    private static final int RPC_ERROR = 0x2144ca19;

    /** How often one call may go out before we believe that something is wrong. */
    private static final int MOST_SENDINGS = 8;

    /** The same for what goes along with it: pings, questions, acknowledgements. */
    private static final int MOST_MENDINGS = 3 * MOST_SENDINGS;

    private static final int REMEMBERED = 64;
    private static final int MOST_UNPACKED = 16 << 20;
    private static final int SECONDS_TO_LIVE = 75;
    private static final int BAD_ID_TOO_LOW = 16;
    private static final int BAD_ID_TOO_HIGH = 17;
    private static final int BAD_TOO_OLD = 20;

    private final MessageCipher cipher;
    private final ServerTime time;
    private final SecureRandom random;
    private final ClientIdentity identity;
    private final Unpacker unpacker = new Unpacker(MOST_UNPACKED);
    private final Set<Long> retiredSessions = new HashSet<>();

    private long salt;
    private long sessionId;
    private MessageIds ids;
    private SequenceNumbers sequence;
    private ReceivedMessages heard;
    private boolean introduced;

    /** Whether the server has said anything in this session. */
    private boolean inTouch;

    private final List<Long> toAcknowledge = new ArrayList<>();
    private Optional<PendingCall> pending = Optional.empty();
    private Optional<StateRequest> stateRequest = Optional.empty();
    private final Map<Long, Sent> sent = new LinkedHashMap<>();
    private int mendings;
    private boolean heardFromAnotherTime;
    private Optional<String> notice = Optional.empty();

    /** A question about a call, by the ids of both. */
    private record StateRequest(long id, long about) {}

    /** What a packet of ours was for, so that it can be mended if the server refuses it. */
    private record Sent(Purpose purpose, List<Long> acknowledged) {}

    private enum Purpose {
        CALL,
        STATE_REQUEST,
        PING,
        ACKNOWLEDGEMENT,
        OTHER
    }

    RpcSession(AuthKey key, long salt, ServerTime time, SecureRandom random, ClientIdentity identity) {
        this.cipher = new MessageCipher(key, Side.CLIENT, random);
        this.salt = salt;
        this.time = time;
        this.random = random;
        this.identity = identity;
        this.sessionId = freshSessionId();
        this.ids = new MessageIds(time);
        this.sequence = new SequenceNumbers();
        this.heard = new ReceivedMessages(time);
    }

    /** Begins a call; returns the packet that carries it. */
    Bytes begin(TlMethod<?> method) {
        pending = Optional.of(new PendingCall(method));
        mendings = 0;
        heardFromAnotherTime = false;
        notice = Optional.empty();
        return send(pending.get());
    }

    /** The object that answers the call, if it has come. */
    Optional<Bytes> result() {
        return pending.flatMap(PendingCall::result);
    }

    /** Forgets the call, answered or not. */
    void end() {
        pending = Optional.empty();
        stateRequest = Optional.empty();
    }

    /** Whether something was ignored during this call because its date cannot be right. */
    boolean heardFromAnotherTime() {
        return heardFromAnotherTime;
    }

    /** What Telegram asked us to show to the person during this call. */
    Optional<String> notice() {
        return notice;
    }

    /** A sign of life that the server has to answer, and that makes it hang up 75 seconds later if we are gone. */
    Bytes ping() {
        var ping = new PingDelayDisconnect(random.nextLong(), SECONDS_TO_LIVE);
        return sendService(
                ids.next(), new Sent(Purpose.PING, List.of()), Schema.codec().write(ping));
    }

    /** The acknowledgements that are due, if any. */
    Optional<Bytes> acknowledgements() {
        if (toAcknowledge.isEmpty()) {
            return Optional.empty();
        }
        List<Long> due = List.copyOf(toAcknowledge);
        toAcknowledge.clear();
        return Optional.of(sendService(ids.next(), new Sent(Purpose.ACKNOWLEDGEMENT, due), acknowledgement(due)));
    }

    /**
     * Another line carries the session from now on.
     *
     * @return the packet to send first on it: the question what has become of the call that waits, or a ping
     */
    Bytes resumed() {
        if (inTouch) {
            // A server that never spoke in this session and then calls it new did not get the call.
            pending.ifPresent(PendingCall::lineChanged);
        }
        return pending.map(this::askForState).orElseGet(this::ping);
    }

    /**
     * Hears a packet of the server.
     *
     * @return the packets to send because of it
     * @throws FailedCheckException if a check on the message fails: nothing of it was used, nothing may be sent any more
     * @throws MalformedTlException if it is the server's, but makes no sense
     * @throws AnswerLostException if the answer to the call that waits can never come
     * @throws RefusedTooOftenException if the server takes nothing that we send
     */
    List<Bytes> on(Bytes payload) throws IOException {
        Message message = cipher.open(payload);
        if (message.sessionId() != sessionId) {
            if (retiredSessions.contains(message.sessionId())) {
                return List.of();
            }
            throw new FailedCheckException(MessageCipher.STEP, "it belongs to another session");
        }
        Verdict whole = heard.judge(message.id());
        inTouch = true;
        List<Bytes> replies = new ArrayList<>();
        for (ContainedMessage part : unpacker.unpack(message)) {
            Verdict verdict = part.id() == message.id() ? whole : worse(whole, heard.judge(part.id()));
            if (part.isContent() && !toAcknowledge.contains(part.id())) {
                toAcknowledge.add(part.id());
            }
            hear(part, verdict, replies);
        }
        return replies;
    }

    private static Verdict worse(Verdict container, Verdict inner) {
        return container == Verdict.NEW ? inner : container;
    }

    private void hear(ContainedMessage part, Verdict verdict, List<Bytes> replies) throws IOException {
        if (verdict == Verdict.KNOWN) {
            return;
        }
        if (part.constructor() == RPC_RESULT) {
            if (verdict == Verdict.NEW) {
                onResult(part);
            } else {
                heardFromAnotherTime = true;
            }
            return;
        }
        Object object;
        try {
            object = Schema.codec().read(part.body());
        } catch (MalformedTlException e) {
            // Some update of a kind we do not know. Its length is known, so it does no harm.
            Notices.in(part.body()).ifPresent(text -> notice = Optional.of(text));
            return;
        }
        if (object instanceof BadServerSalt bad) {
            onBadServerSalt(bad, replies);
        } else if (object instanceof BadMsgNotification bad) {
            onBadMsgNotification(bad, part.id(), replies);
        } else if (object instanceof NewSessionCreated created) {
            onNewSessionCreated(created, replies);
        } else if (verdict == Verdict.OUT_OF_TIME) {
            heardFromAnotherTime = true;
        } else if (object instanceof MsgsAck ack) {
            pending.filter(call -> ack.msgIds().contains(call.newestId())).ifPresent(PendingCall::received);
        } else if (object instanceof MsgsStateInfo info) {
            onMsgsStateInfo(info, replies);
        } else if (object instanceof MsgDetailedInfo info) {
            askForAnswer(info.answerMsgId(), replies);
        } else if (object instanceof MsgNewDetailedInfo info) {
            askForAnswer(info.answerMsgId(), replies);
        } else {
            Notices.in(part.body()).ifPresent(text -> notice = Optional.of(text));
        }
    }

    private void onResult(ContainedMessage part) throws MalformedTlException {
        Bytes body = part.body();
        if (body.size() < 16) {
            throw new MalformedTlException("an rpc_result of " + body.size() + " bytes");
        }
        long asked = body.longAt(4);
        Optional<PendingCall> call = pending.filter(waiting -> waiting.wasSentAs(asked));
        if (call.isPresent() && call.get().result().isEmpty()) {
            call.get().answeredBy(new Inflation(MOST_UNPACKED).inflate(body.from(12)));
            introduced = true;
        }
    }

    /** Our introduction was lost on the server; the next call brings it again. */
    void notIntroduced() {
        introduced = false;
    }

    private void onBadServerSalt(BadServerSalt bad, List<Bytes> replies) throws IOException {
        Optional<Sent> refused = Optional.ofNullable(sent.get(bad.badMsgId()));
        if (refused.isPresent()) {
            salt = bad.newServerSalt();
            mend(refused.get(), replies);
        }
    }

    private void onBadMsgNotification(BadMsgNotification bad, long messageId, List<Bytes> replies) throws IOException {
        Optional<Sent> refused = Optional.ofNullable(sent.get(bad.badMsgId()));
        if (refused.isEmpty()) {
            return;
        }
        int code = bad.errorCode();
        if (code == BAD_ID_TOO_LOW || code == BAD_ID_TOO_HIGH) {
            time.is(MessageIds.dateOf(messageId));
        }
        boolean call = refused.get().purpose() == Purpose.CALL;
        if (code == BAD_TOO_OLD
                && call
                && pending.isPresent()
                && !Repeatable.isHarmless(pending.get().method())) {
            throw lost(pending.get());
        }
        if (code != BAD_ID_TOO_LOW && code != BAD_TOO_OLD) {
            // Ids and numbers only ever grow in a session, so going back means another one.
            beginNewSession();
        }
        mend(refused.get(), replies);
    }

    private void onNewSessionCreated(NewSessionCreated created, List<Bytes> replies) throws IOException {
        salt = created.serverSalt();
        Optional<PendingCall> forgotten = pending.filter(
                call -> call.result().isEmpty() && Long.compareUnsigned(call.newestId(), created.firstMsgId()) < 0);
        if (forgotten.isEmpty()) {
            return;
        }
        introduced = false;
        if (!forgotten.get().mayBeSentAgain()) {
            throw lost(forgotten.get());
        }
        sendAgain(forgotten.get(), replies);
    }

    private void onMsgsStateInfo(MsgsStateInfo info, List<Bytes> replies) throws IOException {
        Optional<StateRequest> asked = stateRequest.filter(request -> request.id() == info.reqMsgId());
        if (asked.isEmpty() || info.info().isEmpty()) {
            return;
        }
        stateRequest = Optional.empty();
        int state = info.info().at(0) & 7;
        if (state >= 1 && state <= 3) {
            // 1, 2 and 3 say in three ways that the call never arrived.
            Optional<PendingCall> call =
                    pending.filter(waiting -> waiting.newestId() == asked.get().about()
                            && waiting.result().isEmpty());
            if (call.isPresent()) {
                repeat(call.get(), replies);
            }
        } else {
            pending.filter(call -> call.newestId() == asked.get().about()).ifPresent(PendingCall::received);
        }
    }

    private void askForAnswer(long answerId, List<Bytes> replies) {
        if (!heard.knows(answerId)
                && pending.isPresent()
                && pending.get().result().isEmpty()) {
            var request = new MsgResendReq(List.of(answerId));
            replies.add(sendService(
                    ids.next(),
                    new Sent(Purpose.OTHER, List.of()),
                    Schema.codec().write(request)));
        } else if (!toAcknowledge.contains(answerId)) {
            toAcknowledge.add(answerId);
        }
    }

    /** Sends again, under a new id, what the server would not take. */
    private void mend(Sent refused, List<Bytes> replies) throws IOException {
        mendings++;
        if (mendings > MOST_MENDINGS) {
            throw new RefusedTooOftenException(MOST_MENDINGS);
        }
        toAcknowledge.addAll(refused.acknowledged());
        Optional<PendingCall> call = pending.filter(waiting -> waiting.result().isEmpty());
        if (refused.purpose() == Purpose.CALL && call.isPresent()) {
            sendAgain(call.get(), replies);
        } else if (refused.purpose() == Purpose.STATE_REQUEST && call.isPresent()) {
            replies.add(askForState(call.get()));
        } else if (refused.purpose() == Purpose.PING) {
            replies.add(ping());
        } else {
            acknowledgements().ifPresent(replies::add);
        }
    }

    private void sendAgain(PendingCall call, List<Bytes> replies) throws IOException {
        if (call.timesSent() >= MOST_SENDINGS) {
            throw new RefusedTooOftenException(MOST_SENDINGS);
        }
        replies.add(send(call));
    }

    /**
     * Sends again under the same id: should the first one still be on its way over the old line, the server knows the two
     * for one, and acts once.
     */
    private void repeat(PendingCall call, List<Bytes> replies) throws IOException {
        if (call.timesSent() >= MOST_SENDINGS) {
            throw new RefusedTooOftenException(MOST_SENDINGS);
        }
        call.sentOnceMore();
        replies.add(seal(call.newestId(), call.newestSequenceNumber(), call.newestBody()));
    }

    private Bytes send(PendingCall call) {
        TlMethod<?> method = introduced ? call.method() : identity.introduce(call.method());
        Bytes body = Schema.codec().write(method);
        List<Long> due = List.copyOf(toAcknowledge);
        toAcknowledge.clear();
        Sent calling = new Sent(Purpose.CALL, due);
        if (due.isEmpty()) {
            long id = ids.next();
            int number = sequence.nextContent();
            call.sentAs(id, number, body);
            remember(id, calling);
            return seal(id, number, body);
        }
        // The cheapest place for an acknowledgement is beside a call.
        var acknowledging = new ContainedMessage(ids.next(), sequence.nextService(), acknowledgement(due));
        var inner = new ContainedMessage(ids.next(), sequence.nextContent(), body);
        call.sentAs(inner.id(), inner.sequenceNumber(), body);
        remember(inner.id(), calling);
        return sendService(ids.next(), calling, Container.pack(List.of(acknowledging, inner)));
    }

    private Bytes askForState(PendingCall call) {
        long id = ids.next();
        stateRequest = Optional.of(new StateRequest(id, call.newestId()));
        Bytes question = Schema.codec().write(new MsgsStateReq(List.of(call.newestId())));
        return sendService(id, new Sent(Purpose.STATE_REQUEST, List.of()), question);
    }

    private static Bytes acknowledgement(List<Long> messageIds) {
        return Schema.codec().write(new MsgsAck(messageIds));
    }

    private Bytes sendService(long id, Sent what, Bytes body) {
        remember(id, what);
        return seal(id, sequence.nextService(), body);
    }

    private void remember(long id, Sent what) {
        sent.put(id, what);
        if (sent.size() > REMEMBERED) {
            sent.remove(sent.keySet().iterator().next());
        }
    }

    private Bytes seal(long id, int sequenceNumber, Bytes body) {
        return cipher.seal(new Message(salt, sessionId, id, sequenceNumber, body));
    }

    private void beginNewSession() {
        retiredSessions.add(sessionId);
        sessionId = freshSessionId();
        ids = new MessageIds(time);
        sequence = new SequenceNumbers();
        heard = new ReceivedMessages(time);
        toAcknowledge.clear();
        sent.clear();
        introduced = false;
        inTouch = false;
    }

    private long freshSessionId() {
        long id = random.nextLong();
        while (id == 0) {
            id = random.nextLong();
        }
        return id;
    }

    private static AnswerLostException lost(PendingCall call) {
        return new AnswerLostException(call.method().getClass().getSimpleName());
    }

    /** The error in this object, if it is one. */
    static Optional<RpcError> errorIn(Bytes object) throws MalformedTlException {
        if (object.size() >= 4 && object.intAt(0) == RPC_ERROR) {
            return Optional.of((RpcError) Schema.codec().read(object));
        }
        return Optional.empty();
    }
}
