package dev.tgsession.transport;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A stream that can go back to where the current packet began: a timeout in the middle of one then loses nothing.
 *
 * <pre>
 *   kept:  | … bytes of this packet … | … read ahead … |  free  |
 *          0 = rewind()               position         end
 * </pre>
 */
final class ReplayInput extends InputStream {
    private static final int USUAL_SIZE = 8192;

    private final InputStream in;
    private byte[] kept;
    private int position;
    private int end;

    /** Begins with bytes that were taken from the stream already. */
    ReplayInput(Bytes alreadyRead, InputStream in) {
        this.in = in;
        this.kept = Arrays.copyOf(alreadyRead.toArray(), USUAL_SIZE);
        this.end = alreadyRead.size();
    }

    /** Back to the first byte that was not forgotten. */
    void rewind() {
        position = 0;
    }

    /** What was read so far will not be asked for again. */
    void forget() {
        // A large packet leaves its large array behind, unless the next one is there already.
        int size = Math.max(USUAL_SIZE, end - position);
        byte[] rest = kept.length > size ? new byte[size] : kept;
        System.arraycopy(kept, position, rest, 0, end - position);
        kept = rest;
        end -= position;
        position = 0;
    }

    @Override
    public int read() throws IOException {
        return fill() ? kept[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, end - position);
        System.arraycopy(kept, position, into, offset, count);
        position += count;
        return count;
    }

    /** Waits until there is a byte to hand out; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (position < end) {
            return true;
        }
        if (end == kept.length) {
            kept = Arrays.copyOf(kept, 2 * kept.length);
        }
        int count = in.read(kept, end, kept.length - end);
        end += Math.max(count, 0);
        return count > 0;
    }
}
