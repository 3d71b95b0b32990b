package dev.tgsession.session.format.telethon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.Session;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonRepair.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelethonRepairTest {
    private static final InstantSource CLOCK =
            Clock.fixed(Instant.ofEpochSecond(1_700_000_000), java.time.ZoneOffset.UTC);

    /** Nothing wrong with them that can be seen offline. */
    private static final Set<String> SOUND =
            Set.of("broken/bitrot-in-key.session", "broken/killed-before-disconnect.session");

    @TempDir
    private Path folder;

    static Stream<Fixtures.Entry> broken() {
        return Fixtures.entries("broken").stream();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void everyBrokenFileIsRepairedWhereItsKeyCanBeHad(Fixtures.Entry entry) throws Exception {
        byte[] before = Files.readAllBytes(entry.source().file().orElseThrow());
        TelethonRepair repair = TelethonRepair.examine(entry.source(), CLOCK);

        boolean pyrogram = entry.file().equals("broken/pyrogram.session");
        boolean recoverable = entry.fields().getBoolean("auth_key_recoverable") && !pyrogram;
        if (SOUND.contains(entry.file())) {
            assertThat(repair.report().verdict()).isEqualTo(Verdict.SOUND);
        } else if (recoverable) {
            assertThat(repair.report().verdict()).isEqualTo(Verdict.MENDABLE);
            Path mended = write(repair);
            assertThat(new RawTables(mended, folder).rows("sessions"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("auth_key"))
                            .isEqualTo("x'" + Fixtures.KEY.secret().toHex() + "'"));
            assertHealthy(mended);
        } else {
            assertThat(repair.report().verdict()).isEqualTo(Verdict.NOTHING_TO_SAVE);
            assertThat(repair.report().losses()).hasSize(1);
            assertThatThrownBy(() -> write(repair)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(repair.report().toJson().getString("verdict"))
                .isEqualTo(repair.report().verdict().word());
        assertThat(Files.readAllBytes(entry.source().file().orElseThrow())).isEqualTo(before);
    }

    static Stream<Fixtures.Entry> good() {
        return TelethonUpgradeTest.telethonOne();
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodFileKeepsAllItsRowsIfItNeedsAnything(Fixtures.Entry entry) throws Exception {
        TelethonRepair repair = TelethonRepair.examine(entry.source(), CLOCK);
        if (repair.report().verdict() == Verdict.MENDABLE) {
            Path mended = write(repair);
            assertHealthy(mended);
            assertThat(new RawTables(mended, folder).column("select id from entities order by id"))
                    .isEqualTo(new RawTables(Fixtures.file(entry.file()), folder)
                            .column("select id from entities order by id"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update sessions set auth_key = hex(auth_key)                        | key-as-text",
                "update sessions set auth_key = cast(lower(hex(auth_key)) as blob)   | key-as-text",
                "update sessions set server_address = '[2001:67c:4e8:f002::a]'       | bracketed-address",
                "update sessions set server_address = 443, port = '149.154.167.51'   | swapped-values",
                "alter table sessions add column note text                           | columns-in-disorder",
                "update sessions set port = null                                     | bad-port",
                "update sessions set dc_id = 0                                       | dc-missing",
                "delete from version                                                 | version-missing",
                "insert into version values (3)                                      | multiple-version-rows",
                "drop table update_state                                             | missing-table"
            })
    void whatSomebodyDidByHandIsUndone(String sql, String code) throws Exception {
        Path file = copy("telethon-1.24.0-v7.session");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }

        TelethonRepair repair = TelethonRepair.examine(SessionSource.ofFile(file), CLOCK);

        assertThat(repair.report().before().findings())
                .filteredOn(finding -> finding.code().equals(code))
                .singleElement()
                .satisfies(finding -> assertThat(finding.hint()).contains("tgsession repair FILE"));
        assertThat(repair.report().mends())
                .extracting(TelethonRepair.Mend::code)
                .containsOnlyOnce(code)
                .doesNotHaveDuplicates();
        Path mended = write(repair);
        assertHealthy(mended);
        assertThat(new RawTables(mended, folder).column("select hex(auth_key) from sessions"))
                .containsExactly(Fixtures.KEY.secret().toHex().toUpperCase(java.util.Locale.ROOT));
        assertThat(new RawTables(mended, folder).column("select version from version"))
                .containsExactly("7");
    }

    /** What is odd in a row is no reason not to read it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update sessions set auth_key = hex(auth_key)",
                "update sessions set server_address = '[149.154.167.51]'",
                "update sessions set server_address = 443, port = '149.154.167.51'",
                "alter table sessions add column note text"
            })
    void whatIsOddIsReadAllTheSame(String sql) throws Exception {
        Path file = changed("telethon-1.24.0-v7.session", sql);

        Session session = new TelethonSqlite(CLOCK).read(SessionSource.ofFile(file));

        assertThat(session.authKey()).isEqualTo(Fixtures.KEY);
        assertThat(session.dataCenter().host()).isEqualTo("149.154.167.51");
        assertThat(session.dataCenter().port()).isEqualTo(443);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update sessions set takeout_id = null, tmp_auth_key = 77       | swapped-columns",
                "update sessions set takeout_id = auth_key, tmp_auth_key = null | swapped-columns",
                "update sessions set takeout_id = x''                           | takeout-no-number",
                "update sessions set takeout_id = 77                            | v8-takeout-crash",
                "update sessions set tmp_auth_key = auth_key                    | v8-tmp-key-present"
            })
    void theTwoLastColumnsOfEightAreCleared(String sql, String code) throws Exception {
        Path file = changed("telethon-1.43dev-v8.session", sql);

        TelethonRepair repair = TelethonRepair.examine(SessionSource.ofFile(file), CLOCK);

        assertThat(repair.report().mends())
                .extracting(TelethonRepair.Mend::code)
                .contains(code);
        Path mended = write(repair);
        assertHealthy(mended);
        assertThat(new RawTables(mended, folder)
                        .column("select count(*) from sessions where takeout_id is null and tmp_auth_key is null"))
                .containsExactly("1");
    }

    /** The key is only in the -wal, and a page of the file itself is damaged. */
    @Test
    void whatWaitsInAWalIsMovedIntoADamagedFile() throws Exception {
        Path file = withNeighbour("broken/wal.session", "-wal");
        damagePageOf("entities", "broken/wal.session", file);
        byte[] before = Files.readAllBytes(file);

        TelethonRepair repair = TelethonRepair.examine(SessionSource.ofFile(file), CLOCK);

        assertThat(repair.report().verdict()).isEqualTo(Verdict.MENDABLE);
        assertThat(repair.report().after().orElseThrow().keyId())
                .isEqualTo(Fixtures.KEY.id().toHex());
        assertThat(repair.report().losses()).noneMatch(loss -> loss.contains("-wal"));
        assertHealthy(write(repair));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(folder.resolve("copy.session-wal")).isNotEmptyFile();
    }

    @Test
    void aJournalIsPlayedBackOverADamagedFile() throws Exception {
        Path file = withNeighbour("broken/hot-journal.session", "-journal");
        damagePageOf("sent_files", "broken/hot-journal.session", file);

        TelethonRepair repair = TelethonRepair.examine(SessionSource.ofFile(file), CLOCK);

        assertThat(repair.report().verdict()).isEqualTo(Verdict.MENDABLE);
        // The file alone shows another key.
        assertThat(repair.report().after().orElseThrow().keyId())
                .isEqualTo(Fixtures.KEY.id().toHex());
        assertHealthy(write(repair));
    }

    @Test
    void whatCannotBeMovedInIsSaidToBeLost() throws Exception {
        Path file = withNeighbour("broken/hot-journal.session", "-journal");
        byte[] bytes = Files.readAllBytes(file);
        // Without its first letters SQLite does not touch the file, nor its journal.
        Arrays.fill(bytes, 0, 6, (byte) 'x');
        Files.write(file, bytes);

        TelethonRepair repair = TelethonRepair.examine(SessionSource.ofFile(file), CLOCK);

        assertThat(repair.report().losses()).anyMatch(loss -> loss.contains("-journal file beside it"));
        assertThat(repair.report().before().findings())
                .extracting(Finding::hint)
                .anyMatch(hint -> hint.contains("tgsession repair FILE"));
    }

    @Test
    void aFileLargerThanAnySessionIsBeyondReach() throws Exception {
        Path file = copy("telethon-1.24.0-v7.session");
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            // A hole, which takes no room on the disk.
            channel.position((256L << 20) + 1);
            channel.write(ByteBuffer.wrap(new byte[] {0}));
        }

        TelethonRepair repair = TelethonRepair.examine(SessionSource.ofFile(file), CLOCK);

        assertThat(repair.report().verdict()).isEqualTo(Verdict.NOTHING_TO_SAVE);
    }

    private Path withNeighbour(String name, String ending) throws IOException {
        Path file = copy(name);
        Files.copy(Fixtures.file(name + ending), folder.resolve(file.getFileName() + ending));
        return file;
    }

    /** Works on the bytes, so that what lies beside the file keeps waiting. */
    private void damagePageOf(String table, String fixture, Path file) throws Exception {
        String root = new RawTables(Fixtures.file(fixture), folder)
                .column("select rootpage from sqlite_master where name = '" + table + "'")
                .get(0);
        byte[] bytes = Files.readAllBytes(file);
        int at = (Integer.parseInt(root) - 1) * 4096;
        Arrays.fill(bytes, at, at + 4096, (byte) 0xa5);
        Files.write(file, bytes);
    }

    private Path changed(String name, String sql) throws Exception {
        Path file = copy(name);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
        return file;
    }

    @Test
    void peersOnPagesCutOffFromTheirTableAreFound() throws Exception {
        Path file = copy("telethon-1.24.0-v7.session");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.executeUpdate("with recursive n(i) as (select 1000000 union all select i + 1 from n limit 2000)"
                    + " insert into entities select i, i * 7, 'user' || i, null, 'Name ' || i, 1 from n");
        }
        Set<String> all = new TreeSet<>(new RawTables(file, folder).column("select id from entities"));
        String root = new RawTables(file, folder)
                .column("select rootpage from sqlite_master where name = 'entities'")
                .get(0);
        byte[] bytes = Files.readAllBytes(file);
        int at = (Integer.parseInt(root) - 1) * 4096;
        Arrays.fill(bytes, at, at + 4096, (byte) 0xa5);
        Files.write(file, bytes);

        Path mended = write(TelethonRepair.examine(SessionSource.ofFile(file), CLOCK));

        assertHealthy(mended);
        assertThat(new TreeSet<>(new RawTables(mended, folder).column("select id from entities")))
                .isEqualTo(all);
    }

    @Test
    void theKeyIsFoundWithoutTheFirstPagesTables() throws Exception {
        Path file = copy("telethon-1.24.0-v7.session");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 100, 4096, (byte) 0);
        Files.write(file, bytes);

        Path mended = write(TelethonRepair.examine(SessionSource.ofFile(file), CLOCK));

        assertHealthy(mended);
        assertThat(new RawTables(mended, folder).column("select dc_id from sessions"))
                .containsExactly("2");
    }

    /** The seed is in the message; {@code -Dtgsession.mutants=10000} tries more. */
    @Test
    void randomDamageNeverBreaksAnythingButTheFile() throws Exception {
        int mutants = Integer.getInteger("tgsession.mutants", 1000);
        List<String> names = List.of(
                "telethon-1.24.0-v7-login.session",
                "telethon-0.18.3-v3-withoutrowid.session",
                "telethon-1.43dev-v8.session",
                "telethon-1.5.5-v4.session",
                "broken/hot-journal.session");
        int saved = 0;
        for (int seed = 0; seed < mutants; seed++) {
            Random random = new Random(seed);
            byte[] bytes = mutated(Files.readAllBytes(Fixtures.file(names.get(seed % names.size()))), random);
            byte[] before = bytes.clone();
            SessionSource source = SessionSource.ofBytes("mutant " + seed, bytes);

            Inspection inspection = new TelethonSqlite(CLOCK).inspect(source);
            TelethonRepair repair = TelethonRepair.examine(source, CLOCK);

            assertThat(inspection.what()).as("seed %d", seed).isNotEmpty();
            assertThat(bytes).as("seed %d", seed).isEqualTo(before);
            if (repair.report().verdict() == Verdict.MENDABLE) {
                Path mended = folder.resolve("mended");
                Files.write(mended, new byte[0]);
                repair.writeTo(mended, RowProgress.UNWATCHED);
                Inspection after = new TelethonSqlite(CLOCK).inspect(SessionSource.ofFile(mended));
                assertThat(after.key().state()).as("seed %d", seed).isEqualTo(Inspection.Key.State.PRESENT);
                saved++;
            }
        }
        // Most damage leaves the key alone.
        assertThat(saved).isGreaterThan(mutants / 4);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                for (int i = 1 + random.nextInt(20); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                return bytes;
            }
            case 1 -> {
                int page = random.nextInt(bytes.length / 4096) * 4096;
                for (int i = 0; i < 60; i++) {
                    bytes[page + random.nextInt(200)] = (byte) random.nextInt();
                }
                return bytes;
            }
            case 2 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            default -> {
                byte[] noise = new byte[random.nextInt(5000)];
                random.nextBytes(noise);
                int at = random.nextInt(bytes.length);
                System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
                return bytes;
            }
        }
    }

    private void assertHealthy(Path mended) throws Exception {
        assertThat(new RawTables(mended, folder).column("pragma integrity_check"))
                .containsExactly("ok");
        Inspection after = new TelethonSqlite(CLOCK).inspect(SessionSource.ofFile(mended));
        assertThat(after.findings())
                .filteredOn(finding -> finding.severity() != dev.tgsession.session.format.Severity.NOTE)
                .extracting(Finding::code)
                .isSubsetOf("probably-never-logged-in", "takeout-breaks-v8-upgrade");
        assertThat(TelethonRepair.examine(SessionSource.ofFile(mended), CLOCK)
                        .report()
                        .verdict())
                .isEqualTo(Verdict.SOUND);
    }

    private Path write(TelethonRepair repair) throws IOException {
        Path file = Files.createTempFile(folder, "mended", ".session");
        repair.writeTo(file, RowProgress.UNWATCHED);
        return file;
    }

    private Path copy(String name) throws IOException {
        Path file = folder.resolve("copy.session");
        Files.copy(Fixtures.file(name), file);
        return file;
    }
}
