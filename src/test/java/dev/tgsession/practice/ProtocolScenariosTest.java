package dev.tgsession.practice;

import static dev.tgsession.practice.PhoneLoginTest.sendCode;
import static dev.tgsession.practice.PhoneLoginTest.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.message.Inflation;
import dev.tgsession.practice.TestClient.Received;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.NamedFaults;
import dev.tgsession.practice.faults.Repertoire;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.MtprotoSchema.BadMsgNotification;
import dev.tgsession.schema.MtprotoSchema.BadServerSalt;
import dev.tgsession.schema.MtprotoSchema.FutureSalts;
import dev.tgsession.schema.MtprotoSchema.GetFutureSalts;
import dev.tgsession.schema.MtprotoSchema.MsgDetailedInfo;
import dev.tgsession.schema.MtprotoSchema.MsgResendReq;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.MsgsStateInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsStateReq;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.MtprotoSchema.PingDelayDisconnect;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.tl.TlReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server does for the numbers from 0600 on, as seen by a client that looks at each message. */
final class ProtocolScenariosTest {
    private static final int RPC_RESULT = 0xf35c6d01;
    private static final int SENT_CODE = 0x5e002502;

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
    void everyScenarioHasANumberAndAStory() {
        List<NamedFaults> all = Repertoire.scenarios();
        assertThat(all).extracting(NamedFaults::name).doesNotHaveDuplicates().hasSizeBetween(20, 100);
        for (int i = 0; i < all.size(); i++) {
            assertThat(Repertoire.scenario(Repertoire.FIRST_NUMBER + i).map(NamedFaults::name))
                    .contains(all.get(i).name());
            assertThat(all.get(i).story()).isNotBlank().doesNotEndWith(".");
        }
        assertThat(Repertoire.scenario(Repertoire.FIRST_NUMBER - 1)).isEmpty();
        assertThat(Repertoire.scenario(Repertoire.FIRST_NUMBER + all.size())).isEmpty();
        assertThat(Repertoire.scenario("salt-7")).isPresent();
        assertThat(Repertoire.scenario("salt-0")).isEmpty();
        assertThat(Repertoire.scenario("nothing")).isEmpty();
        assertThat(Repertoire.faults()).extracting(NamedFaults::name).doesNotHaveDuplicates();
        assertThat(Repertoire.fault("ga-end")).isPresent();
    }

    @Test
    void saltsAreRefusedSoManyTimesAndEachTimeThereIsANewOne() throws Exception {
        // Everybody is treated so from the first message on.
        try (Practising all = with("salt-3")) {
            TestClient client = all.client(2);
            long before = client.salt;
            for (int i = 0; i < 3; i++) {
                client.send(new Ping(i));
                client.salt = client.receive(BadServerSalt.class).newServerSalt();
                assertThat(client.salt).isNotEqualTo(before);
                before = client.salt;
            }
            client.send(new Ping(9));
            assertThat(client.receive(Pong.class).pingId()).isEqualTo(9);
            // Another key has to go through the same.
            TestClient other = all.client(2);
            other.send(new Ping(1));
            assertThat(other.receive(BadServerSalt.class).errorCode()).isEqualTo(48);
        }
    }

    @Test
    void saltsRotateAndTheOneBeforeStaysGood() throws Exception {
        try (Practising all = with("salt-rotate")) {
            TestClient client = all.client(2);
            client.send(new GetFutureSalts(3));
            FutureSalts salts = client.receive(FutureSalts.class);
            assertThat(salts.salts().get(0).validUntil() - salts.salts().get(0).validSince())
                    .isEqualTo(5);
            client.salt = salts.salts().get(0).salt();
            all.clock.forward(Duration.ofSeconds(5));
            client.send(new Ping(1));
            assertThat(client.receive(Pong.class).pingId()).isEqualTo(1);
            all.clock.forward(Duration.ofSeconds(6));
            client.send(new Ping(2));
            assertThat(client.receive(BadServerSalt.class).errorCode()).isEqualTo(48);
        }
    }

