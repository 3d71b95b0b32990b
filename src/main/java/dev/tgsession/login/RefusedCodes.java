package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Telegram has refused in the place of one code. The values are not in it, only their marks.
 *
 * @param salt of the marks; empty if there are none
 * @param marks fewer than there are tries, for the last refusal ends a login
 */
public record RefusedCodes(Bytes salt, List<Bytes> marks) {
    /** Of a code that nobody has typed wrongly yet. */
    public static final RefusedCodes NONE = new RefusedCodes(Bytes.EMPTY, List.of());

    /** Checks what may come from a damaged file. */
    public RefusedCodes {
        marks = List.copyOf(marks);
        if (marks.size() >= Tries.AT_TELEGRAM
                || salt.size() != (marks.isEmpty() ? 0 : Tries.SALT_SIZE)
                || marks.stream().anyMatch(mark -> mark.size() != Tries.MARK_SIZE)) {
            throw new IllegalArgumentException("these are no marks of refused codes");
        }
    }

    /** How many there are first, so that a line that was cut off is known as such. */
    String toText() {
        StringBuilder text = new StringBuilder().append(marks.size());
        if (!marks.isEmpty()) {
            text.append(' ').append(salt.toHex());
            marks.forEach(mark -> text.append(' ').append(mark.toHex()));
        }
        return text.toString();
    }

    /**
     * Reads what {@link #toText} has written.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static RefusedCodes ofText(String text) {
        List<Bytes> values =
                Stream.of(text.split(" ", -1)).skip(1).map(Bytes::ofHex).toList();
        RefusedCodes codes =
                values.isEmpty() ? NONE : new RefusedCodes(values.get(0), values.subList(1, values.size()));
        if (!codes.toText().equals(text)) {
            throw new IllegalArgumentException("these are no marks of refused codes");
        }
        return codes;
    }

    @Override
    public String toString() {
        return "RefusedCodes[" + marks.size() + "]";
    }
}
