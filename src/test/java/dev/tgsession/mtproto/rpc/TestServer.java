package dev.tgsession.mtproto.rpc;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.Side;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Container;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.mtproto.message.MessageCipher;
import dev.tgsession.mtproto.message.MessageIds;
import dev.tgsession.mtproto.message.Unpacker;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.Schema;
import dev.tgsession.tl.TlReader;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** The other end of a session: opens what the client sends and seals what a test wants to answer. */
final class TestServer {
    static final AuthKey KEY = AuthKey.of(Bytes.ofNumber(BigInteger.valueOf(3).pow(1291), 256));

    private static final int RPC_RESULT = 0xf35c6d01;

    private final MessageCipher cipher = new MessageCipher(KEY, Side.SERVER, new SecureRandom());
    private final MessageIds ids;
    private long sessionId;

    TestServer(InstantSource clock) {
        this.ids = new MessageIds(clock);
    }

    /** What the client said, out of its containers. */
    List<ContainedMessage> open(Bytes packet) throws IOException {
        Message message = whole(packet);
        sessionId = message.sessionId();
        return new Unpacker(1 << 20).unpack(message);
    }

    Message whole(Bytes packet) throws IOException {
        return cipher.open(packet);
    }

    static Object read(ContainedMessage message) throws IOException {
        return Schema.codec().read(new TlReader(message.body()));
    }

    long nextId() {
        return ids.nextAnswer();
    }

    Bytes say(Object object) {
        return sayAs(nextId(), 2, Schema.codec().write(object));
    }

    Bytes sayAs(long id, int sequenceNumber, Bytes body) {
        return sealed(new Message(0, sessionId, id, sequenceNumber, body));
    }

    Bytes sealed(Message message) {
        return cipher.seal(message);
    }

    long sessionId() {
        return sessionId;
    }

    /** An answer as it stands in a message. */
    static Bytes result(long asked, Object answer) {
        return result(asked, Schema.codec().write(answer));
    }

    static Bytes result(long asked, Bytes answer) {
        return Bytes.join(Bytes.ofInt(RPC_RESULT), Bytes.ofLong(asked), answer);
    }

    static Bytes error(long asked, int code, String text) {
        return result(asked, new RpcError(code, text));
    }

    Bytes answer(long asked, Object answer) {
        return sayAs(nextId(), 1, result(asked, answer));
    }

    Bytes container(ContainedMessage... messages) {
        return sayAs(nextId(), 2, Container.pack(List.of(messages)));
    }

    ContainedMessage inner(int sequenceNumber, Bytes body) {
        return new ContainedMessage(nextId(), sequenceNumber, body);
    }
}
