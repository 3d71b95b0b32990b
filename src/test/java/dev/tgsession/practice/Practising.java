package dev.tgsession.practice;

import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.NamedFaults;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A practice server of a test: on a clock that the test may put forward, with a console that remembers. */
final class Practising implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Making a key takes longer than most tests. */
    static final RsaPrivateKey KEY = RsaPrivateKey.generate(RANDOM);

    final Phone phone = new Phone();
    final Clock clock = new Clock();
    final PracticeServer server;
    private final List<TestClient> clients = new ArrayList<>();

    /** The machine's clock, and as much later as a test likes. */
    static final class Clock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        /** How much later it is than on the wall. */
        Duration ahead() {
            return ahead;
        }

        void forward(Duration duration) {
            ahead = ahead.plus(duration);
        }
    }

    /** What was shown. */
    static final class Phone implements PracticeConsole {
        final List<PhoneMessage> messages = new CopyOnWriteArrayList<>();
        final List<String> refusals = new CopyOnWriteArrayList<>();
        final List<String> notes = new CopyOnWriteArrayList<>();

        @Override
        public void arrived(PhoneMessage message) {
            messages.add(message);
        }

        @Override
        public void refused(int dc, String reason) {
            refusals.add(reason);
        }

        @Override
        public void note(int dc, String what) {
            notes.add(what);
        }

        String lastCode() {
            return messages.get(messages.size() - 1).code();
        }
    }

    Practising() throws IOException {
        this(Faults.NONE);
    }

    Practising(Faults faults) throws IOException {
        server = PracticeServer.start(
                PracticeSettings.of(KEY, clock, RANDOM).withConsole(phone).withFaults(faults));
    }

    Practising(NamedFaults scenario) throws IOException {
        server = PracticeServer.start(
                PracticeSettings.of(KEY, clock, RANDOM).withConsole(phone).withScenario(scenario));
    }

    /** A server that refuses what others put right. */
    static Practising strict() throws IOException {
        return new Practising(PracticeSettings.of(KEY, new Clock(), RANDOM).withStrictness(true));
    }

    private Practising(PracticeSettings settings) throws IOException {
        server = PracticeServer.start(settings.withConsole(phone));
    }

    /** A client without a key. */
    TestClient stranger(int dc) throws IOException {
        TestClient client = new TestClient(server, dc);
        clients.add(client);
        return client;
    }

    /** A client with a key. */
    TestClient client(int dc) throws IOException {
        return stranger(dc).withKey(TestClient.Style.MODERN, dc);
    }

    /** The calls that came, by name. */
    List<String> calls() {
        return server.requests().stream()
                .filter(request -> request.kind() == Kind.CALL)
                .map(IncomingRequest::name)
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (TestClient client : clients) {
            client.close();
        }
        server.close();
    }
}
