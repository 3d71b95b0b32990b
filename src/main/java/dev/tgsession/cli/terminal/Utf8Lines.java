package dev.tgsession.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of UTF-8 from a stream, whatever the locale says, and never as a {@code String}: a line may be a password, and
 * its bytes are wiped from every buffer as it is handed over.
 */
final class Utf8Lines {
    /** Far above any answer; so that {@code /dev/zero} does not fill the memory. */
    private static final int LONGEST_LINE = 64 * 1024;

    private static final int NOTHING = -1;

    private final InputStream in;
    private final byte[] ahead = new byte[8192];
    private int next;
    private int end;
    private boolean started;

    /** Bytes that end a line besides the end of line itself. */
    private final byte[] keys;

    private int lastEnd = NOTHING;

    Utf8Lines(InputStream in) {
        this(in, new byte[0]);
    }

    /** Where a line also ends at each of these bytes, which are in ASCII. */
    Utf8Lines(InputStream in, byte... keys) {
        this.in = in;
        this.keys = keys.clone();
    }

    /** Whether a byte can be had without waiting. */
    boolean isReady() throws IOException {
        return next < end || in.available() > 0;
    }

    /** Waits for the next byte and leaves it there; false at the end of the stream. */
    boolean hasMore() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(ahead));
        }
        return next < end;
    }

    /**
     * The next line without its end ({@code \n} or {@code \r\n}); the last one needs no end. The caller wipes it.
     *
     * @throws EndOfInputException if there is none
     * @throws java.nio.charset.CharacterCodingException if the line is not UTF-8
     * @throws IOException if it is longer than 64 KiB
     */
    char[] next() throws IOException {
        lastEnd = NOTHING;
        if (!hasMore()) {
            throw new EndOfInputException();
        }
        byte[] line = new byte[256];
        int length = 0;
        try {
            while (hasMore()) {
                byte b = ahead[next];
                ahead[next++] = 0;
                if (isEnd(b)) {
                    lastEnd = b;
                    break;
                }
                if (length == LONGEST_LINE) {
                    throw new IOException("a line of the input is longer than 64 KiB");
                }
                if (length == line.length) {
                    byte[] larger = Arrays.copyOf(line, 2 * length);
                    Arrays.fill(line, (byte) 0);
                    line = larger;
                }
                line[length++] = b;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            return decoded(line, startOf(line, length), length);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    /** The byte at which the last line ended; -1 if that was the end of the stream. */
    int end() {
        return lastEnd;
    }

    /** What has been read behind the last line already; it is not read again. */
    String rest() {
        String rest = new String(ahead, next, end - next, StandardCharsets.UTF_8);
        Arrays.fill(ahead, (byte) 0);
        next = end;
        return rest;
    }

    private boolean isEnd(byte b) {
        for (byte key : keys) {
            if (b == key) {
                return true;
            }
        }
        return b == '\n';
    }

    /** Skips the byte order mark some editors and shells of Windows put in front of the first line. */
    private int startOf(byte[] line, int length) {
        boolean first = !started;
        started = true;
        boolean marked = length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
        return first && marked ? 3 : 0;
    }

    private static char[] decoded(byte[] line, int from, int to) throws IOException {
        CharBuffer letters = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(line, from, to - from));
        char[] exact = Arrays.copyOf(letters.array(), letters.length());
        Arrays.fill(letters.array(), '\0');
        return exact;
    }
}
