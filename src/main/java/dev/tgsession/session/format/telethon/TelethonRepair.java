package dev.tgsession.session.format.telethon;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.CommonFindings;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SettledBytes;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.SqlitePages;
import dev.tgsession.session.format.SqliteRow;
import dev.tgsession.session.format.SqliteTable;
import dev.tgsession.session.format.SqliteTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mends what can be mended in a Telethon file without a new login, by writing it anew: the version from the columns, the
 * number of the data center from its address, and of a damaged file whatever rows its pages still show.
 */
public final class TelethonRepair {
    private static final int LARGEST_DAMAGED = 256 << 20;
    private static final int MOST_SESSION_ROWS = 1000;
    private static final int HEAD = 256;

    /** Version 1 is refused by all releases since 0.19, while those before it open 2 as well. */
    private static final int LOWEST_OPENED = 2;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** What is mended by writing the file anew, and how to say it. */
    private static final Map<String, String> MENDED_BY_WRITING = Map.ofEntries(
            Map.entry("version-missing", "writes the version that the columns show"),
            Map.entry("multiple-version-rows", "leaves one version, the one that the columns show"),
            Map.entry("unknown-version", "writes the version that the columns show"),
            Map.entry("version-shape-mismatch", "writes the version that the columns show"),
            Map.entry("missing-table", "adds the missing tables, empty"),
            Map.entry("without-rowid", "makes plain tables, which every SQLite reads"),
            Map.entry("v1-unopenable-since-0.19", "goes up to version 2, which all releases since open"),
            Map.entry("dc-address-mismatch", "writes the number that belongs to the address"),
            Map.entry("dc-missing", "writes the number that belongs to the address"),
            Map.entry("no-server-address", "writes the usual address of that data center"),
            Map.entry("bad-port", "writes port 443"),
            Map.entry("multiple-session-rows", "leaves one session, the one Telethon would take"),
            Map.entry("swapped-values", "puts address and port in each other's place"),
            Map.entry("bracketed-address", "takes the brackets off the address"),
            Map.entry("key-as-text", "turns the key from hex digits into bytes"),
            Map.entry("swapped-columns", "puts takeout_id and tmp_auth_key in each other's place"),
            Map.entry("takeout-no-number", "clears takeout_id"),
            Map.entry("columns-in-disorder", "puts the columns in Telethon's order, without others"),
            Map.entry("hot-journal", "undoes the half-written part that the journal tells of"),
            Map.entry("wal-not-checkpointed", "moves in what waits in the -wal file"),
            Map.entry("v8-takeout-crash", "clears takeout_id"),
            Map.entry("v8-tmp-key-present", "clears tmp_auth_key"),
            Map.entry("truncated", "saves the rows that are still there"),
            Map.entry("corrupted-page", "saves the rows that can still be read"),
            Map.entry("not-sqlite", "restores the first letters of the file"),
            Map.entry("string-session-in-file", "makes a session file of the text"),
            Map.entry("telethon-json", "makes a session file of the JSON, which every Telethon since 1.17 opens"),
            Map.entry("telethon-v2", "makes a session file with the tables of Telethon 1"),
            Map.entry("telethon-v2-draft", "makes a session file with the tables of Telethon 1"));

    /** How they are mended where a column of version 8 stands in a file that nobody says is of version 8. */
    private static final Set<String> ABOUT_THE_VERSION =
            Set.of("version-missing", "multiple-version-rows", "unknown-version", "version-shape-mismatch");

    private static final String WITHOUT_NEWEST_COLUMN =
            "writes version 7, which more releases open, without the column of version 8";

    private final Report report;
    private final Optional<SqliteSource> tables;
    private final Optional<byte[]> made;
    private final List<@Nullable Object[]> sessions;

    private TelethonRepair(
            Report report, Optional<SqliteSource> tables, Optional<byte[]> made, List<@Nullable Object[]> sessions) {
        this.report = report;
        this.tables = tables;
        this.made = made;
        this.sessions = sessions;
    }

    /**
     * Looks at the file and says what can be done. Never fails on what is in the file: if there is nothing to save, the
     * report says so.
     *
     * @param clock dates rows about the account, should they have to be made
     */
    public static TelethonRepair examine(SessionSource source, InstantSource clock) throws IOException {
        Inspection before = new TelethonSqlite(clock).inspect(source);
        for (String other : List.of("string-session-in-file", "telethon-json", "telethon-v2", "telethon-v2-draft")) {
            if (has(before, other)) {
                return ofOtherForm(source, before, clock);
            }
        }
        if (source.file().isPresent() && !Files.exists(source.file().get())) {
            throw new java.nio.file.NoSuchFileException(source.name());
        }
        Optional<SqliteSource> whole = whole(source, before);
        if (whole.isPresent()) {
            return ofTables(source, before, whole.get(), Optional.empty());
        }
        Optional<Salvage> salvage;
        try {
            salvage = salvage(source);
        } catch (MalformedSessionException beyondReach) {
            return hopeless(before, beyondReach.finding());
        }
        if (salvage.isEmpty()) {
            return hopeless(before, gravest(before));
        }
        return ofTables(
                source,
                before,
                () -> new Opened(salvage.get().tables, Optional.empty()),
                Optional.of(salvage.get().waiting));
    }

