package dev.tgsession.hostile;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.transport.Framing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The line between client and server, in the hands of somebody who counts every byte and may change, hold back or cut.
 *
 * <pre>
 *   client ──► wire ──► practice server        up
 *   client ◄── wire ◄── practice server        down
 * </pre>
 *
 * <p>Frames are told apart in the plain intermediate and full framings; any other is passed on in pieces as they come.
 */
final class Wire implements AutoCloseable {
    private static final int PIECE = 4096;

    private final ServerSocket door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final InetSocketAddress server;
    private final Framing framing;
    private final Hand hand;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bytesUp = new AtomicLong();
    private final AtomicInteger framesUp = new AtomicInteger();
    private final AtomicInteger framesDown = new AtomicInteger();
    private volatile Optional<Bytes> lastUp = Optional.empty();

    /** Which way a frame goes. */
    enum Way {
        UP,
        DOWN
    }

    /**
     * One frame on its way.
     *
     * @param number counted from 1 for each way, over all connections
     * @param raw with everything the framing puts around the payload
     */
    record Frame(Way way, int connection, int number, Bytes raw) {
        boolean is(Way which, int wanted) {
            return way == which && number == wanted;
        }
    }

    /** What becomes of a frame. */
    interface Hand {
        /** Leaves everything as it is. */
        Hand STILL = (frame, wires) -> wires.pass(frame.raw());

        /** Called in the order of the frames of one way; passes on what it likes, in as many pieces as it likes. */
        void on(Frame frame, Wires wires) throws IOException;
    }

    /** The two ends of one connection. */
    interface Wires {
        /** Sends on, in the direction of the frame. */
        void pass(Bytes bytes) throws IOException;

        /** Hangs up on both sides, after what was passed on. */
        void cut() throws IOException;
    }

    Wire(InetSocketAddress server, Framing framing, Hand hand) throws IOException {
        this.server = server;
        this.framing = framing;
        this.hand = hand;
        start("wire-door", this::receive);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How often the client has connected. */
    int connections() {
        return connections.get();
    }

    /** How many bytes the client has sent. */
    long bytesUp() {
        return bytesUp.get();
    }

    int framesUp() {
        return framesUp.get();
    }

    int framesDown() {
        return framesDown.get();
    }

    /** The client's last frame, with its length. */
    Bytes lastUp() {
        return lastUp.orElseThrow();
    }

    private void receive() {
        try {
            while (true) {
                Socket client = door.accept();
                int number = connections.incrementAndGet();
                Socket there = new Socket(server.getAddress(), server.getPort());
                sockets.add(client);
                sockets.add(there);
                client.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                start("wire-up-" + number, () -> carry(Way.UP, number, client, there));
                start("wire-down-" + number, () -> carry(Way.DOWN, number, there, client));
            }
        } catch (IOException e) {
            // The door is closed: the test is over.
        }
    }

    private void carry(Way way, int connection, Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            Wires wires = new Wires() {
                @Override
                public void pass(Bytes bytes) throws IOException {
                    out.write(bytes.toArray());
                }

                @Override
                public void cut() throws IOException {
                    to.shutdownOutput();
                    from.shutdownOutput();
                }
            };
            InputStream in = from.getInputStream();
            if (way == Way.UP && framing == Framing.INTERMEDIATE) {
                out.write(counted(way, in.readNBytes(4)).toArray());
            }
            for (Bytes raw = next(in); !raw.isEmpty(); raw = next(in)) {
                counted(way, raw.toArray());
                if (way == Way.UP) {
                    lastUp = Optional.of(raw);
                }
                int number = (way == Way.UP ? framesUp : framesDown).incrementAndGet();
                hand.on(new Frame(way, connection, number, raw), wires);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private Bytes counted(Way way, byte[] bytes) {
        if (way == Way.UP) {
            bytesUp.addAndGet(bytes.length);
        }
        return Bytes.of(bytes);
    }

    /** The next frame; empty at the end. */
    private Bytes next(InputStream in) throws IOException {
        if (framing != Framing.INTERMEDIATE && framing != Framing.FULL) {
            byte[] piece = new byte[PIECE];
            int got = in.read(piece);
            return got < 0 ? Bytes.EMPTY : Bytes.of(piece, 0, got);
        }
        Bytes length = Bytes.of(in.readNBytes(4));
        if (length.size() < 4) {
            return Bytes.EMPTY;
        }
        int rest = framing == Framing.FULL ? length.intAt(0) - 4 : length.intAt(0);
        return length.plus(Bytes.of(in.readNBytes(rest)));
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : List.copyOf(sockets)) {
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }
}
