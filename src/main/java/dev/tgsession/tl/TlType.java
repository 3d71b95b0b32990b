package dev.tgsession.tl;

import java.util.Optional;

/**
 * The type of a field, as a schema line spells it.
 *
 * @param kind how it looks on the wire
 * @param name as spelled
 * @param element what a vector is made of
 */
record TlType(Kind kind, String name, Optional<TlType> element) {
    /** How a type looks on the wire, and the fewest bytes it takes there. */
    enum Kind {
        INT(4),
        LONG(8),
        DOUBLE(8),
        /** A word of bits that say which fields follow: {@code #}. */
        FLAGS(4),
        STRING(4),
        BYTES(4),
        INT128(16),
        INT256(32),
        BOOL(4),
        /** No bytes at all: the flag bit is the value. */
        TRUE(0),
        /** Id, count, elements: {@code Vector<T>}. */
        VECTOR(8),
        /** Count and elements: {@code vector<T>}. */
        BARE_VECTOR(4),
        /** The fields of a constructor without its id. Those we know take four bytes at least. */
        BARE(4),
        /** An id, then the fields of that constructor. */
        BOXED(4),
        /** Any object with its id: {@code !X} and {@code Object}. */
        ANY(4);

        private final int smallest;

        Kind(int smallest) {
            this.smallest = smallest;
        }

        int smallest() {
            return smallest;
        }
    }

    /** @throws IllegalArgumentException if the spelling is not one of TL's */
    static TlType parse(String text) {
        Kind vector = text.startsWith("Vector<") ? Kind.VECTOR : Kind.BARE_VECTOR;
        if (text.startsWith("Vector<") || text.startsWith("vector<")) {
            if (!text.endsWith(">")) {
                throw new IllegalArgumentException("no end of vector in " + text);
            }
            TlType element = parse(text.substring("Vector<".length(), text.length() - 1));
            return new TlType(vector, text, Optional.of(element));
        }
        return new TlType(plainKind(text), text, Optional.empty());
    }

    /** What the elements of a vector are. */
    TlType elements() {
        if (element.isEmpty()) {
            throw new IllegalStateException(name + " has no elements");
        }
        return element.get();
    }

    private static Kind plainKind(String text) {
        return switch (text) {
            case "int" -> Kind.INT;
            case "long" -> Kind.LONG;
            case "double" -> Kind.DOUBLE;
            case "#" -> Kind.FLAGS;
            case "string" -> Kind.STRING;
            case "bytes" -> Kind.BYTES;
            case "int128" -> Kind.INT128;
            case "int256" -> Kind.INT256;
            case "Bool" -> Kind.BOOL;
            case "true" -> Kind.TRUE;
            case "!X", "X", "Object" -> Kind.ANY;
            default -> isBare(text) ? Kind.BARE : Kind.BOXED;
        };
    }

    /** Constructors begin with a small letter, types with a capital one, both after their namespace. */
    private static boolean isBare(String text) {
        String local = text.substring(text.indexOf('.') + 1);
        if (local.isEmpty() || !Character.isLetter(local.charAt(0))) {
            throw new IllegalArgumentException("not a TL type: " + text);
        }
        return Character.isLowerCase(local.charAt(0));
    }
}