    /** What is wrong and what would be done about it. */
    public Report report() {
        return report;
    }

    /**
     * Writes the mended file.
     *
     * @param file is there and empty, and nobody else's
     * @throws IllegalStateException if there is nothing to save
     * @throws IOException if the old file cannot be read or the new one not be written
     */
    public void writeTo(Path file, RowProgress progress) throws IOException {
        if (made.isPresent()) {
            Files.write(file, made.get());
            return;
        }
        SqliteSource source = tables.orElseThrow(() -> new IllegalStateException("there is nothing to save"));
        int schema = report.schema.orElseThrow();
        try (Opened opened = source.open()) {
            TelethonWriter.write(
                    file,
                    schema,
                    false,
                    sessions,
                    opened.tables,
                    EnumSet.noneOf(TelethonPart.class),
                    progress,
                    report.entities.orElse(0L));
        }
    }

    /** A string, JSON, or tables of Telethon 2: what they hold is put into a new file. */
    private static TelethonRepair ofOtherForm(SessionSource source, Inspection before, InstantSource clock)
            throws IOException {
        TelethonSqlite files = new TelethonSqlite(clock);
        Session session;
        try {
            session = TelethonString.isOne(source) ? new TelethonString().read(source) : files.read(source);
        } catch (MalformedSessionException noLogin) {
            return hopeless(before, noLogin.finding());
        }
        byte[] content = files.write(session).toFileBytes();
        DataCenter dataCenter = session.dataCenter();
        Report report = new Report(
                source.name(),
                before,
                Verdict.MENDABLE,
                mends(before.findings()),
                List.of(),
                Optional.of(TelethonSchema.WRITTEN),
                Optional.of(new After(
                        dataCenter.id(),
                        dataCenter.host(),
                        dataCenter.port(),
                        session.authKey().id().toHex())),
                Optional.of((long) session.peers().size()));
        return new TelethonRepair(report, Optional.empty(), Optional.of(content), List.of());
    }

