package dev.tgsession.session.format.telethon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.grack.nanojson.JsonObject;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.Severity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of every schema there ever was, as the real releases wrote them, against what their manifest says. */
class TelethonFixturesTest {
    private static final TelethonSqlite FORMAT = new TelethonSqlite(InstantSource.system());

    /** What counts as "no session of Telethon 1" among the good files. */
    private static Stream<Fixtures.Entry> others() {
        return Fixtures.entries("fixtures").stream()
                .filter(entry -> entry.kind().isPresent());
    }

    private static Stream<Fixtures.Entry> sessions() {
        return Fixtures.entries("fixtures").stream()
                .filter(entry -> entry.kind().isEmpty());
    }

    private static Stream<Fixtures.Entry> withKey() {
        return sessions()
                .filter(entry ->
                        entry.fields().getObject("expected", new JsonObject()).getInt("auth_key_length") == 256);
    }

    private static Stream<Fixtures.Entry> broken() {
        return Fixtures.entries("broken").stream();
    }

    @ParameterizedTest
    @MethodSource("withKey")
    void readsKeyAndServer(Fixtures.Entry entry) throws IOException {
        JsonObject expected = entry.fields().getObject("expected");
        Session session = FORMAT.read(entry.source());

        assertThat(Fixtures.sha256(session.authKey())).isEqualTo(expected.getString("auth_key_sha256"));
        int id = expected.has("dc_id_corrected") ? expected.getInt("dc_id_corrected") : expected.getInt("dc_id");
        assertThat(session.dataCenter().id()).isEqualTo(id);
        assertThat(session.dataCenter().host()).isEqualTo(expected.getString("server_address"));
        assertThat(session.dataCenter().port()).isEqualTo(expected.getInt("port"));
    }

    @ParameterizedTest
    @MethodSource("withKey")
    void readsTheSameStringAsTheRealClassWrites(Fixtures.Entry entry) throws IOException {
        JsonObject fields = entry.fields();
        JsonObject string = fields.getObject(
                fields.has("string_session_corrected") ? "string_session_corrected" : "string_session");
        Session session = FORMAT.read(entry.source());

        if (session.dataCenter().id() == entry.fields().getObject("expected").getInt("dc_id")
                || fields.has("string_session_corrected")) {
            assertThat(new TelethonString().write(session).toText()).isEqualTo(string.getString("string"));
        }
    }

    @ParameterizedTest
    @MethodSource("withKey")
    void readsPeersAndAccount(Fixtures.Entry entry) throws IOException {
        Session session = FORMAT.read(entry.source());
        Map<String, JsonObject> rows = new TreeMap<>();
        entry.rows("entities").forEach(row -> rows.put(row.getString("id"), row));
        JsonObject zero = rows.remove("0");

        assertThat(session.account().map(account -> account.userId()))
                .isEqualTo(Optional.ofNullable(zero).map(row -> Long.valueOf(row.getString("hash"))));
        if (zero != null) {
            JsonObject self = Objects.requireNonNull(rows.remove(zero.getString("hash")));
            assertThat(session.account().get().accessHash()).contains(Long.valueOf(self.getString("hash")));
            assertThat(session.account().get().username()).isEqualTo(text(self, "username"));
            assertThat(session.account().get().phone()).isEqualTo(text(self, "phone"));
            assertThat(session.account().get().fullName()).isEqualTo(text(self, "name"));
        }
        assertThat(session.peers()).hasSameSizeAs(rows.keySet());
        for (Peer peer : session.peers()) {
            JsonObject row = Objects.requireNonNull(rows.get(Long.toString(peer.markedId())));
            assertThat(peer.accessHash()).isEqualTo(Long.parseLong(row.getString("hash")));
            assertThat(peer.username()).isEqualTo(text(row, "username"));
            assertThat(peer.phone()).isEqualTo(text(row, "phone"));
            assertThat(peer.name()).isEqualTo(text(row, "name"));
            assertThat(peer.seen().map(seen -> Long.toString(seen.getEpochSecond())))
                    .isEqualTo(text(row, "date"));
        }
    }

