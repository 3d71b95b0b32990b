package dev.tgsession.login;

import java.util.Optional;

/**
 * A phone number in international form, whatever way it was written.
 *
 * <p>Whether such a number exists is for Telegram to say: it gives out numbers of its own (+888…) and test numbers
 * (99966…) that no directory knows.
 *
 * @param digits country code and number, 5 to 20 digits, without {@code +}
 */
public record PhoneNumber(String digits) {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 20;

    /**
     * Checks the digits.
     *
     * @throws IllegalArgumentException if they are not 5 to 20 digits that begin with a country code
     */
    public PhoneNumber {
        boolean allDigits = digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!allDigits || digits.length() < SHORTEST || digits.length() > LONGEST || digits.startsWith("0")) {
            throw new IllegalArgumentException("a phone number is 5 to 20 digits and begins with the country code");
        }
    }

    /**
     * Reads a number as people write it: with {@code +} or {@code 00}, spaces, brackets, dots, dashes, slashes, a
     * {@code (0)} behind the country code, digits of any script. Empty if it is something else, or has no country code
     * (no country code begins with a zero).
     */
    public static Optional<PhoneNumber> of(String typed) {
        // "+49 (0) 170 …": the zero in brackets is not dialled from abroad.
        String text = typed.strip().replace("(0)", "");
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isDigit(c)) {
                digits.append((char) ('0' + Character.digit(c, 10)));
            } else if (!isPunctuation(c, digits.length())) {
                return Optional.empty();
            }
        }
        // 00 is what most of the world dials for +.
        String international = digits.indexOf("00") == 0 ? digits.substring(2) : digits.toString();
        boolean fits = international.length() >= SHORTEST && international.length() <= LONGEST;
        return fits && !international.startsWith("0") ? Optional.of(new PhoneNumber(international)) : Optional.empty();
    }

    /** Whether this may stand between the digits of a number, after {@code digitsBefore} of them. */
    private static boolean isPunctuation(char c, int digitsBefore) {
        if (c == '+' || c == '\uff0b') {
            return digitsBefore == 0;
        }
        // Numbers copied from a web page bring no-break spaces, narrow ones, typographic dashes and direction marks.
        boolean invisible = c == '\u00a0' || c == '\u202a' || c == '\u202c' || c == '\u200e' || c == '\u200f';
        boolean dash = c == '-' || c >= '\u2010' && c <= '\u2015';
        boolean space = c == ' ' || c == '\t' || c >= '\u2000' && c <= '\u200b' || c == '\u202f';
        return invisible || dash || space || c == '(' || c == ')' || c == '.' || c == '/';
    }

    @Override
    public String toString() {
        return "+" + digits;
    }
}
