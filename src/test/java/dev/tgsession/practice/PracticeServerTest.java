package dev.tgsession.practice;

import static dev.tgsession.practice.PhoneLoginTest.proof;
import static dev.tgsession.practice.PhoneLoginTest.sendCode;
import static dev.tgsession.practice.PhoneLoginTest.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ReqPqMulti;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParams;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a whole: its ports, its crowd, and what strangers throw at it. */
final class PracticeServerTest {
    private Practising practising;

    @BeforeEach
    void start() throws IOException {
        practising = new Practising();
    }

    @AfterEach
    void stop() throws IOException {
        practising.close();
    }

    @Test
    void fiveDataCentresListenOnPortsInARowOfThisMachineOnly() {
        InetSocketAddress first = practising.server.address(1);
        for (int dc = 1; dc <= 5; dc++) {
            InetSocketAddress address = practising.server.address(dc);
            assertThat(address.getPort()).isEqualTo(first.getPort() + dc - 1);
            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
        }
        assertThat(practising.server.publicKey()).isEqualTo(Practising.KEY.publicKey());
    }

    @Test
    void aBasePortIsTakenAtItsWord() throws Exception {
        int base = practising.server.address(1).getPort() - 1;
        assertThatThrownBy(() -> PracticeServer.start(settings().withBasePort(base)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("five ports");
        try (PracticeServer other = startOnGivenPorts()) {
            assertThat(other.address(5).getPort()).isEqualTo(other.address(1).getPort() + 4);
        }
        assertThatThrownBy(() -> settings().withBasePort(65_531)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings().withBasePort(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Other programs of this machine take ports too, so a base port that was free may not be so any more. */
    private static PracticeServer startOnGivenPorts() throws IOException {
        for (int base = 23_000; base < 32_000; base += 100) {
            try {
                PracticeServer server = PracticeServer.start(settings().withBasePort(base));
                assertThat(server.address(1).getPort()).isEqualTo(base + 1);
                return server;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("five ports");
            }
        }
        throw new IOException("no five ports are free anywhere");
    }

    private static PracticeSettings settings() {
        return PracticeSettings.of(Practising.KEY, InstantSource.system(), new SecureRandom());
    }

    /** The kernel lets a port go when the thread that waited on it has left, which is a moment after the closing. */
    private static boolean isFreeSoon(InetSocketAddress address) throws IOException {
        long latest = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < latest) {
            try (Socket late = new Socket()) {
                late.connect(address);
                Thread.yield();
            } catch (ConnectException nobodyThere) {
                return true;
            }
        }
        return false;
    }

    @Test
    void closingHangsUpOnEverybodyAndFreesThePorts() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        practising.server.close();
        assertThat(client.isHungUp()).isTrue();
        practising.server.close();
        assertThat(isFreeSoon(practising.server.address(2))).isTrue();
    }

    @Test
    void fiftyClientsLogInAtOnce() throws Exception {
        List<Callable<Object>> logins = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            logins.add(() -> logIn(number));
        }
        ExecutorService crowd = Executors.newFixedThreadPool(logins.size());
        try {
            for (Future<Object> each : crowd.invokeAll(logins)) {
                assertThat(each.get()).isInstanceOf(PlainAuthorization.class);
            }
        } finally {
            crowd.shutdownNow();
        }
        assertThat(practising.phone.messages).hasSize(50);
    }

    /** Every tenth with a password, which takes much reckoning; layers all over the table. */
    private Object logIn(int number) throws IOException {
        try (TestClient client = new TestClient(practising.server, 2)) {
            client.withKey();
            client.layer = 133 + number;
            String phone = number % 10 == 0 ? "99966201" + (10 + number % 40) : "9996620001";
            PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
            Object answer = client.call(signIn(phone, sent, "22222"));
            return answer instanceof PlainAuthorization ? answer : client.call(proof(client, "practice"));
        }
    }

    @Test
    void fortyClientsAfterEachOtherLeaveNothingBehindButTheirSessions() throws Exception {
        for (int i = 0; i < 40; i++) {
            try (TestClient client = new TestClient(practising.server, 2)) {
                client.withKey();
                assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
            }
        }
        await(() -> practising.server.connections() == 0);
        assertThat(practising.server.sessions()).isEqualTo(40);
        practising.clock.forward(Duration.ofMinutes(11));
        await(() -> practising.server.sessions() == 0);
    }

    @Test
    void aSessionOnALiveConnectionIsNotForgotten() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        TestClient gone = practising.client(2);
        gone.call(new GetConfig());
        gone.close();
        await(() -> practising.server.connections() == 1);
        practising.clock.forward(Duration.ofMinutes(11));
        await(() -> practising.server.sessions() == 1);
        client.clockError = 660;
        client.send(new Ping(1));
        assertThat(client.receive().read()).isInstanceOf(Pong.class);
    }

    @Test
    void moreThanItsLimitAreTurnedAwayAndRoomIsMadeWhenOthersGo() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 256; i++) {
                Socket socket = new Socket();
                socket.connect(practising.server.address(1 + i % 5));
                crowd.add(socket);
            }
            await(() -> practising.server.connections() == 256);
            try (Socket late = new Socket()) {
                late.connect(practising.server.address(2));
                assertThat(late.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket each : crowd) {
                each.close();
            }
        }
        await(() -> practising.server.connections() < 256);
        assertThat(practising.client(2).call(new GetConfig())).isInstanceOf(Config.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noiseKillsNeitherTheServerNorANeighbour(long seed) throws Exception {
        Random noise = new Random(seed);
        TestClient neighbour = practising.client(2);
        for (int i = 0; i < 8; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(practising.server.address(1 + noise.nextInt(5)));
                byte[] bytes = new byte[noise.nextInt(400)];
                noise.nextBytes(bytes);
                socket.getOutputStream().write(bytes);
            }
            try (TestClient stranger = new TestClient(practising.server, 2)) {
                stranger.sendPacket(bytes(noise, 4 * noise.nextInt(64)));
            }
            try (TestClient halfway = new TestClient(practising.server, 2)) {
                halfway.withKey();
                halfway.sendPacket(halfway.sealPlain(bytes(noise, 64 + 16 * noise.nextInt(16))));
            }
            try (TestClient talker = new TestClient(practising.server, 2)) {
                talker.withKey();
                for (int j = 0; j < 8; j++) {
                    talker.send(bytes(noise, 4 * noise.nextInt(40)), noise.nextBoolean());
                }
                talker.send(new Ping(1));
                talker.receive(Pong.class);
            }
        }
        neighbour.call(new GetConfig());
        assertThat(practising.phone.refusals)
                .noneMatch(words -> words.contains("server itself") || words.contains("own mistake"));
    }

