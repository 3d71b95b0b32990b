package dev.tgsession.session.format.telethon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TelethonUpgradeTest {
    /** A file of each version from 1 on as Telethon itself made it, with plain tables; 0.16 never made plain ones. */
    private static final List<String> MADE_BY_TELETHON = List.of(
            "telethon-0.16-v1-withoutrowid.session",
            "telethon-0.16.1-v2-rowid.session",
            "telethon-0.16.2-v3-rowid.session",
            "telethon-1.5.5-v4.session",
            "telethon-1.6.2-v5.session",
            "telethon-1.10.2-v6.session",
            "telethon-1.24.0-v7.session",
            "telethon-1.43dev-v8.session");

    @TempDir
    private Path folder;

    static Stream<Fixtures.Entry> telethonOne() {
        return Fixtures.entries("fixtures").stream()
                .filter(entry -> entry.fields().getObject("columns") != null)
                .filter(entry -> entry.fields()
                        .getObject("columns")
                        .getArray("sessions", new com.grack.nanojson.JsonArray())
                        .contains("dc_id"));
    }

    @ParameterizedTest
    @MethodSource("telethonOne")
    void everyFileGoesToEveryVersion(Fixtures.Entry entry) throws Exception {
        byte[] before = Files.readAllBytes(Fixtures.file(entry.file()));
        for (int to = TelethonUpgrade.LOWEST; to <= TelethonUpgrade.HIGHEST; to++) {
            Path result = upgrade(entry.source(), to, false);
            RawTables old = new RawTables(Fixtures.file(entry.file()), folder);
            RawTables fresh = new RawTables(result, folder);

            assertThat(fresh.column("pragma integrity_check")).containsExactly("ok");
            assertThat(fresh.column("pragma journal_mode")).containsExactly("delete");
            assertThat(fresh.column("select version from version")).containsExactly(Integer.toString(to));
            assertThat(fresh.statements()).isEqualTo(madeByTelethon(to));
            assertThat(fresh.rows("sessions")).isEqualTo(expectedSessions(old, to));
            compareEntities(old, fresh, TelethonUpgrade.schemaOf(entry.source()), to);
            compareOthers(old, fresh, TelethonUpgrade.schemaOf(entry.source()), to);
        }
        assertThat(Files.readAllBytes(Fixtures.file(entry.file()))).isEqualTo(before);
    }

    @Test
    void goingUpAndDownAgainBringsTheSameRowsBack() throws Exception {
        SessionSource old = Fixtures.source("telethon-1.16.4-v6.session");
        Path eight = upgrade(old, 8, false);
        Path six = upgrade(SessionSource.ofFile(eight), 6, false);

        RawTables first = new RawTables(Fixtures.file("telethon-1.16.4-v6.session"), folder);
        RawTables last = new RawTables(six, folder);
        for (String table : List.of("sessions", "entities", "sent_files", "update_state")) {
            assertThat(last.rows(table)).as(table).isEqualTo(first.rows(table));
        }
    }

    @Test
    void peersOfAnOldFileAreKeptIfAskedFor() throws Exception {
        SessionSource old = Fixtures.source("telethon-1.5.5-v4.session");

        assertThat(new RawTables(upgrade(old, 7, false), folder).rows("entities"))
                .isEmpty();
        List<String> kept = new RawTables(upgrade(old, 7, true), folder).column("select id from entities order by id");
        assertThat(kept)
                .isNotEmpty()
                .isEqualTo(new RawTables(Fixtures.file("telethon-1.5.5-v4.session"), folder)
                        .column("select id from entities order by id"));
    }

    @Test
    void aPlanNamesStepsAndLosses() throws Exception {
        TelethonUpgrade.Plan plan = TelethonUpgrade.plan(
                        Fixtures.source("telethon-0.18.3-v3-withoutrowid.session"), 7, false)
                .plan();

        assertThat(plan.from()).isEqualTo(3);
        assertThat(plan.steps()).extracting(TelethonStep::to).containsExactly(4, 5, 6, 7);
        assertThat(plan.losses()).extracting(TelethonUpgrade.Loss::part).containsExactly(TelethonPart.ENTITIES);
        assertThat(plan.withoutRowid()).contains("sessions", "entities");
        assertThat(plan.changesAnything()).isTrue();
        assertThat(plan.toJson().getArray("steps")).hasSize(4);
        assertThat(plan.toJson().getArray("losses").getObject(0).getString("part"))
                .isEqualTo("entities");
    }

    @Test
    void theWayDownIsTheMirrorOfTheWayUp() throws Exception {
        TelethonUpgrade.Plan plan = TelethonUpgrade.plan(Fixtures.source("telethon-1.43dev-v8-login.session"), 4, false)
                .plan();

        assertThat(plan.steps()).extracting(TelethonStep::to).containsExactly(7, 6, 5, 4);
        assertThat(plan.losses()).extracting(TelethonUpgrade.Loss::part).containsExactly(TelethonPart.ENTITY_DATES);
    }

    @Test
    void aFileThatIsAlreadySoNeedsNothing() throws Exception {
        assertThat(TelethonUpgrade.plan(Fixtures.source("telethon-1.24.0-v7.session"), 7, false)
                        .plan()
                        .changesAnything())
                .isFalse();
        assertThat(TelethonUpgrade.plan(
                                Fixtures.source("telethon-1.37.0-v7-from-0.18.3-withoutrowid.session"), 7, false)
                        .plan()
                        .changesAnything())
                .isTrue();
    }

    @Test
    void anUnfinishedExportDoesNotComeAlongToEight() throws Exception {
        SessionSource old = Fixtures.source("telethon-1.37.0-v7-takeout.session");

        TelethonUpgrade upgrade = TelethonUpgrade.plan(old, 8, false);
        assertThat(upgrade.plan().losses())
                .extracting(TelethonUpgrade.Loss::part)
                .containsExactly(TelethonPart.TAKEOUT_ID);
        assertThat(new RawTables(upgrade(old, 8, false), folder).column("select takeout_id from sessions"))
                .containsExactly((String) null);
        assertThat(new RawTables(upgrade(old, 5, false), folder).column("select takeout_id from sessions"))
                .doesNotContainNull();
    }

    @Test
    void damageIsForRepair() {
        for (String name : List.of("truncated", "corrupted-page-entities", "other-sqlite", "pyrogram", "zero-length")) {
            assertThatThrownBy(() -> TelethonUpgrade.plan(Fixtures.source("broken/" + name + ".session"), 7, false))
                    .as(name)
                    .isInstanceOf(MalformedSessionException.class);
        }
    }

    @Test
    void theWayToTheFirstVersionLosesTheFilesSent() throws Exception {
        SessionSource old = Fixtures.source("telethon-0.16.1-v2-rowid.session");
        TelethonUpgrade.Plan plan = TelethonUpgrade.plan(old, 1, false).plan();

        assertThat(plan.steps()).extracting(TelethonStep::change).containsExactly("drops the table sent_files");
        assertThat(plan.losses()).extracting(TelethonUpgrade.Loss::part).containsExactly(TelethonPart.SENT_FILES);
        assertThat(plan.losses().get(0).count())
                .isEqualTo(new RawTables(Fixtures.file("telethon-0.16.1-v2-rowid.session"), folder)
                        .rows("sent_files")
                        .size());
    }

    @Test
    void aFileOf016GetsPlainTables() throws Exception {
        SessionSource old = Fixtures.source("telethon-0.16-v1-withoutrowid.session");
        assertThat(TelethonUpgrade.plan(old, 1, false).plan().changesAnything()).isTrue();

        SessionSource plain = SessionSource.ofFile(upgrade(old, 1, false));
        assertThat(TelethonUpgrade.plan(plain, 1, false).plan().changesAnything())
                .isFalse();
    }

    @Test
    void thereIsNothingBelowOneAndAboveEight() {
        for (int to : new int[] {-1, 0, 9, 10}) {
            assertThatThrownBy(() -> TelethonUpgrade.plan(Fixtures.source("telethon-1.24.0-v7.session"), to, false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatWaitsInAJournalOrAWalComesAlong() throws Exception {
        for (String name : List.of("hot-journal", "wal")) {
            Path result = upgrade(Fixtures.source("broken/" + name + ".session"), 6, false);
            assertThat(new RawTables(result, folder).rows("sessions").get(0).get("auth_key"))
                    .as(name)
                    .startsWith("x'000102030405");
        }
    }

    @Test
    void progressCountsEveryPeerOnceAndEndsAtTheEnd() throws Exception {
        TelethonUpgrade upgrade = TelethonUpgrade.plan(Fixtures.source("telethon-1.24.0-v7.session"), 6, false);
        List<Long> seen = new ArrayList<>();
        upgrade.writeTo(Files.createTempFile(folder, "out", ".session"), (done, total) -> {
            assertThat(total).isEqualTo(upgrade.plan().entities());
            seen.add(done);
        });
        assertThat(seen).isSorted().last().isEqualTo(upgrade.plan().entities());
    }

    private List<String> madeByTelethon(int schema) throws IOException, SQLException {
        List<String> statements = new ArrayList<>();
        for (String one : new RawTables(Fixtures.file(MADE_BY_TELETHON.get(schema - 1)), folder).statements()) {
            statements.add(schema == 1 ? one.replace(" without rowid", "") : one);
        }
        return statements;
    }

    private Path upgrade(SessionSource source, int to, boolean keepEntities) throws IOException {
        Path result = Files.createTempFile(folder, "new", ".session");
        TelethonUpgrade.plan(source, to, keepEntities).writeTo(result, RowProgress.UNWATCHED);
        assertThat(folder.resolve(result.getFileName() + "-journal")).doesNotExist();
        return result;
    }

    private static List<TreeMap<String, String>> expectedSessions(RawTables old, int to) throws SQLException {
        List<TreeMap<String, String>> rows = old.rows("sessions");
        for (TreeMap<String, String> row : rows) {
            String takeout = row.getOrDefault("takeout_id", "null");
            row.remove("takeout_id");
            row.remove("tmp_auth_key");
            if (to >= 5) {
                boolean number = !takeout.startsWith("x'");
                row.put("takeout_id", to < 8 && number ? takeout : "null");
            }
            if (to >= 8) {
                row.put("tmp_auth_key", "null");
            }
        }
        return rows;
    }

    private static void compareEntities(RawTables old, RawTables fresh, int from, int to) throws SQLException {
        if (from < 6 && to >= 6) {
            assertThat(fresh.rows("entities")).isEmpty();
            return;
        }
        List<TreeMap<String, String>> rows = old.rows("entities");
        for (TreeMap<String, String> row : rows) {
            if (to < 7) {
                row.remove("date");
            } else {
                row.putIfAbsent("date", "null");
            }
        }
        assertThat(fresh.rows("entities")).isEqualTo(rows);
    }

    private static void compareOthers(RawTables old, RawTables fresh, int from, int to) throws SQLException {
        boolean sameKind = (from >= 3) == (to >= 3) && from >= 2 && to >= 2;
        assertThat(fresh.rows("sent_files")).isEqualTo(sameKind ? old.rows("sent_files") : List.of());
        assertThat(fresh.rows("update_state")).isEqualTo(to >= 4 ? old.rows("update_state") : List.of());
        assertThat(Set.copyOf(fresh.column("select name from sqlite_master where type = 'table'")))
                .isEqualTo(Set.copyOf(TelethonSchema.tables(to)));
    }
}
