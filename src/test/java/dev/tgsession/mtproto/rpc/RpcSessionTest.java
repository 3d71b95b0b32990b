package dev.tgsession.mtproto.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.mtproto.message.ServerTime;
import dev.tgsession.schema.ConnectionSchema.GetNearestDc;
import dev.tgsession.schema.ConnectionSchema.InitConnection;
import dev.tgsession.schema.ConnectionSchema.InvokeWithLayer;
import dev.tgsession.schema.ConnectionSchema.NearestDc;
import dev.tgsession.schema.MtprotoSchema.BadMsgNotification;
import dev.tgsession.schema.MtprotoSchema.BadServerSalt;
import dev.tgsession.schema.MtprotoSchema.MsgDetailedInfo;
import dev.tgsession.schema.MtprotoSchema.MsgResendReq;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.MsgsStateInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsStateReq;
import dev.tgsession.schema.MtprotoSchema.NewSessionCreated;
import dev.tgsession.schema.MtprotoSchema.PingDelayDisconnect;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.schema.Schema;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.tl.TlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RpcSessionTest {
    private static final ClientIdentity IDENTITY = new ClientIdentity(7, "tgsession on test", "Linux", "1", "en");

    /** Asks only, but is not on the list of the harmless. */
    private static final TlMethod<?> CALL = new GetNearestDc();

    private static final TlMethod<?> HARMLESS = new GetUsers(List.of());
    private static final NearestDc ANSWER = new NearestDc("NL", 2, 2);

    private final TestClock clock = new TestClock();
    private final TestServer server = new TestServer(clock);
    private final ServerTime time = new ServerTime(clock);
    private final RpcSession session = new RpcSession(TestServer.KEY, 42, time, new SecureRandom(), IDENTITY);

    @Test
    void theFirstCallIntroducesUsAndTheNextDoesNot() throws Exception {
        ContainedMessage first = only(session.begin(CALL));
        var layer = (InvokeWithLayer<?>) TestServer.read(first);
        assertThat(layer.layer()).isEqualTo(Schema.LAYER);
        var init = (InitConnection<?>) layer.query();
        assertThat(init.deviceModel()).isEqualTo("tgsession on test");
        assertThat(init.query()).isEqualTo(CALL);
        assertThat(first.sequenceNumber()).isEqualTo(1);

        session.on(server.answer(first.id(), ANSWER));
        assertThat(session.result()).contains(Schema.codec().write(ANSWER));
        session.end();

        List<ContainedMessage> second = server.open(session.begin(CALL));
        assertThat(TestServer.read(second.get(1))).isEqualTo(CALL);
        assertThat(second.get(1).sequenceNumber()).isEqualTo(3);
    }

    @Test
    void acknowledgementsTravelWithTheNextCallAndOnlyOnce() throws Exception {
        ContainedMessage first = only(session.begin(CALL));
        long answer = server.nextId();
        session.on(server.sayAs(answer, 1, TestServer.result(first.id(), ANSWER)));
        session.end();
        Bytes packet = session.begin(CALL);
        List<ContainedMessage> second = server.open(packet);
        assertThat(TestServer.read(second.get(0))).isEqualTo(new MsgsAck(List.of(answer)));
        assertThat(server.whole(packet).id()).isGreaterThan(second.get(1).id());
        assertThat(session.acknowledgements()).isEmpty();
    }

    @Test
    void acknowledgementsCanTravelAlone() throws Exception {
        only(session.begin(CALL));
        long id = server.nextId();
        session.on(server.sayAs(id, 1, Schema.codec().write(new Pong(1, 2))));
        ContainedMessage alone = only(session.acknowledgements().orElseThrow());
        assertThat(TestServer.read(alone)).isEqualTo(new MsgsAck(List.of(id)));
        assertThat(alone.sequenceNumber() & 1).isZero();
    }

    @Test
    void aNewSaltIsTakenAndTheCallSentAgain() throws Exception {
        Bytes packet = session.begin(CALL);
        for (long salt = 100; salt < 105; salt++) {
            ContainedMessage refused = only(packet);
            List<Bytes> replies = session.on(server.say(new BadServerSalt(refused.id(), 1, 48, salt)));
            packet = replies.get(0);
            Message again = server.whole(packet);
            assertThat(again.salt()).isEqualTo(salt);
            assertThat(again.id()).isGreaterThan(refused.id());
        }
        session.on(server.answer(only(packet).id(), ANSWER));
        assertThat(session.result()).isPresent();
    }

    @Test
    void endlessBadSaltsEnd() throws Exception {
        Bytes packet = session.begin(CALL);
        for (int i = 0; i < 7; i++) {
            packet = session.on(server.say(new BadServerSalt(only(packet).id(), 1, 48, i)))
                    .get(0);
        }
        Bytes last = server.say(new BadServerSalt(only(packet).id(), 1, 48, 9));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> session.on(last));
    }

    @Test
    void aSaltForAMessageWeNeverSentIsNotTaken() throws Exception {
        only(session.begin(CALL));
        assertThat(session.on(server.say(new BadServerSalt(4, 1, 48, 666)))).isEmpty();
        assertThat(server.whole(session.ping()).salt()).isEqualTo(42);
    }

    @Test
    void aContainerThatIsRefusedIsSentAgainWithAllThatWasInIt() throws Exception {
        ContainedMessage first = only(session.begin(CALL));
        long answer = server.nextId();
        session.on(server.sayAs(answer, 1, TestServer.result(first.id(), ANSWER)));
        session.end();
        long container = server.whole(session.begin(CALL)).id();
        List<ContainedMessage> again = server.open(
                session.on(server.say(new BadServerSalt(container, 2, 48, 5))).get(0));
        assertThat(TestServer.read(again.get(0))).isEqualTo(new MsgsAck(List.of(answer)));
        assertThat(TestServer.read(again.get(1))).isEqualTo(CALL);
    }

    @Test
    void aRefusedPingIsSentAgain() throws Exception {
        ContainedMessage ping = only(session.ping());
        Bytes again =
                session.on(server.say(new BadServerSalt(ping.id(), 0, 48, 5))).get(0);
        assertThat(TestServer.read(only(again))).isInstanceOf(PingDelayDisconnect.class);
        assertThat(server.whole(again).salt()).isEqualTo(5);
    }

    @Test
    void aClockThatIsBehindIsMended() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        long later = MessageIds.of(clock.instant().plusSeconds(3600)) | 1;
        Bytes notification = Schema.codec().write(new BadMsgNotification(call.id(), 1, 16));
        ContainedMessage again =
                only(session.on(server.sayAs(later, 2, notification)).get(0));
        assertThat(MessageIds.dateOf(again.id())).isEqualTo(MessageIds.dateOf(later));
        assertThat(time.difference()).isBetween(Duration.ofSeconds(3599), Duration.ofSeconds(3601));
    }

    @Test
    void aClockThatIsAheadNeedsANewSession() throws Exception {
        time.is(clock.instant());
        ContainedMessage call = only(session.begin(CALL));
        long before = server.sessionId();
        long earlier = MessageIds.of(clock.instant().minusSeconds(3600)) | 1;
        Bytes notification = Schema.codec().write(new BadMsgNotification(call.id(), 1, 17));
        Bytes packet = session.on(server.sayAs(earlier, 2, notification)).get(0);
        ContainedMessage again = only(packet);
        assertThat(server.sessionId()).isNotEqualTo(before);
        assertThat(again.id()).isLessThan(call.id());
        assertThat(again.sequenceNumber()).isEqualTo(1);
        assertThat(TestServer.read(again)).isInstanceOf(InvokeWithLayer.class);
    }

    @Test
    void wrongNumbersNeedANewSession() throws Exception {
        for (int code : new int[] {18, 19, 32, 33, 34, 35, 64}) {
            RpcSession fresh = new RpcSession(TestServer.KEY, 42, time, new SecureRandom(), IDENTITY);
            ContainedMessage call = only(fresh.begin(CALL));
            long before = server.sessionId();
            only(fresh.on(server.say(new BadMsgNotification(call.id(), 1, code)))
                    .get(0));
            assertThat(server.sessionId()).as("after code " + code).isNotEqualTo(before);
        }
    }

    @Test
    void whatTheOldSessionStillSaysDoesNoHarm() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        long before = server.sessionId();
        only(session.on(server.say(new BadMsgNotification(call.id(), 1, 32))).get(0));
        Bytes late = server.sealed(new Message(0, before, server.nextId(), 1, TestServer.result(call.id(), ANSWER)));
        assertThat(session.on(late)).isEmpty();
        assertThat(session.result()).isEmpty();
    }

    @Test
    void aCallTooOldToJudgeIsSentAgainOnlyIfHarmless() throws Exception {
        ContainedMessage harmless = only(session.begin(HARMLESS));
        assertThat(session.on(server.say(new BadMsgNotification(harmless.id(), 1, 20))))
                .hasSize(1);
        session.end();
        ContainedMessage call = only(session.begin(CALL));
        Bytes tooOld = server.say(new BadMsgNotification(call.id(), 1, 20));
        assertThatExceptionOfType(AnswerLostException.class).isThrownBy(() -> session.on(tooOld));
    }

    @Test
    void aNewSessionOnTheServerBringsItsSalt() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        assertThat(session.on(server.say(new NewSessionCreated(call.id(), 1, 99))))
                .isEmpty();
        assertThat(server.whole(session.ping()).salt()).isEqualTo(99);
    }

    @Test
    void aCallThatTheServerForgotIsSentAgain() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        Bytes again = session.on(server.say(new NewSessionCreated(call.id() + 4, 1, 99)))
                .get(0);
        assertThat(TestServer.read(only(again))).isInstanceOf(InvokeWithLayer.class);
    }

    @Test
    void aCallThatMayHaveBeenDoneIsNotSentAgain() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        session.on(server.say(new Pong(1, 2)));
        session.resumed();
        Bytes forgotten = server.say(new NewSessionCreated(call.id() + 4, 1, 99));
        assertThatExceptionOfType(AnswerLostException.class)
                .isThrownBy(() -> session.on(forgotten))
                .withMessageContaining("GetNearestDc");
    }

    @Test
    void aCallInASessionThatTheServerNeverKnewIsSentAgain() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        session.resumed();
        Bytes again = session.on(server.say(new NewSessionCreated(call.id() + 4, 1, 99)))
                .get(0);
        assertThat(TestServer.read(only(again))).isInstanceOf(InvokeWithLayer.class);
    }

    @Test
    void onANewLineTheServerIsAskedWhatBecameOfTheCall() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        ContainedMessage question = only(session.resumed());
        assertThat(TestServer.read(question)).isEqualTo(new MsgsStateReq(List.of(call.id())));

        assertThat(session.on(server.say(new MsgsStateInfo(question.id(), Bytes.ofHex("04")))))
                .isEmpty();
        session.on(server.answer(call.id(), ANSWER));
        assertThat(session.result()).isPresent();
    }

    @Test
    void aCallThatNeverArrivedIsSentAgainUnderItsIdSoThatItCountsOnceIfItArrivesAfterAll() throws Exception {
        for (String state : List.of("01", "02", "03")) {
            ContainedMessage call = only(session.begin(CALL));
            ContainedMessage question = only(session.resumed());
            Bytes again = session.on(server.say(new MsgsStateInfo(question.id(), Bytes.ofHex(state))))
                    .get(0);
            assertThat(only(again)).as("after state " + state).isEqualTo(call);
            session.end();
        }
    }

    @Test
    void aNewLineWithoutACallIsGreetedWithAPing() throws Exception {
        assertThat(TestServer.read(only(session.resumed()))).isInstanceOf(PingDelayDisconnect.class);
    }

    @Test
    void anAnswerKeptBackIsAskedFor() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        Bytes request = session.on(server.say(new MsgDetailedInfo(call.id(), 12345, 40, 0)))
                .get(0);
        assertThat(TestServer.read(only(request))).isEqualTo(new MsgResendReq(List.of(12345L)));
    }

    @Test
    void anAnswerThatWasHeardIsNotAskedForAgain() throws Exception {
        ContainedMessage first = only(session.begin(CALL));
        long answer = server.nextId();
        session.on(server.sayAs(answer, 1, TestServer.result(first.id(), ANSWER)));
        session.end();
        session.begin(CALL);
        assertThat(session.on(server.say(new MsgDetailedInfo(first.id(), answer, 40, 0))))
                .isEmpty();
        assertThat(TestServer.read(only(session.acknowledgements().orElseThrow())))
                .isEqualTo(new MsgsAck(List.of(answer)));
    }

    @Test
    void everythingInAContainerIsHeard() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        var pong = server.inner(2, Schema.codec().write(new Pong(1, 2)));
        var unknown = server.inner(3, Bytes.ofHex("78563412deadbeef"));
        var ack = server.inner(2, Schema.codec().write(new MsgsAck(List.of(call.id()))));
        var answer =
                server.inner(5, TestServer.result(call.id(), gzip(Schema.codec().write(ANSWER))));
        assertThat(session.on(server.container(pong, unknown, ack, answer))).isEmpty();
        assertThat(session.result()).contains(Schema.codec().write(ANSWER));
        assertThat(TestServer.read(only(session.acknowledgements().orElseThrow())))
                .isEqualTo(new MsgsAck(List.of(unknown.id(), answer.id())));
    }

    @Test
    void theSameAnswerTwiceIsHeardOnce() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        Bytes answer = server.answer(call.id(), ANSWER);
        session.on(answer);
        session.on(answer);
        session.on(server.answer(call.id(), new NearestDc("XX", 9, 9)));
        assertThat(session.result()).contains(Schema.codec().write(ANSWER));
    }

    @Test
    void answersToOtherQuestionsAreAcknowledgedAndIgnored() throws Exception {
        only(session.begin(CALL));
        session.on(server.answer(4444, ANSWER));
        assertThat(session.result()).isEmpty();
        assertThat(session.acknowledgements()).isPresent();
    }

    @Test
    void anotherSessionIsAFailedCheck() throws Exception {
        ContainedMessage call = only(session.begin(CALL));
        Bytes foreign = server.sealed(
                new Message(0, server.sessionId() + 1, server.nextId(), 1, TestServer.result(call.id(), ANSWER)));
        assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> session.on(foreign));
        assertThat(session.result()).isEmpty();
    }

    @Test
    void anAnswerFromAnotherTimeIsNotUsed() throws Exception {
        time.is(clock.instant());
        ContainedMessage call = only(session.begin(CALL));
        for (long seconds : new long[] {-400, 60}) {
            long id = MessageIds.of(clock.instant().plusSeconds(seconds)) | 1;
            session.on(server.sayAs(id, 1, TestServer.result(call.id(), ANSWER)));
        }
        assertThat(session.result()).isEmpty();
        assertThat(session.heardFromAnotherTime()).isTrue();
    }

    @Test
    void textsForThePersonAreKept() throws Exception {
        only(session.begin(CALL));
        // updateShort around updateServiceNotification with messageMediaEmpty, the bytes as a server writes them.
        TlWriter update = new TlWriter();
        update.writeInt(0x78d4dec1);
        update.writeInt(0xebe46819);
        update.writeInt(0);
        update.writeString("AUTH");
        update.writeString("Please update the app.");
        update.writeInt(0x3ded6320);
        update.writeInt(0x1cb5c415);
        update.writeInt(0);
        update.writeInt(1_750_000_000);
        session.on(server.sayAs(server.nextId() | 3, 1, update.toBytes()));
        assertThat(session.notice()).contains("Please update the app.");
    }

    private ContainedMessage only(Bytes packet) throws IOException {
        List<ContainedMessage> messages = server.open(packet);
        return messages.get(messages.size() - 1);
    }

    private static Bytes gzip(Bytes object) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(object.toArray());
        }
        TlWriter writer = new TlWriter();
        writer.writeInt(0x3072cfa1);
        writer.writeBytes(Bytes.of(out.toByteArray()));
        return writer.toBytes();
    }
}
