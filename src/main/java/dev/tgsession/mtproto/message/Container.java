package dev.tgsession.mtproto.message;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.tl.MalformedTlException;
import java.util.ArrayList;
import java.util.List;

/**
 * Several messages in one.
 *
 * <pre>
 *   +------------+-------+--------------------------------------+- … -+
 *   | 73f1f8dc   | count | message id | seq | length | body ... |     |
 *   +------------+-------+--------------------------------------+- … -+
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/mtproto/service_messages#containers">Containers</a>.
 */
public final class Container {
    /** {@code msg_container}. */
    public static final int ID = 0x73f1f8dc;

    /** What the protocol allows in one container. */
    public static final int MOST_MESSAGES = 1024;

    private static final int MESSAGE_HEADER = 16;

    private Container() {}

    /** The body of a container. */
    public static Bytes pack(List<ContainedMessage> messages) {
        List<Bytes> parts = new ArrayList<>();
        parts.add(Bytes.ofInt(ID));
        parts.add(Bytes.ofInt(messages.size()));
        for (ContainedMessage message : messages) {
            parts.add(Bytes.ofLong(message.id()));
            parts.add(Bytes.ofInt(message.sequenceNumber()));
            parts.add(Bytes.ofInt(message.body().size()));
            parts.add(message.body());
        }
        return Bytes.join(parts.toArray(new Bytes[0]));
    }

    /**
     * The messages of a container, still packed if they are containers or compressed themselves.
     *
     * @throws MalformedTlException if a count or a length does not fit the bytes at hand
     */
    public static List<ContainedMessage> unpack(Bytes body) throws MalformedTlException {
        if (body.size() < 8 || body.intAt(0) != ID) {
            throw new MalformedTlException("a container was due");
        }
        int count = body.intAt(4);
        if (count < 0 || count > MOST_MESSAGES || count > (body.size() - 8) / MESSAGE_HEADER) {
            throw new MalformedTlException(
                    "a container of " + body.size() + " bytes says it holds " + count + " messages");
        }
        List<ContainedMessage> messages = new ArrayList<>(count);
        int at = 8;
        for (int i = 0; i < count; i++) {
            if (body.size() - at < MESSAGE_HEADER) {
                throw new MalformedTlException("a container ends inside message " + (i + 1) + " of " + count);
            }
            int length = body.intAt(at + 12);
            if (length < 0 || length % 4 != 0 || length > body.size() - at - MESSAGE_HEADER) {
                throw new MalformedTlException(
                        "message " + (i + 1) + " of a container says it has " + length + " bytes");
            }
            messages.add(
                    new ContainedMessage(body.longAt(at), body.intAt(at + 8), body.slice(at + MESSAGE_HEADER, length)));
            at += MESSAGE_HEADER + length;
        }
        if (at != body.size()) {
            throw new MalformedTlException((body.size() - at) + " bytes follow the last message of a container");
        }
        return messages;
    }
}
