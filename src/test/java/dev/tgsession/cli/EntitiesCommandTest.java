package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonUpgrade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntitiesCommandTest {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());
    private static final long HASH = -8_123_456_789_012_345_678L;

    @TempDir
    private Path folder;

    @BeforeEach
    void aFileWithPeers() throws IOException {
        Files.write(
                folder.resolve("a.session"), FORMATS.usual().write(session()).toFileBytes());
    }

    @Test
    void everybodyIsListedWithoutHashes() {
        Run run = Run.in(folder, "entities", "a");
        assertThat(run.code()).isZero();
        assertThat(run.output().lines())
                .containsExactly(
                        "-1000000000055  channel    @news  The ?[31mNews",
                        "-9              group      Family",
                        "77              user       @anna  +491701234567  Anna B");
        assertThat(run.output()).doesNotContain("8123456789012345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "@Anna", "https://t.me/anna", "+49 170 1234567", "Anna B"})
    void oneIsLookedUpInAnyWay(String query) {
        Run run = Run.in(folder, "entities", "a", query);
        assertThat(run.code()).isZero();
        assertThat(run.output()).startsWith("77 ").hasLineCount(1);
    }

    /** Found among many as in a cache of all of them, without holding them, and in files that need the library too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@name31999",
                "NAME31999",
                "t.me/Name5",
                "Number 77",
                "@owner",
                "name",
                "777",
                "5",
                "-1000000000010",
                "+15550000042",
                "15550000042",
                "@shared",
                "number 77",
                "@nobody"
            })
    void oneIsFoundAmongManyAsInACacheOfAll(String query) throws Exception {
        Path many = folder.resolve("many.session");
        Files.copy(folder.resolve("a.session"), many);
        String fill = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 40000) insert into"
                + " entities select case i % 10 when 0 then -1000000000000 - i else 1000 + i end, i, 'name' || i,"
                + " 15550000000 + i, 'Number ' || i, i from n";
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + many);
                var statement = connection.createStatement()) {
            statement.execute("delete from entities");
            statement.execute(fill);
            statement.execute(
                    "insert into entities values (0, 777, null, null, null, 5), (777, 1, 'owner', 1, 'O', 5)");
            statement.execute("update entities set username = 'shared' where id in (1003, 1004, 40001)");
            statement.execute("update entities set username = 'NAME31999' where id = 32999");
        }
        Optional<Peer> expected =
                EntityCache.of(FORMATS.read(SessionSource.ofFile(many))).find(query);

        assertThat(FORMATS.find(SessionSource.ofFile(many), query).find(query)).isEqualTo(expected);
        assertThat(Run.in(folder, "entities", "many", query).code()).isEqualTo(expected.isPresent() ? 0 : 1);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + many);
                var statement = connection.createStatement()) {
            statement.execute("create view v as select 1");
        }
        assertThat(FORMATS.find(SessionSource.ofFile(many), query).find(query)).isEqualTo(expected);
    }

    @Test
    void whoIsNotThereIsNotMadeUp() {
        Run run = Run.in(folder, "entities", "a", "@nobody");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.error()).contains("does not know @nobody").contains("knows 3 peers");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void programsGetAnObjectALineAndTheHashAsTextIfTheyAsk() throws Exception {
        JsonObject hidden = JsonParser.object()
                .from(Run.in(folder, "entities", "a", "77", "--json").output());
        assertThat(hidden.isNull("accessHash")).isTrue();
        assertThat(hidden.getString("username")).isEqualTo("anna");
        JsonObject shown = JsonParser.object()
                .from(Run.in(folder, "entities", "a", "77", "--json", "--show-hashes")
                        .output());
        assertThat(shown.getString("accessHash")).isEqualTo(Long.toString(HASH));
        assertThat(Run.in(folder, "entities", "a", "77", "--show-hashes").output())
                .contains(Long.toString(HASH));
    }

    @Test
    void strippedItIsTheSameLoginOfTheSameAccount() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("a.session"));
        Run run = Run.in(folder, "strip", "a");
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.output()).contains("3 peers");
        Session lean = FORMATS.read(SessionSource.ofFile(folder.resolve("a.session")));
        assertThat(lean.peers()).isEmpty();
        assertThat(lean.authKey()).isEqualTo(session().authKey());
        assertThat(lean.account().map(Account::userId)).contains(5L);
        assertThat(Files.readAllBytes(folder.resolve("a.session.bak"))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8})
    void theVersionOfTheTablesStaysWhatItWas(int schema) throws IOException {
        assertThat(Run.in(folder, "upgrade", "a", "--to", "" + schema, "-o", "b.session", "-y")
                        .code())
                .isZero();
        Run run = Run.in(folder, "strip", "b", "-o", "c.session", "--json");
        assertThat(run.code()).as(run.error()).isZero();
        Path out = folder.resolve("c.session");
        assertThat(TelethonUpgrade.schemaOf(SessionSource.ofFile(out))).isEqualTo(schema);
        assertThat(FORMATS.read(SessionSource.ofFile(out)).peers()).isEmpty();
        assertThat(run.output()).contains("\"peers\":");
    }

    @Test
    void aFileOfAnotherLibraryStaysOneOfIts() throws IOException {
        Files.write(
                folder.resolve("p.session"),
                FORMATS.named("pyrogram").orElseThrow().write(session()).toFileBytes());
        assertThat(Run.in(folder, "strip", "p").code()).isZero();
        assertThat(Run.in(folder, "inspect", "p").output()).contains("Pyrogram", "0 users, 0 groups, 0 channels");
    }

    @Test
    void aDryRunAndAStringChangeNothing() throws IOException {
        assertThat(Run.in(folder, "strip", "a", "--dry-run").code()).isZero();
        Files.write(
                folder.resolve("line.txt"),
                FORMATS.named("telethon-string").orElseThrow().write(session()).toFileBytes());
        Run line = Run.in(folder, "strip", "line.txt");
        assertThat(line.code()).isEqualTo(2);
        assertThat(line.error()).contains("never holds peers");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.session", "line.txt");
        }
    }

    private static Session session() {
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        Optional<Instant> seen = Optional.of(Instant.ofEpochSecond(1_700_000_000));
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key))
                .withAccount(Account.of(5, false))
                .withPeers(List.of(
                        new Peer(
                                77,
                                HASH,
                                Optional.of("anna"),
                                Optional.of("491701234567"),
                                Optional.of("Anna B"),
                                seen),
                        new Peer(-9, 0, Optional.empty(), Optional.empty(), Optional.of("Family"), seen),
                        new Peer(
                                PeerKind.markedChannel(55),
                                3,
                                Optional.of("news"),
                                Optional.empty(),
                                Optional.of("The \u001b[31mNews"),
                                seen)));
    }
}
