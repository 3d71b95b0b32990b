package dev.tgsession.session.format.telethon;

import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.SqliteTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which releases of Telethon write which version of the tables, and which can open a given file.
 *
 * <p>Releases fall into eras: within one, all treat a file alike. What an era does to a file is worked out here the way
 * its own code does: it compares the stamp with its own number, goes up step by step from there, then unpacks each row
 * of {@code sessions} into as many names as it knows columns. Source: the history of Telethon's {@code sqlite.py}.
 */
public final class TelethonReleases {
    private static final List<Era> ERAS = List.of(
            new Era("0.16", "0.16", 1, 4, Stamping.NEVER),
            new Era("0.16.1", "0.16.1", 2, 4, Stamping.ANY_OTHER),
            new Era("0.16.2", "0.18.3", 3, 4, Stamping.ANY_OTHER),
            new Era("0.19", "1.5.5", 4, 4, Stamping.ANY_OTHER),
            new Era("1.6", "1.7.4", 5, 5, Stamping.ANY_OTHER),
            new Era("1.7.5", "1.10.1", 5, 5, Stamping.LOWER),
            new Era("1.10.2", "1.16.4", 6, 5, Stamping.LOWER),
            new Era("1.17", "1.42", 7, 5, Stamping.LOWER),
            new Era("1.43", "1.44", 8, 6, Stamping.LOWER),
            new Era("1.45", "", 8, 6, Stamping.LOWER));

    private TelethonReleases() {}

    /** The releases that write a version, in words: {@code 1.6 to 1.10.1}, {@code 1.43 and later}; empty if none does. */
    public static Optional<String> writing(int schema) {
        Optional<Era> all = Optional.empty();
        for (Era era : ERAS) {
            if (era.schema == schema) {
                String first = all.map(Era::first).orElse(era.first);
                all = Optional.of(new Era(first, era.last, schema, era.columns, era.stamping));
            }
        }
        return all.map(Era::words);
    }

    /** All eras, the oldest first. */
    public static List<Era> eras() {
        return ERAS;
    }

    /**
     * The era of a release.
     *
     * @param release such as {@code 1.24}, {@code 1.24.0}, {@code v1.24} or {@code telethon==1.24}
     * @return empty if that is no release that keeps sessions in SQLite: 0.15 and earlier, 2 and later, or no number
     */
    public static Optional<Era> named(String release) {
        String number = release.strip();
        int mark = number.lastIndexOf('=');
        number = number.substring(mark + 1).strip();
        if (number.startsWith("v")) {
            number = number.substring(1);
        }
        Optional<int[]> wanted = parse(number);
        if (wanted.isEmpty() || wanted.get()[0] > 1) {
            return Optional.empty();
        }
        Optional<Era> found = Optional.empty();
        for (Era era : ERAS) {
            if (compare(wanted.get(), parse(era.first).orElseThrow()) >= 0) {
                found = Optional.of(era);
            }
        }
        return found;
    }

    /**
     * What each era would do to the file.
     *
     * @throws MalformedSessionException if it is no Telethon file of version 1 to 8
     * @throws IOException if it cannot be read
     */
    public static List<Reading> readersOf(SessionSource source) throws IOException {
        try (SqliteDatabase database = TelethonSqlite.open(source)) {
            return readersOf(database);
        }
    }

    /** The same of a file that is open already; looks at one peer only. */
    static List<Reading> readersOf(SqliteDatabase database) throws IOException {
        Tables tables = Tables.of(database);
        List<Reading> readings = new ArrayList<>();
        for (Era era : ERAS) {
            readings.add(era.open(tables));
        }
        return readings;
    }

    private static Optional<int[]> parse(String number) {
        String[] parts = number.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        int[] numbers = new int[4];
        for (int i = 0; i < parts.length; i++) {
            try {
                numbers[i] = Integer.parseInt(parts[i]);
            } catch (NumberFormatException noNumber) {
                return Optional.empty();
            }
            if (numbers[i] < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(numbers);
    }

    private static int compare(int[] one, int[] other) {
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                return Integer.compare(one[i], other[i]);
            }
        }
        return 0;
    }

    /** When a release rewrites the stamp of a file. */
    public enum Stamping {
        NEVER,
        /** At any number but its own, higher ones too: the harm of 0.16.1 to 1.7.4. */
        ANY_OTHER,
        LOWER
    }

    /**
     * Releases that treat files alike.
     *
     * @param first the first release
     * @param last the last one; empty while there may be more
     * @param schema the version they write
     * @param columns how many columns of {@code sessions} they know
     * @param stamping when they rewrite the stamp
     */
    public record Era(String first, String last, int schema, int columns, Stamping stamping) {
        /** {@code 1.17 to 1.42}, {@code 0.16}, {@code 1.45 and later}. */
        public String words() {
            if (last.isEmpty()) {
                return first + " and later";
            }
            return first.equals(last) ? first : first + " to " + last;
        }

        /** 1.43 and 1.44 read the last two columns the wrong way round, and stumble over a number where a key is due. */
        private boolean mistakesTakeout() {
            return schema == TelethonSchema.NEWEST && !last.isEmpty();
        }

