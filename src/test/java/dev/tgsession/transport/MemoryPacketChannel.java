package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One end of a packet channel in memory, for tests: no socket, no framing, the same manners. */
public final class MemoryPacketChannel implements PacketChannel {
    /** Two ends of one line. */
    public record Pair(MemoryPacketChannel client, MemoryPacketChannel server) {}

    private final boolean tellsRefusals;
    private final BlockingQueue<Optional<Bytes>> inbox;
    private final BlockingQueue<Optional<Bytes>> outbox;
    private volatile boolean closed;

    private MemoryPacketChannel(
            boolean tellsRefusals, BlockingQueue<Optional<Bytes>> inbox, BlockingQueue<Optional<Bytes>> outbox) {
        this.tellsRefusals = tellsRefusals;
        this.inbox = inbox;
        this.outbox = outbox;
    }

    /** A new line; the client's end turns transport errors into exceptions, as the real one does. */
    public static Pair pair() {
        BlockingQueue<Optional<Bytes>> toServer = new LinkedBlockingQueue<>();
        BlockingQueue<Optional<Bytes>> toClient = new LinkedBlockingQueue<>();
        return new Pair(
                new MemoryPacketChannel(true, toClient, toServer), new MemoryPacketChannel(false, toServer, toClient));
    }

    @Override
    public void send(Bytes payload) throws IOException {
        PacketRules.checkedOutgoing(payload);
        if (closed) {
            throw new SocketException("Socket closed");
        }
        outbox.add(Optional.of(payload));
    }

    @Override
    public Bytes receive(Duration timeout) throws IOException {
        Deadline deadline = Deadline.in(timeout);
        Bytes payload = next(deadline);
        while (tellsRefusals && !ShortAnswer.isMessage(payload)) {
            payload = next(deadline);
        }
        return payload;
    }

    private Bytes next(Deadline deadline) throws IOException {
        Optional<Bytes> next = poll(deadline);
        if (closed) {
            throw new SocketException("Socket closed");
        }
        if (next.isEmpty()) {
            inbox.add(next); // the end stays the end
            throw new PeerClosedException(0);
        }
        return next.get();
    }

    private Optional<Bytes> poll(Deadline deadline) throws IOException {
        try {
            Optional<Bytes> next = inbox.poll(deadline.millisLeft(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new SocketTimeoutException("no packet in time");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a packet");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            outbox.add(Optional.empty());
            inbox.add(Optional.empty());
        }
    }
}
