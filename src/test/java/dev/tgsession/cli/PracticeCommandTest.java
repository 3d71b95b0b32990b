package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStreams;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.rpc.ClientIdentity;
import dev.tgsession.mtproto.rpc.KeyMakingDialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.schema.LoginTokenSchema.ExportLoginToken;
import dev.tgsession.schema.LoginTokenSchema.LoginToken;
import dev.tgsession.schema.LoginTokenSchema.LoginTokenMigrateTo;
import dev.tgsession.schema.LoginTokenSchema.LoginTokenSuccess;
import dev.tgsession.schema.LoginTokenSchema.PlainLoginToken;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tgsession practice} and what belongs to it, against a server of this installation. */
final class PracticeCommandTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private Given given;
    private PracticeServer server;
    private PracticeRoom.Notice notice;

    @BeforeEach
    void start() throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        given = new Given(
                environment(),
                folder,
                false,
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                new StandardStreams(),
                new Endings(),
                Clock.systemUTC(),
                SecureRandom::new,
                () -> {});
        server = PracticeServer.start(PracticeSettings.of(PracticeRoom.key(given), Clock.systemUTC(), RANDOM));
        notice = PracticeRoom.announce(server, given);
    }

    @AfterEach
    void stop() {
        notice.close();
        server.close();
    }

    @Test
    void aPhoneScansTheCodeOfAWaitingClient() throws Exception {
        try (RpcConnection waiting = client(2)) {
            String link = link(waiting);
            Run run = practice("scan", link);
            assertThat(run.error()).isEqualTo("Scanned, and let in.\n");
            assertThat(run.code()).isZero();
            assertThat(ask(waiting)).isInstanceOf(LoginTokenSuccess.class);

            Run again = practice("scan", link);
            assertThat(again.code()).isEqualTo(ExitCode.FAILED.number());
            assertThat(again.error()).contains("scanned before");
        }
    }

    @Test
    void itCanBeThePhoneOfSomebodyElse() throws Exception {
        try (RpcConnection waiting = client(2)) {
            assertThat(practice("scan", link(waiting), "--migrate", "4").code()).isZero();
            assertThat(ask(waiting))
                    .isInstanceOfSatisfying(
                            LoginTokenMigrateTo.class,
                            moved -> assertThat(moved.dcId()).isEqualTo(4));
        }
        try (RpcConnection waiting = client(2)) {
            assertThat(practice("scan", link(waiting), "--as", "2fa").code()).isZero();
            assertThatThrownBy(() -> ask(waiting)).hasMessageContaining("SESSION_PASSWORD_NEEDED");
        }
        try (RpcConnection waiting = client(2)) {
            Run nobody = practice("scan", link(waiting), "--as", "12345");
            assertThat(nobody.error()).contains("--as takes 2fa");
        }
    }

    @Test
    void aCodeIsLeftToExpireOrRejected() throws Exception {
        try (RpcConnection waiting = client(2)) {
            String link = link(waiting);
            assertThat(practice("scan", link, "--expire").error()).contains("gets a new one");
            assertThat(practice("scan", link).error()).contains("time is up");
            String next = link(waiting);
            assertThat(next).isNotEqualTo(link);
            assertThat(practice("scan", next, "--reject").error()).contains("Nobody is let in");
            assertThat(practice("scan", next).error()).contains("No practice server of yours has given out");
        }
    }

    @Test
    void theServerThatGaveTheCodeOutIsFoundAmongSeveral() throws Exception {
        try (PracticeServer other =
                        PracticeServer.start(PracticeSettings.of(PracticeRoom.key(given), Clock.systemUTC(), RANDOM));
                PracticeRoom.Notice another = PracticeRoom.announce(other, given);
                RpcConnection waiting = client(3)) {
            assertThat(another.isThere()).isTrue();
            assertThat(RunningServers.of(given).basePorts()).hasSize(2);
            int wrong = other.address(1).getPort() - 1;
            assertThat(practice("scan", link(waiting), "--port", Integer.toString(wrong))
                            .code())
                    .isEqualTo(ExitCode.FAILED.number());
            assertThat(practice("scan", link(waiting)).code()).isZero();
        }
        assertThat(RunningServers.of(given).basePorts())
                .containsExactly(server.address(1).getPort() - 1);
    }

    @Test
    void whatAServerThatWasKilledLeftBehindIsPutAway() throws Exception {
        Path stale = folder.resolve("state/tgsession/practice-servers/4430");
        Files.createFile(stale);
        Files.createFile(stale.resolveSibling("notes.txt"));
        assertThat(RunningServers.of(given).basePorts()).doesNotContain(4430);
        assertThat(stale).doesNotExist();
    }

    @Test
    void withoutAServerThereIsNothingToScanFor() {
        notice.close();
        Run run = practice("scan", "tg://login?token=AAAA");
        assertThat(run.code()).isEqualTo(ExitCode.NETWORK.number());
        assertThat(run.error()).contains("No practice server of yours is running", "tgsession practice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scan",
                "scan ????",
                "scan tg://login?token=",
                "scan tg://login?token=AAAA --expire --reject",
                "scan tg://login?token=AAAA --expire --as 2fa",
                "scan tg://login?token=AAAA --migrate 6",
                "scan tg://login?token=AAAA --migrate 4 --as 9996620001",
                "scan tg://login?token=AAAA --port 65535"
            })
    void whatCannotBeMeantIsRefusedWithoutRepeatingTheCode(String words) {
        Run run = practice(words.split(" ", -1));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("tgsession practice scan --help").doesNotContain("AAAA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"telethon", "pyrogram", "kurigram", "gramjs", "mtcute", "gotd"})
    void aProgramForEachLibraryHasTheAddressAndTheKeyFileInIt(String library) throws Exception {
        Run run = practice("show", "--client", library, "--key-out", "here.pem");
        assertThat(run.code()).isZero();
        int basePort = server.address(1).getPort() - 1;
        assertThat(run.output())
                .contains("127.0.0.1", "here.pem", "+9996620001", "logged in as")
                .containsPattern("\\b(" + basePort + " \\+|" + (basePort + 2) + "\\b)")
                .doesNotContain("20000", "20002", "practice.pem");
        assertThat(Files.readString(folder.resolve("here.pem")))
                .isEqualTo(server.publicKey().toPkcs1Pem().strip() + "\n");
    }

    @Test
    void theProgramsAreThoseOfTheReadme() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        assumeTrue(readme.contains("## Test your bot offline"));
        for (String library : List.of("telethon", "pyrogram", "kurigram", "gramjs", "mtcute", "gotd")) {
            assertThat(readme)
                    .contains(practice("show", "--client", library, "--port", "20000")
                            .output());
        }
    }

    @Test
    void theKeyIsShownInEveryFormThatLibrariesAskFor() {
        String shown = practice("show").output();
        assertThat(shown)
                .contains(
                        "-----BEGIN RSA PUBLIC KEY-----",
                        "-----BEGIN PUBLIC KEY-----",
                        server.publicKey().modulus().toString(),
                        "65537",
                        Long.toString(server.publicKey().fingerprint()),
                        Long.toHexString(server.publicKey().fingerprint()),
                        "127.0.0.1:" + server.address(5).getPort())
                .doesNotContain("PRIVATE");
    }

    @Test
    void whatIsRunningNowhereCanOnlyBeShownWhereItWillBe() {
        notice.close();
        assertThat(practice("show").code()).isEqualTo(ExitCode.NETWORK.number());
        assertThat(practice("show", "--port", "4430").output()).contains("127.0.0.1:4432");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show --client icq", "show --port -1", "show --port 65531", "show --key-out a\"b"})
    void whatCannotBeShownIsRefused(String words) {
        Run run = practice(words.split(" ", -1));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("tgsession practice show --help");
    }

    @Test
    void theListNamesNumbersScenariosAndFaults() {
        Run run = practice("--list");
        assertThat(run.output())
                .contains(
                        "+9996620001  ", "+9996620600  ", "salt-rotate  ", "gzip-bomb  ", "ga-end  ", "message-key  ");
        assertThat(run.error()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--scenario nothing", "--fault nothing", "--fault ga-end --fault nothing"})
    void onlyWhatIsOnTheListCanBeAskedFor(String words) {
        Run run = practice(words.split(" ", -1));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("There is no such", "tgsession practice --list");
    }

    private Run practice(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "practice";
        System.arraycopy(words, 0, all, 1, words.length);
        return Run.with(folder, environment(), "", all);
    }

    private Map<String, String> environment() {
        return Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    private RpcConnection client(int dc) throws Exception {
        return KeyMakingDialer.overTcp(
                        Transports.chosen(Optional.empty()),
                        Duration.ofSeconds(10),
                        ServerKeys.own(server.publicKey()),
                        new ClientIdentity(1, "test", "1", "1", "en"),
                        RANDOM,
                        Clock.systemUTC())
                .dial(new DataCenter(dc, "127.0.0.1", server.address(dc).getPort(), Environment.PRACTICE));
    }

    private static LoginToken ask(RpcConnection client) throws Exception {
        return client.call(new ExportLoginToken(1, "0", List.of()));
    }

    private static String link(RpcConnection client) throws Exception {
        PlainLoginToken token = (PlainLoginToken) ask(client);
        return "tg://login?token="
                + Base64.getUrlEncoder().encodeToString(token.token().toArray());
    }
}
