package dev.tgsession.tl;

import dev.tgsession.bytes.Bytes;
import java.util.Arrays;

/**
 * Writes bare values one after the other.
 *
 * @see <a href="https://core.telegram.org/mtproto/serialize">Binary data serialization</a>
 */
public final class TlWriter {
    /** The longest string: its length must fit into three bytes. */
    static final int MAX_STRING = (1 << 24) - 1;

    private byte[] content = new byte[256];
    private int size;

    /** Four bytes, little endian; also flag words and constructor ids. */
    public void writeInt(int value) {
        reserve(4);
        for (int shift = 0; shift < 32; shift += 8) {
            content[size++] = (byte) (value >>> shift);
        }
    }

    /** Eight bytes, little endian. */
    public void writeLong(long value) {
        writeInt((int) value);
        writeInt((int) (value >>> 32));
    }

    /** Eight bytes, IEEE 754, little endian. */
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** The bytes as they stand, without length or padding. */
    public void writeRaw(Bytes value) {
        append(value.toArray());
    }

    /**
     * A byte string: its length, its content, and zeros up to a multiple of four.
     *
     * @throws IllegalArgumentException if it has 2^24 bytes or more
     */
    public void writeBytes(Bytes value) {
        int length = value.size();
        if (length > MAX_STRING) {
            throw new IllegalArgumentException("a TL string holds at most " + MAX_STRING + " bytes, not " + length);
        }
        int start = size;
        if (length < TlReader.LONG_FORM) {
            reserve(1);
            content[size++] = (byte) length;
        } else {
            writeInt(length << 8 | TlReader.LONG_FORM);
        }
        writeRaw(value);
        append(new byte[TlReader.padding(size - start)]);
    }

    /** A text in UTF-8, as {@link #writeBytes}. */
    public void writeString(String value) {
        writeBytes(Bytes.ofUtf8(value));
    }

    /** One of the two constructors of {@code Bool}. */
    public void writeBool(boolean value) {
        writeInt(value ? TlReader.BOOL_TRUE : TlReader.BOOL_FALSE);
    }

    /** What begins a boxed vector: its constructor id and how many elements follow. */
    public void writeVectorCount(int count) {
        writeInt(TlReader.VECTOR);
        writeInt(count);
    }

    /** Everything written so far. */
    public Bytes toBytes() {
        return Bytes.of(content, 0, size);
    }

    private void append(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, content, size, more.length);
        size += more.length;
    }

    private void reserve(int more) {
        if (more > content.length - size) {
            content = Arrays.copyOf(content, Math.max(content.length * 2, size + more));
        }
    }
}
