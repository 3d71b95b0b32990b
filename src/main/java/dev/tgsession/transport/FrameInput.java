package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of one frame as they come; knows how far the frame got when the stream ends. */
final class FrameInput {
    private final InputStream in;
    private int taken;

    FrameInput(InputStream in) {
        this.in = in;
    }

    /** Waits for exactly {@code count} bytes. Memory grows with what arrives, not with what was announced. */
    Bytes take(int count) throws IOException {
        byte[] got = in.readNBytes(count);
        taken += got.length;
        if (got.length < count) {
            throw new PeerClosedException(taken);
        }
        return Bytes.of(got);
    }
}
