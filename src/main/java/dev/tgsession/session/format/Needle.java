package dev.tgsession.session.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Letters to be found among bytes, whether small or capital. Looks at eight places at once: whether the last three letters may
 * stand at one of them, which takes no branch and waits for nothing; only then at all letters. So a page without them costs
 * less than taking apart a few of its rows, whatever the letters are; {@code scripts/bench.d/sides/LookUp.java} measures what
 * that is worth.
 */
final class Needle {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    /** Set in small letters, and not in capital ones. Other signs may become the same by it; that is for the second look. */
    private static final long SMALL = 0x20 * LOWEST_BITS;

    private final byte[] letters;
    private final long[] lastThree = new long[3];

    /**
     * A search.
     *
     * @param text ASCII only
     */
    Needle(String text) {
        this.letters = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < lastThree.length; i++) {
            lastThree[i] = letters[Math.max(0, letters.length - 1 - i)] * LOWEST_BITS | SMALL;
        }
    }

    /** Whether the letters stand in that part of the bytes. */
    boolean isIn(byte[] bytes, int from, int end) {
        int last = letters.length - 1;
        int second = Math.max(0, last - 1);
        int third = Math.max(0, last - 2);
        long lastEight = lastThree[0];
        long secondEight = lastThree[1];
        long thirdEight = lastThree[2];
        int at = from;
        for (int most = end - last - Long.BYTES; at <= most; at += Long.BYTES) {
            long differ = ((long) EIGHT.get(bytes, at + last) | SMALL) ^ lastEight
                    | ((long) EIGHT.get(bytes, at + second) | SMALL) ^ secondEight
                    | ((long) EIGHT.get(bytes, at + third) | SMALL) ^ thirdEight;
            // A byte of zeros, where nothing differs, is the only one to lend its highest bit in this sum.
            if ((differ - LOWEST_BITS & ~differ & HIGHEST_BITS) != 0 && isAtOneOf(bytes, at, at + Long.BYTES)) {
                return true;
            }
        }
        return isAtOneOf(bytes, at, end - last);
    }

    /** Whether the letters are all there is in that part of the bytes. */
    boolean isAll(byte[] bytes, int from, int end) {
        return end - from == letters.length && isAtOneOf(bytes, from, from + 1);
    }

    private boolean isAtOneOf(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            int i = letters.length - 1;
            while (i >= 0 && small(bytes[at + i]) == letters[i]) {
                i--;
            }
            if (i < 0) {
                return true;
            }
        }
        return false;
    }

    private static byte small(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
    }
}
