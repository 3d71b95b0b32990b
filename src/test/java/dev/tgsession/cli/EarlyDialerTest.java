package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EarlyDialerTest {
    private static final DataCenter TWO = DataCenters.builtIn(Environment.TEST, 2, false);
    private static final DataCenter THREE = DataCenters.builtIn(Environment.TEST, 3, false);

    private final List<Line> lines = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final CountDownLatch mayDial = new CountDownLatch(1);
    private final CountDownLatch dialled = new CountDownLatch(1);

    /** What comes of the first time. */
    private final AtomicReference<IOException> trouble = new AtomicReference<>();

    private final EarlyDialer dialer = new EarlyDialer(
            new Dialer() {
                @Override
                public RpcConnection dial(DataCenter dataCenter) throws IOException {
                    try {
                        mayDial.await();
                    } catch (InterruptedException stop) {
                        throw new AssertionError(stop);
                    }
                    Line line = new Line(dataCenter);
                    lines.add(line);
                    dialled.countDown();
                    IOException failed = trouble.getAndSet(null);
                    if (failed != null) {
                        throw failed;
                    }
                    return line;
                }

                @Override
                public RpcConnection dial(DataCenter dataCenter, AuthKey key) {
                    Line line = new Line(dataCenter);
                    lines.add(line);
                    return line;
                }
            },
            now::get);

    @Test
    void withoutABeginningItDialsAsEver() throws IOException {
        mayDial.countDown();
        assertThat(dialer.dial(TWO)).isSameAs(lines.get(0));
        assertThat(dialer.dial(TWO)).isSameAs(lines.get(1));
        dialer.close();
        assertThat(lines).noneMatch(Line::isClosed);
    }

    @Test
    void theFirstLineIsTheEarlyOneAndTheNextAnother() throws Exception {
        mayDial.countDown();
        beginAndEnd();
        assertThat(dialer.dial(TWO)).isSameAs(lines.get(0));
        assertThat(dialer.dial(TWO)).isSameAs(lines.get(1));
        dialer.close();
        assertThat(lines).noneMatch(Line::isClosed);
    }

    @Test
    void whoComesSoonWaitsForIt() throws Exception {
        dialer.begin(TWO);
        Thread late = new Thread(mayDial::countDown);
        late.start();
        assertThat(dialer.dial(TWO)).isSameAs(lines.get(0));
        assertThat(lines).hasSize(1);
        late.join();
    }

    @Test
    void elsewhereIsAnotherLineAndTheEarlyOneIsHungUp() throws Exception {
        mayDial.countDown();
        beginAndEnd();
        assertThat(dialer.dial(THREE).dataCenter()).isEqualTo(THREE);
        lines.get(0).awaitClosed();
        assertThat(lines.get(1).isClosed()).isFalse();
    }

    @Test
    void underAKeyThatIsThereItDialsAsEver() throws Exception {
        mayDial.countDown();
        beginAndEnd();
        RpcConnection other = dialer.dial(TWO, AuthKey.of(Bytes.of(new byte[AuthKey.SIZE])));
        assertThat(other).isSameAs(lines.get(1));
        assertThat(dialer.dial(TWO)).isSameAs(lines.get(0));
    }

    @Test
    void aLineThatWaitedForLongIsGivenUp() throws Exception {
        mayDial.countDown();
        beginAndEnd();
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(46)));
        assertThat(dialer.dial(TWO)).isSameAs(lines.get(1));
        assertThat(lines.get(0).isClosed()).isTrue();
    }

    @Test
    void aLineThatWasBadAWhileAgoMayBeGoodNow() throws Exception {
        trouble.set(new IOException("no network"));
        mayDial.countDown();
        beginAndEnd();
        assertThat(dialer.dial(TWO)).isSameAs(lines.get(1));
    }

    @Test
    void aLineThatIsBadNowIsNotTriedAgain() throws Exception {
        trouble.set(new IOException("no network"));
        dialer.begin(TWO);
        Thread late = new Thread(() -> {
            pause();
            mayDial.countDown();
        });
        late.start();
        assertThatThrownBy(() -> dialer.dial(TWO))
                .isInstanceOf(IOException.class)
                .hasMessage("no network");
        assertThat(lines).hasSize(1);
        late.join();
    }

    @Test
    void aServerThatFailsACheckGetsNoSecondChance() throws Exception {
        trouble.set(new FailedCheckException("key exchange", "it answers another nonce"));
        mayDial.countDown();
        beginAndEnd();
        assertThatThrownBy(() -> dialer.dial(TWO)).isInstanceOf(FailedCheckException.class);
        assertThat(lines).hasSize(1);
    }

    @Test
    void aServerThatRefusesIsNotAskedAgainAtOnce() throws Exception {
        trouble.set(new TransportRefusedException(-429));
        mayDial.countDown();
        beginAndEnd();
        assertThatThrownBy(() -> dialer.dial(TWO)).isInstanceOf(TransportRefusedException.class);
        assertThat(lines).hasSize(1);
    }

    @Test
    void nobodyWantedItSoItIsHungUp() throws Exception {
        dialer.begin(TWO);
        dialer.close();
        mayDial.countDown();
        dialled.await();
        lines.get(0).awaitClosed();
    }

    @Test
    void whoeverIsInterruptedWhileWaitingIsTold() throws Exception {
        dialer.begin(TWO);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> dialer.dial(TWO)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        mayDial.countDown();
        dialled.await();
        lines.get(0).awaitClosed();
    }

    private void beginAndEnd() throws InterruptedException {
        dialer.begin(TWO);
        dialled.await();
        // The task ends a moment after the line is there.
        pause();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A line on which nobody speaks. */
    private static final class Line implements RpcConnection {
        private final DataCenter where;
        private final CountDownLatch closed = new CountDownLatch(1);

        Line(DataCenter where) {
            this.where = where;
        }

        boolean isClosed() {
            return closed.getCount() == 0;
        }

        void awaitClosed() throws InterruptedException {
            closed.await();
        }

        @Override
        public <R> R call(TlMethod<R> method) throws IOException {
            throw new IOException("nobody speaks here");
        }

        @Override
        public <R> R call(TlMethod<R> method, Duration patience) throws IOException {
            return call(method);
        }

        @Override
        public DataCenter dataCenter() {
            return where;
        }

        @Override
        public AuthKey authKey() {
            return AuthKey.of(Bytes.of(new byte[AuthKey.SIZE]));
        }

        @Override
        public Instant serverTime() {
            return Instant.EPOCH;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
