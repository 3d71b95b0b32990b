package dev.tgsession.session.format.telethon;

import dev.tgsession.session.format.SqliteTable;
import dev.tgsession.session.format.SqliteTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The versions of Telethon's tables.
 *
 * <pre>
 *   1  Telethon 0.16       version, sessions, entities
 *   2  0.16.1              + sent_files
 *   3  0.16.2 to 0.18      sent_files made anew
 *   4  0.19 to 1.5         + update_state
 *   5  1.6 to 1.10.1       + sessions.takeout_id
 *   6  1.10.2 to 1.16      no change in the tables
 *   7  1.17 to 1.42        + entities.date
 *   8  1.43                + sessions.tmp_auth_key
 * </pre>
 *
 * <p>The number stored in a file is only a stamp: old releases overwrite it, upgrades leave old tables as they are.
 * What counts is the columns.
 */
final class TelethonSchema {
    /** What we write: read as it is by 1.17 to 1.42, and brought up to date without a word by later ones. */
    static final int WRITTEN = 7;

    static final int OLDEST = 1;
    static final int NEWEST = 8;

    static final String VERSION = "version";
    static final String SESSIONS = "sessions";
    static final String ENTITIES = "entities";
    static final String SENT_FILES = "sent_files";
    static final String UPDATE_STATE = "update_state";

    private static final Map<Integer, List<String>> STATEMENTS = new ConcurrentHashMap<>();

    private TelethonSchema() {}

    /** The statements that make the tables we write by ourselves. */
    static List<String> statements() {
        return statements(WRITTEN);
    }

    /**
     * The statements that make the tables of a version, in Telethon's order and to the letter, so that a file of ours
     * cannot be told from one of Telethon's. WITHOUT ROWID alone, which 0.16 to 0.19 put behind them, is left away.
     */
    static List<String> statements(int schema) {
        return STATEMENTS.computeIfAbsent(schema, TelethonSchema::madeStatements);
    }

    private static List<String> madeStatements(int schema) {
        List<String> statements = new ArrayList<>();
        for (String name : tables(schema)) {
            statements.add(
                    name.equals(VERSION)
                            ? "CREATE TABLE version ("
                                    + definitions(VERSION, schema).get(0) + ")"
                            : table(name, definitions(name, schema)));
        }
        return List.copyOf(statements);
    }

    /**
     * Makes looking up by user name and phone number fast, in Telethon too; nothing it would trip over. Plain ones: one with a
     * condition or a formula would bar old SQLite from the whole file.
     */
    static List<String> indexes() {
        return List.of(
                "CREATE INDEX entities_username ON entities (username)",
                "CREATE INDEX entities_phone ON entities (phone)");
    }

    /** The tables of a version, in the order Telethon makes them. */
    static List<String> tables(int schema) {
        List<String> names = new ArrayList<>(List.of(VERSION, SESSIONS, ENTITIES));
        if (schema >= 2) {
            names.add(SENT_FILES);
        }
        if (schema >= 4) {
            names.add(UPDATE_STATE);
        }
        return names;
    }

    /** The columns of a table in a version, in their order, without their types. */
    static List<String> columns(String table, int schema) {
        List<String> names = new ArrayList<>();
        for (String definition : definitions(table, schema)) {
            if (!definition.startsWith("primary key")) {
                names.add(definition.substring(0, definition.indexOf(' ')));
            }
        }
        return names;
    }

