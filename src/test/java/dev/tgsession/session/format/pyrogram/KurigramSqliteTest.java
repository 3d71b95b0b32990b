package dev.tgsession.session.format.pyrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file we write is the one Kurigram writes, table by table and row by row. */
class KurigramSqliteTest {
    private static final Instant SAVED = Instant.ofEpochSecond(1_700_000_000);
    private static final KurigramSqlite FORMAT = new KurigramSqlite(InstantSource.fixed(SAVED));

    private static final Session LOGGED_IN = Session.of(
                    new DataCenter(2, "2001:67c:4e8:f002::a", 443, Environment.PRODUCTION), Fixtures.KEY)
            .withAccount(Account.of(5_000_000_001L, true))
            .withApiId(12345)
            .withUpdateState(new UpdateState(1, 2, 3, 4))
            .withChannelStates(
                    List.of(new ChannelState(-1_000_000_000_010L, 7, 0), new ChannelState(-1_000_000_000_009L, 5, 6)));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"v7.session", "v7_bot_test.session", "v7_ipv6.session", "v7_dc4.session"})
    void aFileReadAndWrittenIsTheSameInEveryRow(String name) throws Exception {
        Tables theirs = Tables.ofFixture(folder, "kurigram/" + name);
        Tables ours = written(FORMAT.read(Fixtures.source("kurigram/" + name)));

        for (String query : List.of(
                Tables.SCHEMA,
                "select *, hex(auth_key), typeof(test_mode), typeof(is_bot), typeof(port) from sessions",
                "select *, typeof(access_hash), typeof(phone_number), typeof(last_update_on) from peers order by id",
                "select * from usernames order by id, username",
                "select * from update_state order by id",
                "select * from version")) {
            assertThat(ours.rows(query)).as(query).isEqualTo(theirs.rows(query));
        }
    }

    @Test
    void olderFilesBecomeTheSameWithTheKnownAddress() throws Exception {
        Tables seven = Tables.ofFixture(folder, "kurigram/v7.session");
        Tables fromSix = written(FORMAT.read(Fixtures.source("kurigram/v6.session")));
        Tables fromFour = written(FORMAT.read(Fixtures.source("kurigram/v4.session")));

        for (Tables tables : List.of(fromSix, fromFour)) {
            assertThat(tables.rows(Tables.SCHEMA)).isEqualTo(seven.rows(Tables.SCHEMA));
            for (String query : List.of(
                    "select * from sessions", "select * from peers", "select * from usernames order by id, username")) {
                assertThat(tables.rows(query)).as(query).isEqualTo(seven.rows(query));
            }
        }
        assertThat(fromSix.rows("select * from update_state")).isEqualTo(seven.rows("select * from update_state"));
        assertThat(fromFour.rows("select * from update_state")).isEmpty();
    }

    @Test
    void readsBackAllOfASession() throws IOException {
        assertThat(FORMAT.read(source(LOGGED_IN))).isEqualTo(LOGGED_IN);
        assertThat(FORMAT.loses(LOGGED_IN)).isEmpty();
        assertThat(FORMAT.inspect(source(LOGGED_IN)).findings()).isEmpty();
    }

    @Test
    void aPeerKeepsAllItsNamesInTheirOrder() throws Exception {
        Peer named = new Peer(
                -1_000_000_000_009L,
                -5,
                Optional.of("Zebra"),
                Optional.empty(),
                Optional.of("A title"),
                Optional.of(SAVED),
                Optional.empty(),
                List.of("Ape", "Bear"));
        Tables tables = written(LOGGED_IN.withPeers(List.of(named)));

        assertThat(tables.rows("select username from usernames order by rowid"))
                .containsExactly(List.of("zebra"), List.of("ape"), List.of("bear"));
        Peer read = FORMAT.read(SessionSource.ofFile(tables.file())).peers().get(0);
        assertThat(read.username()).contains("zebra");
        assertThat(read.moreUsernames()).containsExactly("ape", "bear");
        assertThat(FORMAT.loses(LOGGED_IN.withPeers(List.of(named)))).containsExactly(SessionPart.NAMES);
    }

    @Test
    void theOwnerIsAPeerWithAName() throws Exception {
        Account anna = new Account(
                5,
                false,
                Optional.of(6L),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Anna"),
                Optional.of("15550001234"));
        Tables tables = written(LOGGED_IN.withAccount(anna).withPeers(List.of(stale(5))));

        assertThat(tables.rows("select * from peers"))
                .containsExactly(List.of("5", "6", "user", "15550001234", "1700000000"));
        assertThat(tables.rows("select * from usernames")).containsExactly(List.of("5", "anna"));
    }

    @Test
    void aPracticeSessionIsKnownByAnAddressOfOnesOwnOrByTheNameOfItsFile() throws IOException {
        Session own = LOGGED_IN.at(new DataCenter(2, "127.0.0.1", 9443, Environment.PRACTICE));
        assertThat(FORMAT.read(source(own))).isEqualTo(own);
        assertThat(FORMAT.loses(own)).isEmpty();

        Session elsewhere = LOGGED_IN.at(new DataCenter(2, "203.0.113.7", 9443, Environment.PRACTICE));
        byte[] file = FORMAT.write(elsewhere).toFileBytes();
        assertThat(FORMAT.read(SessionSource.ofBytes("a.practice.session", file)))
                .isEqualTo(elsewhere);
    }

    @Test
    void theAddressIsRightWhereTheTestMarkContradictsIt() throws Exception {
        Tables tables = Tables.ofFixture(folder, "kurigram/v7.session").with("update sessions set test_mode = 1");

        assertThat(FORMAT.read(SessionSource.ofFile(tables.file())).dataCenter())
                .isEqualTo(DataCenters.builtIn(Environment.PRODUCTION, 2, false));
        assertThat(inspect(tables).findings()).extracting(Finding::code).containsExactly("test-address-mismatch");
    }

    @Test
    void theTestMarkTellsWhereTheAddressDoesNot() throws Exception {
        Tables tables = Tables.ofFixture(folder, "kurigram/v7_bot_test.session")
                .with("update sessions set server_address = '198.51.100.1'");

        assertThat(FORMAT.read(SessionSource.ofFile(tables.file())).dataCenter())
                .isEqualTo(new DataCenter(2, "198.51.100.1", 80, Environment.TEST));
    }

    @Test
    void aMissingAddressIsFilledIn() throws Exception {
        Tables tables = Tables.ofFixture(folder, "kurigram/v7.session")
                .with("update sessions set server_address = null, port = null");

        assertThat(FORMAT.read(SessionSource.ofFile(tables.file())).dataCenter())
                .isEqualTo(DataCenters.builtIn(Environment.PRODUCTION, 2, false));
        assertThat(inspect(tables).findings()).extracting(Finding::code).containsExactly("no-server-address");
    }

    /** The statements by which Kurigram 2.2.26 brings a file of Pyrogram's up to date, one version after the other. */
    @Test
    void readsAFileThatGrewOutOfPyrograms() throws Exception {
        Tables tables = Tables.ofFixture(folder, "pyrogram/v3.session")
                .with(
                        "create table usernames (id integer, username text, foreign key (id) references peers(id))",
                        "create table update_state (id integer primary key, pts integer, qts integer, date integer,"
                                + " seq integer)",
                        "alter table sessions add server_address text",
                        "alter table sessions add port integer",
                        "update sessions set server_address = '149.154.167.51', port = 443",
                        "update version set number = 7",
                        "insert into usernames values (5000000042, 'newer_bot')");
        Session session = FORMAT.read(SessionSource.ofFile(tables.file()));

        assertThat(new PyrogramSqlite(() -> SAVED).recognises(SessionSource.ofFile(tables.file())))
                .isFalse();
        assertThat(session.dataCenter()).isEqualTo(DataCenters.builtIn(Environment.PRODUCTION, 2, false));
        assertThat(session.account().orElseThrow().username()).contains("fixture_user");
        assertThat(session.peers())
                .filteredOn(peer -> peer.markedId() == 5_000_000_042L)
                .allMatch(peer -> peer.username().equals(Optional.of("newer_bot"))
                        && peer.moreUsernames().isEmpty());
        assertThat(inspect(tables).findings()).isEmpty();
    }

    @Test
    void aForksEightIsASeven() throws Exception {
        Tables tables = Tables.ofFixture(folder, "kurigram/v7.session").with("update version set number = 8");

        assertThat(inspect(tables).findings()).isEmpty();
        assertThat(inspect(tables).layout().orElseThrow().shape()).contains(7);
    }

    @Test
    void strangeUpdateStatesAreLeftOut() throws Exception {
        Tables tables = Tables.ofFixture(folder, "kurigram/v7.session")
                .with(
                        "insert into update_state values (7, 1, 1, 1, 1)",
                        "insert into update_state values (-7, 1, 1, 1, 1)",
                        "insert into update_state values (-1000000000001, null, 1, 1, 1)",
                        "insert into update_state values (-1000000000002, 99999999999, 1, 1, 1)",
                        "update update_state set qts = null, seq = 'x' where id = 0");
        Session session = FORMAT.read(SessionSource.ofFile(tables.file()));

        assertThat(session.updateState()).contains(new UpdateState(1001, 0, 1_700_000_000, 0));
        assertThat(session.channelStates()).extracting(ChannelState::pts).containsExactly(77);
    }

    @Test
    void withoutAUserIdThereIsNothingToWrite() {
        Session nobodys = Session.of(LOGGED_IN.dataCenter(), Fixtures.KEY);

        assertThatThrownBy(() -> FORMAT.write(nobodys)).isInstanceOf(UnwritableSessionException.class);
    }

    private Inspection inspect(Tables tables) {
        return FORMAT.inspect(SessionSource.ofFile(tables.file()));
    }

    private Tables written(Session session) throws IOException {
        return Tables.of(folder, FORMAT.write(session).toFileBytes());
    }

    private static SessionSource source(Session session) throws IOException {
        return FORMAT.write(session).toSource("ours");
    }

    private static Peer stale(long id) {
        return new Peer(id, 1, Optional.of("old"), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
