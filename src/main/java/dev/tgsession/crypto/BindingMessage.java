package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The letter by which the holder of a permanent key vouches for a temporary one: {@code encrypted_message} of
 * {@code auth.bindTempAuthKey}, the last message that is still locked in the way of MTProto 1.0.
 *
 * <pre>
 *   permanent key id:8 || message key:16 || IGE( random:16 | message id:8 | 0:4 | 40:4 | inner:40 | padding:8 )
 *                              ▲                 └──────────────── SHA-1 ───────────────┘
 *                              └── its last 16 bytes; the padding does not count
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/method/auth.bindTempAuthKey">auth.bindTempAuthKey</a>.
 *
 * @param messageId the id of the message that carries the call
 * @param inner {@code bind_auth_key_inner} with its constructor id, 40 bytes
 */
public record BindingMessage(long messageId, Bytes inner) {
    private static final int INNER_SIZE = 40;
    private static final int RANDOM_SIZE = 16;
    private static final int HEADER_SIZE = RANDOM_SIZE + 16;
    private static final int PLAIN_SIZE = HEADER_SIZE + INNER_SIZE;
    private static final int PADDING_SIZE = 8;
    private static final int KEYS_SIZE = 8 + MessageKeys.MESSAGE_KEY_SIZE;

    public BindingMessage {
        if (inner.size() != INNER_SIZE) {
            throw new IllegalArgumentException(
                    "a bind_auth_key_inner of " + inner.size() + " bytes instead of " + INNER_SIZE);
        }
    }

    /** Locks it with the permanent key: 104 bytes. Draws the 16 bytes in front first, then the padding. */
    public Bytes seal(AuthKey permanent, SecureRandom random) {
        Bytes plain = Bytes.join(
                Chance.bytes(random, RANDOM_SIZE),
                Bytes.ofLong(messageId),
                Bytes.ofInt(0),
                Bytes.ofInt(INNER_SIZE),
                inner);
        MessageKeys keys = MessageKeys.ofMessageKeyInVersionOne(permanent, messageKey(plain), Side.CLIENT);
        Bytes padded = plain.plus(Chance.bytes(random, PADDING_SIZE));
        return Bytes.join(permanent.id(), keys.messageKey(), AesIge.encrypt(keys.aesKey(), keys.aesIv(), padded));
    }

    /** Opens what {@link #seal} locked; empty if it was not locked so with this key. */
    public static Optional<BindingMessage> open(AuthKey permanent, Bytes sealed) {
        if (sealed.size() != KEYS_SIZE + PLAIN_SIZE + PADDING_SIZE || !sealed.startsWith(permanent.id())) {
            return Optional.empty();
        }
        Bytes messageKey = sealed.slice(8, MessageKeys.MESSAGE_KEY_SIZE);
        MessageKeys keys = MessageKeys.ofMessageKeyInVersionOne(permanent, messageKey, Side.CLIENT);
        Bytes plain = AesIge.decrypt(keys.aesKey(), keys.aesIv(), sealed.from(KEYS_SIZE))
                .first(PLAIN_SIZE);
        boolean ours = messageKey(plain).equalsInConstantTime(messageKey);
        if (!ours || plain.intAt(RANDOM_SIZE + 8) != 0 || plain.intAt(RANDOM_SIZE + 12) != INNER_SIZE) {
            return Optional.empty();
        }
        return Optional.of(new BindingMessage(plain.longAt(RANDOM_SIZE), plain.from(HEADER_SIZE)));
    }

    private static Bytes messageKey(Bytes plain) {
        return Hashes.sha1(plain).slice(4, MessageKeys.MESSAGE_KEY_SIZE);
    }
}