        Reading open(Tables tables) {
            if (tables.stamp.isEmpty()) {
                return refused("the version of the tables is missing", false);
            }
            long stamp = tables.stamp.get();
            boolean changes =
                    stamping == Stamping.ANY_OTHER && stamp != schema || stamping == Stamping.LOWER && stamp < schema;
            Optional<String> failure = changes ? upgradeFailure(tables, stamp) : Optional.empty();
            if (failure.isPresent()) {
                return refused(failure.get(), false);
            }
            int sessionColumns = tables.sessionColumns;
            int entityColumns = tables.entityColumns;
            boolean loses = false;
            // From 1 on, as a damaged stamp may be any number; the first step that changes columns is the one from 4.
            for (long at = Math.max(1, stamp); changes && at < schema; at++) {
                sessionColumns += at == 4 || at == 7 ? 1 : 0;
                entityColumns += at == 6 ? 1 : 0;
                loses |= at == 5 && tables.anyEntities;
            }
            if (sessionColumns != columns && tables.anySessions) {
                return refused(
                        (sessionColumns > columns ? "too many" : "not enough") + " values to unpack (expected "
                                + columns + ")",
                        changes);
            }
            if (mistakesTakeout() && tables.takeout) {
                return refused("object supporting the buffer API required (takeout_id is set)", changes);
            }
            if (tables.entityColumns == 0) {
                String missing = "no such table: entities";
                // From below 6 or 7 it meets the table on the way up already.
                boolean atOnce = changes && schema >= 6 && stamp < Math.min(schema, 7);
                return refused(atOnce ? missing : "opens, then fails when it stores a peer: " + missing, changes);
            }
            int knows = schema >= 7 ? 6 : 5;
            String remark = entityColumns == knows
                    ? ""
                    : "opens, then fails when it stores a peer: table entities has " + entityColumns + " columns but "
                            + knows + " values were supplied";
            return new Reading(this, remark.isEmpty(), remark, changes, loses);
        }

        /** What goes wrong on the way up, if anything; the file is then as it was. */
        private Optional<String> upgradeFailure(Tables tables, long stamp) {
            if (schema <= 2) {
                return Optional.empty();
            }
            if (schema == 3) {
                return stamp > 3 ? Optional.of("table sent_files already exists") : Optional.empty();
            }
            if (stamp <= 2 && !tables.sentFiles) {
                return Optional.of("no such table: sent_files");
            }
            if (stamp <= 3 && tables.updateState) {
                return Optional.of("table update_state already exists");
            }
            if (stamp <= 4 && schema >= 5 && tables.sessionColumns >= 5) {
                return Optional.of("duplicate column name: takeout_id");
            }
            if (stamp <= 6 && schema >= 7 && tables.entityColumns >= 6) {
                return Optional.of("duplicate column name: date");
            }
            if (stamp <= 7 && schema >= 8 && tables.sessionColumns >= 6) {
                return Optional.of("duplicate column name: tmp_auth_key");
            }
            return Optional.empty();
        }

        private Reading refused(String error, boolean changesStamp) {
            return new Reading(this, false, error, changesStamp, false);
        }
    }

    /**
     * What happens when a release opens a file.
     *
     * @param opens whether it works, and goes on working
     * @param remark the error otherwise, in the words of Python or SQLite
     * @param changesStamp whether it writes its own number into the file
     * @param losesEntities whether it deletes the peers on the way up
     */
    public record Reading(Era era, boolean opens, String remark, boolean changesStamp, boolean losesEntities) {
        /** As {@code inspect} shows it. */
        Inspection.Reader reader() {
            return new Inspection.Reader(
                    era.words(), opens, remark.isEmpty() ? Optional.empty() : Optional.of(remark), losesEntities);
        }
    }

    /** What counts when a release opens a file. */
    record Tables(
            Optional<Long> stamp,
            int sessionColumns,
            boolean anySessions,
            boolean takeout,
            int entityColumns,
            boolean anyEntities,
            boolean sentFiles,
            boolean updateState) {
        static Tables of(SqliteDatabase database) throws IOException {
            SqliteTable sessions = database.table(TelethonSchema.SESSIONS).orElseThrow();
            Optional<SqliteTable> entities = database.table(TelethonSchema.ENTITIES);
            boolean[] seen = new boolean[3];
            database.read(sessions, List.of("dc_id", "takeout_id"), row -> {
                seen[0] = true;
                seen[1] |= row.number("takeout_id").isPresent();
                return true;
            });
            if (entities.isPresent()) {
                database.read(entities.get(), List.of("id"), row -> {
                    seen[2] = true;
                    return false;
                });
            }
            return new Tables(
                    TelethonUpgrade.stamp(database),
                    sessions.columns().size(),
                    seen[0],
                    seen[1],
                    entities.map(table -> table.columns().size()).orElse(0),
                    seen[2],
                    database.table(TelethonSchema.SENT_FILES).isPresent(),
                    database.table(TelethonSchema.UPDATE_STATE).isPresent());
        }
    }
}
