package dev.tgsession.cli;

import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Watches lines that are pasted, and sees when all are there: the line that ends armor, a string session that is whole, a URL,
 * or an empty line after something that is neither.
 */
final class WholePaste implements Predicate<String> {
    private static final String BEGIN = "-----BEGIN";
    private static final Pattern END = Pattern.compile("-----END[A-Z]+-----");
    /** Longer than the longest last line, which a terminal may have broken. */
    private static final int TAIL = 120;
    /** Longer than any string session with all that may stand around it. */
    private static final int LONGEST_STRING = 4096;

    private static final int MOST = 64 << 20;

    private final SessionFormats formats;
    private final StringBuilder seen = new StringBuilder();
    private boolean armor;
    private int letters;

    WholePaste(SessionFormats formats) {
        this.formats = formats;
    }

    @Override
    public boolean test(String line) {
        String bare = line.replaceAll("[\\s\u00a0\u200b\ufeff]", "");
        seen.append(bare);
        letters += bare.length();
        armor = armor || seen.indexOf(BEGIN) >= 0;
        if (armor) {
            boolean last = END.matcher(seen).find();
            seen.delete(0, Math.max(0, seen.length() - TAIL));
            return last || letters > MOST;
        }
        boolean ended = letters > 0 && (bare.isEmpty() || WebPlace.isMeant(seen.toString()));
        return ended || letters > LONGEST_STRING || (letters > 0 && isString());
    }

    private boolean isString() {
        return formats.recognise(SessionSource.ofText(seen.toString())).isPresent();
    }
}
