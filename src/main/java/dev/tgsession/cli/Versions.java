package dev.tgsession.cli;

import dev.tgsession.schema.Schema;

/**
 * Which release this is, and what is in it.
 *
 * @param program our own
 * @param jline what edits the line on a terminal
 * @param sqlite what writes the files, by the three numbers of SQLite itself
 */
record Versions(String program, String jline, String sqlite) {
    /** As the build wrote them down. */
    static Versions ofThisBuild() {
        return new Versions(BuildVersions.PROGRAM, BuildVersions.JLINE, firstThree(BuildVersions.SQLITE_JDBC));
    }

    /** In three lines, for people who report a mistake. */
    String describe() {
        return "tgsession " + program + "\n"
                + "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), SQLite "
                + sqlite + ", JLine " + jline + "\n"
                + "Telegram API layer " + Schema.LAYER;
    }

    /** sqlite-jdbc adds a number of its own to SQLite's three. */
    private static String firstThree(String version) {
        int dots = 0;
        for (int i = 0; i < version.length(); i++) {
            if (version.charAt(i) == '.' && ++dots == 3) {
                return version.substring(0, i);
            }
        }
        return version;
    }
}
