package dev.tgsession.session.format.telethon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
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
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file we write is the one Telethon writes, table by table and row by row. */
class TelethonSqliteTest {
    private static final Instant LOGIN = Instant.ofEpochSecond(1_700_000_000);
    private static final TelethonSqlite FORMAT = new TelethonSqlite(InstantSource.fixed(LOGIN));

    /** The account of the fixtures, as a server would tell it. */
    private static final Account ANNA = new Account(
            1_234_567,
            false,
            Optional.of(-8613303245920329199L),
            Optional.of("Анна"),
            Optional.of("Müller 李😀"),
            Optional.of("Anna_Example"),
            Optional.of("15550001111"));

    private static final Session LOGGED_IN = Session.of(
                    DataCenters.builtIn(Environment.PRODUCTION, 2, false), Fixtures.KEY)
            .withAccount(ANNA)
            .withUpdateState(new UpdateState(1234, 5, 1_700_000_000, 67));

    @TempDir
    private Path folder;

    @Test
    void tablesAreThoseOfTelethonToTheLetter() throws Exception {
        String schema = "select type, name, tbl_name, rootpage, sql from sqlite_master order by rowid";

        assertThat(rows(write(LOGGED_IN), schema))
                .isEqualTo(rows(fixture("telethon-1.42.0-v7.session"), schema))
                .isEqualTo(rows(fixture("telethon-1.37.0-v7-login.session"), schema));
    }

    @Test
    void rowsAreThoseAFirstLoginLeaves() throws Exception {
        Path ours = write(LOGGED_IN);
        // The one fixture of a first login with the account's row complete is of version 8, with one more column.
        Path telethons = fixture("telethon-1.43dev-v8-login.session");

        assertThat(rows(ours, "select version from version")).containsExactly(List.of("7"));
        for (String query : List.of(
                "select dc_id, server_address, port, hex(auth_key), takeout_id from sessions",
                "select *, typeof(phone), typeof(date) from entities order by id",
                "select * from sent_files",
                "select *, typeof(date) from update_state")) {
            assertThat(rows(ours, query)).as(query).isEqualTo(rows(telethons, query));
        }
    }

    @Test
    void fileIsPlainEnoughForTheOldestReaders() throws Exception {
        Bytes file = Bytes.of(FORMAT.write(LOGGED_IN).toFileBytes());
        Bytes telethons = Bytes.of(Files.readAllBytes(Fixtures.file("telethon-1.42.0-v7.session")));

        // Magic, page size, format versions (1: no WAL), reserved bytes, fractions.
        assertThat(file.first(24)).isEqualTo(telethons.first(24));
        assertThat(file.size()).isEqualTo(telethons.size());
        // Schema format, cache size, auto-vacuum, encoding, user version, incremental vacuum, application id.
        assertThat(file.slice(44, 28)).isEqualTo(telethons.slice(44, 28));
        assertThat(rows(write(LOGGED_IN), "pragma integrity_check")).containsExactly(List.of("ok"));
        assertThat(rows(write(LOGGED_IN), "pragma journal_mode")).containsExactly(List.of("delete"));
        assertThat(FORMAT.inspect(content(LOGGED_IN)).layout().orElseThrow().opensInOldSqlite())
                .contains(true);
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Session read = FORMAT.read(content(LOGGED_IN));

        assertThat(read.dataCenter()).isEqualTo(LOGGED_IN.dataCenter());
        assertThat(read.authKey()).isEqualTo(Fixtures.KEY);
        assertThat(read.updateState()).isEqualTo(LOGGED_IN.updateState());
        assertThat(read.account().orElseThrow().fullName()).isEqualTo(ANNA.fullName());
        assertThat(read.account().orElseThrow().phone()).isEqualTo(ANNA.phone());
        assertThat(read.account().orElseThrow().username()).contains("anna_example");
        assertThat(read.peers()).isEmpty();
    }

    @Test
    void nothingIsWrongWithWhatItWrites() throws IOException {
        Inspection inspection = FORMAT.inspect(content(LOGGED_IN));

        assertThat(inspection.findings()).isEmpty();
        assertThat(inspection.login()).isEqualTo(Inspection.Login.LIKELY);
        assertThat(inspection.server().orElseThrow().agrees()).contains(true);
        assertThat(inspection.peers().orElseThrow().total()).isEqualTo(1);
    }

    @Test
    void theLeastSessionHasAllTablesAndNoPeer() throws Exception {
        Session least =
                Session.of(new DataCenter(4, "2001:67c:4e8:f004::a", 443, Environment.PRODUCTION), Fixtures.KEY);
        Path file = write(least);

        assertThat(rows(file, "select count(*) from entities")).containsExactly(List.of("0"));
        assertThat(rows(file, "select count(*) from update_state")).containsExactly(List.of("0"));
        assertThat(FORMAT.read(SessionSource.ofFile(file))).isEqualTo(least);
    }

