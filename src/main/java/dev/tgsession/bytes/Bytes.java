package dev.tgsession.bytes;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A run of bytes that never changes: equal by content, printed as hex.
 *
 * <p>For public bytes (nonces, ids, packets). Secrets have types of their own that do not print.
 */
public final class Bytes implements Comparable<Bytes> {
    /** No bytes at all. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of the given bytes. */
    public static Bytes of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** These very bytes, without a copy: the array is taken over, and its giver never touches it again. */
    public static Bytes taking(byte[] bytes) {
        return new Bytes(bytes);
    }

    /** A copy of {@code length} bytes from {@code offset} on. */
    public static Bytes of(byte[] bytes, int offset, int length) {
        return new Bytes(Arrays.copyOfRange(bytes, offset, checkEnd(offset, length, bytes.length)));
    }

    /** Reads hexadecimal text such as {@code "32d1586e"}. */
    public static Bytes ofHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /** The UTF-8 form of a text. */
    public static Bytes ofUtf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Four bytes, little endian. */
    public static Bytes ofInt(int value) {
        return new Bytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    /** Eight bytes, little endian. */
    public static Bytes ofLong(long value) {
        return new Bytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    /**
     * The shortest big-endian form of a number: no sign byte, no leading zeros; zero is no byte at all.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static Bytes ofNumber(BigInteger number) {
        if (number.signum() < 0) {
            throw new IllegalArgumentException("a negative number has no unsigned form");
        }
        byte[] signed = number.toByteArray();
        int first = signed[0] == 0 ? 1 : 0;
        return of(signed, first, signed.length - first);
    }

    /**
     * The big-endian form of a number, padded on the left with zeros to exactly {@code size} bytes.
     *
     * @throws IllegalArgumentException if the number is negative or needs more bytes
     */
    public static Bytes ofNumber(BigInteger number, int size) {
        Bytes shortest = ofNumber(number);
        if (shortest.size() > size) {
            throw new IllegalArgumentException("a number of " + shortest.size() + " bytes does not fit into " + size);
        }
        byte[] padded = new byte[size];
        System.arraycopy(shortest.content, 0, padded, size - shortest.size(), shortest.size());
        return new Bytes(padded);
    }

    /** One after the other. */
    public static Bytes join(Bytes... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Bytes part : parts) {
            out.writeBytes(part.content);
        }
        return new Bytes(out.toByteArray());
    }

    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int at(int index) {
        return content[index] & 0xff;
    }

    /** The {@code length} bytes from {@code offset} on. */
    public Bytes slice(int offset, int length) {
        return of(content, offset, length);
    }

    /** Everything from {@code offset} on. */
    public Bytes from(int offset) {
        return slice(offset, content.length - offset);
    }

    /** The first {@code length} bytes. */
    public Bytes first(int length) {
        return slice(0, length);
    }

    /** The last {@code length} bytes. */
    public Bytes last(int length) {
        return slice(content.length - length, length);
    }

    public Bytes plus(Bytes more) {
        return join(this, more);
    }

    /**
     * Byte by byte exclusive or.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    public Bytes xor(Bytes other) {
        if (other.size() != size()) {
            throw new IllegalArgumentException("xor of " + size() + " with " + other.size() + " bytes");
        }
        byte[] result = content.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other.content[i];
        }
        return new Bytes(result);
    }

    /** Last byte first. */
    public Bytes reversed() {
        byte[] result = new byte[content.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = content[content.length - 1 - i];
        }
        return new Bytes(result);
    }

    public boolean startsWith(Bytes start) {
        return size() >= start.size() && first(start.size()).equals(start);
    }

    /** Four bytes at {@code offset}, little endian. */
    public int intAt(int offset) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    /** Eight bytes at {@code offset}, little endian. */
    public long longAt(int offset) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
    }

    /** As a big-endian number without sign. */
    public BigInteger toNumber() {
        return new BigInteger(1, content);
    }

    /** As UTF-8 text; what is not valid is replaced. */
    public String toUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** A copy. */
    public byte[] toArray() {
        return content.clone();
    }

    /**
     * Copies {@code length} bytes from {@code offset} on into an array, to where {@code start} is.
     *
     * @throws IndexOutOfBoundsException if that many are not here, or have no room there
     */
    public void copyTo(int offset, int length, byte[] target, int start) {
        System.arraycopy(content, offset, target, start, length);
    }

    public String toHex() {
        return HexFormat.of().formatHex(content);
    }

    /** Compares in a time that does not depend on where the first difference is. */
    public boolean equalsInConstantTime(Bytes other) {
        return MessageDigest.isEqual(content, other.content);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public String toString() {
        return toHex();
    }

    private static int checkEnd(int offset, int length, int size) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IndexOutOfBoundsException(length + " bytes from " + offset + " of " + size);
        }
        return offset + length;
    }
}
