package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Side;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.MessageCipher;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.practice.PracticeSession.Said;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Numbers, seals and sends what the server says in a session, and keeps what the client has to acknowledge. */
final class Outbox {
    private static final int BLOCK = 16;
    private static final int LEAST_PADDING = 12;
    /** Clients ignore what is older than 300 seconds; what is sent again later gets a new number. */
    private static final Duration SAME_NUMBER_FOR = Duration.ofSeconds(200);

    private final InstantSource clock;
    /** One row for the whole server: some clients hang up over a number that is lower than their first. */
    private final MessageIds ids;

    private final Salts salts;
    private final SecureRandom random;
    private final Faults faults;

    Outbox(InstantSource clock, Salts salts, SecureRandom random, Faults faults) {
        this.clock = clock;
        this.ids = new MessageIds(clock);
        this.salts = salts;
        this.random = random;
        this.faults = faults;
    }

    /**
     * Answers a request with something that has to be acknowledged, and keeps it. If the client has gone over to another
     * connection meanwhile, the answer follows it there.
     */
    void answer(PracticeSession session, Link link, String about, long requestId, Bytes body) {
        synchronized (session) {
            say(
                    session,
                    session.link().orElse(link),
                    new Said(
                            ids.nextAnswer(),
                            session.nextSequenceNumber(true),
                            body,
                            about,
                            requestId,
                            clock.instant()));
        }
    }

    /** Answers something with a service message, which is said once and forgotten. */
    void service(PracticeSession session, Link link, String about, Bytes body) {
        synchronized (session) {
            send(session.key(), session.id(), link, about, ids.nextAnswer(), session.nextSequenceNumber(false), body);
        }
    }

    /** Says something unasked, if the session has a connection, and keeps it. */
    void unasked(PracticeSession session, Bytes body) {
        synchronized (session) {
            Optional<Link> link = session.link();
            if (link.isPresent()) {
                say(
                        session,
                        link.get(),
                        new Said(ids.nextUnasked(), session.nextSequenceNumber(true), body, "", 0, clock.instant()));
            }
        }
    }

    /** Says something to a session that does not exist yet and shall not exist by this. */
    void outside(KnownKey key, long sessionId, Link link, Bytes body) {
        send(key, sessionId, link, "", ids.nextAnswer(), 0, body);
    }

    /** Says again what was not acknowledged. */
    void again(PracticeSession session, Link link, Said said) {
        synchronized (session) {
            Said now = said;
            if (said.at().plus(SAME_NUMBER_FOR).isBefore(clock.instant())) {
                session.acknowledged(List.of(said.messageId()));
                long id = said.requestId() == 0 ? ids.nextUnasked() : ids.nextAnswer();
                now = new Said(
                        id,
                        session.nextSequenceNumber(true),
                        said.body(),
                        said.about(),
                        said.requestId(),
                        clock.instant());
            }
            say(session, link, now);
        }
    }

    private void say(PracticeSession session, Link link, Said said) {
        session.keep(said);
        send(session.key(), session.id(), link, said.about(), said.messageId(), said.sequenceNumber(), said.body());
    }

    private void send(KnownKey key, long sessionId, Link link, String about, long id, int sequenceNumber, Bytes body) {
        OnLink place = new OnLink(link, about);
        Message due = new Message(salts.current(key), sessionId, id, sequenceNumber, body);
        MessageCipher cipher = new MessageCipher(key.key(), Side.SERVER, random);
        try {
            for (Message message : faults.message(place, due)) {
                Bytes inside = MessageCipher.inside(message);
                Bytes plain = faults.plaintext(place, inside.plus(paddingFor(inside.size())));
                Bytes sealed = faults.sealed(place, cipher.sealPlain(plain));
                for (Bytes packet : faults.packets(place, sealed)) {
                    link.send(packet);
                }
            }
        } catch (IOException e) {
            // The client is gone. What it has to know is kept, in case it comes back.
            link.close();
        }
    }

    private Bytes paddingFor(int size) {
        byte[] padding = new byte[LEAST_PADDING + (BLOCK - (size + LEAST_PADDING) % BLOCK) % BLOCK];
        random.nextBytes(padding);
        return Bytes.of(padding);
    }
}
