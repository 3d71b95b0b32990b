package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Side;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.MessageCipher;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.practice.PracticeSession.Said;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.Faults.Place;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.Schema;
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
    /** A client's clock may be so far ahead of ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    private final InstantSource clock;
    /** One row for the whole server: some clients hang up over a number that is lower than their first. */
    private final MessageIds ids;

    private final Salts salts;
    private final SecureRandom random;
    private final Conduct conduct;
    private final AuthKeys keys;
    private final PracticeSessions sessions;

    Outbox(
            InstantSource clock,
            Salts salts,
            SecureRandom random,
            Conduct conduct,
            AuthKeys keys,
            PracticeSessions sessions) {
        this.clock = clock;
        this.ids = new MessageIds(clock);
        this.salts = salts;
        this.random = random;
        this.conduct = conduct;
        this.keys = keys;
        this.sessions = sessions;
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
        Faults faults = conduct.towards(key);
        Place place = place(link, about, key, sessionId);
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

    /** Where something happens in a session, for those who do something wrong there. */
    Place place(Link link, String about, KnownKey key, long sessionId) {
        return place(link, about, key, sessionId, () -> {});
    }

    /**
     * The same.
     *
     * @param beforeCut what to do before the line is cut there
     */
    Place place(Link link, String about, KnownKey key, long sessionId, Runnable beforeCut) {
        return new InSession(link, about, key, sessionId, beforeCut);
    }

    private final class InSession implements Place {
        private final Link link;
        private final String about;
        private final KnownKey key;
        private final long sessionId;
        private final Runnable beforeCut;

        InSession(Link link, String about, KnownKey key, long sessionId, Runnable beforeCut) {
            this.link = link;
            this.about = about;
            this.key = key;
            this.sessionId = sessionId;
            this.beforeCut = beforeCut;
        }

        @Override
        public int dc() {
            return link.dc();
        }

        @Override
        public int connection() {
            return link.number();
        }

        @Override
        public String about() {
            return about;
        }

        @Override
        public void cut() {
            beforeCut.run();
            link.close();
        }

        @Override
        public long freshId() {
            return ids.nextUnasked();
        }

        @Override
        public void newSalt() {
            key.turnSalt();
        }

        @Override
        public void forgetKey() {
            keys.remove(key.id());
            sessions.removeAll(key);
        }

        @Override
        public void renewSession() {
            sessions.remove(key, sessionId);
            begin(sessions.create(key, sessionId), link);
        }
    }

    /** What was sent until now belongs to the past: the client has to say it again. */
    private void begin(PracticeSession session, Link link) {
        session.attach(link, clock.instant());
        long first = MessageIds.of(clock.instant().plus(CLOCKS_DIFFER));
        unasked(
                session,
                Schema.codec().write(new NewSessionCreated(first, random.nextLong(), salts.current(session.key()))));
    }

    private Bytes paddingFor(int size) {
        byte[] padding = new byte[LEAST_PADDING + (BLOCK - (size + LEAST_PADDING) % BLOCK) % BLOCK];
        random.nextBytes(padding);
        return Bytes.of(padding);
    }
}
