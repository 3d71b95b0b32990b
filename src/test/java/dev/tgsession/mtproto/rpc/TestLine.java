package dev.tgsession.mtproto.rpc;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.session.DataCenter;
import dev.tgsession.transport.PacketChannel;
import dev.tgsession.transport.TransportRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A line whose every answer is written down beforehand, and which notes everything the client says. Opening it again
 * goes on with the same script, so a script also tells what happens on the next line.
 */
final class TestLine implements ChannelOpener {
    /** One thing that happens when the client listens. */
    @FunctionalInterface
    interface Event {
        Bytes happen(Duration patience) throws IOException;
    }

    private final TestClock clock;
    private final TestServer server;
    private final Deque<Event> script = new ArrayDeque<>();
    private final List<Object> heard = new ArrayList<>();
    private int packets;
    private int opened;
    private int refusals;
    private long lastCall;
    private long lastService;

    TestLine(TestClock clock, TestServer server) {
        this.clock = clock;
        this.server = server;
    }

    TestLine then(Event event) {
        script.add(event);
        return this;
    }

    /** Nothing comes until the client stops waiting. */
    TestLine thenSilence() {
        return then(patience -> {
            clock.advance(patience);
            throw new SocketTimeoutException("silence");
        });
    }

    TestLine thenCut() {
        return then(patience -> {
            throw new EOFException("cut");
        });
    }

    TestLine thenRefusal(int code) {
        return then(patience -> {
            throw new TransportRefusedException(code);
        });
    }

    TestLine thenAnswer(Object answer) {
        return then(patience -> server.answer(lastCall, answer));
    }

    TestLine thenError(int code, String text) {
        return then(patience -> server.sayAs(server.nextId(), 1, TestServer.error(lastCall, code, text)));
    }

    TestLine thenSay(Object object) {
        return then(patience -> server.say(object));
    }

    /** The next {@code times} that somebody dials, nobody is there. */
    TestLine refuseToOpen(int times) {
        refusals = times;
        return this;
    }

    /** Everything the client said, in order. */
    List<Object> heard() {
        return heard;
    }

    /** In how many packets it said that. */
    int packets() {
        return packets;
    }

    long lastCall() {
        return lastCall;
    }

    long lastService() {
        return lastService;
    }

    int opened() {
        return opened;
    }

    boolean isFinished() {
        return script.isEmpty();
    }

    @Override
    public PacketChannel open(DataCenter dataCenter) throws IOException {
        if (refusals > 0) {
            refusals--;
            throw new ConnectException("nobody there");
        }
        opened++;
        return new Line();
    }

    private final class Line implements PacketChannel {
        private boolean closed;

        @Override
        public void send(Bytes payload) throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            packets++;
            for (ContainedMessage message : server.open(payload)) {
                heard.add(TestServer.read(message));
                if (message.isContent()) {
                    lastCall = message.id();
                } else {
                    lastService = message.id();
                }
            }
        }

        @Override
        public Bytes receive(Duration timeout) throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
            Event next = script.poll();
            if (next == null) {
                throw new AssertionError("the client listens longer than the script goes");
            }
            return next.happen(timeout);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
