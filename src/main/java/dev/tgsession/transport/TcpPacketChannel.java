package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/** A packet channel over TCP, from either end. */
public final class TcpPacketChannel implements PacketChannel {
    /** What a server takes unless told otherwise: 1 MiB, about what Telegram's servers take. */
    public static final int SERVER_READ_LIMIT = 1 << 20;

    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final int FAREWELL_BYTES = 1 << 16;

    private final Socket socket;
    private final boolean client;
    private final TransportChoice choice;
    private final PacketCodec codec;
    private final Optional<Obfuscation> obfuscation;
    private final DeadlineInput wire;
    private final ReplayInput input;
    private final OutputStream output;
    private final Object sending = new Object();
    private final ReentrantLock receiving = new ReentrantLock();

    /** The start tag or header, until it has gone out with the first frame. */
    private Bytes start;

    /** The client's end. */
    private TcpPacketChannel(Socket socket, TransportChoice choice, int dcField, SecureRandom random)
            throws IOException {
        this.socket = socket;
        this.client = true;
        this.choice = choice;
        this.codec = choice.framing().codec(random);
        this.obfuscation = choice.obfuscated()
                ? Optional.of(Obfuscation.client(random, choice.framing(), dcField))
                : Optional.empty();
        this.start = obfuscation.isPresent() ? obfuscation.get().header() : codec.startTag();
        this.wire = new DeadlineInput(socket);
        this.input = new ReplayInput(Bytes.EMPTY, readable(wire, obfuscation));
        this.output = socket.getOutputStream();
    }

    /** The server's end. */
    private TcpPacketChannel(
            Socket socket, DeadlineInput wire, DetectedTransport detected, int readLimit, SecureRandom random)
            throws IOException {
        this.socket = socket;
        this.client = false;
        this.choice = detected.choice();
        this.codec = choice.framing().codec(PacketRules.server(readLimit), random);
        this.obfuscation = detected.obfuscation();
        this.start = Bytes.EMPTY;
        this.wire = wire;
        this.input = new ReplayInput(detected.readAhead(), readable(wire, obfuscation));
        this.output = socket.getOutputStream();
    }

    /**
     * Connects to a server, IPv4 or IPv6. Nothing is sent yet: the start tag or header goes out together with the first
     * payload.
     *
     * @param address resolved, or the name is found unknown
     * @param dcField what an obfuscated header says about the data center: its number, with 10000 added on test servers
     * @param timeout how long the connection may take to come about; from one millisecond to 24 days
     * @throws java.net.SocketTimeoutException if it took longer
     * @throws java.net.UnknownHostException if the address is not resolved
     * @throws IOException if there is no way to the server, or it is not listening
     */
    public static TcpPacketChannel connect(
            InetSocketAddress address, TransportChoice choice, int dcField, Duration timeout, SecureRandom random)
            throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, Deadline.in(timeout).millisLeft());
            socket.setTcpNoDelay(true);
            return new TcpPacketChannel(socket, choice, dcField, random);
        } catch (IOException | RuntimeException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    /** Takes a client's connection, with a read limit of {@link #SERVER_READ_LIMIT}. */
    public static TcpPacketChannel accept(Socket socket, Duration timeout, SecureRandom random) throws IOException {
        return accept(socket, SERVER_READ_LIMIT, timeout, random);
    }

    /**
     * Takes a client's connection and waits for its first bytes, which tell the transport. When this fails, the socket is
     * closed; an HTTP client gets a short answer first.
     *
     * @param readLimit the largest payload to take, in bytes
     * @param timeout by when the transport must be clear
     * @throws HttpRequestException if the client speaks HTTP
     * @throws MalformedPacketException if the client speaks nothing we know
     * @throws PeerClosedException if the client went away first
     * @throws java.net.SocketTimeoutException if the first bytes did not come in time
     */
    public static TcpPacketChannel accept(Socket socket, int readLimit, Duration timeout, SecureRandom random)
            throws IOException {
        try {
            socket.setTcpNoDelay(true);
            DeadlineInput wire = new DeadlineInput(socket);
            wire.deadline(Deadline.in(timeout));
            return new TcpPacketChannel(socket, wire, DetectedTransport.read(wire), readLimit, random);
        } catch (HttpRequestException e) {
            answerHttp(socket);
            throw e;
        } catch (IOException | RuntimeException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    /** How this connection speaks; at the server's end, what the client chose. */
    public TransportChoice choice() {
        return choice;
    }

    /**
     * The data center that the obfuscated header names, signed; empty without obfuscation. At the server's end it may be
     * random: many clients do not fill it in.
     */
    public OptionalInt dcField() {
        return obfuscation.isPresent() ? OptionalInt.of(obfuscation.get().dcField()) : OptionalInt.empty();
    }

    @Override
    public void send(Bytes payload) throws IOException {
        synchronized (sending) {
            Bytes frame = codec.pack(payload);
            Bytes sealed = obfuscation.isPresent() ? obfuscation.get().encrypt(frame) : frame;
            Bytes out = start.plus(sealed);
            start = Bytes.EMPTY;
            try {
                output.write(out.toArray());
            } catch (IOException e) {
                // Half a frame may be out, and the cipher has moved on: no later frame could be understood.
                close();
                throw e;
            }
        }
    }

    @Override
    public Bytes receive(Duration timeout) throws IOException {
        receiving.lock();
        try {
            wire.deadline(Deadline.in(timeout));
            Bytes payload = next();
            while (client && !ShortAnswer.isMessage(payload)) {
                payload = next();
            }
            return payload;
        } finally {
            receiving.unlock();
        }
    }

    private Bytes next() throws IOException {
        try {
            Bytes payload = codec.unpack(input);
            input.forget();
            return payload;
        } catch (IOException e) {
            input.rewind();
            throw e;
        }
    }

    @Override
    public void close() {
        if (!client && receiving.tryLock()) {
            try {
                partFrom(socket, Duration.ZERO);
            } finally {
                receiving.unlock();
            }
        }
        closeQuietly(socket);
    }

    private static InputStream readable(InputStream wire, Optional<Obfuscation> obfuscation) {
        return obfuscation.isPresent() ? new DecryptingInput(wire, obfuscation.get()) : wire;
    }

    private static void answerHttp(Socket socket) {
        byte[] body = "This port speaks MTProto over TCP, not HTTP.\n".getBytes(StandardCharsets.US_ASCII);
        String head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        try {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            partFrom(socket, FAREWELL);
        } catch (IOException e) {
            // The guest left without listening; there is nobody to tell.
        } finally {
            closeQuietly(socket);
        }
    }

    /**
     * Ends our half, and takes what the other side still says, for a while. A socket closed over unread bytes resets the
     * connection, and what we said last (a refusal, say) may be lost on the way.
     */
    private static void partFrom(Socket socket, Duration patience) {
        try {
            socket.shutdownOutput();
            DeadlineInput rest = new DeadlineInput(socket);
            rest.deadline(Deadline.in(patience));
            rest.readNBytes(FAREWELL_BYTES);
        } catch (IOException e) {
            // Too late, or the other side is gone: either way this was all.
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }
}
