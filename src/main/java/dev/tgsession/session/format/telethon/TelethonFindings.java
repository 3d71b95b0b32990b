package dev.tgsession.session.format.telethon;

import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Severity;
import java.util.List;

/** What can be wrong with a Telethon session, and how to say it. */
final class TelethonFindings {
    private static final String LOG_IN = "Log in with tgsession to make a new session.";

    private TelethonFindings() {}

    // The key

    static Finding noKey() {
        return Finding.error("no-auth-key", "There is no key in the session: nobody has logged in with it.", LOG_IN);
    }

    static Finding zeroKey() {
        return Finding.error(
                "auth-key-all-zero", "The key in the session is all zeros, which stands for no key.", LOG_IN);
    }

    static Finding keyLength(long length) {
        return Finding.error(
                "bad-auth-key-length",
                "The key in the session has " + length + " bytes; a key has 256.",
                "Look for a backup of the session, or log in again.");
    }

    static Finding keyNotBytes() {
        return Finding.error(
                "bad-auth-key",
                "The key in the session is not stored as bytes.",
                "Look for a backup of the session, or log in again.");
    }

    static Finding neverLoggedIn() {
        return Finding.warning(
                "probably-never-logged-in",
                "There is a key, but no sign that anybody logged in with it.",
                "If a program asks for a code with this session, log in again.");
    }

    static Finding openToOthers() {
        return new Finding(
                "readable-by-others",
                Severity.NOTE,
                "Other users of this machine may read the file, and whoever reads it is logged in.",
                "Make it yours alone: chmod 600.");
    }

    // The server

    static Finding noSessionRow() {
        return Finding.error("no-session-row", "The table of sessions is empty.", LOG_IN);
    }

    static Finding severalSessionRows(int rows) {
        return Finding.warning(
                "multiple-session-rows",
                "There are " + rows + " sessions in the file; Telethon takes the one with the lowest number and deletes"
                        + " the others.",
                "Keep a copy of the file if the others matter.");
    }

    static Finding wrongNumber(long stored, int right) {
        return Finding.warning(
                "dc-address-mismatch",
                "The file says data center " + stored + ", but the address is one of data center " + right + ".",
                "The address is right: tgsession goes by it, old releases of Telethon stored a wrong number.");
    }

    static Finding missingNumber(int right) {
        return Finding.warning(
                "dc-missing",
                "The number of the data center is missing; by its address it is " + right + ".",
                "tgsession fills it in.");
    }

    static Finding unknownNumber() {
        return Finding.error(
                "dc-missing",
                "The number of the data center is missing, and its address is not a known one.",
                "Log in again, or look for a backup of the session.");
    }

    static Finding noAddress(int number) {
        return Finding.warning(
                "no-server-address",
                "The server's address is missing; data center " + number + " has a known one.",
                "Telethon would go to data center 2 instead. tgsession fills the address in.");
    }

    static Finding noAddressAtAll() {
        return Finding.error(
                "no-server-address", "Neither a known data center nor an address is in the session.", LOG_IN);
    }

    static Finding badAddress() {
        return Finding.error(
                "bad-server-address",
                "What stands for the server's address is no address.",
                "Look for a backup of the session, or log in again.");
    }

    static Finding badPort() {
        return Finding.warning("bad-port", "The server's port is missing or out of range; tgsession takes 443.", "");
    }

    static Finding practiceName() {
        return Finding.warning(
                "practice-name",
                "The file is named like the session of a practice server, but the address is Telegram's.",
                "Give it a name that does not end in .practice.session.");
    }

    // The tables

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
                "A session that tgsession writes opens everywhere.");
    }

    static Finding versionOne() {
        return Finding.error(
                "v1-unopenable-since-0.19",
                "The tables have version 1, which no release of Telethon since 0.19 can open.",
                "A session that tgsession writes opens everywhere.");
    }

    static Finding takeoutBeforeUpgrade() {
        return Finding.warning(
                "takeout-breaks-v8-upgrade",
                "An unfinished data export is noted in the file: Telethon 1.43 and later fail when they upgrade it.",
                "Finish the export, or let tgsession write the session anew.");
    }

    static Finding takeoutInEight() {
        return Finding.error(
                "v8-takeout-crash",
                "An unfinished data export is noted in the file: Telethon 1.43 cannot open it.",
                "Let tgsession write the session anew.");
    }

    static Finding temporaryKey() {
        return Finding.warning(
                "v8-tmp-key-present",
                "A temporary key is stored: Telethon 1.43 takes it for the number of a data export.",
                "Let tgsession write the session anew.");
    }

    static Finding damagedPeers() {
        return Finding.error(
                "corrupted-page",
                "The file is damaged: not all of its pages can be read.",
                "Look for a backup. tgsession takes out what can be read.");
    }

    static Finding tooManyPeers() {
        return Finding.error("too-many-peers", "There are more peers in the file than any account has.", "");
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
        return Finding.error(
                "telethon-json",
                "This is a session of Telethon 0.10 to 0.15, kept as JSON; today's Telethon does not open it.",
                LOG_IN);
    }

    static Finding telethon2() {
        return Finding.error(
                "telethon-v2",
                "This is a session of Telethon 2, whose tables are not those of Telethon 1.",
                "tgsession reads the sessions of Telethon 1.");
    }

    static Finding telethon2Draft() {
        return Finding.error(
                "telethon-v2-draft",
                "This is a session of a draft of Telethon 2 that was never released.",
                "tgsession reads the sessions of Telethon 1.");
    }

    static Finding pyrogram() {
        return Finding.error(
                "foreign-pyrogram",
                "This is a session of Pyrogram or one of its kin, not of Telethon.",
                "tgsession reads the sessions of Telethon.");
    }

    static Finding otherTables() {
        return Finding.error(
                "foreign-sqlite", "This is an SQLite file, but not a Telethon session.", "Is it the right file?");
    }

    static Finding notSqlite(String kind) {
        return Finding.error("not-sqlite", "This is " + kind + ", not a Telethon session.", "Is it the right file?");
    }

    static Finding stringInFile() {
        return Finding.warning(
                "string-session-in-file",
                "This file holds a string session: Telethon cannot open it as a session file.",
                "Give the text to StringSession, or let tgsession write a session file.");
    }
}
