package dev.tgsession.transport;

import static dev.tgsession.transport.Samples.plain;
import static dev.tgsession.transport.Samples.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets on the loopback: a channel at both ends, or a channel and a bare socket with a will of its own. */
@Timeout(30)
class TcpPacketChannelTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration BRIEF = Duration.ofMillis(20);

    private final SecureRandom random = new SecureRandom();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ServerSocket listener;

    static List<TransportChoice> choices() {
        return TransportChoice.all();
    }

    @BeforeEach
    void listen() throws IOException {
        listener = open(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
    }

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    // ---- a channel at both ends

    @ParameterizedTest
    @MethodSource("choices")
    void payloadsOfAllSizesCrossBothWays(TransportChoice choice) throws Exception {
        List<Bytes> payloads = List.of(
                plain(40),
                sealed(40),
                sealed(504),
                plain(504),
                plain(508),
                plain(512),
                sealed(8200),
                plain(8196),
                sealed(65_560),
                plain(1 << 20),
                sealed((1 << 20) - 8),
                plain(24));
        TcpPacketChannel client = connect(choice);
        Future<TcpPacketChannel> echo = inBackground(() -> {
            TcpPacketChannel server = accept();
            for (int i = 0; i < payloads.size(); i++) {
                server.send(server.receive(AMPLE));
            }
            return server;
        });

        for (Bytes payload : payloads) {
            client.send(payload);
            assertThat(client.receive(AMPLE)).isEqualTo(payload);
        }
        assertThat(echo.get().choice()).isEqualTo(choice);
        assertThat(client.choice()).isEqualTo(choice);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void packetsSentInOneGoComeOneByOne(TransportChoice choice) throws IOException {
        TcpPacketChannel client = connect(choice);
        for (int i = 0; i < 50; i++) {
            client.send(sealed(24 + 16 * (1 + i)));
        }

        TcpPacketChannel server = accept();

        for (int i = 0; i < 50; i++) {
            assertThat(server.receive(AMPLE)).isEqualTo(sealed(24 + 16 * (1 + i)));
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void theClientIsToldOfARefusalAndTheServerIsNot(TransportChoice choice) throws IOException {
        TcpPacketChannel client = connect(choice);
        client.send(Bytes.ofInt(-404));
        TcpPacketChannel server = accept();
        assertThat(server.receive(AMPLE)).isEqualTo(Bytes.ofInt(-404));

        server.send(Bytes.ofInt(0));
        server.send(sealed(40));
        server.sendRefusal(TransportRefusedException.WRONG_DATA_CENTER);

        assertThat(client.receive(AMPLE)).isEqualTo(sealed(40));
        assertThatThrownBy(() -> client.receive(AMPLE))
                .isInstanceOfSatisfying(
                        TransportRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(-444));
    }

    @Test
    void aRefusalIsNegative() throws IOException {
        TcpPacketChannel client = connect(TransportChoice.DEFAULT);
        assertThatThrownBy(() -> client.sendRefusal(404)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusalArrivesThoughTheServerClosesOverUnreadBytes() throws IOException {
        TcpPacketChannel client = connect(TransportChoice.DEFAULT);
        client.send(sealed(40));
        TcpPacketChannel server = accept();
        server.receive(AMPLE);
        client.send(sealed(8200));

        server.sendRefusal(TransportRefusedException.NOT_FOUND);
        server.close();

        assertThatThrownBy(() -> client.receive(AMPLE)).isInstanceOf(TransportRefusedException.class);
        assertThatThrownBy(() -> client.receive(AMPLE)).isInstanceOf(PeerClosedException.class);
        // After a reset, which could have swallowed the refusal, this would be a broken pipe.
        assertThatCode(() -> client.send(sealed(40))).doesNotThrowAnyException();
    }

    @Test
    void theServerSeesTheDataCenterOfAnObfuscatedHeader() throws IOException {
        TcpPacketChannel hidden = connect(TransportChoice.DEFAULT);
        hidden.send(plain(40));
        assertThat(accept().dcField()).hasValue(10002);
        assertThat(hidden.dcField()).hasValue(10002);

        TcpPacketChannel open = connect(new TransportChoice(Framing.INTERMEDIATE, false));
        open.send(plain(40));
        assertThat(accept().dcField()).isEmpty();
    }

    @Test
    void manyThreadsMaySend() throws Exception {
        TcpPacketChannel client = connect(new TransportChoice(Framing.FULL, false));
        List<Future<?>> senders = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            senders.add(inBackground(() -> {
                for (int i = 0; i < 25; i++) {
                    client.send(sealed(8200));
                }
                return "done";
            }));
        }

        // Numbers and checksums of the full framing would tell of any disorder.
        TcpPacketChannel server = accept();
        for (int i = 0; i < 100; i++) {
            assertThat(server.receive(AMPLE)).isEqualTo(sealed(8200));
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
    }

    @Test
    void ipv6WorksToo() throws IOException {
        ServerSocket six;
        try {
            six = open(new ServerSocket(0, 50, InetAddress.getByName("::1")));
        } catch (SocketException e) {
            assumeTrue(false, "no IPv6 on this machine");
            return;
        }
        TcpPacketChannel client = open(TcpPacketChannel.connect(
                new InetSocketAddress("::1", six.getLocalPort()), TransportChoice.DEFAULT, 2, AMPLE, random));
        client.send(plain(40));

        assertThat(open(TcpPacketChannel.accept(six.accept(), AMPLE, random)).receive(AMPLE))
                .isEqualTo(plain(40));
    }

    // ---- a bare socket at one end

    @ParameterizedTest
    @MethodSource("choices")
    void nothingIsSentBeforeTheFirstPayloadAndTheStartOnlyOnce(TransportChoice choice) throws IOException {
        TcpPacketChannel client = connect(choice);
        Socket bare = open(listener.accept());
        bare.setSoTimeout(5);
        assertThatThrownBy(() -> bare.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        client.send(plain(40));
        client.send(plain(40));
        client.close();

        int start = choice.obfuscated()
                ? Obfuscation.HEADER_SIZE
                : choice.framing().codec(random).startTag().size();
        int frames =
                2 * new IntermediateCodec(PacketRules.CLIENT).pack(plain(40)).size();
        int sent = bare.getInputStream().readAllBytes().length;
        switch (choice.framing()) {
            case ABRIDGED -> assertThat(sent).isEqualTo(start + frames - 2 * 3);
            case INTERMEDIATE -> assertThat(sent).isEqualTo(start + frames);
            case PADDED_INTERMEDIATE -> assertThat(sent).isBetween(start + frames, start + frames + 2 * 15);
            case FULL -> assertThat(sent).isEqualTo(start + frames + 2 * 8);
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void aPeerThatWritesByteByByteIsUnderstood(TransportChoice choice) throws Exception {
        ScriptedClient script = new ScriptedClient(choice);
        Bytes bytes = Bytes.join(script.start, script.frame(plain(40)), script.frame(sealed(520)));
        Socket bare = bareClient();
        Future<?> writer = inBackground(() -> {
            for (int i = 0; i < bytes.size(); i++) {
                write(bare, bytes.slice(i, 1));
            }
            return "done";
        });

        TcpPacketChannel server = accept();

        assertThat(server.choice()).isEqualTo(choice);
        assertThat(server.receive(AMPLE)).isEqualTo(plain(40));
        assertThat(server.receive(AMPLE)).isEqualTo(sealed(520));
        writer.get();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void aTimeoutInTheMiddleOfAPacketLosesNothing(TransportChoice choice) throws IOException {
        ScriptedClient script = new ScriptedClient(choice);
        Bytes first = script.frame(plain(40));
        Bytes second = script.frame(sealed(56));
        Socket bare = bareClient();
        write(bare, script.start.plus(first.first(9)));
        TcpPacketChannel server = accept();

        assertThatThrownBy(() -> server.receive(BRIEF)).isInstanceOf(SocketTimeoutException.class);
        write(bare, first.slice(9, 20));
        assertThatThrownBy(() -> server.receive(BRIEF)).isInstanceOf(SocketTimeoutException.class);
        write(bare, first.from(29).plus(second));

        assertThat(server.receive(AMPLE)).isEqualTo(plain(40));
        assertThat(server.receive(AMPLE)).isEqualTo(sealed(56));
    }

    @Test
    void aDeadlineHoldsAgainstAPeerThatDrips() throws Exception {
        ScriptedClient script = new ScriptedClient(TransportChoice.DEFAULT);
        Socket bare = bareClient();
        write(bare, script.start.plus(script.frame(sealed(40))));
        TcpPacketChannel server = accept();
        server.receive(AMPLE);
        Bytes large = script.frame(sealed(65_560));
        CountDownLatch enough = new CountDownLatch(1);
        Future<?> dripping = inBackground(() -> {
            for (int i = 0; i < large.size() && enough.getCount() > 0; i++) {
                write(bare, large.slice(i, 1));
                LockSupport.parkNanos(1_000_000);
            }
            return "done";
        });

        // A byte a millisecond never lets a timeout of 100 ms pass between two bytes.
        assertThatThrownBy(() -> server.receive(Duration.ofMillis(100))).isInstanceOf(SocketTimeoutException.class);
        enough.countDown();
        dripping.get();
    }

    @Test
    void aClientThatSaysNothingIsLeft() throws IOException {
        Socket bare = bareClient();
        Socket accepted = open(listener.accept());

        assertThatThrownBy(() -> TcpPacketChannel.accept(accepted, BRIEF, random))
                .isInstanceOf(SocketTimeoutException.class);

        assertThat(accepted.isClosed()).isTrue();
        assertThat(bare.getInputStream().read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
    void aTimeoutThatIsOverAlreadyCountsAsAMillisecond(long seconds) throws IOException {
        TcpPacketChannel client = connect(TransportChoice.DEFAULT);
        client.send(plain(40));
        TcpPacketChannel server = accept();
        assertThat(server.receive(AMPLE)).isEqualTo(plain(40));

        assertThatThrownBy(() -> server.receive(Duration.ofSeconds(seconds)))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aTimeoutMayBeForever() throws IOException {
        TcpPacketChannel client = connect(TransportChoice.DEFAULT);
        client.send(plain(40));

        assertThat(accept().receive(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(plain(40));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void aPeerThatClosesIsToldWithWhereItDid(TransportChoice choice) throws IOException {
        ScriptedClient script = new ScriptedClient(choice);
        Bytes first = script.frame(plain(40));
        Bytes second = script.frame(plain(40));
        Socket bare = bareClient();
        write(bare, Bytes.join(script.start, first, second.first(20)));
        bare.shutdownOutput();
        TcpPacketChannel server = accept();

        assertThat(server.receive(AMPLE)).isEqualTo(plain(40));
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> server.receive(AMPLE))
                    .isInstanceOfSatisfying(
                            PeerClosedException.class,
                            e -> assertThat(e.insidePacket()).isTrue())
                    .hasMessage("the other side closed the connection 20 bytes into a packet");
        }

        TcpPacketChannel client = connect(choice);
        open(listener.accept()).shutdownOutput();
        assertThatThrownBy(() -> client.receive(AMPLE))
                .isInstanceOfSatisfying(
                        PeerClosedException.class,
                        e -> assertThat(e.insidePacket()).isFalse());
    }

    @Test
    void theServerTakesPayloadsUpToItsLimit() throws IOException {
        TcpPacketChannel client = connect(new TransportChoice(Framing.INTERMEDIATE, false));
        client.send(plain(512));
        client.send(plain(516));
        TcpPacketChannel server = open(TcpPacketChannel.accept(listener.accept(), 512, AMPLE, random));

        assertThat(server.receive(AMPLE)).isEqualTo(plain(512));
        assertThatThrownBy(() -> server.receive(AMPLE)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void theServerCanStillRefuseAfterAMalformedPacket() throws IOException {
        TcpPacketChannel client = connect(TransportChoice.DEFAULT);
        client.send(plain(516));
        TcpPacketChannel server = open(TcpPacketChannel.accept(listener.accept(), 512, AMPLE, random));
        assertThatThrownBy(() -> server.receive(AMPLE)).isInstanceOf(MalformedPacketException.class);

        server.sendRefusal(TransportRefusedException.NOT_FOUND);
        server.close();

        assertThatThrownBy(() -> client.receive(AMPLE))
                .isInstanceOfSatisfying(
                        TransportRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(-404));
    }

    @Test
    void theOddRefusalOfAFloodedServerIsUnderstood() throws IOException {
        TcpPacketChannel client = connect(new TransportChoice(Framing.FULL, false));
        write(open(listener.accept()), Bytes.join(Bytes.ofInt(-429), Bytes.ofInt(-429), Bytes.ofInt(-429)));

        assertThatThrownBy(() -> client.receive(AMPLE))
                .isInstanceOfSatisfying(
                        TransportRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(TransportRefusedException.FLOOD));
    }

    @Test
    void aQuickAcknowledgementInThePaddedFramingIsPassedOver() throws IOException {
        TcpPacketChannel client = connect(new TransportChoice(Framing.PADDED_INTERMEDIATE, false));
        Bytes quickAck = Bytes.ofHex("0b000000ffffffff4d3c2b9a010203");
        write(open(listener.accept()), quickAck.plus(Bytes.ofInt(40)).plus(sealed(40)));

        assertThat(client.receive(AMPLE)).isEqualTo(sealed(40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api HTTP/1.1\r\nContent-Length: 4\r\n\r\nabcd"
            })
    void anHttpClientGetsAShortAnswer(String request) throws Exception {
        Socket bare = bareClient();
        write(bare, Bytes.ofUtf8(request));
        Future<TcpPacketChannel> accepting = inBackground(this::accept);

        String answer = Bytes.of(bare.getInputStream().readAllBytes()).toUtf8();
        // A broken pipe here would mean that the answer was in danger, too.
        assertThatCode(() -> write(bare, Bytes.ofUtf8("more"))).doesNotThrowAnyException();
        bare.close();

        assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n").contains("\r\nConnection: close\r\n\r\n");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer).contains("\r\nContent-Length: " + body.length() + "\r\n");
        assertThatThrownBy(accepting::get).hasCauseInstanceOf(HttpRequestException.class);
    }

    @Test
    void noiseIsRefusedAndClosed() throws IOException {
        Socket bare = bareClient();
        write(bare, Bytes.ofHex("42".repeat(64)));
        Socket accepted = open(listener.accept());

        assertThatThrownBy(() -> TcpPacketChannel.accept(accepted, AMPLE, random))
                .isInstanceOf(MalformedPacketException.class);

        assertThat(accepted.isClosed()).isTrue();
    }

    // ---- closing and connecting

    @Test
    void closeWakesAWaitingReceiver() throws Exception {
        TcpPacketChannel client = connect(TransportChoice.DEFAULT);
        client.send(plain(40));
        TcpPacketChannel server = accept();
        server.receive(AMPLE);
        for (TcpPacketChannel end : List.of(client, server)) {
            CountDownLatch about = new CountDownLatch(1);
            Future<Bytes> waiting = inBackground(() -> {
                about.countDown();
                return end.receive(AMPLE);
            });
            about.await();

            end.close();

            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void aClosedChannelNeitherSendsNorReceives() throws IOException {
        TcpPacketChannel client = connect(TransportChoice.DEFAULT);
        client.close();
        client.close();

        assertThatThrownBy(() -> client.send(plain(40))).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> client.receive(AMPLE)).isInstanceOf(SocketException.class);
    }

    @Test
    void closeWakesASenderWhoseWordsNobodyReads() throws Exception {
        TcpPacketChannel client = connect(TransportChoice.DEFAULT);
        Future<String> sending = inBackground(() -> {
            while (true) {
                client.send(sealed(1 << 20 | 8));
            }
        });
        accept();

        client.close();

        assertThatThrownBy(() -> sending.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aServerThatDoesNotListenIsToldAtOnce() throws IOException {
        int port = listener.getLocalPort();
        listener.close();

        assertThatThrownBy(() -> TcpPacketChannel.connect(
                        new InetSocketAddress("127.0.0.1", port), TransportChoice.DEFAULT, 2, AMPLE, random))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void anUnknownNameIsTold() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("dc.invalid", 443);

        assertThatThrownBy(() -> TcpPacketChannel.connect(nowhere, TransportChoice.DEFAULT, 2, AMPLE, random))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX) // others refuse where Linux stays silent
    void connectingEndsAtItsDeadline() throws IOException {
        // A listener that never accepts lets a few wait; the next one's greeting is dropped.
        ServerSocket busy = open(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
        InetSocketAddress address = (InetSocketAddress) busy.getLocalSocketAddress();

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 8; i++) {
                        open(TcpPacketChannel.connect(
                                address, TransportChoice.DEFAULT, 2, Duration.ofMillis(50), random));
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
    }

    @ParameterizedTest
    @CsvSource({"INTERMEDIATE, true, obfuscated intermediate", "PADDED_INTERMEDIATE, false, padded intermediate"})
    void aChoicePrintsInWords(Framing framing, boolean obfuscated, String words) {
        assertThat(new TransportChoice(framing, obfuscated)).hasToString(words);
    }

    // ---- the people in these tests

    private TcpPacketChannel connect(TransportChoice choice) throws IOException {
        return open(TcpPacketChannel.connect(
                (InetSocketAddress) listener.getLocalSocketAddress(), choice, 10002, AMPLE, random));
    }

    private TcpPacketChannel accept() throws IOException {
        return open(TcpPacketChannel.accept(listener.accept(), AMPLE, random));
    }

    private Socket bareClient() throws IOException {
        Socket bare = open(new Socket(listener.getInetAddress(), listener.getLocalPort()));
        bare.setTcpNoDelay(true);
        return bare;
    }

    private synchronized <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    private static void write(Socket socket, Bytes bytes) throws IOException {
        socket.getOutputStream().write(bytes.toArray());
    }

    private static <T> Future<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "peer");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** Makes the bytes that a client would send, without sending them. */
    private final class ScriptedClient {
        private final PacketCodec codec;
        private final List<Obfuscation> obfuscation;
        private final Bytes start;

        ScriptedClient(TransportChoice choice) {
            codec = choice.framing().codec(random);
            obfuscation = choice.obfuscated() ? List.of(Obfuscation.client(random, choice.framing(), 2)) : List.of();
            start = choice.obfuscated() ? obfuscation.get(0).header() : codec.startTag();
        }

        Bytes frame(Bytes payload) {
            Bytes frame = codec.pack(payload);
            return obfuscation.isEmpty() ? frame : obfuscation.get(0).encrypt(frame);
        }
    }
}
