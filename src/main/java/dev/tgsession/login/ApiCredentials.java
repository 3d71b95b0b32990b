package dev.tgsession.login;

import java.util.Locale;
import java.util.Optional;

/**
 * The two values from my.telegram.org that every program needs that wants to speak with Telegram.
 *
 * @param id the api_id, positive
 * @param hash the api_hash, 32 hexadecimal digits; secret, so it does not print
 */
public record ApiCredentials(int id, String hash) {
    /** Where a person gets these. */
    public static final String SOURCE = "https://my.telegram.org/apps";

    private static final int HASH_LENGTH = 32;

    /**
     * Checks both values.
     *
     * @throws IllegalArgumentException if the id is not positive or the hash is not 32 hexadecimal digits; the message
     *     does not contain the hash
     */
    public ApiCredentials {
        if (id <= 0) {
            throw new IllegalArgumentException("an api_id is a positive number");
        }
        if (hashOf(hash).isEmpty()) {
            throw new IllegalArgumentException("an api_hash is 32 hexadecimal digits");
        }
        hash = hashOf(hash).orElseThrow();
    }

    /** Reads an api_id as a person or an environment variable writes it; empty if it is none. */
    public static Optional<Integer> idOf(String typed) {
        String digits = typed.strip();
        // Ten digits may be too large for an int, so the count alone is not enough.
        if (digits.isEmpty() || digits.length() > 10) {
            return Optional.empty();
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        long number = Long.parseLong(digits);
        return number > 0 && number <= Integer.MAX_VALUE ? Optional.of((int) number) : Optional.empty();
    }

    /** Reads an api_hash as a person or an environment variable writes it; empty if it is none. */
    public static Optional<String> hashOf(String typed) {
        String hash = typed.strip().toLowerCase(Locale.ROOT);
        if (hash.length() != HASH_LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < hash.length(); i++) {
            char c = hash.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return Optional.empty();
            }
        }
        return Optional.of(hash);
    }

    @Override
    public String toString() {
        return "ApiCredentials[" + id + ", hidden]";
    }
}
