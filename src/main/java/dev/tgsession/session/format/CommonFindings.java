package dev.tgsession.session.format;

/** What can be wrong with a session of any library, and how to say it. */
public final class CommonFindings {
    static final String LOG_IN = "Log in again: tgsession login";
    static final String BACKUP_OR_LOG_IN = "Look for a backup of the session, or log in again: tgsession login";

    private CommonFindings() {}

    public static Finding neverLoggedIn() {
        return Finding.warning(
                "probably-never-logged-in",
                "There is a key, but no sign that anybody logged in with it.",
                "If a program asks for a code with this session, log in again: tgsession login");
    }

    /** Whoever made the session did not know whose it is, and wrote a number that nobody has. */
    public static Finding unknownUser() {
        return Finding.warning(
                "user-id-unknown",
                "The session does not say whose it is.",
                "Tell tgsession the user id when a format asks for it.");
    }

    public static Finding noSessionRow() {
        return Finding.error("no-session-row", "The table of sessions is empty.", LOG_IN);
    }

    public static Finding severalSessionRows(int rows) {
        return Finding.warning(
                "multiple-session-rows",
                "There are " + rows + " sessions in the file; the one with the lowest number counts.",
                "Keep a copy of the file if the others matter.");
    }

    public static Finding noStamp() {
        return Finding.error(
                "version-missing",
                "The version of the tables is missing; no library opens such a file.",
                "tgsession reads it all the same.");
    }

    /** A number that no release has given to its tables. */
    public static Finding unknownStamp(long stamp) {
        return Finding.warning(
                "unknown-version",
                "The file says its tables have version " + stamp + ", which is not known.",
                "tgsession goes by the tables.");
    }

    public static Finding wrongStamp(long stamp, int shape) {
        return Finding.error(
                "version-shape-mismatch",
                "The file says its tables have version " + stamp + ", but they are those of version " + shape + ".",
                "Libraries may not open it. tgsession goes by the tables.");
    }

    public static Finding damaged() {
        return Finding.error(
                "corrupted-page",
                "The file is damaged: not all of its pages can be read.",
                "Look for a backup. tgsession takes out what can be read.");
    }

    public static Finding tooManyPeers() {
        return Finding.error("too-many-peers", "There are more peers in the file than any account has.", "");
    }

    public static Finding openToOthers() {
        return new Finding(
                "readable-by-others",
                Severity.NOTE,
                "Other users of this machine may read the file, and whoever reads it is logged in.",
                "Make it yours alone: chmod 600 FILE");
    }
}
