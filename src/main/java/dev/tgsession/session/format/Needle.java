package dev.tgsession.session.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Letters to be found among bytes, whether small or capital. Goes in steps of the length of the letters (Horspool's way), so a
 * page without them costs less than looking at one of its rows; {@code scripts/bench.d/many-files} measures what that is worth.
 */
final class Needle {
    private final byte[] letters;
    private final int[] steps = new int[256];

    /**
     * A search.
     *
     * @param text ASCII only
     */
    Needle(String text) {
        this.letters = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(steps, letters.length);
        for (int i = 0; i < letters.length - 1; i++) {
            steps[letters[i]] = letters.length - 1 - i;
            steps[capital(letters[i])] = letters.length - 1 - i;
        }
    }

    /** Whether the letters stand in that part of the bytes. */
    boolean isIn(byte[] bytes, int from, int end) {
        int last = letters.length - 1;
        for (int at = from; at + last < end; at += steps[bytes[at + last] & 0xff]) {
            int i = last;
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

    private static byte capital(byte letter) {
        return letter >= 'a' && letter <= 'z' ? (byte) (letter - 32) : letter;
    }
}