    @Test
    void sequenceNumbersAreCheckedByTheBook() throws Exception {
        try (Practising all = with("seqno-strict")) {
            TestClient client = all.client(2);
            client.call(new GetConfig());
            assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
            Bytes call = TestClient.CODEC.write(new GetConfig());
            Bytes ack = TestClient.CODEC.write(new MsgsAck(List.of(1L)));
            assertThat(fault(client, call, 4)).as("a call with an even number").isEqualTo(35);
            assertThat(fault(client, ack, 5)).as("an ack with an odd number").isEqualTo(34);
            assertThat(fault(client, call, 1)).as("a number that was there").isEqualTo(32);
            long late = client.nextId();
            client.send(client.nextId(), 99, call);
            client.send(late, 101, call);
            assertThat(client.receive(BadMsgNotification.class).errorCode())
                    .as("a higher number on an earlier message")
                    .isEqualTo(33);
        }
    }

    private static int fault(TestClient client, Bytes body, int sequenceNumber) throws IOException {
        client.send(client.nextId(), sequenceNumber, body);
        return client.receive(BadMsgNotification.class).errorCode();
    }

    @Test
    void answersStandInContainersBesideOtherThings() throws Exception {
        TestClient client = practising.client(2);
        assertThat(client.call(sendCode(phone("container")))).isInstanceOf(PlainSentCode.class);
        client.call(new GetConfig());
        assertThat(client.asides.stream().map(Received::constructor)).contains(0x78d4dec1);
        // Numbers of the container and of what is in it are all different, and the container's is the highest.
        assertThat(client.asides.stream().map(Received::constructor)).contains(0x347773c5);
    }

    @Test
    void aContainerStandsInAContainer() throws Exception {
        TestClient client = practising.client(2);
        client.sendCall(sendCode(phone("container-deep")));
        Received inner = skipTo(client, 0x73f1f8dc);
        assertThat(inner.body().intAt(4)).isOne();
        assertThat(inner.body().intAt(24)).isEqualTo(RPC_RESULT);
    }

    @Test
    void manyPongsFollowTheAnswer() throws Exception {
        TestClient client = practising.client(2);
        assertThat(client.call(sendCode(phone("container-2000")))).isInstanceOf(PlainSentCode.class);
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
        assertThat(client.asides.stream().filter(each -> each.constructor() == 0x347773c5))
                .hasSize(2000);
    }

    @Test
    void aThousandUnknownUpdatesFollowTheAnswer() throws Exception {
        TestClient client = practising.client(2);
        Received answer = answer(client, sendCode(phone("update-flood")));
        for (int i = 0; i < 1000; i++) {
            Received update = client.receive();
            assertThat(update.constructor()).isEqualTo(0x78d4dec1);
            assertThat(update.id()).isGreaterThan(answer.id());
            assertThatThrownBy(update::read).hasMessageContaining("7fffff19");
        }
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
    }

    @Test
    void resultsAndWholeMessagesAreCompressed() throws Exception {
        TestClient client = practising.client(2);
        Bytes result = client.callRaw(sendCode(phone("gzip-result")));
        assertThat(new Inflation(10_000).inflate(result).intAt(0)).isEqualTo(SENT_CODE);

        client.sendCall(sendCode(phone("gzip-message")));
        Received whole = skipTo(client, Inflation.ID);
        assertThat(new Inflation(10_000).inflate(whole.body()).intAt(0)).isEqualTo(RPC_RESULT);
    }

