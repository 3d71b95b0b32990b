package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.practice.TestClient.Received;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.ConnectionSchema.GetNearestDc;
import dev.tgsession.schema.ConnectionSchema.InvokeAfterMsg;
import dev.tgsession.schema.ConnectionSchema.InvokeWithoutUpdates;
import dev.tgsession.schema.MtprotoSchema.BadMsgNotification;
import dev.tgsession.schema.MtprotoSchema.BadServerSalt;
import dev.tgsession.schema.MtprotoSchema.DestroyAuthKey;
import dev.tgsession.schema.MtprotoSchema.DestroyAuthKeyOk;
import dev.tgsession.schema.MtprotoSchema.DestroySession;
import dev.tgsession.schema.MtprotoSchema.DestroySessionNone;
import dev.tgsession.schema.MtprotoSchema.DestroySessionOk;
import dev.tgsession.schema.MtprotoSchema.FutureSalts;
import dev.tgsession.schema.MtprotoSchema.GetFutureSalts;
import dev.tgsession.schema.MtprotoSchema.GzipPacked;
import dev.tgsession.schema.MtprotoSchema.HttpWait;
import dev.tgsession.schema.MtprotoSchema.MsgResendReq;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.MsgsStateInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsStateReq;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.MtprotoSchema.PingDelayDisconnect;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.MtprotoSchema.RpcAnswerDropped;
import dev.tgsession.schema.MtprotoSchema.RpcAnswerUnknown;
import dev.tgsession.schema.MtprotoSchema.RpcDropAnswer;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.tl.TlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Encrypted messages over the wire: what is taken, in which order it is judged, and what is answered. */
final class EncryptedTrafficTest {
    private static final int NOT_FOUND = -404;

    private Practising practising;

    @BeforeEach
    void start() throws IOException {
        practising = new Practising();
    }

    @AfterEach
    void stop() throws IOException {
        practising.close();
    }

    // The order of the checks.

    @Test
    void anUnknownKeyGetsMinus404AndTheLineStaysOpen() throws Exception {
        TestClient client = practising.stranger(2);
        client.key = AuthKey.of(client.chance(256));
        client.send(new Ping(1));
        assertThat(client.receiveRefusal()).isEqualTo(NOT_FOUND);
        assertThat(practising.phone.refusals).last().asString().contains("does not know");
        assertThat(client.withKey().call(new GetConfig())).isInstanceOf(Config.class);
    }

    @Test
    void aMessageThatWasChangedOnItsWayGetsMinus404AndIsHungUpOn() throws Exception {
        for (int at : new int[] {8, 23, 24, 60}) {
            TestClient client = practising.client(2);
            byte[] packet = client.seal(client.nextId(), 0, TestClient.CODEC.write(new Ping(1)))
                    .toArray();
            packet[at] ^= 1;
            client.sendPacket(Bytes.of(packet));
            assertThat(client.receiveRefusal()).isEqualTo(NOT_FOUND);
            assertThat(client.isHungUp()).isTrue();
        }
        assertThat(practising.server.requests())
                .noneMatch(request -> request.kind() == Kind.SERVICE)
                .filteredOn(request -> request.kind() == Kind.UNREADABLE)
                .hasSize(4);
    }

