package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.Side;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Container;
import dev.tgsession.mtproto.message.Inflation;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.MessageCipher;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.practice.PracticeSession.Said;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.Faults.Place;
import dev.tgsession.practice.faults.NamedFaults;
import dev.tgsession.practice.faults.Repertoire;
import dev.tgsession.schema.MtprotoSchema.BadMsgNotification;
import dev.tgsession.schema.MtprotoSchema.BadServerSalt;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes encrypted messages: judges them in the order in which Telegram does, and hands what is inside on.
 *
 * <p>The order of the checks can be seen from outside and clients rely on it: a wrong salt is answered before a session
 * is said to be new, and a session is said to be new before its first call is answered.
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/service_messages_about_messages">Service Messages about
 * Messages</a>.
 */
final class EncryptedTraffic {
    /** An {@code rpc_result}; its content has a length of its own, so no record stands for it. */
    private static final int RPC_RESULT = 0xf35c6d01;

    private static final int INFLATED_LIMIT = 1 << 20;
    private static final Duration OLDEST = Duration.ofSeconds(300);
    private static final Duration NEWEST = Duration.ofSeconds(30);

    private static final Duration ACKNOWLEDGE_AFTER = Duration.ofSeconds(1);
    private static final int MOST_REMARKS = 100;

    private static final int TOO_OLD = 16;
    private static final int TOO_NEW = 17;
    private static final int NOT_BY_FOUR = 18;
    private static final int WRONG_SALT = 48;
    private static final int BAD_CONTAINER = 64;

    private final InstantSource clock;
    private final SecureRandom random;
    private final AuthKeys keys;
    private final Salts salts;
    private final PracticeSessions sessions;
    private final Outbox outbox;
    private final Layers layers;
    private final ServiceDesk serviceDesk;
    private final Reception reception;
    private final Conduct conduct;
    private final PracticeConsole console;
    private final IncomingRequests requests;
    private final Later later;
    /** Layers that are newer or older than all of ours and have been remarked upon. */
    private final Set<Integer> newLayers = ConcurrentHashMap.newKeySet();

    private final Inflation inflation = new Inflation(INFLATED_LIMIT);
    private final MethodNames names = new MethodNames();
    private final CallReader callReader;

    EncryptedTraffic(
            InstantSource clock,
            SecureRandom random,
            AuthKeys keys,
            Salts salts,
            PracticeSessions sessions,
            Outbox outbox,
            Layers layers,
            ServiceDesk serviceDesk,
            Reception reception,
            Conduct conduct,
            PracticeConsole console,
            IncomingRequests requests,
            Later later,
            boolean strict) {
        this.clock = clock;
        this.random = random;
        this.keys = keys;
        this.salts = salts;
        this.sessions = sessions;
        this.outbox = outbox;
        this.layers = layers;
        this.serviceDesk = serviceDesk;
        this.reception = reception;
        this.conduct = conduct;
        this.console = console;
        this.requests = requests;
        this.later = later;
        this.callReader = new CallReader(layers, names, inflation, strict);
    }

    /**
     * Answers one encrypted packet.
     *
     * @throws IOException if the connection is gone
     */
    void onPacket(Bytes packet, Link link) throws IOException {
        Optional<KnownKey> key = keys.find(packet.longAt(0)).filter(this::isAlive);
        if (key.isEmpty()) {
            requests.add(link, Kind.UNREADABLE, "unknown key");
            console.refused(link.dc(), "a message came with a key that this server does not know (or no longer)");
            // The line stays open: some clients make their new key on it.
            link.refuse(TransportRefusedException.NOT_FOUND);
            return;
        }
        Message message;
        try {
            message = new MessageCipher(key.get().key(), Side.SERVER, random).open(packet);
        } catch (FailedCheckException e) {
            requests.add(link, Kind.UNREADABLE, "encrypted message");
            console.refused(link.dc(), "an encrypted message was not taken: " + e.getMessage());
            link.refuse(TransportRefusedException.NOT_FOUND);
            link.close();
            return;
        }
        onMessage(message, key.get(), link);
    }

    /** A temporary key dies by itself. */
    private boolean isAlive(KnownKey key) {
        boolean alive =
                key.expires().filter(end -> !clock.instant().isBefore(end)).isEmpty();
        if (!alive) {
            keys.remove(key.id());
        }
        return alive;
    }

