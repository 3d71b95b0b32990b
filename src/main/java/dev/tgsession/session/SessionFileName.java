package dev.tgsession.session;

import java.util.Locale;

/** How a session's name becomes a file's name, the way Telethon does it. */
public final class SessionFileName {
    /** What every session file ends in. */
    public static final String SUFFIX = ".session";

    /** What the session of a practice server ends in, so that nobody takes it for a real one. */
    public static final String PRACTICE_SUFFIX = ".practice" + SUFFIX;

    private SessionFileName() {}

    /**
     * The file a Telethon client of that name opens: {@code login} and {@code login.session} both mean
     * {@code login.session}. May be a path.
     *
     * @throws IllegalArgumentException if nothing is left to call the file
     */
    public static String of(String name) {
        String fileName = name.endsWith(SUFFIX) ? name : name + SUFFIX;
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        if (last.equals(SUFFIX)) {
            throw new IllegalArgumentException("a session needs a name");
        }
        return fileName;
    }

    /**
     * The file for a session of that environment: {@code login} on a practice server means
     * {@code login.practice.session}.
     *
     * @throws IllegalArgumentException if nothing is left to call the file
     */
    public static String of(String name, Environment environment) {
        String fileName = of(name);
        if (environment != Environment.PRACTICE || isPractice(fileName)) {
            return fileName;
        }
        return fileName.substring(0, fileName.length() - SUFFIX.length()) + PRACTICE_SUFFIX;
    }

    /** Whether a file of that name is the session of a practice server. */
    public static boolean isPractice(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(PRACTICE_SUFFIX);
    }
}
