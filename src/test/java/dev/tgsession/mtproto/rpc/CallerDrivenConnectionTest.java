package dev.tgsession.mtproto.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.mtproto.message.ServerTime;
import dev.tgsession.schema.ConnectionSchema.GetNearestDc;
import dev.tgsession.schema.ConnectionSchema.InvokeWithLayer;
import dev.tgsession.schema.ConnectionSchema.NearestDc;
import dev.tgsession.schema.MtprotoSchema.MsgsAck;
import dev.tgsession.schema.MtprotoSchema.MsgsStateInfo;
import dev.tgsession.schema.MtprotoSchema.MsgsStateReq;
import dev.tgsession.schema.MtprotoSchema.PingDelayDisconnect;
import dev.tgsession.schema.MtprotoSchema.Pong;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.tl.TlWriter;
import dev.tgsession.transport.TransportRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerDrivenConnectionTest {
    private static final DataCenter DC = new DataCenter(2, "127.0.0.1", 1, Environment.PRACTICE);
    private static final ClientIdentity IDENTITY = new ClientIdentity(7, "tgsession on test", "Linux", "1", "en");
    private static final GetNearestDc CALL = new GetNearestDc();
    private static final NearestDc ANSWER = new NearestDc("NL", 2, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestClock clock = new TestClock();
    private final TestServer server = new TestServer(clock);
    private final TestLine line = new TestLine(clock, server);
    private final List<Duration> pauses = new ArrayList<>();
    private final CallerDrivenConnection connection = connection();

    private CallerDrivenConnection connection() {
        try {
            var time = new ServerTime(clock);
            time.is(clock.instant());
            var session = new RpcSession(TestServer.KEY, 42, time, new SecureRandom(), IDENTITY);
            Pause pause = wish -> {
                pauses.add(wish);
                clock.advance(wish);
            };
            return new CallerDrivenConnection(
                    DC, TestServer.KEY, session, time, line.open(DC), line, clock, pause, PATIENCE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void theScriptWasPlayedToItsEnd() {
        assertThat(line.isFinished()).as("the whole script was played").isTrue();
    }

    @Test
    void anAnswerComesBackAsARecord() throws Exception {
        line.thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(line.heard()).hasOnlyElementsOfType(InvokeWithLayer.class).hasSize(1);
    }

    @Test
    void aCallIsOnePacketAndBringsWhatIsToBeAcknowledged() throws Exception {
        line.thenAnswer(ANSWER).thenAnswer(ANSWER);
        connection.call(CALL);
        connection.call(CALL);
        assertThat(line.packets()).isEqualTo(2);
        assertThat(line.heard()).hasSize(3);
        assertThat(line.heard().get(1)).isInstanceOf(MsgsAck.class);
        assertThat(line.heard().get(2)).isEqualTo(CALL);
    }

    @Test
    void anErrorComesBackAsData() {
        line.thenError(420, "FLOOD_WAIT_30");
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> connection.call(CALL))
                .satisfies(e -> assertThat(e.floodWait()).contains(Duration.ofSeconds(30)));
    }

    @Test
    void anAnswerOfTheWrongKindIsNoAnswer() {
        line.thenAnswer(new Pong(1, 2));
        assertThatExceptionOfType(MalformedTlException.class).isThrownBy(() -> connection.call(CALL));
    }

    @Test
    void silenceIsAnsweredWithAPing() throws Exception {
        line.thenSilence().thenSay(new Pong(1, 2)).thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(line.heard().get(1)).isInstanceOf(PingDelayDisconnect.class);
        assertThat(line.opened()).isEqualTo(1);
    }

    @Test
    void aLineThatDoesNotAnswerAPingIsDialledAgain() throws Exception {
        line.thenSilence().thenSilence().thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(line.opened()).isEqualTo(2);
        assertThat(line.heard().get(2)).isInstanceOf(MsgsStateReq.class);
    }

    @Test
    void afterACutTheCallIsSentAgainOnlyIfItNeverArrived() throws Exception {
        line.thenCut()
                .then(patience -> server.say(new MsgsStateInfo(stateRequestId(), Bytes.ofHex("01"))))
                .thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(calls()).hasSize(2);
    }

    @Test
    void afterACutACallThatArrivedIsOnlyWaitedFor() throws Exception {
        line.thenCut()
                .then(patience -> server.say(new MsgsStateInfo(stateRequestId(), Bytes.ofHex("04"))))
                .thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(calls()).hasSize(1);
    }

    @Test
    void dialingStopsAfterAFewTries() {
        line.thenCut().refuseToOpen(4);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connection.call(CALL));
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void noAnswerInTimeIsAnError() {
        line.thenSilence().thenSay(new Pong(1, 2)).thenSilence().thenSay(new Pong(1, 2));
        line.then(patience -> {
            clock.advance(PATIENCE);
            throw new SocketTimeoutException("silence");
        });
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> connection.call(CALL))
                .withMessageContaining("GetNearestDc");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void anUnknownKeyIsDoubtedOnce() throws Exception {
        line.thenRefusal(-404).thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        line.thenRefusal(-404).thenRefusal(-404);
        assertThatExceptionOfType(TransportRefusedException.class)
                .isThrownBy(() -> connection.call(CALL))
                .satisfies(e -> assertThat(e.code()).isEqualTo(-404));
    }

    @Test
    void tooManyConnectionsMeanAPause() throws Exception {
        line.thenRefusal(-429).thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(pauses).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void theWrongDataCentreIsNotTriedAgain() {
        line.thenRefusal(-444);
        assertThatExceptionOfType(TransportRefusedException.class).isThrownBy(() -> connection.call(CALL));
        assertThat(line.opened()).isEqualTo(1);
    }

    @Test
    void afterAFailedCheckNothingMoreIsSaid() {
        line.then(patience -> server.sealed(new Message(
                0, server.sessionId() + 1, server.nextId(), 1, TestServer.result(line.lastCall(), ANSWER))));
        assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> connection.call(CALL));
        int said = line.heard().size();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> connection.call(CALL));
        assertThat(line.heard()).hasSize(said);
        assertThat(line.opened()).isEqualTo(1);
    }

    @Test
    void aFailedCheckWhileWakingUpEndsItToo() {
        clock.advance(Duration.ofMinutes(5));
        line.then(patience -> Bytes.of(new byte[88]));
        assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> connection.call(CALL));
        assertThat(calls()).isEmpty();
    }

    @Test
    void answersFromAnotherTimeFailTheCheckInTheEnd() {
        line.then(patience -> server.sayAs(
                MessageIds.of(clock.instant().minusSeconds(400)) | 1, 1, TestServer.result(line.lastCall(), ANSWER)));
        line.then(patience -> {
            clock.advance(PATIENCE);
            throw new SocketTimeoutException("silence");
        });
        assertThatExceptionOfType(FailedCheckException.class).isThrownBy(() -> connection.call(CALL));
    }

    @Test
    void afterALongSilenceTheLineIsTriedFirst() throws Exception {
        clock.advance(Duration.ofMinutes(3));
        line.thenSay(new Pong(1, 2)).thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(line.heard().get(0)).isInstanceOf(PingDelayDisconnect.class);
        assertThat(line.heard().get(1)).isInstanceOf(InvokeWithLayer.class);
    }

    @Test
    void aLineThatDiedInTheSilenceIsReplacedBeforeTheCallGoesOut() throws Exception {
        clock.advance(Duration.ofMinutes(3));
        line.thenSilence().thenAnswer(ANSWER);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(line.opened()).isEqualTo(2);
        assertThat(calls()).hasSize(1);
    }

    @Test
    void theTextForAnErrorMayComeAfterIt() {
        line.thenError(406, "UPDATE_APP_TO_LOGIN")
                .then(patience -> server.sayAs(server.nextId() | 3, 1, notification("Please\u001b update.")));
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> connection.call(CALL))
                .satisfies(e -> assertThat(e.notice()).contains("Please  update."));
    }

    @Test
    void anErrorWithoutItsTextStandsAlone() {
        line.thenError(406, "UPDATE_APP_TO_LOGIN").thenSilence();
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> connection.call(CALL))
                .satisfies(e -> assertThat(e.notice()).isEmpty());
    }

    @Test
    void aServerThatForgotWhoWeAreIsToldAgainOnce() throws Exception {
        line.thenAnswer(ANSWER).thenError(400, "CONNECTION_NOT_INITED").thenAnswer(ANSWER);
        connection.call(CALL);
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(calls()).hasSize(3);
        assertThat(calls().get(2)).isInstanceOf(InvokeWithLayer.class);
        line.thenError(400, "CONNECTION_NOT_INITED").thenError(400, "CONNECTION_NOT_INITED");
        assertThatExceptionOfType(RpcException.class).isThrownBy(() -> connection.call(CALL));
    }

    @Test
    void aClosedConnectionSaysNothing() {
        connection.close();
        connection.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> connection.call(CALL));
        assertThat(line.heard()).isEmpty();
    }

    @Test
    void aCallFromAnotherThreadDoesNotWaitForThisOne() throws Exception {
        List<Throwable> seen = new ArrayList<>();
        line.then(patience -> {
            Thread other = new Thread(() -> {
                try {
                    connection.call(CALL);
                } catch (IOException | RpcException e) {
                    seen.add(e);
                }
            });
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new EOFException();
            }
            return server.answer(line.lastCall(), ANSWER);
        });
        assertThat(connection.call(CALL)).isEqualTo(ANSWER);
        assertThat(seen).hasSize(1);
    }

    private long stateRequestId() {
        return line.lastService();
    }

    private List<Object> calls() {
        return line.heard().stream()
                .filter(object -> object instanceof InvokeWithLayer || object instanceof GetNearestDc)
                .toList();
    }

    private static Bytes notification(String text) {
        TlWriter update = new TlWriter();
        update.writeInt(0x78d4dec1);
        update.writeInt(0xebe46819);
        update.writeInt(0);
        update.writeString("AUTH");
        update.writeString(text);
        update.writeInt(0xffff_0000); // some media that nobody knows
        return update.toBytes();
    }
}