    /** Where a key is half made, whatever comes for the next step is refused, and nobody else hears of it. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void noiseInAKeyExchangeIsRefused(long seed) throws Exception {
        Random noise = new Random(seed);
        TestClient neighbour = practising.client(2);
        TestClient halfway = practising.stranger(2);
        halfway.sendPlain(new ReqPqMulti(bytes(noise, 16)));
        halfway.receivePlain(ResPq.class);
        for (int i = 0; i < 25; i++) {
            try (TestClient client = new TestClient(practising.server, 2)) {
                Bytes nonce = bytes(noise, 16);
                client.sendPlain(new ReqPqMulti(nonce));
                ResPq offer = client.receivePlain(ResPq.class);
                Object next = noise.nextBoolean()
                        ? new ReqDhParams(
                                nonce,
                                offer.serverNonce(),
                                bytes(noise, noise.nextInt(9)),
                                bytes(noise, noise.nextInt(9)),
                                offer.serverPublicKeyFingerprints().get(0),
                                bytes(noise, noise.nextInt(3) * 128))
                        : new SetClientDhParams(nonce, offer.serverNonce(), bytes(noise, 16 * noise.nextInt(30)));
                byte[] body = TestClient.CODEC.write(next).toArray();
                if (noise.nextBoolean()) {
                    body[noise.nextInt(body.length)] ^= (byte) (1 << noise.nextInt(8));
                }
                Bytes id = Bytes.ofLong(client.nextId());
                client.sendPacket(Bytes.join(Bytes.ofLong(0), id, Bytes.ofInt(body.length), Bytes.of(body)));
                assertThat(client.receiveRefusal()).isEqualTo(-404);
                assertThat(client.isHungUp()).isTrue();
            }
        }
        assertThat(neighbour.call(new GetConfig())).isInstanceOf(Config.class);
        assertThat(practising.client(2).call(new GetConfig())).isInstanceOf(Config.class);
        assertThat(practising.phone.refusals)
                .hasSizeGreaterThanOrEqualTo(25)
                .noneMatch(words -> words.contains("server itself") || words.contains("own mistake"));
    }

    /** Every call a login makes, with bytes changed and cut: refused or answered, but never the end. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void damagedCallsAreAnswered(long seed) throws Exception {
        Random noise = new Random(seed);
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        PlainSentCode sent = client.call(sendCode("9996620100"), PlainSentCode.class);
        client.refusal(signIn("9996620100", sent, "22222"));
        List<Bytes> calls = List.of(
                TestClient.CODEC.write(sendCode("9996620001")),
                TestClient.CODEC.write(signIn("9996620001", sent, "22222")),
                TestClient.CODEC.write(proof(client, "practice")),
                client.wrapped(TestClient.CODEC.write(new GetConfig())));
        for (int i = 0; i < 150; i++) {
            byte[] bytes = calls.get(noise.nextInt(calls.size())).toArray();
            for (int j = noise.nextInt(4); j >= 0; j--) {
                bytes[noise.nextInt(bytes.length)] ^= (byte) (1 << noise.nextInt(8));
            }
            Bytes damaged = Bytes.of(bytes).first(4 * (1 + noise.nextInt(bytes.length / 4)));
            client.send(damaged, true);
        }
        client.send(new Ping(7));
        client.receive(Pong.class);
        assertThat(practising.phone.refusals)
                .noneMatch(words -> words.contains("server itself") || words.contains("own mistake"));
    }

    private static Bytes bytes(Random noise, int size) {
        byte[] bytes = new byte[size];
        noise.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    @Test
    void aBrowserIsToldThatThisIsNoWebServer() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(practising.server.address(1));
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
        await(() -> practising.phone.refusals.stream().anyMatch(words -> words.contains("HTTP")));
    }

    @Test
    void framesBeyondAMegabyteAreRefused() throws Exception {
        TestClient client = practising.stranger(2);
        client.sendRaw(Bytes.ofInt((1 << 20) + 4));
        assertThat(client.isHungUp()).isTrue();
        await(() -> practising.phone.refusals.stream().anyMatch(words -> words.contains("a packet was not taken")));
    }

    private interface Condition {
        boolean holds();
    }

    /** Until something that another thread does has come about. */
    private static void await(Condition condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("it did not come about in 20 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
