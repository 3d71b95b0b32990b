package dev.tgsession.session.format;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How names, numbers and dates stand in the tables of all libraries alike. */
public final class StoredText {
    private static final int LONGEST_PHONE = 20;

    /** The first second after the year 9999: a year has to be left for those who print it. */
    private static final long END_OF_TIME = 253_402_300_800L;

    private StoredText() {}

    /** A user name for writing: in lower case, as libraries look for it; nothing rather than an empty text. */
    public static Optional<String> username(Optional<String> name) {
        return name.map(StoredText::small).filter(one -> !one.isEmpty());
    }

    /** A phone number for writing: digits only; nothing rather than an empty text. */
    public static Optional<String> phone(Optional<String> phone) {
        return phone.map(StoredText::digits).filter(one -> !one.isEmpty());
    }

    /** A phone number that was read; nothing if it is too long for one. */
    public static Optional<String> readPhone(SqliteRow row, String column) {
        return row.text(column).filter(digits -> !digits.isEmpty() && digits.length() <= LONGEST_PHONE);
    }

    /** A name that was read; nothing rather than an empty text. */
    public static Optional<String> readName(SqliteRow row, String column) {
        return row.text(column).filter(name -> !name.isEmpty());
    }

    /** Unix seconds that were read; nothing before 1970 and after the year 9999. */
    public static Optional<Instant> readInstant(SqliteRow row, String column) {
        return row.number(column)
                .filter(seconds -> seconds >= 0 && seconds < END_OF_TIME)
                .map(Instant::ofEpochSecond);
    }

    /** A number that was read and has to fit in 32 bits with a sign. */
    public static Optional<Integer> readInt(SqliteRow row, String column) {
        return row.number(column)
                .filter(number -> number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    private static String small(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80 || c >= 'A' && c <= 'Z') {
                return name.toLowerCase(Locale.ROOT);
            }
        }
        // Nearly all of them, and there may be a million.
        return name;
    }

    private static String digits(String phone) {
        if (isDigits(phone)) {
            return phone;
        }
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < phone.length(); i++) {
            char c = phone.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.toString();
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
