package dev.tgsession.cli;

import dev.tgsession.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

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
        Properties written = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            if (in != null) {
                written.load(in);
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("the jar is damaged", unreadable);
        }
        return new Versions(
                written.getProperty("program", "unknown"),
                written.getProperty("jline", "unknown"),
                firstThree(written.getProperty("sqlite-jdbc", "unknown")));
    }

    /** The first of them, which the jar's manifest has as well: Java has read that already. */
    static String ofProgram() {
        String manifest = Versions.class.getPackage().getImplementationVersion();
        return manifest == null ? ofThisBuild().program() : manifest;
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
