package dev.tgsession.session.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row, or of one entry of an index, as they lie in the file; used again for the next one.
 *
 * <pre>
 *   size of the header, a type for each value; then the values
 * </pre>
 *
 * <p>Source: <a href="https://www.sqlite.org/fileformat2.html#record_format">sqlite.org/fileformat2</a>, section 2.1.
 */
final class SqliteRecord {
    /** Bytes of a value by its type, up to 9; 10 and 11 are SQLite's own and never in a file. */
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

    private static final int REAL = 7;

    private final VarintReader header = new VarintReader();
    private byte[] bytes = new byte[0];
    private int[] types = new int[8];
    private int[] starts = new int[9];
    private int size;
    private int begin;
    private int end;

    /**
     * Takes a record apart.
     *
     * @param most how many values it may have
     * @return whether it adds up; there may be bytes left behind it, see {@link #isExact()}
     */
    boolean parse(byte[] from, int start, int stop, int most) {
        bytes = from;
        begin = start;
        end = stop;
        size = 0;
        long headerSize = header.reset(from, start, stop).next();
        if (header.failed() || headerSize < 1 || headerSize > stop - start) {
            return false;
        }
        int headerEnd = start + (int) headerSize;
        header.reset(from, header.at(), headerEnd);
        int at = headerEnd;
        while (header.at() < headerEnd) {
            long type = header.next();
            long length = length(type);
            if (header.failed() || size == most || length < 0 || length > stop - at) {
                return false;
            }
            if (size == types.length) {
                types = Arrays.copyOf(types, 2 * size);
                starts = Arrays.copyOf(starts, 2 * size + 1);
            }
            types[size] = (int) type;
            starts[size++] = at;
            at += (int) length;
        }
        starts[size] = at;
        return true;
    }

    /** Whether the values end where the record ends. */
    boolean isExact() {
        return starts[size] == end;
    }

    /** How many values there are. */
    int size() {
        return size;
    }

    boolean isNull(int index) {
        return types[index] == 0;
    }

    boolean isText(int index) {
        return types[index] >= 13 && types[index] % 2 == 1;
    }

    boolean isNumber(int index) {
        return types[index] > 0 && types[index] < 10;
    }

    boolean isReal(int index) {
        return types[index] == REAL;
    }

    /** Whether one of the texts is these letters and no more, small or capital. */
    boolean hasText(Needle letters) {
        for (int i = 0; i < size; i++) {
            if (isText(i) && hasText(i, letters)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this text is these letters and no more, small or capital. */
    boolean hasText(int index, Needle letters) {
        return letters.isAll(bytes, starts[index], starts[index + 1]);
    }

    /** The bytes of a text. */
    byte[] bytes(int index) {
        return Arrays.copyOfRange(bytes, starts[index], starts[index + 1]);
    }

    /** In bytes. */
    int length() {
        return end - begin;
    }

    /** Whether some value has the type of a number with a fraction, but is none. */
    boolean hasNan() {
        for (int i = 0; i < size; i++) {
            if (types[i] == REAL && Double.isNaN(Double.longBitsToDouble(number(i)))) {
                return true;
            }
        }
        return false;
    }

    /** A value as SQLite would hand it over: {@code Long}, {@code Double}, {@code String}, {@code byte[]}, or null. */
    @Nullable
    Object value(int index) {
        int type = types[index];
        if (type == 0) {
            return null;
        }
        if (type >= 12) {
            return type % 2 == 0
                    ? Arrays.copyOfRange(bytes, starts[index], starts[index + 1])
                    : new String(bytes, starts[index], starts[index + 1] - starts[index], StandardCharsets.UTF_8);
        }
        return type == REAL ? Double.valueOf(Double.longBitsToDouble(number(index))) : (Object) number(index);
    }

    /** A whole number, or the bits of one with a fraction. */
    long number(int index) {
        int type = types[index];
        if (type == 8 || type == 9) {
            return type - 8;
        }
        int at = starts[index];
        long number = bytes[at];
        for (int i = at + 1; i < starts[index + 1]; i++) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }

    /** A sum of a value: the same for the same value, in a row or in an index, and hardly ever for another. */
    long sum(int index) {
        int type = types[index];
        if (type == 0) {
            return mixed(2, 0);
        }
        if (type < 12) {
            return mixed(type == REAL ? 3 : 1, number(index));
        }
        long sum = 0;
        for (int i = starts[index]; i < starts[index + 1]; i++) {
            sum = sum * 31 + bytes[i];
        }
        return mixed(4 + type % 2, mixed(starts[index + 1] - starts[index], sum));
    }

    /** Two numbers in one, of whose bits each depends on all of theirs; the finish of MurmurHash3. */
    static long mixed(long kind, long number) {
        long mixed = number + 0x9e3779b97f4a7c15L * (kind + 1);
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** Compares the first so many values as an index orders them: nothing, numbers, text, bytes. */
    int compareTo(SqliteRecord other, int columns) {
        for (int i = 0; i < columns; i++) {
            int order = compare(i, other);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compare(int index, SqliteRecord other) {
        int rank = rank(index);
        int order = Integer.compare(rank, other.rank(index));
        if (order != 0 || rank == 0) {
            return order;
        }
        if (rank > 1) {
            return Arrays.compareUnsigned(
                    bytes, starts[index], starts[index + 1], other.bytes, other.starts[index], other.starts[index + 1]);
        }
        if (isReal(index) || other.isReal(index)) {
            return Double.compare(real(index), other.real(index));
        }
        return Long.compare(number(index), other.number(index));
    }

    private double real(int index) {
        return isReal(index) ? Double.longBitsToDouble(number(index)) : number(index);
    }

    private int rank(int index) {
        return types[index] == 0 ? 0 : types[index] < 12 ? 1 : isText(index) ? 2 : 3;
    }

    /** The record as it lies in the file. */
    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, begin, end);
    }

    /** All values of a record of their own, for one that is kept. */
    @Nullable
    Object[] values() {
        @Nullable Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
            values[i] = value(i);
        }
        return values;
    }

    /** In bytes; -1 if there is no such type. */
    private static long length(long type) {
        if (type < 0 || type == 10 || type == 11 || type > Integer.MAX_VALUE) {
            return -1;
        }
        return type >= 12 ? (type - 12) / 2 : LENGTHS[(int) type];
    }
}
