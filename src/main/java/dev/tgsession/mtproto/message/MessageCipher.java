package dev.tgsession.mtproto.message;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AesIge;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.MessageKeys;
import dev.tgsession.crypto.Side;
import java.security.SecureRandom;

/**
 * Seals our messages with the auth key and opens the other side's.
 *
 * <pre>
 *   +-------------+---------+------------------------- encrypted ------------------------+
 *   | auth key id | msg key | salt | session | message id | seq | length | body | padding |
 *   |      8      |   16    |  8   |    8    |     8      |  4  |   4    |      | 12-1024 |
 *   +-------------+---------+--------------------------------------------------------------+
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/description#encrypted-message-encrypted-data">MTProto 2.0
 * messages</a> and the <a href="https://core.telegram.org/mtproto/security_guidelines">security guidelines</a>.
 */
public final class MessageCipher {
    /** What a failed check here is called. */
    public static final String STEP = "encrypted message";

    private static final int OUTER_HEADER = 24;
    private static final int INNER_HEADER = 32;
    private static final int BLOCK = 16;
    private static final int LEAST_PADDING = 12;
    private static final int MOST_PADDING = 1024;

    private final AuthKey key;
    private final Side own;
    private final SecureRandom random;

    /** A cipher for the messages that {@code own} writes and for those it gets from the other side. */
    public MessageCipher(AuthKey key, Side own, SecureRandom random) {
        this.key = key;
        this.own = own;
        this.random = random;
    }

    /** The payload of a packet, with the smallest padding that the protocol allows. */
    public Bytes seal(Message message) {
        Bytes inside = inside(message);
        int padding = LEAST_PADDING + (BLOCK - (inside.size() + LEAST_PADDING) % BLOCK) % BLOCK;
        byte[] noise = new byte[padding];
        random.nextBytes(noise);
        return sealPlain(inside.plus(Bytes.of(noise)));
    }

    /** Encrypts a plain text as it is, padding included; for a server that wants to send something wrong on purpose. */
    public Bytes sealPlain(Bytes plain) {
        MessageKeys keys = MessageKeys.ofPlain(key, plain, own);
        return Bytes.join(key.id(), keys.messageKey(), AesIge.encrypt(keys.aesKey(), keys.aesIv(), plain));
    }

    /** Header and body of a message, without padding. */
    public static Bytes inside(Message message) {
        return Bytes.join(
                Bytes.ofLong(message.salt()),
                Bytes.ofLong(message.sessionId()),
                Bytes.ofLong(message.id()),
                Bytes.ofInt(message.sequenceNumber()),
                Bytes.ofInt(message.body().size()),
                message.body());
    }

    /**
     * Decrypts a payload of the other side and checks all that can be seen from the message alone.
     *
     * @throws FailedCheckException if it was not sealed with our key by the other side, or its lengths do not fit; nothing
     *     of it may be used then
     */
    public Message open(Bytes payload) throws FailedCheckException {
        if (payload.size() < OUTER_HEADER + INNER_HEADER + BLOCK) {
            throw failed("it is only " + payload.size() + " bytes long");
        }
        if (!payload.first(8).equals(key.id())) {
            throw failed("it is encrypted with another key");
        }
        Bytes encrypted = payload.from(OUTER_HEADER);
        if (encrypted.size() % BLOCK != 0) {
            throw failed("its encrypted part is not made of whole blocks");
        }
        Bytes messageKey = payload.slice(8, 16);
        Side other = own == Side.CLIENT ? Side.SERVER : Side.CLIENT;
        MessageKeys keys = MessageKeys.ofMessageKey(key, messageKey, other);
        Bytes plain = AesIge.decrypt(keys.aesKey(), keys.aesIv(), encrypted);
        if (!MessageKeys.ofPlain(key, plain, other).messageKey().equalsInConstantTime(messageKey)) {
            throw failed("its message key does not match its content");
        }
        return opened(plain);
    }

    private static Message opened(Bytes plain) throws FailedCheckException {
        int length = plain.intAt(28);
        if (length < 0 || length % 4 != 0 || length > plain.size() - INNER_HEADER) {
            throw failed("its length field says " + length + " of " + (plain.size() - INNER_HEADER) + " bytes");
        }
        int padding = plain.size() - INNER_HEADER - length;
        if (padding < LEAST_PADDING || padding > MOST_PADDING) {
            throw failed("it has " + padding + " bytes of padding, and 12 to 1024 are allowed");
        }
        return new Message(
                plain.longAt(0), plain.longAt(8), plain.longAt(16), plain.intAt(24), plain.slice(INNER_HEADER, length));
    }

    private static FailedCheckException failed(String what) {
        return new FailedCheckException(STEP, what);
    }
}