    private void onMessage(Message message, KnownKey key, Link link) {
        int due = salts.accepts(key, message.salt()) ? faultOf(message.id()) : WRONG_SALT;
        int fault = conduct.towards(key).judgement(outbox.place(link, "", key, message.sessionId()), message, due);
        if (fault == WRONG_SALT) {
            // No reason for the console: many clients begin each connection so, to be told the salt.
            outside(
                    message,
                    key,
                    link,
                    new BadServerSalt(message.id(), message.sequenceNumber(), WRONG_SALT, salts.current(key)));
            return;
        }
        if (fault != 0) {
            console.refused(link.dc(), "a message was not taken: " + wordsFor(fault));
            outside(message, key, link, new BadMsgNotification(message.id(), message.sequenceNumber(), fault));
            return;
        }
        List<ContainedMessage> contents;
        try {
            contents = contents(message);
        } catch (MalformedTlException e) {
            console.refused(link.dc(), "a container was not taken: " + e.getMessage());
            outside(message, key, link, new BadMsgNotification(message.id(), message.sequenceNumber(), BAD_CONTAINER));
            return;
        }
        link.trusted(key.owner().flatMap(KnownKey::login).isPresent());
        long firstId = contents.isEmpty() ? message.id() : contents.get(0).id();
        PracticeSessions.Found found = sessions.findOrCreate(key, message.sessionId(), firstId, link);
        PracticeSession session = found.session();
        if (session.isOvertaken(message.id(), link)) {
            return;
        }
        boolean moved = session.attach(link, clock.instant());
        if (found.isNew() && !contents.isEmpty()) {
            NewSessionCreated news = new NewSessionCreated(firstId, random.nextLong(), salts.current(key));
            outbox.unasked(session, Schema.codec().write(news));
        } else if (moved) {
            for (Said said : session.unacknowledged()) {
                outbox.again(session, link, said);
            }
        }
        boolean container = contents.size() != 1 || contents.get(0).id() != message.id();
        if (container && !session.hear(message.id())) {
            sayAgain(session, link, contents);
            return;
        }
        for (ContainedMessage each : contents) {
            onContent(each, message.id(), session, link);
        }
    }

    private void outside(Message message, KnownKey key, Link link, Object answer) {
        outbox.outside(key, message.sessionId(), link, Schema.codec().write(answer));
    }

    private int faultOf(long messageId) {
        if ((messageId & 3) != 0) {
            return NOT_BY_FOUR;
        }
        Instant now = clock.instant();
        Instant made = MessageIds.dateOf(messageId);
        if (made.isBefore(now.minus(OLDEST))) {
            return TOO_OLD;
        }
        return made.isAfter(now.plus(NEWEST)) ? TOO_NEW : 0;
    }

    private static String wordsFor(int fault) {
        return switch (fault) {
            case TOO_OLD -> "its id is more than 300 seconds old, so the client's clock is behind (16)";
            case TOO_NEW -> "its id is more than 30 seconds ahead, so the client's clock is fast (17)";
            case NOT_BY_FOUR -> "its id is not divisible by four (18)";
            case 32 -> "its sequence number is lower than that of an earlier message (32)";
            case 33 -> "its sequence number is higher than that of a later message (33)";
            case 34 -> "its sequence number is odd, and nobody acknowledges such a message (34)";
            case 35 -> "its sequence number is even, and such a message has to be acknowledged (35)";
            default -> "bad_msg_notification " + fault;
        };
    }

    /** The messages of a container, or the message itself; a container in a container is not allowed. */
    private List<ContainedMessage> contents(Message message) throws MalformedTlException {
        ContainedMessage whole = new ContainedMessage(message.id(), message.sequenceNumber(), inflate(message.body()));
        if (whole.constructor() != Container.ID) {
            return List.of(whole);
        }
        List<ContainedMessage> inner = Container.unpack(whole.body());
        for (ContainedMessage each : inner) {
            if (each.constructor() == Container.ID) {
                throw new MalformedTlException("a container stands in a container");
            }
            if ((each.id() & 3) != 0) {
                throw new MalformedTlException("a message id in a container is not divisible by four");
            }
        }
        return inner;
    }

    /** The object without its compression; one that cannot be decompressed stays, to be refused where it is read. */
    private Bytes inflate(Bytes body) {
        try {
            return inflation.inflate(body);
        } catch (MalformedTlException e) {
            return body;
        }
    }

