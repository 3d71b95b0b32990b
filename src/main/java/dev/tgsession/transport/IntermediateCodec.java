package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;

/**
 * The plainest framing: the length in bytes, then the payload.
 *
 * <pre>
 *   +-------------+----- … -----+
 *   |  len:4, LE  |   payload   |
 *   +-------------+----- … -----+
 * </pre>
 *
 * <p>Bit 31 of the length asks for a quick acknowledgement. From
 * core.telegram.org/mtproto/mtproto-transports#intermediate.
 */
final class IntermediateCodec implements PacketCodec {
    private final PacketRules rules;

    IntermediateCodec(PacketRules rules) {
        this.rules = rules;
    }

    @Override
    public Bytes startTag() {
        return Bytes.ofInt(0xeeeeeeee);
    }

    @Override
    public Bytes pack(Bytes payload) {
        return Bytes.ofInt(PacketRules.checkedOutgoing(payload).size()).plus(payload);
    }

    @Override
    public Bytes unpack(InputStream in) throws IOException {
        FrameInput frame = new FrameInput(in);
        int length = rules.withoutQuickAck(frame.take(4).intAt(0));
        return frame.take(rules.checkedLength(length));
    }
}
