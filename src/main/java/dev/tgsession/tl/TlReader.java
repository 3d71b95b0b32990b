package dev.tgsession.tl;

import dev.tgsession.bytes.Bytes;
import java.util.Objects;

/**
 * Reads bare values one after the other.
 *
 * <p>Every method throws {@link MalformedTlException} when fewer bytes are left than it needs, and allocates no more
 * than the input holds.
 *
 * @see <a href="https://core.telegram.org/mtproto/serialize">Binary data serialization</a>
 */
public final class TlReader {
    static final int BOOL_TRUE = 0x997275b5;
    static final int BOOL_FALSE = 0xbc799737;
    static final int VECTOR = 0x1cb5c415;

    /** A length byte of this value says that three bytes of length follow. */
    static final int LONG_FORM = 0xfe;

    private final Bytes input;
    private int position;

    public TlReader(Bytes input) {
        this.input = input;
    }

    /**
     * A reader that begins in the middle, without a copy of what is left.
     *
     * @throws IndexOutOfBoundsException if the position is not inside the input or at its end
     */
    public static TlReader at(Bytes input, int position) {
        TlReader reader = new TlReader(input);
        reader.position = Objects.checkIndex(position, input.size() + 1);
        return reader;
    }

    /** The number of bytes not read yet. */
    public int remaining() {
        return input.size() - position;
    }

    /** The number of bytes already read. */
    public int position() {
        return position;
    }

    /** Four bytes, little endian; also flag words and constructor ids. */
    public int readInt() throws MalformedTlException {
        return input.intAt(advance(4));
    }

    /** The next four bytes, which stay unread. */
    public int peekInt() throws MalformedTlException {
        require(4);
        return input.intAt(position);
    }

    /** Eight bytes, little endian. */
    public long readLong() throws MalformedTlException {
        return input.longAt(advance(8));
    }

    /** Eight bytes, IEEE 754, little endian. */
    public double readDouble() throws MalformedTlException {
        return Double.longBitsToDouble(readLong());
    }

    /** Exactly {@code size} bytes as they stand, as for {@code int128} and {@code int256}. */
    public Bytes readRaw(int size) throws MalformedTlException {
        return input.slice(advance(size), size);
    }

    /** Everything that is left. */
    public Bytes readRest() throws MalformedTlException {
        return readRaw(remaining());
    }

    /** A byte string: its length, its content, and zeros up to a multiple of four, whose values do not matter. */
    public Bytes readBytes() throws MalformedTlException {
        int start = position;
        int size = readStringSize();
        Bytes content = readRaw(size);
        advance(padding(position - start));
        return content;
    }

    /** A byte string as UTF-8; what is not valid is replaced. */
    public String readString() throws MalformedTlException {
        return readBytes().toUtf8();
    }

    /** Reads over a byte string without copying it. */
    void skipBytes() throws MalformedTlException {
        int start = position;
        advance(readStringSize());
        advance(padding(position - start));
    }

    /** Reads over {@code size} bytes. */
    void skip(int size) throws MalformedTlException {
        advance(size);
    }

    /** One of the two constructors of {@code Bool}. */
    public boolean readBool() throws MalformedTlException {
        int id = readInt();
        if (id != BOOL_TRUE && id != BOOL_FALSE) {
            throw unexpected("Bool", id);
        }
        return id == BOOL_TRUE;
    }

    /**
     * The number of elements of a bare vector.
     *
     * @param smallest the fewest bytes an element takes; a count that cannot fit into the rest is refused
     */
    public int readCount(int smallest) throws MalformedTlException {
        int count = readInt();
        if (count < 0 || count > remaining() / smallest) {
            throw new MalformedTlException(
                    position - 4,
                    "a vector of " + Integer.toUnsignedString(count) + " elements does not fit into " + remaining()
                            + " bytes");
        }
        return count;
    }

    /** The constructor id of a vector, then its count as {@link #readCount}. */
    public int readVectorCount(int smallest) throws MalformedTlException {
        int id = readInt();
        if (id != VECTOR) {
            throw unexpected("Vector", id);
        }
        return readCount(smallest);
    }

    /** Nothing may be left. */
    public void requireEnd() throws MalformedTlException {
        if (remaining() > 0) {
            throw new MalformedTlException(position, remaining() + " bytes more than were due");
        }
    }

    /** Complains about the constructor id that was read last. */
    MalformedTlException unexpected(String due, int id) {
        return new MalformedTlException(position - 4, due + " was due, #" + Integer.toHexString(id) + " came");
    }

    /** How many bytes bring {@code size} to a multiple of four. */
    static int padding(int size) {
        return -size & 3;
    }

    private int readStringSize() throws MalformedTlException {
        int first = input.at(advance(1));
        if (first < LONG_FORM) {
            return first;
        }
        if (first > LONG_FORM) {
            throw new MalformedTlException(position - 1, "no string begins with byte ff");
        }
        int size = advance(3);
        return input.at(size) | input.at(size + 1) << 8 | input.at(size + 2) << 16;
    }

    /** Steps over {@code size} bytes and says where they begin. */
    private int advance(int size) throws MalformedTlException {
        require(size);
        int start = position;
        position += size;
        return start;
    }

    private void require(int size) throws MalformedTlException {
        if (size > remaining()) {
            throw new MalformedTlException(position, size + " bytes were due, " + remaining() + " are left");
        }
    }
}
