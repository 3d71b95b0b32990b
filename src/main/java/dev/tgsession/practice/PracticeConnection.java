package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.handshake.ClientFaultException;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.transport.MalformedPacketException;
import dev.tgsession.transport.TcpPacketChannel;
import dev.tgsession.transport.TransportRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** One client's connection, on a thread of its own: waits for packets and hands them on until somebody hangs up. */
final class PracticeConnection implements Runnable, Link {
    private static final Duration HANDSHAKE_SILENCE = Duration.ofSeconds(60);
    /** A connection over which nobody has shown a key is given up after so long, whatever it says. */
    private static final Duration STRANGER = Duration.ofMinutes(10);

    private static final Duration MEMBER_SILENCE = Duration.ofHours(6);
    private static final int SHORTEST_PACKET = 8;

    private final Socket socket;
    private final int dc;
    private final int number;
    private final SecureRandom random;
    private final Steady steady;
    private final KeyExchange keyExchange;
    private final EncryptedTraffic traffic;
    private final Faults faults;
    private final PracticeConsole console;
    private final IncomingRequests requests;
    private final long begun;

    private volatile Optional<TcpPacketChannel> channel = Optional.empty();
    private volatile boolean trusted;
    private volatile Duration silence = HANDSHAKE_SILENCE;
    private volatile boolean silenceWasChosen;
    /** When the send that is under way began; 0 if none is. */
    private volatile long sendingSince;

    /** A clock that only goes forward, in nanoseconds. */
    @FunctionalInterface
    interface Steady {
        long nanos();
    }

    PracticeConnection(
            Socket socket,
            int dc,
            int number,
            SecureRandom random,
            Steady steady,
            KeyExchange keyExchange,
            EncryptedTraffic traffic,
            Faults faults,
            PracticeConsole console,
            IncomingRequests requests) {
        this.socket = socket;
        this.dc = dc;
        this.number = number;
        this.random = random;
        this.steady = steady;
        this.keyExchange = keyExchange;
        this.traffic = traffic;
        this.faults = faults;
        this.console = console;
        this.requests = requests;
        this.begun = steady.nanos();
    }

    @Override
    public void run() {
        requests.add(this, Kind.CONNECTION, "connected");
        try {
            channel = Optional.of(TcpPacketChannel.accept(socket, HANDSHAKE_SILENCE, random));
            converse(channel.get());
        } catch (ClientFaultException e) {
            console.refused(dc, String.valueOf(e.getMessage()));
            refuseQuietly(TransportRefusedException.NOT_FOUND);
        } catch (WrongDataCentreException e) {
            console.refused(dc, String.valueOf(e.getMessage()));
            refuseQuietly(TransportRefusedException.WRONG_DATA_CENTER);
        } catch (MalformedPacketException e) {
            requests.add(this, Kind.UNREADABLE, "packet");
            console.refused(dc, "a packet was not taken: " + e.getMessage());
        } catch (SocketTimeoutException e) {
            console.note(dc, "a connection was silent for too long and is closed");
        } catch (EOFException | SocketException e) {
            // The client has gone, as clients do.
        } catch (IOException e) {
            console.note(dc, "a connection broke: " + e.getMessage());
        } catch (RuntimeException e) {
            console.refused(dc, "the practice server itself failed and closes a connection: " + e);
        } finally {
            close();
        }
    }

    private void converse(TcpPacketChannel line) throws IOException, ClientFaultException {
        while (true) {
            Bytes packet = line.receive(patience());
            if (!faults.incoming(new OnLink(this, ""), packet)) {
                continue;
            }
            if (packet.size() < SHORTEST_PACKET) {
                requests.add(this, Kind.UNREADABLE, "packet");
                throw new ClientFaultException("a packet of " + packet.size() + " bytes holds no message");
            }
            if (packet.longAt(0) == 0) {
                keyExchange.onPacket(packet, this);
            } else {
                traffic.onPacket(packet, this);
            }
        }
    }

    private Duration patience() throws SocketTimeoutException {
        if (trusted) {
            return silence;
        }
        Duration left = STRANGER.minusNanos(steady.nanos() - begun);
        if (left.isNegative() || left.isZero()) {
            throw new SocketTimeoutException("no key was shown in time");
        }
        return left.compareTo(silence) < 0 ? left : silence;
    }

    private void refuseQuietly(int code) {
        try {
            refuse(code);
        } catch (IOException e) {
            // It does not listen any more; the connection is closed in any case.
        }
    }

    /** Gives up a client that does not read what it is sent, so that nobody waits for it for ever. */
    void giveUpIfStuck(Duration longest) {
        long since = sendingSince;
        if (since != 0 && steady.nanos() - since > longest.toNanos()) {
            console.note(dc, "a client does not read what it is sent; its connection is closed");
            close();
        }
    }

    @Override
    public int dc() {
        return dc;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public void send(Bytes packet) throws IOException {
        TcpPacketChannel line = line();
        sendingSince = Math.max(1, steady.nanos());
        try {
            line.send(packet);
        } finally {
            sendingSince = 0;
        }
    }

    @Override
    public void refuse(int code) throws IOException {
        line().sendRefusal(code);
    }

    private TcpPacketChannel line() throws IOException {
        return channel.orElseThrow(() -> new SocketException("the transport is not known yet"));
    }

    @Override
    public void hangUpAfter(Duration chosen) {
        silence = chosen;
        silenceWasChosen = true;
    }

    @Override
    public void trusted(boolean loggedIn) {
        trusted = true;
        if (!silenceWasChosen) {
            silence = loggedIn ? MEMBER_SILENCE : STRANGER;
        }
    }

    @Override
    public boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() {
        channel.ifPresent(TcpPacketChannel::close);
        try {
            socket.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }
}
