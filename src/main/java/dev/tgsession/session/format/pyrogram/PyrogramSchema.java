package dev.tgsession.session.format.pyrogram;

import java.util.List;

/**
 * The statements that make the tables we write, in the libraries' order and to the letter, so that a file of ours
 * cannot be told from one of theirs. All of it is plain: SQLite of 2010 reads it.
 */
final class PyrogramSchema {
    /**
     * Read as it is by Pyrogram 2.x and Hydrogram. Kurigram brings it up to date; so does Pyrofork, but up to 2.3.69 it
     * forgets a table and then fails at the first user name it does not know.
     */
    static final int PYROGRAM_VERSION = 3;

    /** Read as it is by Kurigram 2.2 and later. */
    static final int KURIGRAM_VERSION = 7;

    private static final String NOW = "CAST(STRFTIME('%s', 'now') AS INTEGER)";

    private static final String LAST_UPDATE_ON = "last_update_on INTEGER NOT NULL DEFAULT (" + NOW + ")";

    private static final String VERSION = table(PyrogramKin.VERSION, "number INTEGER PRIMARY KEY");

    private static final String TRIGGER = String.join(
            "\n",
            "CREATE TRIGGER trg_peers_last_update_on",
            "    AFTER UPDATE",
            "    ON peers",
            "BEGIN",
            "    UPDATE peers",
            "    SET last_update_on = " + NOW,
            "    WHERE id = NEW.id;",
            "END");

    private PyrogramSchema() {}

    /** Version 3 of Pyrogram. */
    static List<String> ofPyrogram() {
        return List.of(
                table(
                        PyrogramKin.SESSIONS,
                        "dc_id     INTEGER PRIMARY KEY",
                        "api_id    INTEGER",
                        "test_mode INTEGER",
                        "auth_key  BLOB",
                        "date      INTEGER NOT NULL",
                        "user_id   INTEGER",
                        "is_bot    INTEGER"),
                table(
                        PyrogramKin.PEERS,
                        "id             INTEGER PRIMARY KEY",
                        "access_hash    INTEGER",
                        "type           INTEGER NOT NULL",
                        "username       TEXT",
                        "phone_number   TEXT",
                        LAST_UPDATE_ON),
                VERSION,
                "CREATE INDEX idx_peers_id ON peers (id)",
                "CREATE INDEX idx_peers_username ON peers (username)",
                "CREATE INDEX idx_peers_phone_number ON peers (phone_number)",
                TRIGGER);
    }

    /** Version 7 of Kurigram. */
    static List<String> ofKurigram() {
        return List.of(
                table(
                        PyrogramKin.SESSIONS,
                        "dc_id          INTEGER PRIMARY KEY",
                        "server_address TEXT",
                        "port           INTEGER",
                        "api_id         INTEGER",
                        "test_mode      INTEGER",
                        "auth_key       BLOB",
                        "date           INTEGER NOT NULL",
                        "user_id        INTEGER",
                        "is_bot         INTEGER"),
                table(
                        PyrogramKin.PEERS,
                        "id             INTEGER PRIMARY KEY",
                        "access_hash    INTEGER",
                        "type           INTEGER NOT NULL",
                        "phone_number   TEXT",
                        LAST_UPDATE_ON),
                table(
                        PyrogramKin.USERNAMES,
                        "id       INTEGER",
                        "username TEXT",
                        "FOREIGN KEY (id) REFERENCES peers(id)"),
                table(
                        PyrogramKin.UPDATE_STATE,
                        "id   INTEGER PRIMARY KEY",
                        "pts  INTEGER",
                        "qts  INTEGER",
                        "date INTEGER",
                        "seq  INTEGER"),
                VERSION,
                "CREATE INDEX idx_peers_id ON peers (id)",
                "CREATE INDEX idx_peers_phone_number ON peers (phone_number)",
                "CREATE INDEX idx_usernames_id ON usernames (id)",
                "CREATE INDEX idx_usernames_username ON usernames (username)",
                TRIGGER);
    }

    private static String table(String name, String... lines) {
        return "CREATE TABLE " + name + "\n(\n    " + String.join(",\n    ", lines) + "\n)";
    }
}