    /**
     * Tables, whole or what is left of them.
     *
     * @param damaged if they are not whole: what still waits beside the file, out of reach
     */
    private static TelethonRepair ofTables(
            SessionSource source, Inspection before, SqliteSource tables, Optional<List<String>> damaged)
            throws IOException {
        try (Opened opened = tables.open()) {
            // The same thing may be found in the file as a whole and in its row.
            Set<Mend> mends = new LinkedHashSet<>(mends(before.findings()));
            List<Candidate> all = candidates(opened.tables, source.name());
            Optional<Candidate> best = best(all);
            if (best.isEmpty()) {
                return hopeless(before, why(all, before));
            }
            Candidate chosen = best.get();
            mends.addAll(chosen.mends);
            int schema = schema(opened.tables, before);
            if (schema < TelethonSchema.shapeOf(opened.tables)) {
                mends = withoutNewestColumn(mends);
            }
            if (mends.isEmpty()) {
                Report sound = new Report(
                        source.name(),
                        before,
                        Verdict.SOUND,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
                return new TelethonRepair(sound, Optional.empty(), Optional.empty(), List.of());
            }
            long[] entities = new long[1];
            Optional<SqliteTable> table = opened.tables.table(TelethonSchema.ENTITIES);
            if (table.isPresent()) {
                opened.tables.read(table.get(), List.of("id", "hash"), row -> {
                    entities[0] += TelethonWriter.isEntity(row) ? 1 : 0;
                    return true;
                });
            }
            Report report = new Report(
                    source.name(),
                    before,
                    Verdict.MENDABLE,
                    List.copyOf(mends),
                    losses(all.size(), damaged, schema, chosen),
                    Optional.of(schema),
                    Optional.of(chosen.after),
                    Optional.of(entities[0]));
            return new TelethonRepair(
                    report, Optional.of(tables), Optional.empty(), List.<@Nullable Object[]>of(chosen.row(schema)));
        }
    }

    private static List<String> losses(int rows, Optional<List<String>> damaged, int schema, Candidate chosen) {
        List<String> losses = new ArrayList<>();
        if (rows > 1) {
            losses.add((rows - 1) + " other session" + (rows > 2 ? "s" : ""));
        }
        if (damaged.isPresent()) {
            losses.add("rows on pages that cannot be read");
            for (String ending : damaged.get()) {
                losses.add("what waits in the " + ending + " file beside it");
            }
        }
        if (schema == TelethonSchema.NEWEST && chosen.takeout.isPresent()) {
            losses.add(TelethonPart.TAKEOUT_ID.words());
        }
        return losses;
    }

    /** Nothing can be done without a key and a server to use it with; this says which is missing. */
    private static Finding why(List<Candidate> all, Inspection before) {
        for (Candidate candidate : all) {
            if (candidate.trouble.isPresent()) {
                return candidate.trouble.get();
            }
        }
        return gravest(before);
    }

    private static Finding gravest(Inspection before) {
        Finding gravest = CommonFindings.noSessionRow();
        for (Finding finding : before.findings()) {
            if (finding.severity() == before.worst()) {
                gravest = finding;
            }
        }
        return gravest;
    }

    private static TelethonRepair hopeless(Inspection before, Finding why) {
        Report report = new Report(
                before.source(),
                before,
                Verdict.NOTHING_TO_SAVE,
                List.of(),
                List.of(why.message()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new TelethonRepair(report, Optional.empty(), Optional.empty(), List.of());
    }

    // Where the rows come from

    /** The file, if SQLite reads all of it. */
    private static Optional<SqliteSource> whole(SessionSource source, Inspection before) {
        boolean readable = before.layout().isPresent() && !has(before, "truncated") && !has(before, "corrupted-page");
        return readable
                ? Optional.of(() -> {
                    SqliteDatabase database = TelethonSqlite.open(source.watchedBy(RowProgress.UNWATCHED));
                    return new Opened(database, Optional.of(database));
                })
                : Optional.empty();
    }

    /** The pages of a file that SQLite does not read to the end, with what waited beside it moved in if it can be. */
    private static Optional<Salvage> salvage(SessionSource source) throws IOException {
        byte[] head = source.head(HEAD);
        if (!SqlitePages.looksLikePages(head)) {
            return Optional.empty();
        }
        // Once as bytes, and with room for what is made of it.
        long room = Runtime.getRuntime().maxMemory() / 3;
        SettledBytes settled = SettledBytes.of(source, (int) Math.min(LARGEST_DAMAGED, room));
        byte[] content = settled.content();
        System.arraycopy(MAGIC, 0, content, 0, MAGIC.length);
        Optional<SqlitePages> pages = SqlitePages.of(content);
        if (pages.isEmpty()) {
            return Optional.empty();
        }
        // Whole pages with the tables of another program are not ours to pick from.
        boolean foreign = !pages.get().tables().isEmpty() && !TelethonSchema.isIn(pages.get());
        return foreign
                ? Optional.empty()
                : Optional.of(new Salvage(new SalvagedTables(pages.get()), settled.waiting()));
    }

    private record Salvage(SqliteTables tables, List<String> waiting) {}

    private static List<Candidate> candidates(SqliteTables tables, String fileName) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        Optional<SqliteTable> table = tables.table(TelethonSchema.SESSIONS);
        if (table.isPresent()) {
            tables.read(table.get(), StoredSession.COLUMNS, row -> {
                candidates.add(Candidate.of(row, fileName));
                return candidates.size() < MOST_SESSION_ROWS;
            });
        }
        return candidates;
    }

    /** The first that can be used: rows come in the order of their numbers, and Telethon takes the lowest. */
    private static Optional<Candidate> best(List<Candidate> all) {
        for (Candidate candidate : all) {
            if (candidate.trouble.isEmpty()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * As the columns show. A column of version 8 that somebody added by hand and nobody used is left away again: 7 is
     * opened by far more releases, and by the newest too.
     */
    private static int schema(SqliteTables tables, Inspection before) throws IOException {
        int shape = TelethonSchema.shapeOf(tables);
        Optional<Long> stamp = before.layout().flatMap(Inspection.Layout::stamp);
        if (shape == TelethonSchema.NEWEST && !stamp.equals(Optional.of(8L))) {
            return TelethonSchema.WRITTEN;
        }
        boolean five = shape == 6 && stamp.equals(Optional.of(5L));
        return five ? 5 : Math.max(shape, LOWEST_OPENED);
    }

    /** Whether a file with such a finding gets better by {@code repair}, as far as anything is left of it. */
    static boolean mends(String code) {
        return MENDED_BY_WRITING.containsKey(code);
    }

    private static List<Mend> mends(List<Finding> findings) {
        List<Mend> mends = new ArrayList<>();
        for (Finding finding : findings) {
            String words = MENDED_BY_WRITING.get(finding.code());
            if (words != null) {
                mends.add(new Mend(finding.code(), words));
            }
        }
        return mends;
    }

    /** The same, but not saying that the version comes from the columns where one of them is left away. */
    private static Set<Mend> withoutNewestColumn(Set<Mend> mends) {
        Set<Mend> all = new LinkedHashSet<>();
        for (Mend mend : mends) {
            all.add(ABOUT_THE_VERSION.contains(mend.code()) ? new Mend(mend.code(), WITHOUT_NEWEST_COLUMN) : mend);
        }
        return all;
    }

    private static boolean has(Inspection inspection, String code) {
        for (Finding finding : inspection.findings()) {
            if (finding.code().equals(code)) {
                return true;
            }
        }
        return false;
    }

    /** Opens the rows, as often as they are needed. */
    private interface SqliteSource {
        Opened open() throws IOException;
    }

    private record Opened(SqliteTables tables, Optional<SqliteDatabase> database) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (database.isPresent()) {
                database.get().close();
            }
        }
    }

    /**
     * A row of {@code sessions}, mended as far as it goes.
     *
     * @param trouble why it cannot be used, if it cannot
     */
    private record Candidate(
            After after, byte[] key, Optional<Long> takeout, List<Mend> mends, Optional<Finding> trouble) {
        static Candidate of(SqliteRow row, String fileName) {
            StoredSession session = StoredSession.of(row, fileName);
            if (session.key().finding().isPresent()) {
                return hopeless(session.key().finding().get());
            }
            List<Finding> findings = new ArrayList<>(session.server().findings());
            if (session.server().dataCenter().isEmpty()) {
                return hopeless(findings.get(findings.size() - 1));
            }
            findings.addAll(session.oddities());
            DataCenter home = session.server().dataCenter().get();
            return new Candidate(
                    new After(
                            home.id(),
                            home.host(),
                            home.port(),
                            session.key().description().id().orElse("")),
                    session.key().authKey().orElseThrow().secret().toArray(),
                    session.takeout(),
                    TelethonRepair.mends(findings),
                    Optional.empty());
        }

        private static Candidate hopeless(Finding why) {
            return new Candidate(new After(0, "", 0, ""), new byte[0], Optional.empty(), List.of(), Optional.of(why));
        }

        @Nullable
        Object[] row(int schema) {
            @Nullable
            Object[] all = {
                after.dcId,
                after.address,
                after.port,
                key,
                schema == TelethonSchema.NEWEST ? null : takeout.orElse(null),
                null
            };
            return Arrays.copyOf(
                    all, TelethonSchema.columns(TelethonSchema.SESSIONS, schema).size());
        }
    }

    /** What can be done. */
    public enum Verdict {
        /** There is nothing to mend. */
        SOUND,
        MENDABLE,
        /** Without a key, or in something that is no Telethon file, nothing can be saved. */
        NOTHING_TO_SAVE;

        /** In lower case with dashes, as it stands in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One thing put right; {@code code} is that of the finding. */
    public record Mend(String code, String words) {}

    /** The server and the key's name as they will be. */
    public record After(int dcId, String address, int port, String keyId) {}

    /**
     * What is wrong with a file and what can be done about it. The keys of its JSON stay the same:
     *
     * <pre>
     * {
     *   "source": "login.session",
     *   "verdict": "mendable",                    or "sound", "nothing-to-save"
     *   "before": { ... },                        as {@code inspect --json}
     *   "mends": [{"code": "version-missing", "words": "..."}],
     *   "losses": ["1 other session"],
     *   "after": {"schema": 7, "dcId": 2, "address": "149.154.167.51", "port": 443,
     *             "keyId": "32d1586ea457dfc8", "entities": 9}         null unless mendable
     * }
     * </pre>
     *
     * @param losses what cannot be saved, in words
     * @param schema the version to be written
     * @param entities how many peers are saved
     */
    public record Report(
            String source,
            Inspection before,
            Verdict verdict,
            List<Mend> mends,
            List<String> losses,
            Optional<Integer> schema,
            Optional<After> after,
            Optional<Long> entities) {
        /** Takes copies of the lists. */
        public Report {
            mends = List.copyOf(mends);
            losses = List.copyOf(losses);
        }

        /** In the shape described above. */
        public JsonObject toJson() {
            JsonArray allMends = new JsonArray();
            for (Mend mend : mends) {
                JsonObject one = new JsonObject();
                one.put("code", mend.code());
                one.put("words", mend.words());
                allMends.add(one);
            }
            JsonObject json = new JsonObject();
            json.put("source", source);
            json.put("verdict", verdict.word());
            json.put("before", before.toJson());
            json.put("mends", allMends);
            json.put("losses", new JsonArray(losses));
            json.put("after", after.map(this::toJson).orElse(null));
            return json;
        }

        private JsonObject toJson(After one) {
            JsonObject json = new JsonObject();
            json.put("schema", schema.orElse(null));
            json.put("dcId", one.dcId());
            json.put("address", one.address());
            json.put("port", one.port());
            json.put("keyId", one.keyId());
            json.put("entities", entities.orElse(null));
            return json;
        }
    }
}
