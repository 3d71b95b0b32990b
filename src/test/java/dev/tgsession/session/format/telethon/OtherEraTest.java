package dev.tgsession.session.format.telethon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonRepair.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Telethon's sessions from before and beside the tables of Telethon 1. */
class OtherEraTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    private static final TelethonSqlite FORMAT = new TelethonSqlite(CLOCK);
    private static final String KEY =
            Base64.getEncoder().encodeToString(Fixtures.KEY.secret().toArray());
    private static final String TWO = "telethon-2.0dev-v10.session";
    private static final String DRAFT = "telethon-2.0stale-v8.session";

    @TempDir
    private Path folder;

    /** The members that each group of releases wrote. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.10.1 | \"id\": 1, \"port\": 443, \"salt\": 7, \"sequence\": 3, \"time_offset\": -1,",
                "0.13.3 | \"port\": 443, \"salt\": 7,",
                "0.14.2 | \"port\": 443, \"salt\": -7, \"layer\": 73,",
                "0.15   | \"port\": 443, \"salt\": 7, \"layer\": 73, \"entities\": [[777000, -5], [-12, null], [8, null]],"
            })
    void readsTheJsonOfAllReleases(String release, String members) throws IOException {
        SessionSource source =
                json("{" + members + " \"server_address\": \"91.108.56.165\", \"auth_key_data\": \"" + KEY + "\"}");

        assertThat(FORMAT.recognises(source)).isTrue();
        Session session = FORMAT.read(source);
        assertThat(session.authKey()).isEqualTo(Fixtures.KEY);
        // The default of that time, and of no number: data center 5.
        assertThat(session.dataCenter().id()).isEqualTo(5);
        assertThat(session.dataCenter().host()).isEqualTo("91.108.56.165");
        if (release.equals("0.15")) {
            assertThat(session.peers()).extracting(Peer::markedId).containsExactly(777_000L, -12L);
            assertThat(session.peers()).extracting(Peer::accessHash).containsExactly(-5L, 0L);
            assertThat(FORMAT.inspect(source).login()).isEqualTo(Inspection.Login.LIKELY);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"server_address\": \"149.154.167.51\", \"port\": 443, \"auth_key_data\": null}   | no-auth-key",
                "{\"server_address\": \"149.154.167.51\", \"port\": 443, \"auth_key_data\": \"A\"}  | bad-auth-key",
                "{\"server_address\": \"149.154.167.51\", \"port\": 443, \"auth_key_data\": \"AA==\"} | bad-auth-key-length",
                "{\"server_address\": \"149.154.167.51\", \"port\": 443, \"auth_key_data\"          | bad-json",
                "{\"auth_key_data\": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]} | bad-json"
            })
    void saysWhatTheJsonLacks(String text, String code) throws IOException {
        SessionSource source = json(text);

        assertThat(FORMAT.inspect(source).findings()).extracting(Finding::code).contains(code);
        assertThatThrownBy(() -> FORMAT.read(source)).isInstanceOf(IOException.class);
        TelethonRepair repair = TelethonRepair.examine(source, CLOCK);
        assertThat(repair.report().verdict()).isEqualTo(Verdict.NOTHING_TO_SAVE);
    }

    @Test
    void onlyTheFirstReleasesWithTablesTakeTheJsonOver() {
        assertThat(FORMAT.inspect(Fixtures.source("telethon-0.12-json.session"))
                        .telethon()
                        .orElseThrow())
                .filteredOn(Inspection.Reader::opens)
                .extracting(Inspection.Reader::releases)
                .containsExactly("0.19 to 1.5.5");
        assertThat(FORMAT.inspect(Fixtures.source(TWO)).telethon().orElseThrow())
                .noneMatch(Inspection.Reader::opens)
                .hasSameSizeAs(TelethonReleases.eras());
    }

    @Test
    void readsTheTablesOfTelethonTwo() throws IOException {
        Session session = FORMAT.read(Fixtures.source(TWO));

        assertThat(session.account().orElseThrow().userId()).isEqualTo(1_234_567);
        assertThat(session.account().orElseThrow().username()).contains("Anna_Example");
        assertThat(session.updateState()).contains(new UpdateState(1234, 5, 1_700_000_000, 67));
        assertThat(session.channelStates()).singleElement().satisfies(state -> {
            assertThat(state.markedId()).isEqualTo(-1_001_005_640_892L);
            assertThat(state.pts()).isEqualTo(555);
        });
        assertThat(session.peers()).isEmpty();
        assertThat(FORMAT.inspect(Fixtures.source(TWO)).layout().orElseThrow().stamp())
                .contains(10L);
    }

    @Test
    void readsTheRevisionWithOneAddress() throws IOException {
        SessionSource source = Fixtures.source("../telethon2/v10.session");

        assertThat(FORMAT.read(source).authKey()).isEqualTo(Fixtures.KEY);
        assertThat(FORMAT.read(source).dataCenter().id()).isEqualTo(2);
        assertThat(FORMAT.read(source).dataCenter().host()).isEqualTo("149.154.167.51");
        assertThat(FORMAT.inspect(source).findings()).extracting(Finding::code).contains("telethon-v2");
    }

    @Test
    void readsThePeersOfTheDraftByTheirLetters() throws IOException {
        Session session = FORMAT.read(Fixtures.source(DRAFT));

        assertThat(session.account().orElseThrow().accessHash()).contains(-8_613_303_245_920_329_199L);
        assertThat(session.peers())
                .extracting(Peer::markedId)
                .containsExactlyInAnyOrder(-4_242_424L, 200_000_001L, -1_001_005_640_892L, -1_003_000_000_007L);
    }

    @Test
    void theHomeOfTelethonTwoIsWhereItsUserIs() throws Exception {
        // Without brackets, so that only the last colon is before the port.
        Path file = changed("update datacenter set ipv4_addr = null");
        assertThat(FORMAT.read(SessionSource.ofFile(file)).dataCenter().host()).isEqualTo("2001:67c:4e8:f002::a");

        // Before the first connection there is no user: then it is the one with a key.
        Path fresh = changed("delete from user");
        assertThat(FORMAT.read(SessionSource.ofFile(fresh)).dataCenter().id()).isEqualTo(2);
        assertThat(FORMAT.inspect(SessionSource.ofFile(fresh)).login()).isEqualTo(Inspection.Login.UNCLEAR);

        Path moved = changed("update user set dc = 4");
        assertThat(FORMAT.inspect(SessionSource.ofFile(moved)).findings())
                .extracting(Finding::code)
                .contains("no-auth-key");
        Path empty = changed("delete from datacenter");
        assertThat(FORMAT.inspect(SessionSource.ofFile(empty)).findings())
                .extracting(Finding::code)
                .contains("no-auth-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"telethon-0.12-json.session", TWO, DRAFT})
    void becomesAFileOfTelethonOne(String name) throws IOException {
        Session before = FORMAT.read(Fixtures.source(name));

        SessionSource renewed = FORMAT.inTablesOfOne(Fixtures.source(name)).orElseThrow();
        TelethonUpgrade.Plan plan =
                TelethonUpgrade.plan(renewed, 6, false).ofOtherTables().plan();
        assertThat(plan.from()).isZero();
        assertThat(plan.changesAnything()).isTrue();

        TelethonRepair repair = TelethonRepair.examine(Fixtures.source(name), CLOCK);
        assertThat(repair.report().verdict()).isEqualTo(Verdict.MENDABLE);
        Path mended = Files.createFile(folder.resolve("mended.session"));
        repair.writeTo(mended, RowProgress.UNWATCHED);

        Session after = FORMAT.read(SessionSource.ofFile(mended));
        assertThat(after.authKey()).isEqualTo(before.authKey());
        assertThat(after.dataCenter()).isEqualTo(before.dataCenter());
        assertThat(after.peers())
                .extracting(Peer::markedId)
                .containsAll(before.peers().stream().map(Peer::markedId).toList());
        assertThat(after.updateState()).isEqualTo(before.updateState());
        assertThat(FORMAT.inTablesOfOne(SessionSource.ofFile(mended))).isEmpty();
    }

    private Path changed(String sql) throws Exception {
        Path file = Files.createTempFile(folder, "two", ".session");
        Files.write(file, Files.readAllBytes(Fixtures.file(TWO)));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
        return file;
    }

    private static SessionSource json(String text) {
        return SessionSource.ofBytes("old.session", text.getBytes(StandardCharsets.UTF_8));
    }
}
