package dev.tgsession.mtproto.message;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.MalformedTlException;

/**
 * A message without encryption, good only for agreeing on a key.
 *
 * <pre>
 *   +---------------+------------+--------+---- … ----+
 *   | 0 (8 bytes)   | message id | length |   body    |
 *   +---------------+------------+--------+---- … ----+
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/description#unencrypted-message">Unencrypted Message</a>.
 *
 * @param id the message id
 * @param body one TL object; what a server sends may have random bytes behind it
 */
public record PlainMessage(long id, Bytes body) {
    private static final int HEADER = 20;

    /** The payload of a packet. */
    public Bytes pack() {
        return Bytes.join(Bytes.ofLong(0), Bytes.ofLong(id), Bytes.ofInt(body.size()), body);
    }

    /** Whether this payload claims to be a message without encryption. */
    public static boolean isPlain(Bytes payload) {
        return payload.size() >= HEADER && payload.longAt(0) == 0;
    }

    /**
     * Takes a payload apart.
     *
     * @throws MalformedTlException if it belongs to a key, or its length field does not fit
     */
    public static PlainMessage unpack(Bytes payload) throws MalformedTlException {
        if (!isPlain(payload)) {
            throw new MalformedTlException(
                    "a message without encryption was due, and " + payload.size() + " bytes of something else came");
        }
        int length = payload.intAt(16);
        if (length < 4 || length > payload.size() - HEADER) {
            throw new MalformedTlException(
                    "a plain message says it has " + length + " bytes, but " + (payload.size() - HEADER) + " came");
        }
        return new PlainMessage(payload.longAt(8), payload.slice(HEADER, length));
    }
}
