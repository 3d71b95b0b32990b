package dev.tgsession.practice;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AesIge;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.crypto.MessageKeys;
import dev.tgsession.crypto.PqFactors;
import dev.tgsession.crypto.RsaPad;
import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.crypto.Side;
import dev.tgsession.schema.ConnectionSchema.InitConnection;
import dev.tgsession.schema.ConnectionSchema.InvokeWithLayer;
import dev.tgsession.schema.MtprotoSchema.BadMsgNotification;
import dev.tgsession.schema.MtprotoSchema.BadServerSalt;
import dev.tgsession.schema.MtprotoSchema.ClientDhInnerData;
import dev.tgsession.schema.MtprotoSchema.DhGenOk;
import dev.tgsession.schema.MtprotoSchema.PlainPqInnerData;
import dev.tgsession.schema.MtprotoSchema.PqInnerData;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataDc;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataTemp;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataTempDc;
import dev.tgsession.schema.MtprotoSchema.ReqDhParams;
import dev.tgsession.schema.MtprotoSchema.ReqPqMulti;
import dev.tgsession.schema.MtprotoSchema.ResPq;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.MtprotoSchema.ServerDhInnerData;
import dev.tgsession.schema.MtprotoSchema.ServerDhParamsOk;
import dev.tgsession.schema.MtprotoSchema.SetClientDhParams;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlCodec;
import dev.tgsession.tl.TlMethod;
import dev.tgsession.tl.TlReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A client written down from Telegram's pages for these tests alone: it shares no step with the program's own client, so
 * that the server is not merely the mirror image of its mistakes. It speaks the intermediate transport and does only
 * what it is told, wrong things included.
 */
final class TestClient implements AutoCloseable {
    static final TlCodec CODEC = new Layers().codec();

    private static final int RPC_RESULT = 0xf35c6d01;
    private static final int CONTAINER = 0x73f1f8dc;
    private static final int TIMEOUT_MILLIS = 20_000;

    final SecureRandom random = new SecureRandom();
    final Deque<Received> unread = new ArrayDeque<>();
    /** What came along with answers. */
    final List<Received> asides = new ArrayList<>();

    private final RsaPublicKey server;
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    AuthKey key = AuthKey.of(new byte[256]);
    long sessionId = random.nextLong();
    long salt;
    int layer = Schema.LAYER;
    boolean introduced;
    /** Seconds by which this client's clock is wrong. */
    long clockError;

    private long lastId;
    private int contents;

    /** One message of the server. */
    record Received(long salt, long sessionId, long id, int sequenceNumber, Bytes body) {
        int constructor() {
            return body.intAt(0);
        }

        Object read() throws IOException {
            return CODEC.read(body);
        }
    }

    /** How {@code p_q_inner_data} is written and padded. */
    enum Style {
        MODERN,
        LEGACY_RSA,
        WITHOUT_DC,
        TEMPORARY,
        TEMPORARY_WITHOUT_DC,
        TEST_DC
    }

    TestClient(PracticeServer practice, int dc) throws IOException {
        this(practice.publicKey(), practice.address(dc));
    }

