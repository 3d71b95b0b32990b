package dev.tgsession.session.format.pyrogram;

import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.SqliteTable;
import java.util.Optional;

/**
 * Whose tables they are, of Pyrogram and the forks that changed them, and in which version.
 *
 * <pre>
 *   1  Pyrogram 0.15             sessions, peers, version
 *   2  0.16 to 1.4               the same tables; the library throws the peers of version 1 away
 *   3  2.0, all of Hydrogram     + sessions.api_id
 *
 *   4  Pyrofork 2.3              + update_state, + usernames(id, peer_id): further names, each a key
 *
 *   4  Kurigram 2.0.106.x        peers.username becomes usernames(id, username), several for a peer
 *   5           2.1.14           + update_state
 *   6           2.1.21           + an index
 *   7           2.2              + sessions.server_address and port
 * </pre>
 *
 * <p>The forks count from 3 on for themselves, so the number says nothing without the columns. A file that was brought
 * up from an older version has the new columns at the end and may keep the old ones, so columns go by their names.
 */
enum PyrogramKin {
    /** Pyrogram itself, and Hydrogram. */
    PYROGRAM,
    PYROFORK,
    KURIGRAM;

    static final String VERSION = "version";
    static final String SESSIONS = "sessions";
    static final String PEERS = "peers";
    static final String USERNAMES = "usernames";
    static final String UPDATE_STATE = "update_state";

    /** The highest number any of them has given; a fork of Kurigram counts one more for the tables of 7. */
    private static final int NEWEST = 8;

    /** Whose tables they are, if they are of the family at all. */
    static Optional<PyrogramKin> of(SqliteDatabase database) {
        Optional<SqliteTable> sessions = database.table(SESSIONS);
        boolean family = sessions.isPresent()
                && sessions.get().has("dc_id")
                && sessions.get().has("test_mode")
                && sessions.get().has("auth_key")
                && sessions.get().has("user_id");
        if (!family) {
            return Optional.empty();
        }
        Optional<SqliteTable> usernames = database.table(USERNAMES);
        if (sessions.get().has("server_address")
                || usernames.filter(table -> table.has("username")).isPresent()) {
            return Optional.of(KURIGRAM);
        }
        // A file that Pyrofork brought up from version 3 lacks the names.
        boolean pyrofork = usernames.filter(table -> table.has("peer_id")).isPresent()
                || database.table(UPDATE_STATE).isPresent();
        return Optional.of(pyrofork ? PYROFORK : PYROGRAM);
    }

    /** What its file is called in a sentence. */
    String title() {
        return switch (this) {
            case PYROGRAM -> "Pyrogram session file";
            case PYROFORK -> "Pyrofork session file";
            case KURIGRAM -> "Kurigram session file";
        };
    }

    /** The version by the columns; of versions that look alike the later one, but 7 for 8. */
    int shapeOf(SqliteDatabase database) {
        SqliteTable sessions = database.table(SESSIONS).orElseThrow();
        return switch (this) {
            case PYROGRAM -> sessions.has("api_id") ? 3 : 2;
            case PYROFORK -> 4;
            case KURIGRAM -> {
                if (sessions.has("server_address")) {
                    yield 7;
                }
                yield database.table(UPDATE_STATE).isPresent() ? 6 : 4;
            }
        };
    }

    /** Whether a file with that stamp may have that shape. */
    boolean fits(long stamp, int shape) {
        return switch (this) {
            case PYROGRAM -> stamp == shape || stamp == 1 && shape == 2;
            case PYROFORK -> stamp == shape;
            case KURIGRAM -> stamp == shape || stamp == 5 && shape == 6 || stamp == 8 && shape == 7;
        };
    }

    /** Whether any of the family has a version of that number. */
    static boolean isVersion(long stamp) {
        return stamp >= 1 && stamp <= NEWEST;
    }
}
