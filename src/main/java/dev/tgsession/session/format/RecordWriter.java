package dev.tgsession.session.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as SQLite keeps them, each number in as few bytes as hold it; see {@link SqliteRecord}.
 *
 * <p>Without an object for any of the values, into bytes that are used again for the next row: a million rows of garbage fill
 * whatever Java has. The values are noted first, and written in one loop, so that Java compiles one small piece of code, and
 * not each call of its own; they lie behind room for the header, which is then put right before them.
 */
final class RecordWriter {
    /** More than the header of {@value #MOST_VALUES} values takes. */
    private static final int ROOM = 1024;

    private static final int MOST_VALUES = 200;
    private static final int REAL = 7;

    private byte[] bytes = new byte[ROOM + 512];
    private final long[] types = new long[MOST_VALUES];
    private final long[] numbers = new long[MOST_VALUES];

    /** Texts and bytes. */
    private final @Nullable Object[] contents = new Object[MOST_VALUES];

    private int values;
    private int start;
    private int end;

    /** The bytes in which the record last finished lies, from {@link #start()} on; good until the next is begun. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int size() {
        return end - start;
    }

    /** A copy of the record last finished. */
    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** Begins a record. */
    RecordWriter begin() {
        values = 0;
        return this;
    }

    /** How many values the record has so far. */
    int values() {
        return values;
    }

    RecordWriter nothing() {
        return note(0, 0, null);
    }

    RecordWriter number(long number) {
        return note(type(number), number, null);
    }

    RecordWriter real(double number) {
        return note(REAL, Double.doubleToLongBits(number), null);
    }

    RecordWriter text(String text) {
        return note(0, 0, text);
    }

    RecordWriter bytes(byte[] blob) {
        return note(0, 0, blob);
    }

    /** Any value: {@code Long}, {@code Integer}, {@code Double}, {@code String}, {@code byte[]}, or null. */
    RecordWriter value(@Nullable Object value) {
        if (value == null) {
            return nothing();
        }
        if (value instanceof String || value instanceof byte[]) {
            return note(0, 0, value);
        }
        return value instanceof Double real ? real(real) : number(((Number) value).longValue());
    }

    private RecordWriter note(int type, long number, @Nullable Object content) {
        types[values] = type;
        numbers[values] = number;
        contents[values++] = content;
        return this;
    }

    /** Finishes the record. */
    void finish() {
        end = ROOM;
        int header = 1;
        for (int i = 0; i < values; i++) {
            Object content = contents[i];
            if (content == null) {
                put(numbers[i], numberSize((int) types[i]));
            } else {
                types[i] = content instanceof String text ? put(text) : 12 + 2L * put((byte[]) content);
                contents[i] = null;
            }
            header += varintSize(types[i]);
        }
        // The size of the header counts itself.
        header += header >= 127 ? 1 : 0;
        start = ROOM - header;
        int at = putVarint(bytes, start, header);
        for (int i = 0; i < values; i++) {
            at = putVarint(bytes, at, types[i]);
        }
    }

    /** Puts a text there; what its type is. */
    private long put(String text) {
        int length = text.length();
        makeRoom(length);
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            if (letter >= 0x80) {
                return 13 + 2L * put(text.getBytes(StandardCharsets.UTF_8));
            }
            bytes[end + i] = (byte) letter;
        }
        end += length;
        return 13 + 2L * length;
    }

    private int put(byte[] content) {
        makeRoom(content.length);
        System.arraycopy(content, 0, bytes, end, content.length);
        end += content.length;
        return content.length;
    }

    private void put(long bits, int size) {
        makeRoom(size);
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            bytes[end++] = (byte) (bits >> shift);
        }
    }

    private void makeRoom(int more) {
        if (more > bytes.length - end) {
            bytes = Arrays.copyOf(bytes, 2 * (end + more));
        }
    }

    static int putVarint(byte[] to, int at, long number) {
        if (number >>> 7 == 0) {
            // Nearly all of them.
            to[at] = (byte) number;
            return at + 1;
        }
        return putLonger(to, at, number);
    }

    private static int putLonger(byte[] to, int at, long number) {
        int size = varintSize(number);
        long left = number;
        if (size == 9) {
            // Its last byte has eight bits.
            to[at + 8] = (byte) number;
            left >>>= 8;
        }
        int last = Math.min(size, 8) - 1;
        for (int i = last; i >= 0; i--) {
            to[at + i] = (byte) (i < size - 1 ? left | 0x80 : left & 0x7f);
            left >>>= 7;
        }
        return at + size;
    }

    static int varintSize(long number) {
        if (number >>> 7 == 0) {
            return 1;
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(number);
        return bits > 56 ? 9 : (bits + 6) / 7;
    }

    private static int type(long number) {
        if (number == 0 || number == 1) {
            return 8 + (int) number;
        }
        // Bits that differ from the sign, and the sign.
        int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(number ^ number >> 63);
        return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 24 ? 3 : bits <= 32 ? 4 : bits <= 48 ? 5 : 6;
    }

    private static int numberSize(int type) {
        return switch (type) {
            case 8, 9 -> 0;
            case 5 -> 6;
            case 6, REAL -> 8;
            default -> type;
        };
    }
}
