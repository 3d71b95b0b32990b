package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.session.DataCenter;
import dev.tgsession.tl.TlMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Telegram as a list of calls: each must come exactly as it stands here, in this order, at this data center. A call that
 * was not expected is an error of the test, and so is one that never came.
 */
final class ScriptedTelegram implements Dialer {
    private final Deque<Step> script = new ArrayDeque<>();
    private final List<DataCenter> dialled = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Throwable> surprises = new ArrayList<>();
    private final List<Duration> patience = new ArrayList<>();
    private int dataCenter = 2;
    private boolean keysExist;

    /** What happens when the call has come. */
    @FunctionalInterface
    interface Reply {
        Object to(TlMethod<?> method) throws IOException, RpcException;
    }

    private record Step(int dataCenter, Object method, Reply reply) {
        boolean expects(TlMethod<?> call) {
            return method instanceof Class<?> type ? type.isInstance(call) : method.equals(call);
        }
    }

    /** The calls that follow are expected at this data center. */
    ScriptedTelegram at(int id) {
        dataCenter = id;
        return this;
    }

    ScriptedTelegram answers(TlMethod<?> method, Object answer) {
        return replies(method, call -> answer);
    }

    ScriptedTelegram refuses(TlMethod<?> method, int code, String text) {
        return replies(method, call -> {
            throw new RpcException(code, text);
        });
    }

    /** For calls with chance in them, such as a proof. */
    ScriptedTelegram replies(Class<? extends TlMethod<?>> type, Reply reply) {
        script.add(new Step(dataCenter, type, reply));
        return this;
    }

    ScriptedTelegram replies(TlMethod<?> method, Reply reply) {
        script.add(new Step(dataCenter, method, reply));
        return this;
    }

    @Override
    public RpcConnection dial(DataCenter there) {
        dialled.add(there);
        Connection connection = new Connection(there);
        connections.add(connection);
        return connection;
    }

    @Override
    public RpcConnection dial(DataCenter there, AuthKey key) {
        assertThat(keysExist).as("a login makes its own keys").isTrue();
        assertThat(key).isEqualTo(keyOf(there.id()));
        return dial(there);
    }

    /** The key of each data center, see {@link #keyOf}, was made earlier. */
    ScriptedTelegram withKeys() {
        keysExist = true;
        return this;
    }

    List<DataCenter> dialled() {
        return dialled;
    }

    /** The patience of every call that named one, in order. */
    List<Duration> patience() {
        return patience;
    }

    /** Every call has come, nothing else has, and every line is hung up. */
    void isDone() {
        assertThat(surprises).as("surprises").isEmpty();
        assertThat(script).as("calls that never came").isEmpty();
        assertThat(connections).as("lines left open").allMatch(connection -> connection.closed);
    }

    static AuthKey keyOf(int dataCenter) {
        byte[] secret = new byte[256];
        Arrays.fill(secret, (byte) dataCenter);
        return AuthKey.of(secret);
    }

    private synchronized Object on(DataCenter there, TlMethod<?> call) throws IOException, RpcException {
        Step step = script.peek();
        if (step == null || step.dataCenter != there.id() || !step.expects(call)) {
            AssertionError surprise = new AssertionError("data center " + there.id() + " got " + call + " instead of "
                    + Optional.ofNullable(step).map(Step::toString).orElse("nothing"));
            surprises.add(surprise);
            throw surprise;
        }
        script.remove();
        return step.reply.to(call);
    }

    private final class Connection implements RpcConnection {
        private final DataCenter there;
        private boolean closed;

        Connection(DataCenter there) {
            this.there = there;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R> R call(TlMethod<R> method) throws IOException, RpcException {
            if (closed) {
                throw new AssertionError("a call on a closed line");
            }
            return (R) on(there, method);
        }

        @Override
        public <R> R call(TlMethod<R> method, Duration longest) throws IOException, RpcException {
            patience.add(longest);
            return call(method);
        }

        @Override
        public DataCenter dataCenter() {
            return there;
        }

        @Override
        public AuthKey authKey() {
            return keyOf(there.id());
        }

        @Override
        public Instant serverTime() {
            return Instant.EPOCH;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