    @Test
    void lengthsThatDoNotFitAreNotTaken() throws Exception {
        // Length field, padding: too long, not by four, negative, too little padding, too much.
        int[][] cases = {{48, 28}, {9, 23}, {-4, 28}, {12, 4}, {12, 1028}};
        for (int[] each : cases) {
            TestClient client = practising.client(2);
            Bytes plain = Bytes.join(
                    Bytes.ofLong(client.salt),
                    Bytes.ofLong(client.sessionId),
                    Bytes.ofLong(client.nextId()),
                    Bytes.ofInt(0),
                    Bytes.ofInt(each[0]),
                    TestClient.CODEC.write(new Ping(1)));
            Bytes padded = plain.plus(client.chance(each[1]));
            client.sendPacket(client.sealPlain(padded.first(padded.size() / 16 * 16)));
            assertThat(client.receiveRefusal()).as("length " + each[0]).isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void aWrongSaltIsAnsweredBeforeTheSessionIsSaidToBeNew() throws Exception {
        TestClient client = practising.client(2);
        client.salt = 0;
        long id = client.nextId();
        client.send(id, 7, TestClient.CODEC.write(new Ping(1)));
        Received first = client.receive();
        BadServerSalt bad = (BadServerSalt) first.read();
        assertThat(bad.badMsgId()).isEqualTo(id);
        assertThat(bad.badMsgSeqno()).isEqualTo(7);
        assertThat(bad.errorCode()).isEqualTo(48);
        assertThat(first.id() & 3).isEqualTo(1);
        assertThat(first.sequenceNumber() & 1).isZero();
        assertThat(practising.server.sessions()).isZero();

        client.salt = bad.newServerSalt();
        client.send(new Ping(2));
        assertThat(client.receive().read()).isInstanceOf(NewSessionCreated.class);
        assertThat(client.receive().read()).isInstanceOf(Pong.class);
    }

    @Test
    void aContainerWithAWrongSaltIsNamedByItsOwnId() throws Exception {
        TestClient client = practising.client(2);
        client.salt = 1;
        Bytes inner = message(client.nextId(), 1, TestClient.CODEC.write(new Ping(1)));
        long id = client.send(container(inner), false);
        assertThat(client.receive(BadServerSalt.class).badMsgId()).isEqualTo(id);
    }

    @Test
    void theSaltOfTheExchangeHoldsForHalfAnHourAndAnOldOneForOnePeriod() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        client.send(new GetFutureSalts(3));
        FutureSalts salts = client.receive(FutureSalts.class);
        client.salt = salts.salts().get(0).salt();
        practising.clock.forward(Duration.ofMinutes(30));
        client.clockError += 1800;
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
        client.salt = salts.salts().get(1).salt();
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
        practising.clock.forward(Duration.ofMinutes(30));
        client.clockError += 1800;
        client.salt = salts.salts().get(0).salt();
        client.send(new Ping(1));
        client.salt = client.receive(BadServerSalt.class).newServerSalt();
        assertThat(client.salt).isEqualTo(salts.salts().get(2).salt());
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
    }

    @Test
    void messageIdsHaveToBeByFourAndFromNow() throws Exception {
        TestClient client = practising.client(2);
        Bytes ping = TestClient.CODEC.write(new Ping(1));
        long now = client.nextId();
        long[][] cases = {
            {now + 1, 18},
            {now + 2, 18},
            {now - (310L << 32), 16},
            {now + (40L << 32), 17},
            {4, 16},
            {Long.MAX_VALUE - 3, 17}
        };
        for (long[] each : cases) {
            client.send(each[0], 0, ping);
            BadMsgNotification bad = client.receive(BadMsgNotification.class);
            assertThat(bad.badMsgId()).isEqualTo(each[0]);
            assertThat(bad.errorCode()).isEqualTo((int) each[1]);
        }
        assertThat(practising.server.sessions()).isZero();
        client.send(now - (290L << 32), 0, ping);
        client.receive(Pong.class);
        client.send(now + (25L << 32), 0, ping);
        client.receive(Pong.class);
    }

    @Test
    void theSkewOfTheServersClockDecides() throws Exception {
        try (PracticeServer late =
                PracticeServer.start(PracticeSettings.of(Practising.KEY, InstantSource.system(), new SecureRandom())
                        .withClockSkew(Duration.ofHours(1)))) {
            TestClient client = new TestClient(late, 2).withKey();
            client.send(new Ping(1));
            assertThat(client.receive(BadMsgNotification.class).errorCode()).isEqualTo(16);
            client.clockError = 3600;
            client.send(new Ping(2));
            Received pong = null;
            while (pong == null) {
                Received next = client.receive();
                pong = next.read() instanceof Pong ? next : null;
            }
            assertThat((pong.id() >>> 32) - Instant.now().getEpochSecond()).isBetween(3590L, 3610L);
        }
    }

    // Sessions.

    @Test
    void aSessionIsSaidToBeNewExactlyOnceAndNamesItsFirstInnerMessage() throws Exception {
        TestClient client = practising.client(2);
        long one = client.nextId();
        long two = client.nextId();
        client.send(
                container(
                        message(one, 0, TestClient.CODEC.write(new Ping(1))),
                        message(two, 0, TestClient.CODEC.write(new Ping(2)))),
                false);
        Received first = client.receive();
        NewSessionCreated news = (NewSessionCreated) first.read();
        assertThat(news.firstMsgId()).isEqualTo(one);
        assertThat(news.serverSalt()).isEqualTo(first.salt());
        assertThat(first.id() & 3).isEqualTo(3);
        assertThat(first.sequenceNumber()).isEqualTo(1);
        assertThat(client.receive().read()).isEqualTo(new Pong(one, 1));
        assertThat(client.receive().read()).isEqualTo(new Pong(two, 2));
        client.send(new Ping(3));
        assertThat(client.receive().read()).isInstanceOf(Pong.class);

        client.sessionId = 17;
        client.send(new Ping(4));
        assertThat(client.receive().read()).isInstanceOf(NewSessionCreated.class);
    }

    @Test
    void theSameSessionIdWithAnotherKeyIsAnotherSession() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        TestClient other = practising.client(3);
        other.sessionId = client.sessionId;
        other.send(other.nextId(), 17, TestClient.CODEC.write(new Ping(1)));
        assertThat(other.receive().read()).isInstanceOf(NewSessionCreated.class);
        assertThat(practising.server.sessions()).isEqualTo(2);
    }