    @Test
    void aBombIsSmallerThanAPacketMayBeAndNearlyAGigabyteInflated() throws Exception {
        TestClient client = practising.client(2);
        Bytes result = client.callRaw(sendCode(phone("gzip-bomb")));
        assertThat(result.size()).isLessThan(1_044_404);
        Bytes compressed = new TlReader(result.from(4)).readBytes();
        long size = 0;
        byte[] chunk = new byte[1 << 16];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.toArray()), chunk.length)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                size += n;
            }
        }
        assertThat(size).isEqualTo(960L << 20);
    }

    @Test
    void anAnswerIsAnnouncedAndComesWhenAskedFor() throws Exception {
        TestClient client = practising.client(2);
        long request = client.sendCall(sendCode(phone("detailed-info")));
        MsgDetailedInfo news = client.receive(MsgDetailedInfo.class);
        assertThat(news.msgId()).isEqualTo(request);
        client.send(new MsgResendReq(List.of(news.answerMsgId())));
        Received answer = skipTo(client, RPC_RESULT);
        assertThat(answer.id()).isEqualTo(news.answerMsgId());
        assertThat(answer.body().size()).isEqualTo(news.bytes());
    }

    @Test
    void anAnswerTakesTimeWhileOthersAreServed() throws Exception {
        TestClient client = practising.client(2);
        long request = client.sendCall(sendCode(phone("ack-only")));
        assertThat(client.receive(MsgsAck.class).msgIds()).containsExactly(request);
        client.send(new Ping(5));
        assertThat(client.receive(Pong.class).pingId()).isEqualTo(5);
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
    }

    @Test
    void nothingComesButPongs() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        client.sendCall(sendCode(phone("silent")));
        client.send(new Ping(6));
        assertThat(client.receive(Pong.class).pingId()).isEqualTo(6);
        client.timeout(1500);
        assertThatThrownBy(client::receive).isInstanceOf(SocketTimeoutException.class);
        assertThat(practising.phone.messages).isEmpty();
    }

    @Test
    void theLineIsCutBeforeTheCallIsCarriedOutAndTheSameMessageIsTakenAgain() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        Bytes body = TestClient.CODEC.write(sendCode(phone("cut-before")));
        long id = client.nextId();
        int number = client.nextSequenceNumber(true);
        client.send(id, number, body);
        assertThatThrownBy(client::receive).isInstanceOf(EOFException.class);
        assertThat(practising.phone.messages).isEmpty();

        TestClient back = new TestClient(client, practising.server.address(2));
        back.send(new MsgsStateReq(List.of(id)));
        assertThat(back.receive(MsgsStateInfo.class).info()).isEqualTo(Bytes.of((byte) 1));
        back.send(id, number, body);
        assertThat(back.receiveResult(id).intAt(0)).isEqualTo(SENT_CODE);
        assertThat(practising.phone.messages).hasSize(1);
        back.close();
    }

    @Test
    void theLineIsCutAfterTheCallWasCarriedOutAndTheAnswerComesOverTheNextOne() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        long id = client.sendCall(sendCode(phone("cut-after")));
        assertThatThrownBy(client::receive).isInstanceOf(EOFException.class);
        TestClient back = new TestClient(client, practising.server.address(2));
        back.send(new Ping(1));
        assertThat(back.receiveResult(id).intAt(0)).isEqualTo(SENT_CODE);
        assertThat(practising.phone.messages).hasSize(1);
        back.close();
    }

    @Test
    void answersComeTwiceUnderOneIdOrUnderTwo() throws Exception {
        TestClient client = practising.client(2);
        client.sendCall(sendCode(phone("dup-answer")));
        Received first = skipTo(client, RPC_RESULT);
        assertThat(skipTo(client, RPC_RESULT)).isEqualTo(first);
        client.sendCall(sendCode(phone("dup-answer-new-id")));
        Received second = skipTo(client, RPC_RESULT);
        Received again = skipTo(client, RPC_RESULT);
        assertThat(again.id()).isNotEqualTo(second.id());
        assertThat(again.body()).isEqualTo(second.body());
    }

    @Test
    void resultsOfTypesThatDoNotExist() throws Exception {
        TestClient client = practising.client(2);
        assertThat(client.callRaw(sendCode(phone("unknown-ctor"))).intAt(0)).isEqualTo(0x7fffff19);
        PlainSentCode sent = client.call(sendCode(phone("layer-future")), PlainSentCode.class);
        Bytes login = client.callRaw(signIn(phone("layer-future"), sent, "22222"));
        assertThat(login.intAt(0)).isEqualTo(0x2ea2c0d4);
        assertThat(login.intAt(8)).isEqualTo(0x7fffff19);
    }

    @Test
    void theKeyIsLostOnceSomebodyIsLoggedIn() throws Exception {
        TestClient client = practising.client(2);
        logIn(client, phone("key-lost"));
        client.send(new Ping(1));
        assertThatThrownBy(() -> client.receive(Pong.class)).hasMessageContaining("-404");
    }

    @Test
    void transportErrorsComeForAnswers() throws Exception {
        TestClient client = practising.client(2);
        client.sendCall(sendCode(phone("wrong-dc")));
        assertThatThrownBy(() -> skipTo(client, RPC_RESULT)).hasMessageContaining("-444");

        TestClient fast = practising.client(2);
        for (int i = 0; i < 2; i++) {
            fast.sendCall(sendCode(phone("flood-transport")));
            assertThatThrownBy(() -> skipTo(fast, RPC_RESULT)).hasMessageContaining("-429");
        }
        assertThat(fast.call(sendCode(phone("flood-transport")))).isInstanceOf(PlainSentCode.class);
    }

    @Test
    void theServerHangsUpToTheSecond() throws Exception {
        TestClient client = practising.client(2);
        client.call(sendCode(phone("close-on-ping-delay")));
        client.send(new PingDelayDisconnect(3, 1));
        assertThat(client.receive(Pong.class).pingId()).isEqualTo(3);
        long begun = System.nanoTime();
        assertThat(client.isHungUp()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(800), Duration.ofSeconds(5));
    }

    @Test
    void theSessionIsForgottenAndTheClientIsTold() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        client.asides.clear();
        long lost = client.sendCall(sendCode(phone("new-session")));
        NewSessionCreated news = client.receive(NewSessionCreated.class);
        assertThat(news.firstMsgId()).isGreaterThan(lost);
        assertThat(practising.phone.messages).isEmpty();
        assertThat(client.call(sendCode(phone("new-session")))).isInstanceOf(PlainSentCode.class);
        assertThat(client.asides.stream().map(Received::constructor)).doesNotContain(0x9ec20908);
    }

    @Test
    void aPlainNumberEndsTheRehearsal() throws Exception {
        TestClient client = practising.client(2);
        assertThat(client.callRaw(sendCode(phone("unknown-ctor"))).intAt(0)).isEqualTo(0x7fffff19);
        assertThat(client.callRaw(sendCode("9996620001")).intAt(0)).isEqualTo(SENT_CODE);
    }

    @Test
    void twoFaultsGoTogether() throws Exception {
        Faults both = Faults.both(
                Repertoire.scenario("dup-answer").orElseThrow().make(),
                Repertoire.scenario("gzip-message").orElseThrow().make());
        try (Practising all = new Practising(both)) {
            TestClient client = all.client(2);
            client.sendCall(sendCode("9996620001"));
            Received first = skipTo(client, Inflation.ID);
            assertThat(skipTo(client, Inflation.ID)).isEqualTo(first);
        }
    }

    /** The number of data centre 2 with this scenario. */
    private static String phone(String scenario) {
        List<NamedFaults> all = Repertoire.scenarios();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(scenario)) {
                return "9996620" + (Repertoire.FIRST_NUMBER + i);
            }
        }
        throw new AssertionError("no scenario " + scenario);
    }

    private static Practising with(String scenario) throws IOException {
        return new Practising(Repertoire.scenario(scenario).orElseThrow());
    }

    private static Received skipTo(TestClient client, int constructor) throws IOException {
        Received next = client.receive();
        while (next.constructor() != constructor) {
            next = client.receive();
        }
        return next;
    }

    private static Received answer(TestClient client, TlMethod<?> call) throws IOException {
        long request = client.sendCall(call);
        Received answer = skipTo(client, RPC_RESULT);
        assertThat(answer.body().longAt(4)).isEqualTo(request);
        return answer;
    }

    private static void logIn(TestClient client, String phone) throws IOException {
        PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
        client.call(signIn(phone, sent, "22222"), PlainAuthorization.class);
    }
}