    @Test
    void anAccountWithoutHashGetsNoRowOfItsOwn() throws Exception {
        Path file = write(LOGGED_IN.withAccount(Account.of(77, true)));

        assertThat(rows(file, "select id, hash, date from entities")).containsExactly(List.of("0", "77", "1700000000"));
    }

    @Test
    void theAccountsOwnRowIsWrittenOnceEvenIfItIsAmongThePeers() throws Exception {
        Peer stale =
                new Peer(ANNA.userId(), 1, Optional.of("old"), Optional.empty(), Optional.of("Old"), Optional.empty());
        Path file = write(LOGGED_IN.withPeers(List.of(stale)));

        assertThat(rows(file, "select username from entities where id = 1234567"))
                .containsExactly(List.of("anna_example"));
        assertThat(rows(file, "select count(*) from entities")).containsExactly(List.of("2"));
    }

    @Test
    void peersOfAllKindsComeBack() throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            peers.add(new Peer(
                    -1_000_000_000_000L - 5_000 + i,
                    Long.MIN_VALUE + i,
                    Optional.of("channel" + i),
                    Optional.empty(),
                    Optional.of("Channel " + i),
                    Optional.of(Instant.ofEpochSecond(1_600_000_000 + i))));
        }
        peers.add(new Peer(-4_242_424, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        peers.add(new Peer(
                5_000_000_001L,
                Long.MAX_VALUE,
                Optional.empty(),
                Optional.of("442071234567"),
                Optional.of("Big Id"),
                Optional.empty()));

        Session session = LOGGED_IN.withPeers(peers);
        assertThat(FORMAT.read(content(session)).peers()).isEqualTo(peers);
        assertThat(FORMAT.inspect(content(session)).peers()).contains(new Inspection.PeerCounts(2, 1, 250));
    }

    @Test
    void phoneNumbersAreKeptAsDigitsAndEmptyTextsNotAtAll() throws Exception {
        Account account = new Account(
                9,
                false,
                Optional.of(1L),
                Optional.of(" "),
                Optional.empty(),
                Optional.of(""),
                Optional.of("+1 (555) 000-2222"));

        assertThat(rows(write(LOGGED_IN.withAccount(account)), "select * from entities where id = 9"))
                .containsExactly(List.of("9", "1", "null", "15550002222", "null", "1700000000"));
    }

    @Test
    void aLargeFileIsReadFromACopy() throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (int i = 1; i <= 200_000; i++) {
            peers.add(new Peer(
                    i,
                    i * 1_000_003L,
                    Optional.of("somebody_or_other_" + i),
                    Optional.empty(),
                    Optional.of("A name of some length, such as people have who have many: " + i),
                    Optional.empty()));
        }
        SessionContent large = FORMAT.write(LOGGED_IN.withPeers(peers));
        assertThat(large.size()).isGreaterThan(16 << 20);
        Path file = Files.write(folder.resolve("large.session"), large.toFileBytes());

        assertThat(FORMAT.read(SessionSource.ofFile(file)).peers()).hasSize(200_000);
        assertThat(FORMAT.inspect(SessionSource.ofFile(file))
                        .peers()
                        .orElseThrow()
                        .users())
                .isEqualTo(200_001);
        assertThat(folder).isDirectoryContaining(one -> one.equals(file));
        assertThat(Files.list(folder)).hasSize(1);
    }

    @Test
    void saysWhatOfASessionItCannotKeep() {
        assertThat(FORMAT.loses(LOGGED_IN)).isEmpty();
        assertThat(FORMAT.loses(LOGGED_IN.withApiId(12345))).containsExactly(SessionPart.API_ID);
        assertThat(FORMAT.loses(LOGGED_IN.withAccount(withoutHash(ANNA))))
                .containsExactly(SessionPart.ACCOUNT_DETAILS, SessionPart.NAMES);
        assertThat(FORMAT.loses(LOGGED_IN.withAccount(Account.of(7, true)))).containsExactly(SessionPart.BOT);
        assertThat(new TelethonString().loses(LOGGED_IN))
                .containsExactlyInAnyOrder(
                        SessionPart.USER_ID, SessionPart.ACCOUNT_DETAILS, SessionPart.NAMES, SessionPart.UPDATE_STATE);
    }

    /** Channels have their ids without mark there, as Telethon 1.28 and later write them. */
    @Test
    void howFarChannelsWereReadComesAndGoesByTheirBareIds() throws Exception {
        Session theirs = FORMAT.read(Fixtures.source("telethon-1.37.0-v7-login-channels.session"));
        assertThat(theirs.channelStates()).containsExactly(new ChannelState(-1_001_005_640_892L, 555, 1_700_000_000));

        // The same rows, but for fractions of seconds.
        assertThat(rows(write(theirs), "select id, pts, qts, date, seq from update_state order by id"))
                .containsExactly(
                        List.of("0", "1234", "5", "1700000000", "67"),
                        List.of("1005640892", "555", "0", "1700000000", "0"));
        assertThat(FORMAT.read(content(theirs)).channelStates()).isEqualTo(theirs.channelStates());
        assertThat(FORMAT.loses(theirs)).isEmpty();
    }

    @Test
    void aBotIsKnownByItsName() throws IOException {
        Account bot = new Account(
                200_000_001,
                true,
                Optional.of(5L),
                Optional.of("Example"),
                Optional.empty(),
                Optional.of("Example_Bot"),
                Optional.empty());

        assertThat(FORMAT.read(content(LOGGED_IN.withAccount(bot)))
                        .account()
                        .orElseThrow()
                        .bot())
                .isTrue();
        assertThat(FORMAT.read(content(LOGGED_IN)).account().orElseThrow().bot())
                .isFalse();
    }

    @Test
    void aPracticeSessionIsKnownByTheNameOfItsFile() throws IOException {
        Session practice = Session.of(new DataCenter(2, "203.0.113.7", 9443, Environment.PRACTICE), Fixtures.KEY);
        byte[] file = FORMAT.write(practice).toFileBytes();

        assertThat(FORMAT.read(SessionSource.ofBytes("a.practice.session", file)))
                .isEqualTo(practice);
        assertThat(FORMAT.read(SessionSource.ofBytes("a.session", file))
                        .dataCenter()
                        .environment())
                .isEqualTo(Environment.PRODUCTION);
    }

    @Test
    void aPracticeNameWithAnAddressOfTelegramsIsPointedOut() throws IOException {
        byte[] file = FORMAT.write(LOGGED_IN).toFileBytes();
        SessionSource source = SessionSource.ofBytes("a.practice.session", file);

        assertThat(FORMAT.read(source).dataCenter().environment()).isEqualTo(Environment.PRODUCTION);
        assertThat(FORMAT.inspect(source).findings()).extracting(Finding::code).containsExactly("practice-name");
    }

    @Test
    void aTestSessionIsKnownByItsAddress() throws IOException {
        Session test = Session.of(DataCenters.builtIn(Environment.TEST, 2, false), Fixtures.KEY);

        assertThat(FORMAT.read(content(test)).dataCenter().environment()).isEqualTo(Environment.TEST);
    }

    @Test
    void missingFilesAndFoldersAreFindingsToo() throws IOException {
        Path missing = folder.resolve("missing.session");
        assertThat(FORMAT.inspect(SessionSource.ofFile(missing)).findings())
                .extracting(Finding::code)
                .containsExactly("not-found");
        assertThat(FORMAT.inspect(SessionSource.ofFile(folder)).findings())
                .extracting(Finding::code)
                .containsExactly("folder");
        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofFile(folder)))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aFileOthersMayReadIsPointedOut() throws IOException {
        Path file = write(LOGGED_IN);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(FORMAT.inspect(SessionSource.ofFile(file)).findings())
                .extracting(Finding::code)
                .containsExactly("readable-by-others");

        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        assertThat(FORMAT.inspect(SessionSource.ofFile(file)).findings()).isEmpty();
    }

    @Test
    void noWordOfTheKeyIsInWhatItTells() throws IOException {
        String json = FORMAT.inspect(content(LOGGED_IN)).toJson().toString();
        String told =
                FORMAT.inspect(content(LOGGED_IN)) + json + FORMAT.write(LOGGED_IN) + FORMAT.read(content(LOGGED_IN));

        assertThat(told)
                .contains(Fixtures.KEY.id().toHex())
                .doesNotContain("00010203")
                .doesNotContain("AAECAw");
    }

    private static Account withoutHash(Account account) {
        return new Account(
                account.userId(),
                account.bot(),
                Optional.empty(),
                account.firstName(),
                account.lastName(),
                account.username(),
                account.phone());
    }

    private SessionSource content(Session session) throws IOException {
        return FORMAT.write(session).toSource("ours");
    }

    private Path write(Session session) throws IOException {
        return Files.write(folder.resolve("ours.session"), FORMAT.write(session).toFileBytes());
    }

    /** A copy, since the driver may write beside it. */
    private Path fixture(String name) throws IOException {
        Path copy = folder.resolve(name);
        return Files.exists(copy) ? copy : Files.copy(Fixtures.file(name), copy);
    }

    private static List<List<String>> rows(Path file, String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
