package dev.tgsession.login;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a code looks like, as far as Telegram says before it is typed.
 *
 * @param kind what it is made of
 * @param length of digits or characters, if known
 * @param beginning of the word (its first letter) or phrase (its first word), if known
 */
public record CodeShape(Kind kind, OptionalInt length, Optional<String> beginning) {
    /** What a code is made of. */
    public enum Kind {
        /** Digits only. */
        DIGITS("digit"),
        /** Letters and digits without spaces. */
        CHARACTERS("character"),
        /** One word. */
        WORD("word"),
        /** Several words. */
        PHRASE("phrase");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** A length that the server leaves open arrives as zero. */
    static CodeShape digits(int length) {
        return new CodeShape(Kind.DIGITS, known(length), Optional.empty());
    }

    static CodeShape characters(int length) {
        return new CodeShape(Kind.CHARACTERS, known(length), Optional.empty());
    }

    static CodeShape word(Optional<String> beginning) {
        return new CodeShape(Kind.WORD, OptionalInt.empty(), beginning.map(CleanText::of));
    }

    static CodeShape phrase(Optional<String> beginning) {
        return new CodeShape(Kind.PHRASE, OptionalInt.empty(), beginning.map(CleanText::of));
    }

    /** For a prompt: {@code 5 digits}, {@code 6 characters}, {@code a word beginning with "b"}. */
    public String words() {
        if (length.isPresent()) {
            return length.getAsInt() + " " + kind.word + (length.getAsInt() == 1 ? "" : "s");
        }
        return switch (kind) {
            case DIGITS -> "a number";
            case CHARACTERS -> "letters or digits";
            case WORD, PHRASE ->
                "a " + kind.word + (beginning.isEmpty() ? "" : " beginning with \"" + beginning.get() + "\"");
        };
    }

    /** What goes to Telegram: without the spaces and dashes with which people group digits, words apart by one space. */
    String normal(String typed) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (kind == Kind.DIGITS && Character.isDigit(c)) {
                kept.append((char) ('0' + Character.digit(c, 10)));
            } else if (kind == Kind.DIGITS && (c == '-' || c == '+' || c == '(' || c == ')')) {
                continue;
            } else if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                kept.append(c);
            } else if (kind == Kind.PHRASE && kept.length() > 0 && kept.charAt(kept.length() - 1) != ' ') {
                kept.append(' ');
            }
        }
        return kept.toString().strip();
    }

    /** Why {@code normal} cannot be the code, so that no try is wasted on it; empty if it can. */
    Optional<String> objection(String normal) {
        if (normal.isEmpty()) {
            return Optional.of("Nothing was typed; the code is " + words() + ".");
        }
        boolean digits = normal.chars().allMatch(c -> c >= '0' && c <= '9');
        if (kind == Kind.DIGITS && !digits) {
            return Optional.of("This is not a number; the code is " + words() + ".");
        }
        if (length.isPresent() && normal.length() != length.getAsInt()) {
            return Optional.of("The code has " + words() + "; this has " + normal.length() + ".");
        }
        String start = beginning.orElse("").toLowerCase(Locale.ROOT);
        if (!normal.toLowerCase(Locale.ROOT).startsWith(start)) {
            return Optional.of("The code is " + words() + ".");
        }
        return Optional.empty();
    }

    private static OptionalInt known(int length) {
        return length > 0 ? OptionalInt.of(length) : OptionalInt.empty();
    }
}
