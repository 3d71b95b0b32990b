package dev.tgsession.sync;

import dev.tgsession.crypto.Password;
import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.EndOfAnswersException;
import dev.tgsession.login.Login;
import dev.tgsession.login.Talk;
import dev.tgsession.login.TalkingPrompter;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.rpc.ClientIdentity;
import dev.tgsession.mtproto.rpc.KeyMakingDialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.TcpOpener;
import dev.tgsession.practice.IncomingRequest;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.transport.TransportChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A practice server on loopback, on a clock that moves on when somebody waits, and logins to it. */
final class Practice implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RsaPrivateKey KEY = RsaPrivateKey.generate(RANDOM);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final MovedClock clock = new MovedClock();
    final PracticeServer server;

    /** Real time, and as much later as was waited. */
    static final class MovedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void move(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Somebody who has all answers ready. */
    private static final class Ready implements Talk {
        private final Deque<String> answers;

        Ready(List<String> answers) {
            this.answers = new ArrayDeque<>(answers);
        }

        @Override
        public String ask(String prompt) throws IOException {
            if (answers.isEmpty()) {
                throw new EndOfAnswersException(prompt);
            }
            return answers.removeFirst();
        }

        @Override
        public Password askHidden(String prompt) throws IOException {
            return new Password(ask(prompt).toCharArray());
        }

        @Override
        public void tell(String line) {}
    }

    Practice(int dialogs) throws IOException {
        server = PracticeServer.start(PracticeSettings.of(KEY, clock, RANDOM).withDialogs(dialogs));
    }

    Session login(String... answers) throws Exception {
        return new Login(
                        dialer(),
                        dataCenter(),
                        new ApiCredentials(1, "0".repeat(32)),
                        new TalkingPrompter(new Ready(List.of(answers)), Optional.empty()),
                        clock,
                        clock::move,
                        RANDOM)
                .run();
    }

    RpcConnection connect(Session session) throws IOException {
        return dialer().dial(session.dataCenter(), session.authKey());
    }

    /** How often a method was called. */
    long calls(String name) {
        return server.requests().stream()
                .map(IncomingRequest::name)
                .filter(name::equals)
                .count();
    }

    private KeyMakingDialer dialer() {
        return new KeyMakingDialer(
                new TcpOpener(TransportChoice.DEFAULT, PATIENCE, RANDOM),
                ServerKeys.own(server.publicKey()),
                new ClientIdentity(1, "test", "test", "1", "en"),
                RANDOM,
                Runnable::run,
                clock,
                clock::move,
                PATIENCE,
                PATIENCE);
    }

    private DataCenter dataCenter() {
        InetSocketAddress address = server.address(2);
        return new DataCenter(2, address.getHostString(), address.getPort(), Environment.PRACTICE);
    }

    /** How long the clock was moved, if at all. */
    OptionalLong secondsMoved() {
        return clock.ahead.isZero() ? OptionalLong.empty() : OptionalLong.of(clock.ahead.toSeconds());
    }

    @Override
    public void close() {
        server.close();
    }
}