    /** The lines between the brackets of {@code CREATE TABLE}. */
    private static List<String> definitions(String table, int schema) {
        List<String> lines = new ArrayList<>();
        switch (table) {
            case VERSION -> lines.add(schema >= 2 ? "version integer primary key" : "version integer");
            case SESSIONS -> {
                lines.addAll(
                        List.of("dc_id integer primary key", "server_address text", "port integer", "auth_key blob"));
                addIf(schema >= 5, "takeout_id integer", lines);
                addIf(schema >= 8, "tmp_auth_key blob", lines);
            }
            case ENTITIES -> {
                lines.addAll(List.of(
                        "id integer primary key",
                        "hash integer not null",
                        "username text",
                        "phone integer",
                        "name text"));
                addIf(schema >= 7, "date integer", lines);
            }
            case SENT_FILES -> {
                lines.addAll(List.of("md5_digest blob", "file_size integer"));
                lines.addAll(
                        schema < 3
                                ? List.of("file_id integer", "part_count integer", "primary key(md5_digest, file_size)")
                                : List.of(
                                        "type integer",
                                        "id integer",
                                        "hash integer",
                                        "primary key(md5_digest, file_size, type)"));
            }
            case UPDATE_STATE ->
                lines.addAll(
                        List.of("id integer primary key", "pts integer", "qts integer", "date integer", "seq integer"));
            default -> throw new IllegalArgumentException("Telethon has no table " + table);
        }
        return lines;
    }

    private static void addIf(boolean due, String line, List<String> lines) {
        if (due) {
            lines.add(line);
        }
    }

    /** Whether these are Telethon's tables at all, of any version from 1 to 8. */
    static boolean isIn(SqliteTables database) {
        Optional<SqliteTable> sessions = database.table(SESSIONS);
        return sessions.isPresent()
                && sessions.get().has("dc_id")
                && sessions.get().has("server_address")
                && sessions.get().has("auth_key")
                // Kurigram, of the Pyrogram family, has an address too; but who and test_mode beside it.
                && !sessions.get().has("user_id")
                && !sessions.get().has("test_mode");
    }

    /** The version by the columns. 5 and 6 look alike and count as 6. */
    static int shapeOf(SqliteTables database) {
        SqliteTable sessions = database.table(SESSIONS).orElseThrow();
        if (sessions.has("tmp_auth_key")) {
            return 8;
        }
        Optional<SqliteTable> entities = database.table(ENTITIES);
        if (entities.isPresent() && entities.get().has("date")) {
            return 7;
        }
        if (sessions.has("takeout_id")) {
            // Without the table there is nothing to tell 6 from 7; the later one is by far the likelier.
            return entities.isPresent() ? 6 : 7;
        }
        if (database.table(UPDATE_STATE).isPresent()) {
            return 4;
        }
        Optional<SqliteTable> sentFiles = database.table(SENT_FILES);
        if (sentFiles.isPresent()) {
            return sentFiles.get().has("part_count") ? 2 : 3;
        }
        return 1;
    }

    /** Whether a file with that stamp may have that shape. */
    static boolean fits(long stamp, int shape, SqliteTables database) {
        if (stamp == 5 || stamp == 6) {
            boolean entitiesGone = database.table(ENTITIES).isEmpty();
            return shape == 6 || shape == 7 && entitiesGone;
        }
        return stamp == shape;
    }

    /** The tables a file of that version must have and this one lacks; {@code version} is spoken of elsewhere. */
    static List<String> missing(int shape, SqliteTables database) {
        List<String> due = new ArrayList<>(List.of(ENTITIES));
        if (shape >= 2) {
            due.add(SENT_FILES);
        }
        if (shape >= 4) {
            due.add(UPDATE_STATE);
        }
        due.removeIf(name -> database.table(name).isPresent());
        return due;
    }

    /** Columns in another order than Telethon's, or more of them: it takes rows apart by position. */
    static boolean isInDisorder(SqliteTables database) {
        int shape = shapeOf(database);
        for (String name : tables(shape)) {
            Optional<SqliteTable> table = database.table(name);
            if (table.isPresent() && !table.get().columns().equals(columns(name, shape))) {
                return true;
            }
        }
        return false;
    }

    private static String table(String name, List<String> lines) {
        String indent = "\n" + " ".repeat(20);
        return "CREATE TABLE " + name + " (" + indent + String.join("," + indent, lines) + "\n" + " ".repeat(16) + ")";
    }
}
