package dev.tgsession.tl;

import java.util.ArrayList;
import java.util.List;

/**
 * A schema line, taken apart.
 *
 * @param name the constructor or method with its namespace, {@code auth.signIn}
 * @param id 32 bits, written after the {@code #}
 * @param fields in the order of the wire
 * @param result what it is, or what answers it
 */
record TlLine(String name, int id, List<Field> fields, TlType result) {
    /** Marks a field that is always there. */
    static final int ALWAYS = -1;

    /**
     * One field of a line.
     *
     * @param flagWord the index of the field whose bits say whether this one is there, or {@link #ALWAYS}
     * @param bit the bit in that word, 0 to 31
     */
    record Field(String name, TlType type, int flagWord, int bit) {
        boolean isFlagged() {
            return flagWord != ALWAYS;
        }

        /** Whether this field shares its bit with that one. */
        boolean isTogetherWith(Field other) {
            return isFlagged() && flagWord == other.flagWord && bit == other.bit;
        }
    }

    /** Reads only the id, for an index. */
    static int idOf(String text) {
        int start = text.indexOf('#') + 1;
        int end = text.indexOf(' ', start);
        if (start == 0 || end < 0) {
            throw new IllegalArgumentException("no id in schema line: " + text);
        }
        return Integer.parseUnsignedInt(text, start, end, 16);
    }

    /** Reads only the name, for an index. */
    static String nameOf(String text) {
        return text.substring(0, text.indexOf('#'));
    }

    /** @throws IllegalArgumentException if it is not a schema line */
    static TlLine parse(String text) {
        int id = idOf(text);
        int equals = text.indexOf(" = ");
        if (equals < 0) {
            throw new IllegalArgumentException("no result in schema line: " + text);
        }
        List<Field> fields = new ArrayList<>();
        int from = text.indexOf(' ') + 1;
        while (from < equals) {
            int to = text.indexOf(' ', from);
            String word = text.substring(from, to);
            // {X:Type} introduces a type variable and takes no bytes.
            if (!word.startsWith("{")) {
                fields.add(field(word, fields));
            }
            from = to + 1;
        }
        String result = text.substring(equals + 3, text.endsWith(";") ? text.length() - 1 : text.length());
        return new TlLine(text.substring(0, text.indexOf('#')), id, List.copyOf(fields), TlType.parse(result));
    }

    private static Field field(String word, List<Field> before) {
        int colon = word.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not a field: " + word);
        }
        String name = word.substring(0, colon);
        int mark = word.indexOf('?');
        if (mark < 0) {
            return new Field(name, TlType.parse(word.substring(colon + 1)), ALWAYS, 0);
        }
        int dot = word.indexOf('.', colon);
        int flagWord = indexOf(word.substring(colon + 1, dot), before);
        int bit = Integer.parseInt(word, dot + 1, mark, 10);
        if (bit > 31) {
            throw new IllegalArgumentException("no such bit: " + word);
        }
        return new Field(name, TlType.parse(word.substring(mark + 1)), flagWord, bit);
    }

    private static int indexOf(String flagWord, List<Field> before) {
        for (int i = 0; i < before.size(); i++) {
            Field field = before.get(i);
            if (field.name().equals(flagWord) && field.type().kind() == TlType.Kind.FLAGS) {
                return i;
            }
        }
        throw new IllegalArgumentException("no flag word " + flagWord + " before its use");
    }
}
