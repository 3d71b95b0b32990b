package dev.tgsession.session.format.telethon;

import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Severity;
import java.util.List;

/** What can be wrong with a Telethon session, and how to say it. */
final class TelethonFindings {
    private static final String LOG_IN = "Log in again: tgsession login";

    private static final String MAKE_SQLITE = "Make a file for Telethon 1 of it: tgsession upgrade FILE";

    private TelethonFindings() {}

    // The tables

    static Finding severalSessionRows(int rows) {
        return Finding.warning(
                "multiple-session-rows",
                "There are " + rows + " sessions in the file; Telethon takes the one with the lowest number and deletes"
                        + " the others.",
                "Keep a copy of the file if the others matter.");
    }

    static Finding noStamp() {
        return Finding.error(
                "version-missing",
                "The version of the tables is missing; no release of Telethon opens such a file.",
                "tgsession reads it all the same.");
    }

    static Finding severalStamps() {
        return Finding.warning(
                "multiple-version-rows", "The file has more than one version; Telethon takes the lowest.", "");
    }

    static Finding unknownStamp(long stamp) {
        return Finding.warning(
                "unknown-version",
                "The file says its tables have version " + stamp + ", which does not exist.",
                "Some releases of Telethon do not open it. tgsession goes by the tables.");
    }

    static Finding wrongStamp(long stamp, int shape) {
        return Finding.error(
                "version-shape-mismatch",
                "The file says its tables have version " + stamp + ", but they are those of version " + shape + ".",
                "Today's Telethon does not open it. tgsession goes by the tables.");
    }

    static Finding missingTables(List<String> names) {
        return Finding.error(
                "missing-table",
                "Tables are missing, and Telethon fails when it needs them: " + String.join(", ", names) + ".",
                "tgsession reads what is there.");
    }

    static Finding withoutRowid() {
        return Finding.warning(
                "without-rowid",
                "Some tables were made WITHOUT ROWID: SQLite below 3.8.2 cannot open the file at all.",
                "To make plain tables: tgsession repair FILE; for a newer Telethon, too: tgsession upgrade FILE");
    }

    static Finding versionOne() {
        return Finding.error(
                "v1-unopenable-since-0.19",
                "The tables have version 1, which no release of Telethon since 0.19 can open.",
                "To bring it up to today's: tgsession upgrade FILE");
    }

    static Finding takeoutBeforeUpgrade() {
        return Finding.warning(
                "takeout-breaks-v8-upgrade",
                "An unfinished data export is noted in the file: Telethon 1.43 and 1.44 fail when they upgrade it.",
                "Finish the export, or let go of it: tgsession upgrade FILE --to 8");
    }

    static Finding takeoutInEight() {
        return Finding.error(
                "v8-takeout-crash",
                "An unfinished data export is noted in the file: Telethon 1.43 and 1.44 cannot open it.",
                "");
    }

    static Finding temporaryKey() {
        return Finding.warning(
                "v8-tmp-key-present",
                "A temporary key is stored: Telethon 1.43 and 1.44 take it for the number of a data export.",
                "");
    }

    /** Harmless until an export is begun: what 1.43 leaves by taking one column for the other. */
    static Finding takeoutIsNoNumber() {
        return new Finding(
                "takeout-no-number",
                Severity.NOTE,
                "takeout_id holds something that is no number, as Telethon 1.43 leaves it by mistake; a data export"
                        + " would fail.",
                "");
    }

    static Finding swappedColumns() {
        return Finding.error("swapped-columns", "takeout_id and tmp_auth_key stand in each other's column.", "");
    }

    static Finding swappedValues() {
        return Finding.error("swapped-values", "The server's address and port stand in each other's column.", "");
    }

    static Finding bracketedAddress() {
        return Finding.warning(
                "bracketed-address",
                "The server's address stands in square brackets, as Telethon 0.15.5 to 1.16.0 wrote it: Telethon fails"
                        + " when it makes a string session of it.",
                "");
    }

    static Finding keyAsText() {
        return Finding.error("key-as-text", "The key is stored as hex digits, which Telethon does not understand.", "");
    }

    static Finding disorder() {
        return Finding.error(
                "columns-in-disorder",
                "The tables have other columns than Telethon's, or in another order; Telethon takes rows apart by"
                        + " position.",
                "");
    }

    /** With the command that mends it at the end of its hint, if there is one. */
    static Finding withCommand(Finding finding) {
        String hint = finding.hint();
        if (!TelethonRepair.mends(finding.code())
                || finding.code().equals("not-sqlite")
                || hint.contains("tgsession repair ")
                || hint.contains("tgsession upgrade ")) {
            return finding;
        }
        boolean damage = finding.code().equals("truncated") || finding.code().equals("corrupted-page");
        String command = (damage ? "To save what is left: " : "To mend it: ") + "tgsession repair FILE";
        return new Finding(
                finding.code(), finding.severity(), finding.message(), hint.isEmpty() ? command : hint + " " + command);
    }

    // Other things than a Telethon session

    static Finding pickle() {
        return Finding.error(
                "telethon-pickle",
                "This is a session of Telethon 0.5 to 0.10, a Python pickle. Opening a pickle can run any code in it,"
                        + " so tgsession does not.",
                LOG_IN);
    }

    static Finding json() {
        return Finding.warning(
                "telethon-json",
                "This is a session of Telethon 0.10 to 0.15, kept as JSON; today's Telethon does not open it.",
                MAKE_SQLITE);
    }

    static Finding telethon2() {
        return Finding.warning(
                "telethon-v2",
                "This is a session of Telethon 2, whose tables are not those of Telethon 1.",
                MAKE_SQLITE);
    }

    static Finding telethon2Draft() {
        return Finding.warning(
                "telethon-v2-draft",
                "This is a session of a draft of Telethon 2 that was never released.",
                MAKE_SQLITE);
    }

    static Finding pyrogram() {
        return Finding.error(
                "foreign-pyrogram",
                "This is a session of Pyrogram or one of its kin, not of Telethon.",
                "To make one of Telethon of it: tgsession export FILE --to telethon -o OUT");
    }

    static Finding otherTables() {
        return Finding.error(
                "foreign-sqlite", "This is an SQLite file, but not a Telethon session.", "Is it the right file?");
    }

    static Finding notSqlite(String kind) {
        return Finding.error("not-sqlite", "This is " + kind + ", not a Telethon session.", "Is it the right file?");
    }

    static Finding lostFirstBytes() {
        return Finding.error(
                "not-sqlite",
                "By its first bytes this is no SQLite file, but the rest of it looks like one: its start is damaged.",
                "To save what is left: tgsession repair FILE");
    }

    static Finding stringInFile() {
        return Finding.warning(
                "string-session-in-file",
                "This file holds a string session: Telethon cannot open it as a session file.",
                "Give the text to StringSession, or make a session file of it: tgsession repair FILE");
    }
}
