package dev.tgsession.session.format.telethon;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.Severity;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.SqliteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a Telethon file to another version of its tables, up or down, by writing it anew.
 *
 * <p>Telethon goes up in place, which keeps old tables as they were made, WITHOUT ROWID too; and it never goes down. A
 * new file has plain tables to the letter of the release that made that version, so every SQLite opens it.
 */
public final class TelethonUpgrade {
    /** The lowest version there is: for Telethon 0.16 alone, as 0.19 and all later releases refuse it. */
    public static final int LOWEST = TelethonSchema.OLDEST;

    /** The highest version there is. */
    public static final int HIGHEST = TelethonSchema.NEWEST;

    /** What fits most releases: read by 1.17 to 1.42, and brought up to date without a word by later ones. */
    public static final int USUAL = TelethonSchema.WRITTEN;

    private final SessionSource source;
    private final Set<TelethonPart> leftOut;
    private final Plan plan;

    private TelethonUpgrade(SessionSource source, Set<TelethonPart> leftOut, Plan plan) {
        this.source = source;
        this.leftOut = leftOut;
        this.plan = plan;
    }

    /** The version of a file: its shape, and 5 rather than 6 if the stamp says so, as the two look alike. */
    public static int schemaOf(SessionSource source) throws IOException {
        try (SqliteDatabase database = TelethonSqlite.open(source)) {
            return schemaOf(database, stamp(database));
        }
    }

    /**
     * Looks at the file and plans; nothing is written yet.
     *
     * @param to a version from {@value #LOWEST} to 8
     * @param keepEntities whether to keep peers where Telethon itself would drop them, on the way from 5 to 6
     * @throws MalformedSessionException if it is no Telethon file of version 1 to 8, or is damaged
     * @throws IOException if it cannot be read
     */
    public static TelethonUpgrade plan(SessionSource source, int to, boolean keepEntities) throws IOException {
        if (to < LOWEST || to > HIGHEST) {
            throw new IllegalArgumentException("there is no version " + to + " to write");
        }
        try (SqliteDatabase database = TelethonSqlite.open(source)) {
            requireWhole(database);
            Optional<Long> stamp = stamp(database);
            int from = schemaOf(database, stamp);
            List<TelethonStep> steps = TelethonStep.between(from, to);
            Set<TelethonPart> leftOut = leftOut(steps, to, keepEntities);
            Map<TelethonPart, Long> present = count(database);
            List<Loss> losses = new ArrayList<>();
            for (TelethonPart part : leftOut) {
                long count = present.getOrDefault(part, 0L);
                if (count > 0) {
                    losses.add(new Loss(part, count));
                }
            }
            List<String> withoutRowid = new ArrayList<>();
            for (SqliteTable table : database.tables()) {
                if (table.withoutRowid()) {
                    withoutRowid.add(table.name());
                }
            }
            boolean same = from == to && stamp.equals(Optional.of((long) to)) && isTidy(database, to);
            long rows = present.getOrDefault(TelethonPart.ENTITIES, 0L);
            Plan plan = new Plan(
                    source.name(), stamp, from, to, steps, losses, withoutRowid, rows, !same || !losses.isEmpty());
            return new TelethonUpgrade(source, leftOut, plan);
        }
    }

    /** The same plan for a session that had to be put into the tables of Telethon 1 first. */
    public TelethonUpgrade ofOtherTables() {
        return new TelethonUpgrade(
                source,
                leftOut,
                new Plan(
                        plan.source,
                        Optional.empty(),
                        0,
                        plan.to,
                        plan.steps,
                        plan.losses,
                        List.of(),
                        plan.entities,
                        true));
    }

    /** What would change, and what would be lost. */
    public Plan plan() {
        return plan;
    }

    /** The same without indexes. */
    public void writeTo(Path file, RowProgress progress) throws IOException {
        writeTo(file, false, progress);
    }

