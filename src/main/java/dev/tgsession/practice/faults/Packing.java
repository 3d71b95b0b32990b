package dev.tgsession.practice.faults;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.message.ContainedMessage;
import dev.tgsession.mtproto.message.Container;
import dev.tgsession.mtproto.message.Inflation;
import dev.tgsession.mtproto.message.Message;
import dev.tgsession.tl.TlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Puts objects into containers and compresses them, as a server may at any time. */
final class Packing {
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 960;

    private Packing() {}

    /** A container of these, dated by {@code around} and with an id of its own. */
    static Message container(Message around, long id, List<ContainedMessage> inner) {
        // Containers are not acknowledged, so their number is even.
        return new Message(around.salt(), around.sessionId(), id, around.sequenceNumber() & ~1, Container.pack(inner));
    }

    static ContainedMessage contained(Message message) {
        return new ContainedMessage(message.id(), message.sequenceNumber(), message.body());
    }

    /** The same object as a {@code gzip_packed}. */
    static Bytes gzipped(Bytes object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(object.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed(Bytes.of(out.toByteArray()));
    }

    /** A {@code gzip_packed} of less than a megabyte, as larger packets are refused for their size, that is 960 MiB of zeros. */
    static Bytes bomb() {
        byte[] zeros = new byte[PIECE];
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] piece = new byte[PIECE];
        deflater.setInput(zeros);
        // A flush that forgets what was before: such pieces can be put together in any number.
        int size = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
        deflater.setInput(new byte[0]);
        deflater.finish();
        byte[] end = new byte[64];
        int endSize = deflater.deflate(end);
        deflater.end();

        CRC32 crc = new CRC32();
        ByteArrayOutputStream out = new ByteArrayOutputStream(size * PIECES + 64);
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
        for (int i = 0; i < PIECES; i++) {
            out.write(piece, 0, size);
            crc.update(zeros);
        }
        out.write(end, 0, endSize);
        out.writeBytes(Bytes.ofInt((int) crc.getValue()).toArray());
        out.writeBytes(Bytes.ofInt(PIECE * PIECES).toArray());
        return packed(Bytes.of(out.toByteArray()));
    }

    private static Bytes packed(Bytes compressed) {
        TlWriter out = new TlWriter();
        out.writeInt(Inflation.ID);
        out.writeBytes(compressed);
        return out.toBytes();
    }
}