    @Test
    void whatWasNotAcknowledgedComesAgainOverTheNextConnection() throws Exception {
        TestClient client = practising.client(2);
        long request = client.sendCall(new GetConfig());
        Bytes answer = client.receiveResult(request);
        client.close();
        try (TestClient back = new TestClient(client, practising.server.address(2))) {
            back.send(new Ping(1));
            assertThat(back.receiveResult(request)).isEqualTo(answer);
            assertThat(back.asides).hasSize(1);
            assertThat(back.asides.get(0).read()).isInstanceOf(NewSessionCreated.class);
            assertThat(back.receive().read()).isInstanceOf(Pong.class);
            assertThat(practising.calls()).containsExactly("help.getConfig");
        }
    }

    @Test
    void anAnswerThatHasGrownOldComesAgainWithANewNumber() throws Exception {
        TestClient client = practising.client(2);
        long request = client.sendCall(new GetConfig());
        client.receive();
        Received first = client.receive();
        client.close();
        practising.clock.forward(Duration.ofMinutes(5));
        try (TestClient back = new TestClient(client, practising.server.address(2))) {
            back.clockError = 300;
            back.send(new Ping(1));
            back.receive();
            Received again = back.receive();
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.id()).isGreaterThan(first.id() + (299L << 32));
            assertThat(again.body().longAt(4)).isEqualTo(request);
        }
    }

    @Test
    void whatWasAcknowledgedDoesNotComeAgain() throws Exception {
        TestClient client = practising.client(2);
        client.sendCall(new GetConfig());
        Received news = client.receive();
        Received answer = client.receive();
        client.send(new MsgsAck(List.of(news.id(), answer.id(), 12345L)));
        client.send(new Ping(0));
        client.receive(Pong.class);
        client.close();
        try (TestClient back = new TestClient(client, practising.server.address(2))) {
            back.send(new Ping(1));
            assertThat(back.receive().read()).isInstanceOf(Pong.class);
        }
    }

    @Test
    void aRequestThatComesTwiceIsDoneOnceAndAnsweredTwice() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        long id = client.nextId();
        Bytes body = TestClient.CODEC.write(new GetNearestDc());
        client.send(id, 3, body);
        Bytes answer = client.receiveResult(id);
        client.send(id, 3, body);
        assertThat(client.receiveResult(id)).isEqualTo(answer);
        client.send(container(message(id, 3, body)), false);
        assertThat(client.receiveResult(id)).isEqualTo(answer);
        assertThat(practising.calls()).containsExactly("help.getConfig", "help.getNearestDc");
    }

    // Containers and compression.

    @Test
    void aContainerIsDoneInOrder() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        List<Bytes> pings = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ids.add(client.nextId());
            pings.add(message(ids.get(i), 0, TestClient.CODEC.write(new Ping(i))));
        }
        client.send(container(pings.toArray(new Bytes[0])), false);
        for (int i = 0; i < 500; i++) {
            assertThat(client.receive().read()).isEqualTo(new Pong(ids.get(i), i));
        }
    }

    @Test
    void aBadContainerIsRefusedAsAWhole() throws Exception {
        TestClient client = practising.client(2);
        Bytes ping = message(client.nextId(), 0, TestClient.CODEC.write(new Ping(1)));
        Bytes[] bad = {
            container(message(client.nextId(), 0, container(ping))),
            container(message(client.nextId() + 1, 0, TestClient.CODEC.write(new Ping(1)))),
            container(ping).plus(Bytes.ofInt(0)),
            Bytes.join(Bytes.ofInt(0x73f1f8dc), Bytes.ofInt(2), ping),
            Bytes.join(Bytes.ofInt(0x73f1f8dc), Bytes.ofInt(-1), ping),
            Bytes.join(Bytes.ofInt(0x73f1f8dc), Bytes.ofInt(Integer.MAX_VALUE), ping)
        };
        for (Bytes each : bad) {
            client.send(each, false);
            assertThat(client.receive(BadMsgNotification.class).errorCode()).isEqualTo(64);
        }
        assertThat(practising.server.requests())
                .noneMatch(request -> request.name().equals("ping"));
        client.send(new Ping(1));
        client.receive(Pong.class);
    }

    @Test
    void compressionStandsAnywhereInEitherForm() throws Exception {
        TestClient client = practising.client(2);
        Bytes call = TestClient.CODEC.write(new GetConfig());
        for (boolean gzip : new boolean[] {true, false}) {
            Bytes[] bodies = {
                client.wrapped(packed(call, gzip)),
                packed(client.wrapped(call), gzip),
                packed(client.wrapped(packed(call, gzip)), gzip),
                client.wrapped(TestClient.CODEC
                        .write(new InvokeAfterMsg<>(1, new TestClient.Nothing()))
                        .first(12)
                        .plus(packed(call, gzip)))
            };
            for (Bytes body : bodies) {
                long id = client.send(body, true);
                assertThat(TestClient.CODEC.read(client.receiveResult(id))).isInstanceOf(Config.class);
            }
        }
        client.send(packed(TestClient.CODEC.write(new Ping(5)), true), false);
        assertThat(client.receive(Pong.class).pingId()).isEqualTo(5);
        Bytes ping = message(client.nextId(), 0, packed(TestClient.CODEC.write(new Ping(6)), false));
        client.send(packed(container(ping), true), false);
        assertThat(client.receive(Pong.class).pingId()).isEqualTo(6);
    }

    @Test
    void whatCannotBeDecompressedIsRefused() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        Bytes twice = packed(packed(TestClient.CODEC.write(new GetConfig()), true), true);
        Bytes garbage = TestClient.CODEC.write(new GzipPacked(client.chance(40)));
        Bytes cut = TestClient.CODEC.write(
                new GzipPacked(compressed(new byte[400], true).first(20)));
        Bytes bomb = TestClient.CODEC.write(new GzipPacked(compressed(new byte[64 << 20], true)));
        for (Bytes each : List.of(twice, garbage, cut, bomb)) {
            long id = client.send(each, true);
            RpcError error = (RpcError) TestClient.CODEC.read(client.receiveResult(id));
            assertThat(error.errorMessage()).isEqualTo("INPUT_FETCH_ERROR");
        }
        assertThat(practising.phone.refusals).last().asString().contains("larger than");
    }

    // Wrappers.

    @Test
    void theFirstCallHasToBeWrapped() throws Exception {
        TestClient client = practising.client(2);
        client.introduced = true;
        assertThat(client.refusal(new GetConfig())).isEqualTo("400 CONNECTION_NOT_INITED");
        assertThat(practising.phone.refusals).last().asString().contains("not wrapped");
        client.introduced = false;
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
        assertThat(client.call(new InvokeWithoutUpdates<>(new InvokeAfterMsg<>(4, new GetConfig()))))
                .isInstanceOf(Config.class);
    }

    @Test
    void fieldsOfTheIntroductionMustBeFilled() throws Exception {
        TestClient client = practising.client(2);
        Object[][] cases = {
            {0, "m", "s", "a", "en", "CONNECTION_API_ID_INVALID"},
            {1, "", "s", "a", "en", "CONNECTION_DEVICE_MODEL_EMPTY"},
            {1, "m", " ", "a", "en", "CONNECTION_SYSTEM_EMPTY"},
            {1, "m", "s", "", "en", "CONNECTION_APP_VERSION_EMPTY"},
            {1, "m", "s", "a", "", "CONNECTION_SYSTEM_LANG_CODE_EMPTY"}
        };
        for (Object[] each : cases) {
            TlWriter out = new TlWriter();
            out.writeInt(0xda9b0d0d);
            out.writeInt(228);
            out.writeInt(0xc1cd5ea9);
            out.writeInt(0);
            out.writeInt((Integer) each[0]);
            for (int i = 1; i <= 4; i++) {
                out.writeString((String) each[i]);
            }
            out.writeString("");
            out.writeString("en");
            out.writeRaw(TestClient.CODEC.write(new GetConfig()));
            long id = client.send(out.toBytes(), true);
            RpcError error = (RpcError) TestClient.CODEC.read(client.receiveResult(id));
            assertThat(error.errorMessage()).isEqualTo(each[5]);
        }
    }

    @Test
    void wrappersWithoutEndAreRefused() throws Exception {
        TestClient client = practising.client(2);
        Bytes body = TestClient.CODEC.write(new GetConfig());
        for (int i = 0; i < 1000; i++) {
            body = Bytes.ofInt(0xbf9459b7).plus(body);
        }
        long id = client.send(client.wrapped(body), true);
        RpcError error = (RpcError) TestClient.CODEC.read(client.receiveResult(id));
        assertThat(error.errorMessage()).isEqualTo("INPUT_REQUEST_TOO_LONG");
    }

    @Test
    void unknownMethodsAreRefusedByTheirNames() throws Exception {
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        assertThat(refusal(client, 0xd6b94df2)).isEqualTo("401 AUTH_KEY_UNREGISTERED");
        assertThat(practising.phone.refusals).last().asString().contains("messages.getPinnedDialogs");
        assertThat(refusal(client, 0xc0977421)).isEqualTo("400 INPUT_METHOD_INVALID");
        assertThat(practising.phone.refusals).last().asString().contains("help.getPromoData");
        assertThat(refusal(client, 0x11223344)).isEqualTo("401 AUTH_KEY_UNREGISTERED");
        assertThat(practising.phone.refusals).last().asString().contains("#11223344");
    }

    @Test
    void aCallThatIsCutShortIsRefusedAndTheNextOneIsAnswered() throws Exception {
        TestClient client = practising.client(2);
        Bytes body = client.wrapped(TestClient.CODEC.write(PhoneLoginTest.sendCode("9996620001")));
        for (int size = 4; size < body.size(); size += 4) {
            long id = client.send(body.first(size), true);
            assertThat(TestClient.CODEC.read(client.receiveResult(id))).isInstanceOf(RpcError.class);
        }
        long empty = client.send(Bytes.EMPTY, true);
        assertThat(TestClient.CODEC.read(client.receiveResult(empty))).isInstanceOf(RpcError.class);
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
        assertThat(practising.phone.messages).isEmpty();
    }

    // Service messages.

    @Test
    void pingsAreAnsweredWithoutAnRpcResult() throws Exception {
        TestClient client = practising.client(2);
        long one = client.send(new Ping(11));
        client.receive();
        Received pong = client.receive();
        assertThat(pong.read()).isEqualTo(new Pong(one, 11));
        assertThat(pong.id() & 3).isEqualTo(1);
        assertThat(pong.sequenceNumber() & 1).isZero();
        long two = client.send(new PingDelayDisconnect(12, 60_000));
        assertThat(client.receive().read()).isEqualTo(new Pong(two, 12));
    }

    @Test
    void futureSaltsBeginWithThePresentOne() throws Exception {
        TestClient client = practising.client(2);
        long id = client.send(new GetFutureSalts(64));
        FutureSalts salts = client.receive(FutureSalts.class);
        assertThat(salts.reqMsgId()).isEqualTo(id);
        assertThat(salts.salts()).hasSize(64);
        assertThat(salts.salts().get(0).validSince()).isLessThanOrEqualTo(salts.now());
        assertThat(salts.salts().get(0).validUntil()).isGreaterThan(salts.now());
        for (int i = 1; i < 64; i++) {
            assertThat(salts.salts().get(i).validSince())
                    .isEqualTo(salts.salts().get(i - 1).validUntil());
        }
        client.send(new GetFutureSalts(1_000_000));
        assertThat(client.receive(FutureSalts.class).salts()).hasSize(64);
        client.send(new GetFutureSalts(-1));
        assertThat(client.receive(FutureSalts.class).salts()).hasSize(1);
    }

    @Test
    void theStateOfMessagesIsTold() throws Exception {
        TestClient client = practising.client(2);
        long answered = client.sendCall(new GetConfig());
        client.receiveResult(answered);
        long acknowledged = client.sendCall(new GetNearestDc());
        while (client.asides.stream().noneMatch(each -> each.body().longAt(4) == acknowledged)) {
            client.asides.add(client.receive());
        }
        Received answer = client.asides.get(client.asides.size() - 1);
        client.send(new MsgsAck(List.of(answer.id())));
        long id = client.send(new MsgsStateReq(List.of(answered, acknowledged, 4444L)));
        assertThat(client.receive(MsgsStateInfo.class))
                .isEqualTo(new MsgsStateInfo(id, Bytes.of((byte) 68, (byte) 4, (byte) 1)));
    }

    @Test
    void answersAreSaidAgainWhenAskedFor() throws Exception {
        TestClient client = practising.client(2);
        long request = client.sendCall(new GetConfig());
        client.receive();
        Received answer = client.receive();
        long id = client.send(new MsgResendReq(List.of(answer.id(), 99L)));
        assertThat(client.receive()).isEqualTo(answer);
        assertThat(client.receive().read()).isEqualTo(new MsgsStateInfo(id, Bytes.of((byte) 1)));
        assertThat(answer.body().longAt(4)).isEqualTo(request);
    }

    @Test
    void anAnswerCanBeDropped() throws Exception {
        TestClient client = practising.client(2);
        long request = client.sendCall(new GetConfig());
        client.receive();
        Received answer = client.receive();
        RpcAnswerDropped dropped =
                (RpcAnswerDropped) TestClient.CODEC.read(client.receiveResult(client.send(new RpcDropAnswer(request))));
        assertThat(dropped.msgId()).isEqualTo(answer.id());
        assertThat(dropped.bytes()).isEqualTo(answer.body().size());
        assertThat(TestClient.CODEC.read(client.receiveResult(client.send(new RpcDropAnswer(request)))))
                .isEqualTo(new RpcAnswerUnknown());
    }

    @Test
    void sessionsAndKeysCanBeDestroyed() throws Exception {
        TestClient client = practising.client(2);
        client.send(new Ping(1));
        client.receive(Pong.class);
        long first = client.sessionId;
        client.sessionId = 5;
        client.send(new DestroySession(first));
        assertThat(client.receive(DestroySessionOk.class).sessionId()).isEqualTo(first);
        client.send(new DestroySession(first));
        assertThat(client.receive(DestroySessionNone.class).sessionId()).isEqualTo(first);
        client.send(new DestroySession(5));
        assertThat(client.receive(DestroySessionNone.class).sessionId()).isEqualTo(5);
        client.send(new HttpWait(1, 1, 1));
        client.send(new DestroyAuthKey());
        client.receive(DestroyAuthKeyOk.class);
        assertThat(practising.server.sessions()).isZero();
        client.send(new Ping(2));
        assertThat(client.receiveRefusal()).isEqualTo(NOT_FOUND);
    }

    @Test
    void aServiceMessageThatIsCutShortIsPassedOver() throws Exception {
        TestClient client = practising.client(2);
        client.send(TestClient.CODEC.write(new Ping(1)).first(8), false);
        client.send(TestClient.CODEC.write(new MsgsAck(List.of(1L, 2L))).first(16), false);
        client.send(new Ping(3));
        assertThat(client.receive(Pong.class).pingId()).isEqualTo(3);
        assertThat(practising.phone.refusals).hasSize(2);
    }

    // Numbering.

    @Test
    void theServersNumbersRiseAndTellAnswersFromTheRest() throws Exception {
        TestClient client = practising.client(2);
        List<Received> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            client.sendCall(new GetNearestDc());
            client.send(new Ping(i));
        }
        for (int i = 0; i < 41; i++) {
            all.add(client.receive());
        }
        int contents = 0;
        for (int i = 0; i < all.size(); i++) {
            Received each = all.get(i);
            boolean content = (each.sequenceNumber() & 1) == 1;
            assertThat(each.sequenceNumber()).isEqualTo(content ? 2 * contents++ + 1 : 2 * contents);
            assertThat(each.id() & 3).isEqualTo(i == 0 ? 3 : 1);
            if (i > 0) {
                assertThat(each.id()).isGreaterThan(all.get(i - 1).id());
            }
        }
        assertThat(contents).isEqualTo(21);
    }

    // Hands.

    private static String refusal(TestClient client, int method) throws IOException {
        long id = client.send(Bytes.ofInt(method).plus(Bytes.ofInt(0)), true);
        RpcError error = (RpcError) TestClient.CODEC.read(client.receiveResult(id));
        return error.errorCode() + " " + error.errorMessage();
    }

    private static Bytes message(long id, int sequenceNumber, Bytes body) {
        return Bytes.join(Bytes.ofLong(id), Bytes.ofInt(sequenceNumber), Bytes.ofInt(body.size()), body);
    }

    private static Bytes container(Bytes... messages) {
        return Bytes.join(Bytes.ofInt(0x73f1f8dc), Bytes.ofInt(messages.length), Bytes.join(messages));
    }

    private static Bytes packed(Bytes object, boolean gzip) throws IOException {
        return TestClient.CODEC.write(new GzipPacked(compressed(object.toArray(), gzip)));
    }

    private static Bytes compressed(byte[] content, boolean gzip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packer = gzip ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            packer.write(content);
        }
        return Bytes.of(out.toByteArray());
    }
}
