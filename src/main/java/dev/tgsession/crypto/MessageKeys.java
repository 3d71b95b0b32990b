package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;

/**
 * What one message is locked with: its message key, which is a hash of it, and the AES key and IV that follow from that.
 *
 * <pre>
 *   authorization key ──┬──────────────► SHA-256 ──► message key (on the wire, and the check after decrypting)
 *   plain message  ─────│──────────────────┘              │
 *                       └──► SHA-256 twice ◄──────────────┘
 *                                 └──► AES key, AES IV
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector">MTProto
 * 2.0, Defining AES Key and Initialization Vector</a>.
 */
public final class MessageKeys {
    /** Bytes in a message key. */
    public static final int MESSAGE_KEY_SIZE = 16;

    private final Bytes messageKey;
    private final Bytes aesKey;
    private final Bytes aesIv;

    private MessageKeys(Bytes messageKey, Bytes aesKey, Bytes aesIv) {
        this.messageKey = messageKey;
        this.aesKey = aesKey;
        this.aesIv = aesIv;
    }

    /**
     * For a message that is to be encrypted, or was decrypted and is to be checked.
     *
     * @param plain header, body and padding together
     * @param writer who writes the message
     */
    public static MessageKeys ofPlain(AuthKey key, Bytes plain, Side writer) {
        Bytes large = Hashes.sha256(key.secret().slice(88 + writer.offset(), 32), plain);
        return ofMessageKey(key, large.slice(8, MESSAGE_KEY_SIZE), writer);
    }

    /**
     * For a message that is to be decrypted.
     *
     * @param messageKey 16 bytes, as the message brings them
     * @param writer who wrote the message
     * @throws IllegalArgumentException if the message key has another size
     */
    public static MessageKeys ofMessageKey(AuthKey key, Bytes messageKey, Side writer) {
        checkSize(messageKey);
        int x = writer.offset();
        Bytes secret = key.secret();
        Bytes a = Hashes.sha256(messageKey, secret.slice(x, 36));
        Bytes b = Hashes.sha256(secret.slice(40 + x, 36), messageKey);
        Bytes aesKey = Bytes.join(a.slice(0, 8), b.slice(8, 16), a.slice(24, 8));
        Bytes aesIv = Bytes.join(b.slice(0, 8), a.slice(8, 16), b.slice(24, 8));
        return new MessageKeys(messageKey, aesKey, aesIv);
    }

    /**
     * The derivation of MTProto 1.0, kept for one purpose: {@link BindingMessage}.
     *
     * @throws IllegalArgumentException if the message key has another size
     */
    static MessageKeys ofMessageKeyInVersionOne(AuthKey key, Bytes messageKey, Side writer) {
        checkSize(messageKey);
        int x = writer.offset();
        Bytes secret = key.secret();
        Bytes a = Hashes.sha1(messageKey, secret.slice(x, 32));
        Bytes b = Hashes.sha1(secret.slice(32 + x, 16), messageKey, secret.slice(48 + x, 16));
        Bytes c = Hashes.sha1(secret.slice(64 + x, 32), messageKey);
        Bytes d = Hashes.sha1(messageKey, secret.slice(96 + x, 32));
        Bytes aesKey = Bytes.join(a.slice(0, 8), b.slice(8, 12), c.slice(4, 12));
        Bytes aesIv = Bytes.join(a.slice(8, 12), b.slice(0, 8), c.slice(16, 4), d.slice(0, 8));
        return new MessageKeys(messageKey, aesKey, aesIv);
    }

    /** 16 bytes, public: they stand in front of the encrypted message. */
    public Bytes messageKey() {
        return messageKey;
    }

    /** 32 bytes. */
    public Bytes aesKey() {
        return aesKey;
    }

    /** 32 bytes, in the form that {@link AesIge} takes. */
    public Bytes aesIv() {
        return aesIv;
    }

    @Override
    public String toString() {
        return "MessageKeys[messageKey=" + messageKey + "]";
    }

    private static void checkSize(Bytes messageKey) {
        if (messageKey.size() != MESSAGE_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "a message key of " + messageKey.size() + " bytes instead of " + MESSAGE_KEY_SIZE);
        }
    }
}
