package dev.tgsession.session.format;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.UpdateState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that can be told about a session without its secrets. Texts that came out of the file (names, addresses) are as
 * they were found there: whoever shows them on a terminal must take the control characters out.
 *
 * <p>As JSON, with keys always present and {@code null} for what is not known:
 *
 * <pre>
 * {
 *   "source": "login.session",
 *   "format": "telethon",                    name of the format, null if it is none of ours
 *   "what": "Telethon session file",         in words; also for what is none of ours
 *   "layout": {                              null if there are no tables
 *     "stamp": 7,                            the version the file says it has
 *     "shape": 7,                            the version its tables have
 *     "withoutRowid": ["entities"],          tables made WITHOUT ROWID
 *     "opensInOldSqlite": true               whether SQLite below 3.8.2 can open it
 *   },
 *   "server": {                              null if none is named
 *     "dcId": 2, "address": "149.154.167.51", "port": 443,     as they stand in the file
 *     "environment": "production",           or "test" or "practice"
 *     "dcIdOfAddress": 2,                    the number that belongs to the address, if known
 *     "agrees": true                         whether the two numbers are one
 *   },
 *   "key": {
 *     "state": "present",                    or "absent", "zeros", "wrong-length", "unreadable"
 *     "length": 256,                         in bytes
 *     "id": "32d1586ea457dfc8"               the key's 8 byte name, never the key
 *   },
 *   "login": "likely",                       or "never", "unclear"
 *   "account": {                             null if it is not in the file
 *     "userId": 1234567, "bot": false, "username": "anna", "phone": "15550001111", "name": "Anna"
 *   },
 *   "peers": {"users": 1, "groups": 0, "channels": 0},         null if there is no place for them
 *   "updateState": {"pts": 1, "qts": 0, "date": 1700000000, "seq": 1},    null if there is none
 *   "telethon": [                          the releases of Telethon, the oldest first; null if it is no file of
 *     {                                    Telethon's, or one too damaged to tell
 *       "releases": "1.17 to 1.42",
 *       "opens": true,                     whether they open it, and can go on to work with it
 *       "remark": null,                    what they say if they do not, in their words
 *       "losesEntities": false             whether they delete the peers on opening
 *     }
 *   ],
 *   "findings": [{"code": "without-rowid", "severity": "warning", "message": "...", "hint": "..."}]
 * }
 * </pre>
 *
 * @param source the path as given, or words for where it came from
 * @param what for people, such as "Telethon session file"
 * @param updateState of the account as a whole
 * @param telethon what each release of Telethon makes of it, the oldest first; of a file of Telethon's only
 * @param findings in the order they were found
 */
