package dev.tgsession.session.format.pyrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerType;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file we write is the one Pyrogram writes, table by table and row by row. */
class PyrogramSqliteTest {
    private static final Instant SAVED = Instant.ofEpochSecond(1_700_000_000);
    private static final PyrogramSqlite FORMAT = new PyrogramSqlite(InstantSource.fixed(SAVED));

    private static final Account ANNA = new Account(
            5_000_000_001L,
            false,
            Optional.of(1_111_111_111_111_111_111L),
            Optional.empty(),
            Optional.empty(),
            Optional.of("Fixture_User"),
            Optional.of("+1 555 000 1234"));

    private static final Session LOGGED_IN = Session.of(
                    DataCenters.builtIn(Environment.PRODUCTION, 2, false), Fixtures.KEY)
            .withAccount(ANNA)
            .withApiId(12345);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pyrogram/v3.session", "pyrogram/v3_dc4.session", "hydrogram/v3.session"})
    void aFileReadAndWrittenIsTheSameInEveryRow(String name) throws Exception {
        Tables theirs = Tables.ofFixture(folder, name);
        Tables ours = written(FORMAT.read(Fixtures.source(name)));

        for (String query : List.of(
                Tables.SCHEMA,
                "select *, hex(auth_key), typeof(test_mode), typeof(is_bot), typeof(api_id) from sessions",
                "select *, typeof(access_hash), typeof(phone_number), typeof(last_update_on) from peers order by id",
                "select * from version")) {
            assertThat(ours.rows(query)).as(query).isEqualTo(theirs.rows(query));
        }
    }

    @Test
    void olderFilesAndThoseOfPyroforkBecomeTheSame() throws Exception {
        Tables three = Tables.ofFixture(folder, "pyrogram/v3.session");

        Tables fromFork = written(FORMAT.read(Fixtures.source("pyrofork/v4.session")));
        assertThat(fromFork.rows(Tables.SCHEMA)).isEqualTo(three.rows(Tables.SCHEMA));
        assertThat(fromFork.rows("select * from sessions")).isEqualTo(three.rows("select * from sessions"));
        assertThat(fromFork.rows("select * from peers")).isEqualTo(three.rows("select * from peers"));

        Tables fromTwo = written(FORMAT.read(Fixtures.source("pyrogram/v2.session")));
        assertThat(fromTwo.rows("select * from peers")).isEqualTo(three.rows("select * from peers"));
        assertThat(fromTwo.rows("select api_id, user_id, test_mode, is_bot from sessions"))
                .containsExactly(List.of("null", "5000000001", "0", "0"));
    }

    @Test
    void theFileItselfIsOfTheOrdinaryKind() throws Exception {
        Bytes file = Bytes.of(FORMAT.write(LOGGED_IN).toFileBytes());
        Bytes theirs = Bytes.of(Files.readAllBytes(Fixtures.file("pyrogram/v3.session")));

        // Magic, page size, format versions (1: no WAL), reserved bytes, fractions; then the size in pages.
        assertThat(file.first(24)).isEqualTo(theirs.first(24));
        assertThat(file.size()).isEqualTo(theirs.size());
        // Schema format, cache size, auto-vacuum, encoding, user version, incremental vacuum, application id.
        assertThat(file.slice(44, 28)).isEqualTo(theirs.slice(44, 28));
        assertThat(written(LOGGED_IN).rows("pragma integrity_check")).containsExactly(List.of("ok"));
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Session read = FORMAT.read(source(LOGGED_IN));

        assertThat(read.dataCenter()).isEqualTo(LOGGED_IN.dataCenter());
        assertThat(read.authKey()).isEqualTo(Fixtures.KEY);
        assertThat(read.apiId()).contains(12345);
        assertThat(read.account().orElseThrow().username()).contains("fixture_user");
        assertThat(read.account().orElseThrow().phone()).contains("15550001234");
        assertThat(read.account().orElseThrow().accessHash()).isEqualTo(ANNA.accessHash());
        assertThat(read.peers()).isEmpty();
        assertThat(FORMAT.inspect(source(LOGGED_IN)).findings()).isEmpty();
    }

    @Test
    void aTestSessionIsMarkedAsOne() throws IOException {
        Session test = Session.of(DataCenters.builtIn(Environment.TEST, 3, false), Fixtures.KEY)
                .withAccount(Account.of(9, true));

        Session read = FORMAT.read(source(test));
        assertThat(read).isEqualTo(test);
        assertThat(FORMAT.loses(test)).isEmpty();
    }

