package dev.tgsession.hostile;

import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.Login;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.rpc.ClientIdentity;
import dev.tgsession.mtproto.rpc.KeyMakingDialer;
import dev.tgsession.mtproto.rpc.TcpOpener;
import dev.tgsession.practice.IncomingRequest;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.store.IfPresent;
import dev.tgsession.session.store.SessionFolder;
import dev.tgsession.transport.Framing;
import dev.tgsession.transport.TransportChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Our client, all of it from the prompts to the file, meets a practice server that does something wrong, over a wire in
 * the hands of somebody else. Built, then {@link #run} once.
 */
final class Encounter {
    static final SecureRandom RANDOM = new SecureRandom();

    /** Making a key takes longer than most meetings. */
    static final RsaPrivateKey SERVER_KEY = RsaPrivateKey.generate(RANDOM);

    /** A number with a code and nothing else. */
    static final String PLAIN_NUMBER = "+9996620001";

    /** A number with a password. */
    static final String TWO_STEP_NUMBER = "+9996620100";

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);

    private final Trap trap;
    private String number = PLAIN_NUMBER;
    private List<String> passwords = List.of("practice");
    private Duration keyPatience = Duration.ofSeconds(60);
    private Duration callPatience = Duration.ofSeconds(60);
    private Duration clockJump = Duration.ZERO;
    private TransportChoice transport = new TransportChoice(Framing.INTERMEDIATE, false);
    private Wire.Hand hand = Wire.Hand.STILL;
    private UnaryOperator<PracticeSettings> settings = same -> same;

    private Encounter(Trap trap) {
        this.trap = trap;
    }

    static Encounter with(Trap trap) {
        return new Encounter(trap);
    }

    /** With a server that does everything right; the wrong comes from elsewhere. */
    static Encounter withGoodServer() {
        return new Encounter(new Trap());
    }

    Encounter number(String typed) {
        number = typed;
        return this;
    }

    Encounter passwords(String... typed) {
        passwords = List.of(typed);
        return this;
    }

    Encounter patience(Duration forKey, Duration forCall) {
        keyPatience = forKey;
        callPatience = forCall;
        return this;
    }

    /** The client's clock moves on by this when the trap springs: whoever waits has waited that long. */
    Encounter clockJump(Duration forward) {
        clockJump = forward;
        return this;
    }

    Encounter transport(TransportChoice choice) {
        transport = choice;
        return this;
    }

    Encounter hand(Wire.Hand whose) {
        hand = whose;
        return this;
    }

    Encounter settings(UnaryOperator<PracticeSettings> change) {
        settings = change;
        return this;
    }

    /** The machine's clock, and as much later as the test likes. */
    private static final class MovableClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
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

    /**
     * Meets.
     *
     * @param folder empty, for the session
     */
    Outcome run(Path folder) throws IOException {
        var clock = new MovableClock();
        PracticeSettings wanted = settings.apply(
                PracticeSettings.of(SERVER_KEY, Instant::now, RANDOM).withFaults(trap));
        Framing told = transport.obfuscated() ? Framing.ABRIDGED : transport.framing();
        try (PracticeServer server = PracticeServer.start(wanted);
                Wire wire = new Wire(server.address(2), told, hand)) {
            var spring = new Spring(server, wire, clock, clockJump);
            trap.tells(spring);
            var person = new Person(number, "22222", passwords);
            List<Duration> pauses = new ArrayList<>();
            var dialer = new KeyMakingDialer(
                    new TcpOpener(transport, Duration.ofSeconds(10), RANDOM),
                    ServerKeys.own(SERVER_KEY.publicKey()),
                    new ClientIdentity(7, "tgsession on test", "Linux", "1", "en"),
                    RANDOM,
                    Runnable::run,
                    clock,
                    pauses::add,
                    keyPatience,
                    callPatience);
            var dataCenter = new DataCenter(2, "127.0.0.1", wire.port(), Environment.PRACTICE);
            var api = new ApiCredentials(7, "0123456789abcdef0123456789abcdef");
            var login = new Login(dialer, dataCenter, api, person, clock, time -> {}, RANDOM);
            var store = new SessionFolder(folder, SessionFormats.standard(clock), RANDOM, clock);

            Optional<Session> session = Optional.empty();
            Optional<Throwable> thrown = Optional.empty();
            long begun = System.nanoTime();
            try {
                session = Optional.of(login.run());
                store.save(SessionFileName.of("login", Environment.PRACTICE), session.get(), IfPresent.REFUSE);
            } catch (Exception | Error e) {
                thrown = Optional.of(e);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            settle(server);
            List<IncomingRequest> all = server.requests();
            return new Outcome(
                    session,
                    thrown,
                    took,
                    filesIn(folder),
                    person.asked,
                    all,
                    spring.hasSprung ? all.subList(spring.requestsBefore, all.size()) : all,
                    spring.hasSprung ? wire.bytesUp() - spring.bytesBefore : wire.bytesUp(),
                    wire.connections(),
                    wire.framesUp(),
                    wire.framesDown(),
                    spring.hasSprung);
        }
    }

    /** Notes how much had come from the client when the server did wrong. */
    private static final class Spring implements Runnable {
        private final PracticeServer server;
        private final Wire wire;
        private final MovableClock clock;
        private final Duration jump;
        private volatile int requestsBefore;
        private volatile long bytesBefore;
        private volatile boolean hasSprung;

        Spring(PracticeServer server, Wire wire, MovableClock clock, Duration jump) {
            this.server = server;
            this.wire = wire;
            this.clock = clock;
            this.jump = jump;
        }

        @Override
        public void run() {
            requestsBefore = server.requests().size();
            bytesBefore = wire.bytesUp();
            clock.ahead = jump;
            hasSprung = true;
        }
    }

    /** The client has hung up; waits until the server has read all that it said before. */
    private static void settle(PracticeServer server) {
        long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (server.connections() > 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the client left a connection open");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
