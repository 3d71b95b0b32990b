package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;

/**
 * The intermediate framing with up to 15 random bytes behind each payload, so that lengths tell less.
 *
 * <pre>
 *   +-------------+----- … -----+--- … ---+
 *   |  len:4, LE  |   payload   | padding |      len = payload and padding
 *   +-------------+----- … -----+--- … ---+
 * </pre>
 *
 * <p>The frame does not say where the padding begins; the payload does:
 *
 * <pre>
 *   key id ≠ 0 | msg_key:16 | sealed, a multiple of 16                 an encrypted message
 *   key id = 0 | message id:8 | length:4, LE | length bytes            a plain message
 *   error:4, LE, negative                                              a transport error
 *   ff ff ff ff | token:4                                              a quick acknowledgement
 * </pre>
 *
 * <p>Bit 31 of the length asks for a quick acknowledgement. From
 * core.telegram.org/mtproto/mtproto-transports#padded-intermediate.
 */
final class PaddedIntermediateCodec implements PacketCodec {
    private static final int PLAIN_HEADER = 20;
    private static final int SEALED_HEADER = 24;
    private static final int SEALED_BLOCK = 16;

    private final PacketRules rules;
    private final SecureRandom random;

    PaddedIntermediateCodec(PacketRules rules, SecureRandom random) {
        this.rules = rules;
        this.random = random;
    }

    @Override
    public Bytes startTag() {
        return Bytes.ofInt(0xdddddddd);
    }

    @Override
    public Bytes pack(Bytes payload) {
        PacketRules.checkedOutgoing(payload);
        byte[] length = new byte[1];
        random.nextBytes(length);
        byte[] padding = new byte[length[0] & rules.mostPaddingSent()];
        random.nextBytes(padding);
        return Bytes.join(Bytes.ofInt(payload.size() + padding.length), payload, Bytes.of(padding));
    }

    @Override
    public Bytes unpack(InputStream in) throws IOException {
        FrameInput frame = new FrameInput(in);
        int length = rules.withoutQuickAck(frame.take(4).intAt(0));
        return withoutPadding(frame.take(rules.checkedPaddedLength(length)));
    }

    /** What fits no rule stays as it came: the layer above refuses it in its own words. */
    private static Bytes withoutPadding(Bytes padded) {
        int length = payloadLength(padded);
        int padding = padded.size() - length;
        return 0 <= padding && padding <= PacketRules.MOST_PADDING ? padded.first(length) : padded;
    }

    private static int payloadLength(Bytes padded) {
        if (padded.size() < PLAIN_HEADER) {
            return padded.intAt(0) == -1 && padded.size() >= 8 ? 8 : 4;
        }
        if (padded.longAt(0) == 0) {
            // An absurd length turns negative here or exceeds the frame; both fit no rule.
            return PLAIN_HEADER + padded.intAt(PLAIN_HEADER - 4);
        }
        int sealed = padded.size() - SEALED_HEADER;
        return sealed < 0 ? padded.size() : padded.size() - sealed % SEALED_BLOCK;
    }
}