    @Test
    void withoutAUserIdThereIsNothingToWrite() {
        Session nobodys = Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), Fixtures.KEY);

        assertThatThrownBy(() -> FORMAT.write(nobodys))
                .isInstanceOf(UnwritableSessionException.class)
                .hasMessageContaining("user id");
        assertThat(FORMAT.requires()).containsExactly(SessionPart.USER_ID, SessionPart.BOT);
        assertThat(FORMAT.welcomes()).containsExactly(SessionPart.API_ID);
    }

    @Test
    void aDataCenterTheLibraryDoesNotKnowIsRefused() {
        Session strange = LOGGED_IN.at(new DataCenter(203, "91.105.192.100", 443, Environment.PRODUCTION));

        assertThatThrownBy(() -> FORMAT.write(strange)).hasMessageContaining("from 1 to 5, not 203");
    }

    @Test
    void anUnknownApplicationLeavesItsPlaceEmpty() throws Exception {
        Session session = Session.of(LOGGED_IN.dataCenter(), Fixtures.KEY).withAccount(ANNA);

        assertThat(written(session).rows("select api_id from sessions")).containsExactly(List.of("null"));
    }

    /** The library looks names up by a date it trusts for eight hours; what is not dated has to be asked for again. */
    @Test
    void peersOfOtherLibrariesGetTypesByIdAndNameAndNoDateOfOurMaking() throws Exception {
        Tables tables = written(LOGGED_IN.withPeers(List.of(
                peer(7, "Some_Bot", "-"),
                peer(8, "robot", "4420"),
                peer(-5, "-", "-"),
                peer(-1_000_000_000_005L, "X", "-"))));

        assertThat(tables.rows("select id, type, username, phone_number, last_update_on from peers order by id"))
                .containsExactly(
                        List.of("-1000000000005", "channel", "x", "null", "0"),
                        List.of("-5", "group", "null", "null", "0"),
                        List.of("7", "bot", "some_bot", "null", "0"),
                        List.of("8", "user", "robot", "4420", "0"),
                        List.of("5000000001", "user", "fixture_user", "15550001234", "1700000000"));
    }

    @ParameterizedTest
    @CsvSource({"forum, SUPERGROUP", "direct, CHANNEL", "community, CHANNEL"})
    void newerWordsForChannelsAreUnderstoodAndReplacedByOlderOnes(String word, PeerType type) throws Exception {
        Tables theirs = Tables.ofFixture(folder, "pyrogram/v3.session")
                .with("update peers set type = '" + word + "' where id = -1001234567890");
        Session session = FORMAT.read(SessionSource.ofFile(theirs.file()));

        assertThat(session.peers()).anyMatch(peer -> peer.type().equals(Optional.of(type)));
        assertThat(written(session).rows("select distinct type from peers order by type"))
                .isSubsetOf(
                        List.of("bot"), List.of("channel"), List.of("group"), List.of("supergroup"), List.of("user"));
    }

    @Test
    void theOwnersRowIsWrittenOnceEvenIfItIsAmongThePeers() throws Exception {
        Tables tables = written(LOGGED_IN.withPeers(List.of(peer(ANNA.userId(), "old_name", "1"))));

        assertThat(tables.rows("select username from peers")).containsExactly(List.of("fixture_user"));
    }

    @Test
    void saysWhatOfASessionItCannotKeep() {
        Account named = new Account(
                9,
                false,
                Optional.empty(),
                Optional.of("Anna"),
                Optional.empty(),
                Optional.of("anna"),
                Optional.empty());
        Session practice = Session.of(new DataCenter(2, "127.0.0.1", 9443, Environment.PRACTICE), Fixtures.KEY)
                .withAccount(named)
                .withUpdateState(new UpdateState(1, 2, 3, 4));

        assertThat(FORMAT.loses(LOGGED_IN)).isEmpty();
        assertThat(FORMAT.loses(practice))
                .containsExactlyInAnyOrder(
                        SessionPart.ADDRESS,
                        SessionPart.ENVIRONMENT,
                        SessionPart.ACCOUNT_DETAILS,
                        SessionPart.NAMES,
                        SessionPart.UPDATE_STATE);
    }

    /** It would be taken for one of Telegram's: there is no place for the server's address. */
    @Test
    void aPracticeSessionIsNotReadBack() throws IOException {
        Session practice = LOGGED_IN.at(new DataCenter(2, "127.0.0.1", 9443, Environment.PRACTICE));
        SessionSource file = SessionSource.ofBytes(
                "a.practice.session", FORMAT.write(practice).toFileBytes());

        assertThatThrownBy(() -> FORMAT.read(file))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("practice server");
        assertThat(FORMAT.inspect(file).findings())
                .extracting(Finding::code)
                .containsExactly("practice-without-address");
        assertThat(FORMAT.inspect(file).server().orElseThrow().environment()).contains(Environment.PRACTICE);
    }

    @Test
    void readsByColumnsWhateverTheNumberSays() throws Exception {
        Tables stamped = Tables.ofFixture(folder, "pyrogram/v3.session").with("update version set number = 2");
        Tables strange = Tables.ofFixture(folder, "pyrogram/v3.session").with("update version set number = 99");
        Tables none = Tables.ofFixture(folder, "pyrogram/v3.session").with("delete from version");

        assertThat(inspect(stamped).findings()).extracting(Finding::code).containsExactly("version-shape-mismatch");
        assertThat(inspect(strange).findings()).extracting(Finding::code).containsExactly("unknown-version");
        assertThat(inspect(none).findings()).extracting(Finding::code).containsExactly("version-missing");
        for (Tables tables : List.of(stamped, strange, none)) {
            Session session = FORMAT.read(SessionSource.ofFile(tables.file()));
            assertThat(session.apiId()).contains(12345);
            assertThat(session.peers()).hasSize(4);
        }
    }

    /** As Pyrogram itself brings a file of version 2 up to date. */
    @Test
    void readsAColumnThatWasAddedAtTheEnd() throws Exception {
        Tables tables = Tables.ofFixture(folder, "pyrogram/v2.session")
                .with(
                        "alter table sessions add api_id integer",
                        "update sessions set api_id = 777",
                        "update version set number = 3");

        assertThat(FORMAT.read(SessionSource.ofFile(tables.file())).apiId()).contains(777);
        assertThat(inspect(tables).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "auth_key = x'0102', bad-auth-key-length",
        "auth_key = 'text', bad-auth-key",
        "auth_key = zeroblob(256), auth-key-all-zero",
        "auth_key = null, no-auth-key",
        "dc_id = 77, no-server-address",
        "test_mode = 1; dc_id = 5, no-server-address"
    })
    void damagedValuesAreFindings(String change, String code) throws Exception {
        Tables tables =
                Tables.ofFixture(folder, "pyrogram/v3.session").with("update sessions set " + change.replace(";", ","));

        assertThat(inspect(tables).findings()).extracting(Finding::code).contains(code);
        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofFile(tables.file())))
                .isInstanceOfSatisfying(
                        MalformedSessionException.class,
                        refused -> assertThat(refused.finding().code()).isEqualTo(code));
    }

    @Test
    void aKeyWithoutOwnerIsReadAndPointedOut() throws Exception {
        for (String nobody : List.of("null", "0", "9999", "'x'")) {
            Tables tables =
                    Tables.ofFixture(folder, "pyrogram/v3.session").with("update sessions set user_id = " + nobody);

            assertThat(FORMAT.read(SessionSource.ofFile(tables.file())).account())
                    .isEmpty();
            assertThat(inspect(tables).login()).isEqualTo(Inspection.Login.NEVER);
            assertThat(inspect(tables).findings())
                    .extracting(Finding::code)
                    .containsExactly("probably-never-logged-in");
        }
    }

    @Test
    void severalSessionsAndNoneAreFindings() throws Exception {
        Tables two = Tables.ofFixture(folder, "pyrogram/v3.session")
                .with("insert into sessions values (4, 1, 0, null, 0, 1, 0)");
        Tables none = Tables.ofFixture(folder, "pyrogram/v3.session").with("delete from sessions");

        assertThat(inspect(two).findings()).extracting(Finding::code).containsExactly("multiple-session-rows");
        assertThat(FORMAT.read(SessionSource.ofFile(two.file())).dataCenter().id())
                .isEqualTo(2);
        assertThat(inspect(none).findings()).extracting(Finding::code).containsExactly("no-session-row");
        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofFile(none.file()))).hasMessageContaining("empty");
    }

    @Test
    void peersWithoutMeaningAreLeftOut() throws Exception {
        Tables tables = Tables.ofFixture(folder, "pyrogram/v3.session")
                .with(
                        "update peers set access_hash = null where id in (5000000042, -4000000123)",
                        "update peers set type = 'user' where id = -1001234567890",
                        "insert into peers values (0, 1, 'user', null, null, 0)");
        List<Peer> peers = FORMAT.read(SessionSource.ofFile(tables.file())).peers();

        assertThat(peers)
                .extracting(Peer::markedId)
                .containsExactly(-1_002_345_678_901L, -1_001_234_567_890L, -4_000_000_123L);
        assertThat(peers.get(1).type()).isEmpty();
        assertThat(peers.get(2).accessHash()).isZero();
    }

    @Test
    void aFileWithoutPeersIsStillOne() throws Exception {
        Tables tables = Tables.ofFixture(folder, "pyrogram/v3.session").with("drop table peers");

        assertThat(FORMAT.recognises(SessionSource.ofFile(tables.file()))).isTrue();
        assertThat(FORMAT.read(SessionSource.ofFile(tables.file())).account().map(Account::userId))
                .contains(5_000_000_001L);
    }

    private Inspection inspect(Tables tables) {
        Inspection inspection = FORMAT.inspect(SessionSource.ofFile(tables.file()));
        assertThat(inspection.toJson().toString()).doesNotContain("00010203");
        return inspection;
    }

    private Tables written(Session session) throws IOException {
        return Tables.of(folder, FORMAT.write(session).toFileBytes());
    }

    private static SessionSource source(Session session) throws IOException {
        return FORMAT.write(session).toSource("ours");
    }

    private static Peer peer(long id, String username, String phone) {
        return new Peer(
                id,
                11,
                Optional.of(username).filter(name -> !name.equals("-")),
                Optional.of(phone).filter(digits -> !digits.equals("-")),
                Optional.empty(),
                Optional.empty());
    }
}