    private void sayAgain(PracticeSession session, Link link, List<ContainedMessage> contents) {
        for (ContainedMessage each : contents) {
            session.answerTo(each.id()).ifPresent(said -> outbox.again(session, link, said));
        }
    }

    private void onContent(ContainedMessage message, long packetId, PracticeSession session, Link link) {
        if (!session.hear(message.id())) {
            sayAgain(session, link, List.of(message));
            return;
        }
        if (!serviceDesk.takes(
                new ContainedMessage(message.id(), message.sequenceNumber(), inflate(message.body())), session, link)) {
            onCall(message, packetId, session, link);
        }
    }

    private void onCall(ContainedMessage message, long packetId, PracticeSession session, Link link) {
        KnownKey key = session.key();
        String name = "";
        Bytes result;
        AtomicBoolean answered = new AtomicBoolean();
        later.after(ACKNOWLEDGE_AFTER, () -> {
            if (!answered.get()) {
                acknowledge(message, session, link);
            }
        });
        try {
            Call call = callReader.read(message.body(), key, layer -> remarkOn(layer, link));
            name = call.name();
            requests.add(link, Kind.CALL, name);
            rehearse(call, key, link);
            // Once the line is cut nobody may be told that the call came: it was not carried out.
            Place place = outbox.place(link, name, key, session.id(), () -> {
                session.unhear(packetId);
                session.unhear(message.id());
            });
            if (!conduct.towards(key).call(place)) {
                return;
            }
            result = layers.write(
                    reception.answer(call, key, session.id(), message.id(), link), Layers.nearest(key.layer()));
        } catch (Refusal refusal) {
            result = refused(name.isEmpty() ? names.of(message.constructor()) : name, refusal, link);
        } catch (MalformedTlException e) {
            name = names.of(message.constructor());
            requests.add(link, Kind.UNREADABLE, name);
            result = refused(name, new Refusal(400, "INPUT_FETCH_ERROR", String.valueOf(e.getMessage())), link);
        } catch (RuntimeException e) {
            result = refused(
                    name, new Refusal(500, "INTERNAL", "this is the practice server's own mistake: " + e), link);
        }
        Faults faults = conduct.towards(key);
        Place place = outbox.place(link, name, key, session.id());
        List<Bytes> results = faults.result(place, result);
        Duration delay = faults.delay(place);
        answered.set(true);
        if (delay.isZero()) {
            answer(results, name, message, session, link);
        } else {
            acknowledge(message, session, link);
            String about = name;
            later.after(delay, () -> answer(results, about, message, session, link));
        }
    }

    private void answer(
            List<Bytes> results, String about, ContainedMessage message, PracticeSession session, Link link) {
        for (Bytes each : results) {
            Bytes body = Bytes.join(Bytes.ofInt(RPC_RESULT), Bytes.ofLong(message.id()), each);
            outbox.answer(session, link, about, message.id(), body);
        }
    }

    /** Some numbers change how the server behaves towards whoever logs in with them. */
    private void rehearse(Call call, KnownKey key, Link link) {
        if (call.method() instanceof SendCode login) {
            Optional<NamedFaults> scenario =
                    PracticeAccounts.lastFour(login.phoneNumber()).flatMap(Repertoire::scenario);
            if (key.owner().orElse(key).rehearse(scenario) && scenario.isPresent()) {
                console.note(
                        link.dc(),
                        "scenario " + scenario.get().name() + ": from now on the server "
                                + scenario.get().story());
            }
        }
    }

    /** An answer acknowledges by itself; one that is slow in coming is announced, or clients begin to ask. */
    private void acknowledge(ContainedMessage message, PracticeSession session, Link link) {
        if (link.isOpen()) {
            outbox.service(session, link, "", Schema.codec().write(new MsgsAck(List.of(message.id()))));
        }
    }

    private void remarkOn(int layer, Link link) {
        if (newLayers.size() < MOST_REMARKS && newLayers.add(layer)) {
            console.note(
                    link.dc(), "a client speaks layer " + layer + "; it is answered in layer " + Layers.nearest(layer));
        }
    }

    private Bytes refused(String name, Refusal refusal, Link link) {
        String why = Reasons.of(refusal).map(words -> " (" + words + ")").orElse("");
        console.refused(link.dc(), name + ": " + refusal.code() + " " + refusal.text() + why);
        return Schema.codec().write(new RpcError(refusal.code(), refusal.text()));
    }
}
