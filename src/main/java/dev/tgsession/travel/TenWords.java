package dev.tgsession.travel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A passphrase that a person can copy by hand and nobody can guess: ten of 2048 words, so 110 bits. No two of the words
 * begin with the same four letters.
 */
public final class TenWords {
    private static final String LIST = "words.txt";
    private static final int MANY = 10;
    private static final int WORDS = 2048;

    private TenWords() {}

    /** Ten words with hyphens between them, which a terminal does not break and a paste does not lose. */
    public static String drawn(SecureRandom random) {
        List<String> all = words();
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            chosen.add(all.get(random.nextInt(WORDS)));
        }
        return String.join("-", chosen);
    }

    static List<String> words() {
        try (InputStream in = Objects.requireNonNull(TenWords.class.getResourceAsStream(LIST))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