public record Inspection(
        String source,
        Optional<String> format,
        String what,
        Optional<Layout> layout,
        Optional<Server> server,
        Key key,
        Login login,
        Optional<Account> account,
        Optional<PeerCounts> peers,
        Optional<UpdateState> updateState,
        Optional<List<Reader>> telethon,
        List<Finding> findings) {

    /** Takes copies of the lists. */
    public Inspection {
        telethon = telethon.map(List::copyOf);
        findings = List.copyOf(findings);
    }

    /** Of something that is no file of Telethon's. */
    public Inspection(
            String source,
            Optional<String> format,
            String what,
            Optional<Layout> layout,
            Optional<Server> server,
            Key key,
            Login login,
            Optional<Account> account,
            Optional<PeerCounts> peers,
            Optional<UpdateState> updateState,
            List<Finding> findings) {
        this(source, format, what, layout, server, key, login, account, peers, updateState, Optional.empty(), findings);
    }

    /** Something that is no session, or none that can be read, and why. */
    public static Inspection ofUnreadable(String source, String what, List<Finding> findings) {
        return new Inspection(
                source,
                Optional.empty(),
                what,
                Optional.empty(),
                Optional.empty(),
                Key.absent(),
                Login.UNCLEAR,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                findings);
    }

    /**
     * What a look shows; if it fails, why.
     *
     * @param otherwise what this is if it cannot be looked at, such as "not a Pyrogram session"
     */
    public static Inspection attempt(SessionSource source, String otherwise, Look look) {
        try {
            return look.take();
        } catch (MalformedSessionException other) {
            return ofUnreadable(source.name(), otherwise, List.of(other.finding()));
        } catch (NoSuchFileException missing) {
            return ofUnreadable(
                    source.name(),
                    otherwise,
                    List.of(Finding.error("not-found", "There is no such file.", "Check the path.")));
        } catch (AccessDeniedException forbidden) {
            return ofUnreadable(
                    source.name(),
                    otherwise,
                    List.of(Finding.error("not-readable", "The file may not be read.", "Check its permissions.")));
        } catch (IOException failed) {
            return ofUnreadable(source.name(), otherwise, List.of(cannotRead(String.valueOf(failed.getMessage()))));
        } catch (RuntimeException | LinkageError failed) {
            // Whatever it is, whoever asked gets an answer.
            return ofUnreadable(
                    source.name(),
                    otherwise,
                    List.of(cannotRead(failed.getClass().getSimpleName())));
        }
    }

    /** A look at a session that may fail. */
    @FunctionalInterface
    public interface Look {
        /** Looks. */
        Inspection take() throws IOException;
    }

    /** The same with these findings. */
    public Inspection withFindings(List<Finding> others) {
        return new Inspection(
                source, format, what, layout, server, key, login, account, peers, updateState, telethon, others);
    }

    /** The gravest of all findings; a note if there are none. */
    public Severity worst() {
        Severity worst = Severity.NOTE;
        for (Finding finding : findings) {
            worst = finding.severity().compareTo(worst) > 0 ? finding.severity() : worst;
        }
        return worst;
    }

    /** In the shape described above. */
    public JsonObject toJson() {
        JsonArray all = new JsonArray();
        for (Finding finding : findings) {
            JsonObject one = new JsonObject();
            one.put("code", finding.code());
            one.put("severity", finding.severity().word());
            one.put("message", finding.message());
            one.put("hint", finding.hint());
            all.add(one);
        }
        JsonObject json = new JsonObject();
        json.put("source", source);
        put(json, "format", format);
        json.put("what", what);
        put(json, "layout", layout.map(Layout::toJson));
        put(json, "server", server.map(Server::toJson));
        json.put("key", key.toJson());
        json.put("login", login.word());
        put(json, "account", account.map(Inspection::toJson));
        put(json, "peers", peers.map(PeerCounts::toJson));
        put(json, "updateState", updateState.map(Inspection::toJson));
        put(json, "telethon", telethon.map(Inspection::toJson));
        json.put("findings", all);
        return json;
    }

    /**
     * How the tables are laid out.
     *
     * @param stamp the version the file claims
     * @param shape the version its tables really have
     * @param withoutRowid tables that SQLite below 3.8.2 cannot read
     * @param opensInOldSqlite whether SQLite below 3.8.2 can open the file; empty if that cannot be said
     */
    public record Layout(
            Optional<Long> stamp,
            Optional<Integer> shape,
            List<String> withoutRowid,
            Optional<Boolean> opensInOldSqlite) {
        /** Takes a copy of the tables. */
        public Layout {
            withoutRowid = List.copyOf(withoutRowid);
        }

        /** As the database shows it. */
        public static Layout of(SqliteDatabase database, Optional<Long> stamp, int shape) {
            List<String> withoutRowid = new ArrayList<>();
            for (SqliteTable table : database.tables()) {
                if (table.withoutRowid()) {
                    withoutRowid.add(table.name());
                }
            }
            return new Layout(stamp, Optional.of(shape), withoutRowid, database.opensInOldSqlite());
        }

        private JsonObject toJson() {
            JsonObject json = new JsonObject();
            put(json, "stamp", stamp);
            put(json, "shape", shape);
            json.put("withoutRowid", new JsonArray(withoutRowid));
            put(json, "opensInOldSqlite", opensInOldSqlite);
            return json;
        }
    }

    /**
     * The server as it stands in the file, and what its address tells.
     *
     * @param dcId the number beside the address; may be wrong
     * @param dcIdOfAddress the number of the data center that answers there, if the address is known
     */
    public record Server(
            Optional<Long> dcId,
            Optional<String> address,
            Optional<Long> port,
            Optional<Environment> environment,
            Optional<Integer> dcIdOfAddress) {

        /** Whether number and address mean one data center; empty if one of them is unknown. */
        public Optional<Boolean> agrees() {
            if (dcId.isEmpty() || dcId.get() == 0 || dcIdOfAddress.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(dcId.get() == dcIdOfAddress.get().longValue());
        }

        private JsonObject toJson() {
            JsonObject json = new JsonObject();
            put(json, "dcId", dcId);
            put(json, "address", address);
            put(json, "port", port);
            put(json, "environment", environment.map(one -> one.name().toLowerCase(Locale.ROOT)));
            put(json, "dcIdOfAddress", dcIdOfAddress);
            put(json, "agrees", agrees());
            return json;
        }
    }

    /**
     * What is known of the key, without the key.
     *
     * @param length in bytes, as stored
     * @param id the last 8 bytes of its SHA-1, in hex as they stand there; only of a whole key
     */
    public record Key(State state, long length, Optional<String> id) {
        public static Key absent() {
            return new Key(State.ABSENT, 0, Optional.empty());
        }

        public static Key present(String id) {
            return new Key(State.PRESENT, 256, Optional.of(id));
        }

        private JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.put("state", state.word());
            json.put("length", length);
            put(json, "id", id);
            return json;
        }

        /** Whether there is a key that can be used. */
        public enum State {
            PRESENT,
            ABSENT,
            /** 256 zeros, which stand for "no key". */
            ZEROS,
            WRONG_LENGTH,
            /** Something that is not bytes. */
            UNREADABLE;

            /** In lower case with a dash, as it stands in JSON. */
            public String word() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    /** Whether somebody has logged in with this key, as far as the file can tell. Only the server knows for sure. */
    public enum Login {
        LIKELY,
        NEVER,
        UNCLEAR;

        /** In lower case, as it stands in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many peers of each kind are stored. */
    public record PeerCounts(long users, long groups, long channels) {
        public long total() {
            return users + groups + channels;
        }

        private JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.put("users", users);
            json.put("groups", groups);
            json.put("channels", channels);
            return json;
        }
    }

    /**
     * What some releases of a library make of a file.
     *
     * @param releases such as {@code 1.17 to 1.42}
     * @param opens whether they open it, and can go on to work with it
     * @param remark what they say if they do not, in their words
     * @param losesEntities whether they delete the peers on opening
     */
    public record Reader(String releases, boolean opens, Optional<String> remark, boolean losesEntities) {
        private JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.put("releases", releases);
            json.put("opens", opens);
            put(json, "remark", remark);
            json.put("losesEntities", losesEntities);
            return json;
        }
    }

    private static Finding cannotRead(String why) {
        return Finding.error("not-readable", "The file cannot be read: " + why + ".", "");
    }

    /** An account as it stands above. */
    public static JsonObject toJson(Account account) {
        JsonObject json = new JsonObject();
        json.put("userId", account.userId());
        json.put("bot", account.bot());
        put(json, "username", account.username());
        put(json, "phone", account.phone());
        put(json, "name", account.fullName());
        return json;
    }

    private static JsonObject toJson(UpdateState state) {
        JsonObject json = new JsonObject();
        json.put("pts", state.pts());
        json.put("qts", state.qts());
        json.put("date", state.date());
        json.put("seq", state.seq());
        return json;
    }

    private static JsonArray toJson(List<Reader> readers) {
        JsonArray all = new JsonArray();
        for (Reader reader : readers) {
            all.add(reader.toJson());
        }
        return all;
    }

    private static void put(JsonObject json, String name, Optional<?> value) {
        json.put(name, value.orElse(null));
    }
}
