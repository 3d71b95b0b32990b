package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;

/**
 * The shortest framing: the length in words of four bytes, in one byte if it fits.
 *
 * <pre>
 *   +-----+----- … -----+        +------+-------------+----- … -----+
 *   | len |   payload   |   or   | 0x7f |  len:3, LE  |   payload   |
 *   +-----+----- … -----+        +------+-------------+----- … -----+
 *    below 127 words              127 words and more
 * </pre>
 *
 * <p>The top bit of the first byte asks for a quick acknowledgement. From
 * core.telegram.org/mtproto/mtproto-transports#abridged.
 */
final class AbridgedCodec implements PacketCodec {
    private static final int LONG_FORM = 0x7f;
    private static final int QUICK_ACK = 0x80;
    private static final int MOST_WORDS = 0xffffff;

    private final PacketRules rules;

    AbridgedCodec(PacketRules rules) {
        this.rules = rules;
    }

    @Override
    public Bytes startTag() {
        return Bytes.of((byte) 0xef);
    }

    @Override
    public Bytes pack(Bytes payload) {
        int words = PacketRules.checkedOutgoing(payload).size() / 4;
        if (words > MOST_WORDS) {
            throw new IllegalArgumentException(payload.size() + " bytes are too many for the abridged framing");
        }
        Bytes header = words < LONG_FORM
                ? Bytes.of((byte) words)
                : Bytes.of((byte) LONG_FORM, (byte) words, (byte) (words >> 8), (byte) (words >> 16));
        return header.plus(payload);
    }

    @Override
    public Bytes unpack(InputStream in) throws IOException {
        FrameInput frame = new FrameInput(in);
        int first = frame.take(1).at(0);
        rules.checkQuickAck((first & QUICK_ACK) != 0);

        int words = first & ~QUICK_ACK;
        if (words == LONG_FORM) {
            Bytes length = frame.take(3);
            words = length.at(0) | length.at(1) << 8 | length.at(2) << 16;
        }
        return frame.take(rules.checkedLength(words * 4));
    }
}
