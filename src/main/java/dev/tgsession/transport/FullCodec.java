package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * The framing with a number and a checksum.
 *
 * <pre>
 *   +-------------+-------------+----- … -----+-------------+
 *   |  len:4, LE  | number:4, LE|   payload   | CRC32:4, LE |
 *   +-------------+-------------+----- … -----+-------------+
 *    the whole     0, 1, 2, …                  of everything
 *    frame         in each direction           before it
 * </pre>
 *
 * <p>From core.telegram.org/mtproto/mtproto-transports#full. A flooded server has been seen to answer with −429 where
 * the length should be; a negative length from a server therefore stands for a transport error.
 */
final class FullCodec implements PacketCodec {
    private static final int AROUND = 12;

    private final PacketRules rules;
    private int nextOut;
    private int nextIn;

    FullCodec(PacketRules rules) {
        this.rules = rules;
    }

    @Override
    public Bytes startTag() {
        return Bytes.EMPTY;
    }

    @Override
    public Bytes pack(Bytes payload) {
        int length = PacketRules.checkedOutgoing(payload).size() + AROUND;
        Bytes checked = Bytes.join(Bytes.ofInt(length), Bytes.ofInt(nextOut), payload);
        nextOut++;
        return checked.plus(Bytes.ofInt(crc32(checked)));
    }

    @Override
    public Bytes unpack(InputStream in) throws IOException {
        FrameInput frame = new FrameInput(in);
        Bytes length = frame.take(4);
        if (length.intAt(0) < 0 && !rules.readsRequests()) {
            return length;
        }
        int size = rules.checkedLength(length.intAt(0) - AROUND);

        Bytes number = frame.take(4);
        if (number.intAt(0) != nextIn) {
            throw new MalformedPacketException("packet number " + number.intAt(0) + " came, " + nextIn + " was due");
        }
        Bytes payload = frame.take(size);
        if (frame.take(4).intAt(0) != crc32(Bytes.join(length, number, payload))) {
            throw new MalformedPacketException("the checksum of packet number " + nextIn + " is wrong");
        }
        nextIn++;
        return payload;
    }

    private static int crc32(Bytes bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.toArray());
        return (int) crc.getValue();
    }
}