    /**
     * Writes the new file. The old one is read once more, and stays as it is.
     *
     * @param file is there and empty, and nobody else's
     * @param indexed whether to add the indexes of {@link TelethonSqlite#indexed}
     * @throws IOException if the old file cannot be read or the new one not be written
     */
    public void writeTo(Path file, boolean indexed, RowProgress progress) throws IOException {
        // The writer itself tells how far it is.
        try (SqliteDatabase database = TelethonSqlite.open(source.watchedBy(RowProgress.UNWATCHED))) {
            List<@Nullable Object[]> sessions = new ArrayList<>();
            List<String> columns = TelethonSchema.columns(TelethonSchema.SESSIONS, plan.to);
            SqliteTable table = database.table(TelethonSchema.SESSIONS).orElseThrow();
            database.read(table, columns, row -> sessions.add(session(row, columns)));
            TelethonWriter.write(file, plan.to, indexed, sessions, database, leftOut, progress, plan.entities);
        }
    }

    private @Nullable Object[] session(SqliteRow row, List<String> columns) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            String column = columns.get(i);
            values[i] = switch (column) {
                case "takeout_id" ->
                    leftOut.contains(TelethonPart.TAKEOUT_ID)
                            ? null
                            // Zero bytes are what Telethon 1.43 leaves here by mistake.
                            : row.number(column).orElse(null);
                // Telethon 1.43 takes whatever is here for the number of a data export.
                case "tmp_auth_key" -> null;
                default -> row.stored(column).orElse(null);
            };
        }
        return values;
    }

    private static Set<TelethonPart> leftOut(List<TelethonStep> steps, int to, boolean keepEntities) {
        Set<TelethonPart> parts = EnumSet.of(TelethonPart.TEMPORARY_KEY);
        for (TelethonStep step : steps) {
            step.loses().ifPresent(parts::add);
        }
        if (to == TelethonSchema.NEWEST) {
            parts.add(TelethonPart.TAKEOUT_ID);
        }
        if (keepEntities) {
            parts.remove(TelethonPart.ENTITIES);
        }
        if (parts.contains(TelethonPart.ENTITIES)) {
            parts.remove(TelethonPart.ENTITY_DATES);
        }
        return parts;
    }

    private static void requireWhole(SqliteDatabase database) throws IOException {
        for (Finding finding : database.findings()) {
            if (finding.severity() == Severity.ERROR) {
                throw new MalformedSessionException(mendFirst(finding));
            }
        }
        if (!database.isSound().orElse(true)) {
            throw new MalformedSessionException(mendFirst(CommonFindings.damaged()));
        }
    }

    private static Finding mendFirst(Finding finding) {
        return Finding.error(finding.code(), finding.message(), "Try: tgsession repair FILE");
    }

    static Optional<Long> stamp(SqliteDatabase database) throws IOException {
        Optional<SqliteTable> table = database.table(TelethonSchema.VERSION);
        List<Long> lowest = new ArrayList<>();
        if (table.isPresent()) {
            database.read(table.get(), List.of("version"), row -> {
                Optional<Long> number = row.number("version");
                if (number.isPresent() && (lowest.isEmpty() || number.get() < lowest.get(0))) {
                    lowest.clear();
                    lowest.add(number.get());
                }
                return true;
            });
        }
        return lowest.isEmpty() ? Optional.empty() : Optional.of(lowest.get(0));
    }

    private static int schemaOf(SqliteDatabase database, Optional<Long> stamp) {
        int shape = TelethonSchema.shapeOf(database);
        return shape == 6 && stamp.equals(Optional.of(5L)) ? 5 : shape;
    }

    /** How much of each part there is. */
    private static Map<TelethonPart, Long> count(SqliteDatabase database) throws IOException {
        Map<TelethonPart, Long> counts = new EnumMap<>(TelethonPart.class);
        SqliteTable sessions = database.table(TelethonSchema.SESSIONS).orElseThrow();
        database.read(sessions, List.of("dc_id", "takeout_id", "tmp_auth_key"), row -> {
            boolean temporary =
                    row.bytes("tmp_auth_key").filter(key -> key.length > 0).isPresent();
            addIf(row.number("takeout_id").isPresent(), TelethonPart.TAKEOUT_ID, counts);
            addIf(temporary, TelethonPart.TEMPORARY_KEY, counts);
            return true;
        });
        Optional<SqliteTable> entities = database.table(TelethonSchema.ENTITIES);
        if (entities.isPresent()) {
            long[] rows = new long[2];
            database.read(entities.get(), List.of("id", "date"), row -> {
                rows[0] += TelethonWriter.isOwner(row) ? 0 : 1;
                rows[1] += row.isNull("date") ? 0 : 1;
                return true;
            });
            counts.put(TelethonPart.ENTITIES, rows[0]);
            counts.put(TelethonPart.ENTITY_DATES, rows[1]);
        }
        countRows(database, TelethonSchema.SENT_FILES, "file_size", TelethonPart.SENT_FILES, counts);
        countRows(database, TelethonSchema.UPDATE_STATE, "id", TelethonPart.UPDATE_STATE, counts);
        return counts;
    }

    private static void countRows(
            SqliteDatabase database, String name, String column, TelethonPart part, Map<TelethonPart, Long> counts)
            throws IOException {
        Optional<SqliteTable> table = database.table(name);
        if (table.isPresent()) {
            database.read(table.get(), List.of(column), row -> {
                counts.merge(part, 1L, Long::sum);
                return true;
            });
        }
    }

    private static void addIf(boolean there, TelethonPart part, Map<TelethonPart, Long> counts) {
        if (there) {
            counts.merge(part, 1L, Long::sum);
        }
    }

    /** Whether the tables are those of that version and no others, plain, with their columns in order. */
    static boolean isTidy(SqliteDatabase database, int schema) {
        List<String> due = TelethonSchema.tables(schema);
        if (database.tables().size() != due.size()
                || !database.opensInOldSqlite().equals(Optional.of(true))) {
            return false;
        }
        for (String name : due) {
            Optional<SqliteTable> table = database.table(name);
            if (table.isEmpty() || !table.get().columns().equals(TelethonSchema.columns(name, schema))) {
                return false;
            }
        }
        return true;
    }

    /** So much of a part that would not come along. */
    public record Loss(TelethonPart part, long count) {}

    /**
     * What an upgrade would do. The keys of its JSON are these names, and stay the same:
     *
     * <pre>
     * {
     *   "source": "login.session",
     *   "stamp": 4,                              null if the file has none
     *   "from": 4, "to": 7,                      from 0 if it was not in the tables of Telethon 1
     *   "steps": [{"from": 4, "to": 5, "change": "..."}],
     *   "losses": [{"part": "entities", "count": 9, "words": "..."}],
     *   "withoutRowid": ["sessions"],            tables that get plain
     *   "entities": 9,                           rows there are now
     *   "changesAnything": true
     * }
     * </pre>
     *
     * @param stamp the version the file claims
     * @param from the version its tables have; 0 if they are not those of Telethon 1, or there are none
     * @param withoutRowid tables that SQLite below 3.8.2 cannot read, and will be able to
     * @param entities how many peers there are
     * @param changesAnything whether the file is not already just that
     */
    public record Plan(
            String source,
            Optional<Long> stamp,
            int from,
            int to,
            List<TelethonStep> steps,
            List<Loss> losses,
            List<String> withoutRowid,
            long entities,
            boolean changesAnything) {
        /** Takes copies of the lists. */
        public Plan {
            steps = List.copyOf(steps);
            losses = List.copyOf(losses);
            withoutRowid = List.copyOf(withoutRowid);
        }

        /** In the shape described above. */
        public JsonObject toJson() {
            JsonArray allSteps = new JsonArray();
            for (TelethonStep step : steps) {
                JsonObject one = new JsonObject();
                one.put("from", step.from());
                one.put("to", step.to());
                one.put("change", step.change());
                allSteps.add(one);
            }
            JsonArray allLosses = new JsonArray();
            for (Loss loss : losses) {
                JsonObject one = new JsonObject();
                one.put("part", loss.part().code());
                one.put("count", loss.count());
                one.put("words", loss.part().words());
                allLosses.add(one);
            }
            JsonObject json = new JsonObject();
            json.put("source", source);
            json.put("stamp", stamp.orElse(null));
            json.put("from", from);
            json.put("to", to);
            json.put("steps", allSteps);
            json.put("losses", allLosses);
            json.put("withoutRowid", new JsonArray(withoutRowid));
            json.put("entities", entities);
            json.put("changesAnything", changesAnything);
            return json;
        }
    }
}
