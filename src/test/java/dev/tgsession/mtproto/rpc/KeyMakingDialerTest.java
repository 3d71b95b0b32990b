package dev.tgsession.mtproto.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.message.PlainMessage;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.Schema;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.transport.PacketChannel;
import dev.tgsession.transport.TransportRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when no key comes of it; that one does come is shown against the practice server. */
class KeyMakingDialerTest {
    private static final DataCenter DC = new DataCenter(2, "127.0.0.1", 1, Environment.PRODUCTION);

    private final TestClock clock = new TestClock();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Bytes> sent = new ArrayList<>();
    private final Deque<IOException> troubles = new ArrayDeque<>();
    private int opened;
    private int closed;

    private final KeyMakingDialer dialer = new KeyMakingDialer(
            dc -> {
                opened++;
                return new BadLine();
            },
            ServerKeys.production(),
            new ClientIdentity(7, "tgsession on test", "Linux", "1", "en"),
            new SecureRandom(),
            Runnable::run,
            clock,
            pauses::add,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    @Test
    void aLineThatBreaksIsDialledThreeTimes() {
        troubles.addAll(List.of(new EOFException(), new ConnectException(), new EOFException("the last")));
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> dialer.dial(DC))
                .withMessage("the last");
        assertThat(opened).isEqualTo(3);
        assertThat(closed).isEqualTo(3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void everyTryDrawsItsOwnNonce() {
        troubles.addAll(List.of(
                new TransportRefusedException(-404),
                new TransportRefusedException(-404),
                new TransportRefusedException(-404)));
        assertThatExceptionOfType(TransportRefusedException.class).isThrownBy(() -> dialer.dial(DC));
        assertThat(sent).hasSize(3);
        assertThat(sent.stream().map(packet -> packet.last(16)).distinct()).hasSize(3);
    }

    @Test
    void aBusyServerIsGivenTime() {
        troubles.addAll(List.of(
                new TransportRefusedException(-429),
                new TransportRefusedException(-429),
                new TransportRefusedException(-429)));
        assertThatExceptionOfType(TransportRefusedException.class).isThrownBy(() -> dialer.dial(DC));
        assertThat(pauses).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void theWrongDataCentreIsNotTriedAgain() {
        troubles.add(new TransportRefusedException(-444));
        assertThatExceptionOfType(TransportRefusedException.class).isThrownBy(() -> dialer.dial(DC));
        assertThat(opened).isEqualTo(1);
    }

    @Test
    void aServerThatFailsACheckGetsNoSecondChance() {
        assertThatExceptionOfType(FailedCheckException.class)
                .isThrownBy(() -> dialer.dial(DC))
                .withMessageContaining("another nonce");
        assertThat(opened).isEqualTo(1);
        assertThat(closed).isEqualTo(1);
        assertThat(sent).as("only the question it answered wrongly").hasSize(1);
    }

    @Test
    void onlyTelegramHasThreePorts() {
        assertThat(TcpOpener.ports(DC)).containsExactly(1, 443, 80, 5222);
        assertThat(TcpOpener.ports(new DataCenter(2, "127.0.0.1", 5000, Environment.PRACTICE)))
                .containsExactly(5000);
    }

    /** Breaks as written down, and when nothing is, answers a question that nobody asked. */
    private final class BadLine implements PacketChannel {
        @Override
        public void send(Bytes payload) {
            sent.add(payload);
        }

        @Override
        public Bytes receive(Duration timeout) throws IOException {
            IOException trouble = troubles.poll();
            if (trouble != null) {
                throw trouble;
            }
            Bytes nonce = Bytes.of(new byte[16]);
            var answer = new ResPq(nonce, nonce, Bytes.ofLong(15), List.of());
            return new PlainMessage(1, Schema.codec().write(answer)).pack();
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
