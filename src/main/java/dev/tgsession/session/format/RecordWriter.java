package dev.tgsession.session.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes rows as SQLite keeps them, each number in as few bytes as hold it; see {@link SqliteRecord}. */
final class RecordWriter {
    private byte[] record = new byte[512];
    private int size;

    /** The bytes of the record last written, from 0 to {@link #size()}; good until the next. */
    byte[] bytes() {
        return record;
    }

    int size() {
        return size;
    }

    /** Writes a record: {@code Long}, {@code Integer}, {@code Double}, {@code String}, {@code byte[]}, or null. */
    RecordWriter write(@Nullable Object[] values) {
        byte[][] texts = new byte[values.length][];
        long[] types = new long[values.length];
        int header = 1;
        int body = 0;
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof String text) {
                texts[i] = text.getBytes(StandardCharsets.UTF_8);
                types[i] = 13 + 2L * texts[i].length;
            } else if (value instanceof byte[] blob) {
                texts[i] = blob;
                types[i] = 12 + 2L * blob.length;
            } else if (value instanceof Double) {
                types[i] = 7;
            } else if (value != null) {
                types[i] = type(((Number) value).longValue());
            }
            header += varintSize(types[i]);
            body += texts[i] == null ? (value == null ? 0 : numberSize(types[i])) : texts[i].length;
        }
        // The size of the header counts itself.
        header += header >= 127 ? 1 : 0;
        size = header + body;
        if (size > record.length) {
            record = new byte[2 * size];
        }
        int at = putVarint(record, 0, header);
        for (long type : types) {
            at = putVarint(record, at, type);
        }
        for (int i = 0; i < values.length; i++) {
            if (texts[i] != null) {
                System.arraycopy(texts[i], 0, record, at, texts[i].length);
                at += texts[i].length;
            } else if (values[i] instanceof Number number) {
                long bits = number instanceof Double real ? Double.doubleToLongBits(real) : number.longValue();
                for (int shift = 8 * (numberSize(types[i]) - 1); shift >= 0; shift -= 8) {
                    record[at++] = (byte) (bits >> shift);
                }
            }
        }
        return this;
    }

    /** A copy of the record last written. */
    byte[] copy() {
        return Arrays.copyOf(record, size);
    }

    static int putVarint(byte[] to, int at, long number) {
        int size = varintSize(number);
        if (size == 9) {
            to[at + 8] = (byte) number;
            long left = number >>> 8;
            for (int i = 7; i >= 0; i--) {
                to[at + i] = (byte) (left | 0x80);
                left >>>= 7;
            }
            return at + 9;
        }
        long left = number;
        for (int i = size - 1; i >= 0; i--) {
            to[at + i] = (byte) (left & 0x7f | (i == size - 1 ? 0 : 0x80));
            left >>>= 7;
        }
        return at + size;
    }

    static int varintSize(long number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(number);
        return bits > 56 ? 9 : Math.max(1, (bits + 6) / 7);
    }

    private static long type(long number) {
        if (number == 0 || number == 1) {
            return 8 + number;
        }
        // Bits that differ from the sign, and the sign.
        int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(number ^ number >> 63);
        return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 24 ? 3 : bits <= 32 ? 4 : bits <= 48 ? 5 : 6;
    }

    private static int numberSize(long type) {
        return switch ((int) type) {
            case 0, 8, 9 -> 0;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> (int) type;
        };
    }
}
