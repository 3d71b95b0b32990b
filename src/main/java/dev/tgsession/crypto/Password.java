package dev.tgsession.crypto;

import dev.tgsession.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The second factor, letter by letter as it was typed: a space at its end counts, and so does the way an accent is
 * written.
 *
 * <p>Never prints itself, and leaves nothing in memory once closed.
 */
public final class Password implements AutoCloseable {
    /** No char takes more in UTF-8; two that form one letter take four together. */
    private static final int MOST_BYTES_PER_CHAR = 3;

    private final char[] letters;
    private boolean closed;

    /**
     * Takes the array over, without a copy: {@link #close} wipes it.
     *
     * @throws IllegalArgumentException if it holds half a letter (a surrogate without its other half), which has no
     *     UTF-8 form; the array is wiped then
     */
    public Password(char[] letters) {
        this.letters = letters;
        try {
            wipe(utf8());
        } catch (IllegalArgumentException e) {
            close();
            throw e;
        }
    }

    /** A password of a text that is in the open anyway, such as a line of a file. */
    public static Password of(CharSequence text) {
        char[] letters = new char[text.length()];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = text.charAt(i);
        }
        return new Password(letters);
    }

    public boolean isEmpty() {
        return letters.length == 0;
    }

    /**
     * SHA-256 over the UTF-8 form between two salts: tells, without keeping the password, whether another one is the same.
     *
     * @param salt random, and as secret as the mark itself
     * @throws IllegalStateException if the password was closed
     */
    public Bytes markedWith(Bytes salt) {
        byte[] utf8 = utf8();
        try {
            return Bytes.of(Hashes.sha256Between(salt.toArray(), utf8));
        } finally {
            wipe(utf8);
        }
    }

    /**
     * The UTF-8 form, in an array that the caller wipes.
     *
     * @throws IllegalStateException if the password was closed
     */
    public byte[] utf8() {
        if (closed) {
            throw new IllegalStateException("this password was wiped already");
        }
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        // Room for everything at once, so that the encoder leaves no half-filled buffers behind.
        ByteBuffer room = ByteBuffer.allocate(letters.length * MOST_BYTES_PER_CHAR);
        try {
            CoderResult result = encoder.encode(CharBuffer.wrap(letters), room, true);
            if (result.isError()) {
                result.throwException();
            }
            return Arrays.copyOf(room.array(), room.position());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the password holds half a letter, which cannot be sent");
        } finally {
            wipe(room.array());
        }
    }

    /** Wipes the letters. */
    @Override
    public void close() {
        Arrays.fill(letters, '\0');
        closed = true;
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }

    static void wipe(byte[] secret) {
        Arrays.fill(secret, (byte) 0);
    }
}