    TestClient(RsaPublicKey server, InetSocketAddress address) throws IOException {
        this.server = server;
        socket.connect(address, TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(new byte[] {(byte) 0xee, (byte) 0xee, (byte) 0xee, (byte) 0xee});
    }

    /** Another connection of the same client: same key, same session. */
    TestClient(TestClient same, InetSocketAddress address) throws IOException {
        this(same.server, address);
        key = same.key;
        sessionId = same.sessionId;
        salt = same.salt;
        layer = same.layer;
        introduced = same.introduced;
        lastId = same.lastId;
        contents = same.contents;
    }

    // Packets.

    void sendPacket(Bytes packet) throws IOException {
        out.write(Bytes.ofInt(packet.size()).plus(packet).toArray());
    }

    void sendRaw(Bytes bytes) throws IOException {
        out.write(bytes.toArray());
    }

    Bytes receivePacket() throws IOException {
        byte[] length = in.readNBytes(4);
        if (length.length < 4) {
            throw new EOFException("the server hung up");
        }
        byte[] packet = in.readNBytes(Bytes.of(length).intAt(0));
        return Bytes.of(packet);
    }

    /** The transport error that comes next. */
    int receiveRefusal() throws IOException {
        Bytes packet = receivePacket();
        if (packet.size() != 4) {
            throw new IOException("a transport error was due, and " + packet.size() + " bytes came");
        }
        return packet.intAt(0);
    }

    boolean isHungUp() throws IOException {
        return in.read() < 0;
    }

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    // The key exchange.

    void sendPlain(Object request) throws IOException {
        sendPlain(request, 0);
    }

    /** With so many random bytes behind the request, which count as part of the message. */
    void sendPlain(Object request, int noise) throws IOException {
        Bytes body = Schema.codec().write(request).plus(chance(noise));
        sendPacket(Bytes.join(Bytes.ofLong(0), Bytes.ofLong(nextId()), Bytes.ofInt(body.size()), body));
    }

    <T> T receivePlain(Class<T> due) throws IOException {
        Bytes packet = receivePacket();
        if (packet.size() == 4) {
            throw new IOException("transport error " + packet.intAt(0));
        }
        return due.cast(Schema.codec().read(new TlReader(packet.from(20))));
    }

    TestClient withKey() throws IOException {
        return withKey(Style.MODERN, 2);
    }

    TestClient withKey(Style style, int dc) throws IOException {
        Bytes nonce = chance(16);
        sendPlain(new ReqPqMulti(nonce));
        ResPq resPq = receivePlain(ResPq.class);
        Bytes newNonce = chance(32);
        PqFactors factors = PqFactors.of(resPq.pq().toNumber().longValue());
        Bytes p = Bytes.ofNumber(BigInteger.valueOf(factors.p()));
        Bytes q = Bytes.ofNumber(BigInteger.valueOf(factors.q()));
        PqInnerData inner = switch (style) {
            case MODERN -> new PqInnerDataDc(resPq.pq(), p, q, nonce, resPq.serverNonce(), newNonce, dc);
            case TEST_DC -> new PqInnerDataDc(resPq.pq(), p, q, nonce, resPq.serverNonce(), newNonce, 10_000 + dc);
            case LEGACY_RSA, WITHOUT_DC -> new PlainPqInnerData(resPq.pq(), p, q, nonce, resPq.serverNonce(), newNonce);
            case TEMPORARY -> new PqInnerDataTempDc(resPq.pq(), p, q, nonce, resPq.serverNonce(), newNonce, dc, 3600);
            case TEMPORARY_WITHOUT_DC ->
                new PqInnerDataTemp(resPq.pq(), p, q, nonce, resPq.serverNonce(), newNonce, 3600);
        };
        Bytes data = Schema.codec().write(inner);
        Bytes encrypted = style == Style.LEGACY_RSA ? legacyRsa(data) : RsaPad.encrypt(server, data, random);
        sendPlain(new ReqDhParams(nonce, resPq.serverNonce(), p, q, server.fingerprint(), encrypted));
        ServerDhParamsOk params = receivePlain(ServerDhParamsOk.class);

        Bytes aesKey = Bytes.join(
                Hashes.sha1(newNonce, resPq.serverNonce()),
                Hashes.sha1(resPq.serverNonce(), newNonce).first(12));
        Bytes aesIv = Bytes.join(
                Hashes.sha1(resPq.serverNonce(), newNonce).slice(12, 8),
                Hashes.sha1(newNonce, newNonce),
                newNonce.first(4));
        Bytes opened = AesIge.decrypt(aesKey, aesIv, params.encryptedAnswer());
        ServerDhInnerData their = (ServerDhInnerData) Schema.codec().read(new TlReader(opened.from(20)));
        BigInteger prime = their.dhPrime().toNumber();
        BigInteger b = chance(256).toNumber();
        BigInteger gB = BigInteger.valueOf(their.g()).modPow(b, prime);
        Bytes ours = Schema.codec().write(new ClientDhInnerData(nonce, resPq.serverNonce(), 0, Bytes.ofNumber(gB)));
        Bytes hashed = Hashes.sha1(ours).plus(ours);
        Bytes padded = hashed.plus(chance((16 - hashed.size() % 16) % 16));
        sendPlain(new SetClientDhParams(nonce, resPq.serverNonce(), AesIge.encrypt(aesKey, aesIv, padded)));
        DhGenOk verdict = receivePlain(DhGenOk.class);

        key = AuthKey.of(Bytes.ofNumber(their.gA().toNumber().modPow(b, prime), 256));
        Bytes due = Hashes.sha1(
                        newNonce, Bytes.of((byte) 1), Hashes.sha1(key.secret()).first(8))
                .slice(4, 16);
        if (!verdict.newNonceHash1().equals(due)) {
            throw new IOException("the server has another key");
        }
        salt = newNonce.first(8).xor(resPq.serverNonce().first(8)).longAt(0);
        introduced = false;
        return this;
    }

    /** The way of older clients: a zero byte, SHA-1, object, chance. */
    private Bytes legacyRsa(Bytes data) {
        Bytes block = Bytes.join(Bytes.of((byte) 0), Hashes.sha1(data), data);
        return server.encryptRaw(block.plus(chance(256 - block.size())));
    }

    // Messages.

    long nextId() {
        Instant now = Instant.now().plusSeconds(clockError);
        long fresh = now.getEpochSecond() << 32 | (long) now.getNano() << 2 & 0xffff_fffcL;
        lastId = Math.max(fresh, lastId + 4);
        return lastId;
    }

    int nextSequenceNumber(boolean content) {
        return content ? 2 * contents++ + 1 : 2 * contents;
    }

    long send(Bytes body, boolean content) throws IOException {
        long id = nextId();
        send(id, nextSequenceNumber(content), body);
        return id;
    }

    void send(long id, int sequenceNumber, Bytes body) throws IOException {
        sendPacket(seal(id, sequenceNumber, body));
    }

    long send(Object object) throws IOException {
        return send(CODEC.write(object), object instanceof TlMethod<?>);
    }

    Bytes seal(long id, int sequenceNumber, Bytes body) {
        Bytes plain = Bytes.join(
                Bytes.ofLong(salt),
                Bytes.ofLong(sessionId),
                Bytes.ofLong(id),
                Bytes.ofInt(sequenceNumber),
                Bytes.ofInt(body.size()),
                body);
        return sealPlain(plain.plus(chance(12 + (16 - (plain.size() + 12) % 16) % 16)));
    }

    Bytes sealPlain(Bytes plain) {
        MessageKeys keys = MessageKeys.ofPlain(key, plain, Side.CLIENT);
        return Bytes.join(key.id(), keys.messageKey(), AesIge.encrypt(keys.aesKey(), keys.aesIv(), plain));
    }

    /** The next message, out of its container. */
    Received receive() throws IOException {
        while (unread.isEmpty()) {
            Bytes packet = receivePacket();
            if (packet.size() < 24) {
                throw new IOException("transport error " + packet.intAt(0));
            }
            Bytes messageKey = packet.slice(8, 16);
            MessageKeys keys = MessageKeys.ofMessageKey(key, messageKey, Side.SERVER);
            Bytes plain = AesIge.decrypt(keys.aesKey(), keys.aesIv(), packet.from(24));
            if (!MessageKeys.ofPlain(key, plain, Side.SERVER).messageKey().equals(messageKey)) {
                throw new IOException("the message key does not fit");
            }
            Received message = new Received(
                    plain.longAt(0),
                    plain.longAt(8),
                    plain.longAt(16),
                    plain.intAt(24),
                    plain.slice(32, plain.intAt(28)));
            spread(message);
        }
        return unread.removeFirst();
    }

    private void spread(Received message) {
        if (message.constructor() != CONTAINER) {
            unread.add(message);
            return;
        }
        int at = 8;
        for (int i = 0; i < message.body().intAt(4); i++) {
            int length = message.body().intAt(at + 12);
            unread.add(new Received(
                    message.salt(),
                    message.sessionId(),
                    message.body().longAt(at),
                    message.body().intAt(at + 8),
                    message.body().slice(at + 16, length)));
            at += 16 + length;
        }
    }

    /** The next message with this content. */
    <T> T receive(Class<T> due) throws IOException {
        while (true) {
            Received message = receive();
            Object object = message.constructor() == RPC_RESULT ? message : message.read();
            if (due.isInstance(object)) {
                return due.cast(object);
            }
            asides.add(message);
        }
    }

    /** What stands in the {@code rpc_result} of this request. */
    Bytes receiveResult(long requestId) throws IOException {
        while (true) {
            Received message = receive();
            if (message.constructor() == RPC_RESULT && message.body().longAt(4) == requestId) {
                return message.body().from(12);
            }
            asides.add(message);
            if (message.constructor() != RPC_RESULT) {
                Object object = message.read();
                if (object instanceof BadServerSalt bad && bad.badMsgId() == requestId
                        || object instanceof BadMsgNotification) {
                    throw new IOException("the server refused the message: " + object);
                }
            }
        }
    }

    /** Calls, wrapped the first time, and waits for the bytes of the answer. */
    Bytes callRaw(TlMethod<?> method) throws IOException {
        return receiveResult(sendCall(method));
    }

    long sendCall(TlMethod<?> method) throws IOException {
        Bytes body = CODEC.write(method, layer);
        if (!introduced) {
            introduced = true;
            body = wrapped(body);
        }
        return send(body, true);
    }

    Bytes wrapped(Bytes body) throws IOException {
        Bytes wrapper = CODEC.write(new InvokeWithLayer<>(
                layer,
                new InitConnection<>(
                        1, "test", "1", "1", "en", "", "en", Optional.empty(), Optional.empty(), new Nothing())));
        return wrapper.first(wrapper.size() - 4).plus(body);
    }

    @Tl("nothing#00000000 = Nothing")
    record Nothing() implements TlMethod<Object> {}

    /** Calls and reads the answer, which may be an error. */
    Object call(TlMethod<?> method) throws IOException {
        Bytes result = callRaw(method);
        if (result.intAt(0) == 0x997275b5) {
            return true;
        }
        return result.intAt(0) == 0x1cb5c415 ? readVector(result) : CODEC.read(result);
    }

    <T> T call(TlMethod<?> method, Class<T> due) throws IOException {
        Object answer = call(method);
        if (!due.isInstance(answer)) {
            throw new IOException(due.getSimpleName() + " was due, and " + answer + " came");
        }
        return due.cast(answer);
    }

    /** Calls what has to be refused, and reports how: {@code "400 PHONE_CODE_INVALID"}. */
    String refusal(TlMethod<?> method) throws IOException {
        RpcError error = call(method, RpcError.class);
        return error.errorCode() + " " + error.errorMessage();
    }

    private static List<Object> readVector(Bytes result) throws IOException {
        TlReader reader = new TlReader(result);
        int count = reader.readVectorCount(4);
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(CODEC.read(reader));
        }
        return all;
    }

    Bytes chance(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