    @ParameterizedTest
    @MethodSource("withKey")
    void readsTheUpdateStateOfTheAccount(Fixtures.Entry entry) throws IOException {
        Optional<UpdateState> expected = entry.rows("update_state").stream()
                .filter(row -> row.getString("id").equals("0"))
                .findFirst()
                .map(row ->
                        new UpdateState(whole(row, "pts"), whole(row, "qts"), whole(row, "date"), whole(row, "seq")));

        assertThat(FORMAT.read(entry.source()).updateState()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void inspectsWhatIsThere(Fixtures.Entry entry) {
        Inspection inspection = FORMAT.inspect(entry.source());
        JsonObject row = entry.rows("sessions").isEmpty()
                ? new JsonObject()
                : entry.rows("sessions").get(0);

        assertThat(inspection.format()).contains("telethon");
        Inspection.Layout layout = inspection.layout().orElseThrow();
        long stamp = entry.fields().getLong("schema_version");
        assertThat(layout.stamp()).contains(stamp);
        // 5 and 6 look alike.
        assertThat(layout.shape()).contains(stamp == 5 ? 6 : (int) stamp);
        assertThat(layout.withoutRowid()).isEqualTo(entry.texts("without_rowid_tables"));
        assertThat(layout.opensInOldSqlite())
                .contains(entry.fields().getObject("sqlite_3_7_2").getBoolean("opens"));
        assertThat(inspection.server().flatMap(Inspection.Server::address)).isEqualTo(text(row, "server_address"));
        assertThat(inspection.server().flatMap(Inspection.Server::port).map(Object::toString))
                .isEqualTo(text(row, "port"));
        JsonObject key = row.getObject("auth_key", new JsonObject());
        assertThat(inspection.key().length()).isEqualTo(key.getInt("length"));
        assertThat(inspection.key().id())
                .isEqualTo(
                        key.getInt("length") == 256
                                ? Optional.of(Fixtures.KEY.id().toHex())
                                : Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void saysWhichReleasesOpenIt(Fixtures.Entry entry) throws IOException {
        List<Inspection.Reader> readers =
                FORMAT.inspect(entry.source()).telethon().orElseThrow();

        assertThat(readers)
                .extracting(Inspection.Reader::releases)
                .containsExactlyElementsOf(TelethonReleases.eras().stream()
                        .map(TelethonReleases.Era::words)
                        .toList());
        assertThat(readers)
                .extracting(Inspection.Reader::opens)
                .isEqualTo(TelethonReleases.readersOf(entry.source()).stream()
                        .map(TelethonReleases.Reading::opens)
                        .toList());
        // Whoever refuses says why.
        assertThat(readers)
                .allSatisfy(reader -> assertThat(reader.remark().isEmpty())
                        .as(reader.releases())
                        .isEqualTo(reader.opens()));
    }

    @Test
    void foretellsNothingOfDamagedTablesOrOthers() {
        assertThat(inspect("broken/truncated.session").telethon()).isEmpty();
        assertThat(inspect("broken/pyrogram.session").telethon()).isEmpty();
        assertThat(inspect("broken/hot-journal.session").telethon()).isPresent();
    }

    private static Inspection inspect(String file) {
        return FORMAT.inspect(Fixtures.source(file));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void countsPeersByKind(Fixtures.Entry entry) {
        List<PeerKind> kinds = new ArrayList<>();
        entry.rows("entities").stream()
                .map(row -> Long.parseLong(row.getString("id")))
                .filter(id -> id != 0)
                .forEach(id -> kinds.add(PeerKind.of(id)));

        Inspection.PeerCounts counts = FORMAT.inspect(entry.source()).peers().orElseThrow();
        assertThat(counts.users())
                .isEqualTo(kinds.stream().filter(PeerKind.USER::equals).count());
        assertThat(counts.groups())
                .isEqualTo(kinds.stream().filter(PeerKind.GROUP::equals).count());
        assertThat(counts.channels())
                .isEqualTo(kinds.stream().filter(PeerKind.CHANNEL::equals).count());
        assertThat(counts.total()).isEqualTo(kinds.size());
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void findsWhatTheManifestFindsAndNothingElse(Fixtures.Entry entry) {
        assertThat(FORMAT.inspect(entry.source()).findings())
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .extracting(Finding::code)
                .containsExactlyInAnyOrderElementsOf(entry.texts("expected_findings"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void namesAndReadsWhatIsNotOfTelethonOne(Fixtures.Entry entry) throws IOException {
        JsonObject expected = entry.fields().getObject("expected");
        String kind = entry.kind().orElseThrow();
        List<String> codes = new ArrayList<>(entry.texts("expected_findings"));
        codes.add(kind);
        assertThat(FORMAT.inspect(entry.source()).findings())
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .extracting(Finding::code)
                .containsExactlyInAnyOrderElementsOf(codes);
        assertThat(FORMAT.recognises(entry.source())).isEqualTo(!expected.getBoolean("refuse", false));
        if (expected.getBoolean("refuse", false)) {
            MalformedSessionException refused =
                    catchThrowableOfType(MalformedSessionException.class, () -> FORMAT.read(entry.source()));
            assertThat(refused.finding().code()).isEqualTo(kind);
            assertThat(refused.hint()).isNotEmpty();
            return;
        }
        Session session = FORMAT.read(entry.source());
        assertThat(Fixtures.sha256(session.authKey())).isEqualTo(expected.getString("auth_key_sha256"));
        assertThat(session.dataCenter().id())
                .isEqualTo(expected.getInt(expected.isNull("dc_id") ? "dc_id_inferred" : "dc_id"));
        assertThat(session.dataCenter().host()).isEqualTo(expected.getString("server_address"));
        assertThat(session.dataCenter().port()).isEqualTo(expected.getInt("port"));
    }

    /** Each file of the folder is in the manifest, and each of the manifest's is there, so that none goes untested. */
    @Test
    void everyFileIsInTheManifestAndTheOtherWayRound() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String list : List.of("fixtures", "broken")) {
            for (Fixtures.Entry entry : Fixtures.entries(list)) {
                named.add(entry.file());
                named.addAll(entry.texts("sidecars"));
            }
        }
        Path folder = Objects.requireNonNull(Fixtures.file("manifest.json").getParent());
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.contains(".session"))
                    .forEach(there::add);
        }
        assertThat(there).isEqualTo(named).hasSizeGreaterThan(75);
    }

    /** Sessions with a key, sessions without, and others are all there are: each has a test of its own kind. */
    @Test
    void everyEntryIsOfAKindThatIsTested() {
        assertThat(sessions().count() + others().count())
                .isEqualTo(Fixtures.entries("fixtures").size());
        assertThat(sessions()
                        .filter(entry -> withKey().noneMatch(one -> one.file().equals(entry.file())))
                        .map(Fixtures.Entry::file))
                .containsExactlyInAnyOrder(
                        "telethon-1.37.0-v7-nokey.session",
                        "telethon-1.37.0-v7-fresh.session",
                        "telethon-0.16-v1-fresh-withoutrowid.session");
        assertThat(broken())
                .allSatisfy(entry -> assertThat(entry.fields().getString("expected_diagnosis"))
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void everyErrorAndWarningNamesWhatToDo(Fixtures.Entry entry) {
        assertThat(FORMAT.inspect(entry.source()).findings())
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .allSatisfy(finding -> assertThat(finding.hint()).isNotEmpty());
        // Repair mends what names it, and what it mends names it or a command that does more.
        assertThat(FORMAT.inspect(entry.source()).findings())
                .filteredOn(finding -> finding.severity() != Severity.NOTE && TelethonRepair.mends(finding.code()))
                .filteredOn(finding -> !finding.code().equals("not-sqlite"))
                .allSatisfy(finding ->
                        assertThat(finding.hint()).containsAnyOf("tgsession repair FILE", "tgsession upgrade FILE"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void findsTheDamage(Fixtures.Entry entry) {
        String diagnosis = entry.fields().getString("expected_diagnosis");
        List<String> codes = new ArrayList<>();
        FORMAT.inspect(entry.source()).findings().forEach(finding -> codes.add(finding.code()));
        // Of the test's own files.
        codes.remove("readable-by-others");

        switch (diagnosis) {
            case "undetectable-offline" -> assertThat(codes).isEmpty();
            case "old-schema" -> assertThat(codes).contains("v1-unopenable-since-0.19");
            default -> assertThat(codes).contains(diagnosis);
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void readsABrokenFileOrSaysWhyNot(Fixtures.Entry entry) throws IOException {
        try {
            Session session = FORMAT.read(entry.source());
            assertThat(Fixtures.sha256(session.authKey())).isEqualTo(keyOf(entry));
        } catch (MalformedSessionException refused) {
            assertThat(refused.hint()).isNotEmpty();
            assertThat(entry.rows("sessions"))
                    .as("a whole key in a readable file is read")
                    .noneMatch(
                            row -> row.getObject("auth_key", new JsonObject()).getInt("length") == 256
                                    && !entry.file().contains("zeros"));
        }
    }

    private static String keyOf(Fixtures.Entry entry) {
        return entry.rows("sessions").isEmpty()
                ? Fixtures.sha256(Fixtures.KEY)
                : entry.rows("sessions").get(0).getObject("auth_key").getString("sha256");
    }

    private static Optional<String> text(JsonObject row, String column) {
        return Optional.ofNullable(row.getString(column));
    }

    private static int whole(JsonObject row, String column) {
        return new BigDecimal(row.getString(column)).intValue();
    }
}
