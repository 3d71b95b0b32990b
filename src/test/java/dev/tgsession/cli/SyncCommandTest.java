package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.practice.IncomingRequest;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonUpgrade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tgsession sync} against a practice server on loopback that knows people. */
class SyncCommandTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RsaPrivateKey KEY = RsaPrivateKey.generate(RANDOM);
    private static final SessionFormats FORMATS =
            SessionFormats.standard(Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
    private static final String BOT = "42:" + "A".repeat(35);

    @TempDir
    private Path folder;

    private PracticeServer server;
    private Path key;
    private volatile Duration ahead = Duration.ZERO;

    @BeforeEach
    void open() throws IOException {
        // The program's clock stands still in these tests; so does the server's, until a test moves it.
        InstantSource clock = () -> Instant.ofEpochSecond(1_700_000_000).plus(ahead);
        server = PracticeServer.start(PracticeSettings.of(KEY, clock, RANDOM).withDialogs(12));
        key = Files.writeString(folder.resolve("server.pem"), server.publicKey().toPkcs1Pem());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theFileThenHoldsEverybodyAndWhoWasThereStays() throws Exception {
        Path file = login("+9996620703", "22222");
        Session before = read(file);
        Peer old = new Peer(
                77, 78, Optional.of("person_18"), Optional.empty(), Optional.of("Old one"), Optional.of(Instant.EPOCH));
        Files.write(file, FORMATS.usual().write(before.withPeers(List.of(old))).toFileBytes());

        Run run = sync("a");

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.output()).contains("62 peers found", "groups", "63 in the file");
        assertThat(run.error()).contains("a.practice.session.bak");
        EntityCache peers = EntityCache.of(read(file));
        assertThat(peers.size()).isEqualTo(63);
        assertThat(peers.byId(77).orElseThrow().name()).contains("Old one");
        // A name goes to whom Telegram says has it now.
        assertThat(peers.byId(77).orElseThrow().username()).isEmpty();
        assertThat(peers.byUsername("Person_18").orElseThrow().markedId()).isEqualTo(5_000_000_018L);
        assertThat(read(file).authKey()).isEqualTo(before.authKey());
        assertThat(read(file).account().map(one -> one.userId())).contains(9_996_620_703L);
        assertThat(read(file).updateState()).isEqualTo(before.updateState());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void plainAccountsKnowAsManyAsTheServerWasTold() throws Exception {
        login("+9996620001", "22222");
        JsonObject report = JsonParser.object().from(sync("a", "--json").output());
        assertThat(report.getInt("dialogs")).isEqualTo(12);
        assertThat(report.getInt("found")).isEqualTo(12 - 1 + 1);
        assertThat(report.getBoolean("complete")).isTrue();
        assertThat(report.isNull("waitSeconds")).isTrue();
        assertThat(report.getString("written")).endsWith("a.practice.session");
        assertThat(report.getInt("peersBefore")).isZero();
        assertThat(report.getInt("peers")).isEqualTo(12);
    }

    @Test
    void aFileOfAnotherVersionStaysOfThatVersion() throws Exception {
        Path file = login("+9996620703", "22222");
        byte[] seven = Files.readAllBytes(file);
        TelethonUpgrade.plan(SessionSource.ofBytes("seven", seven), 5, true)
                .writeTo(empty(file), RowProgress.UNWATCHED);
        assertThat(sync("a").code()).isZero();
        assertThat(TelethonUpgrade.schemaOf(SessionSource.ofFile(file))).isEqualTo(5);
        assertThat(read(file).peers()).hasSize(62);
    }

    @Test
    void aFileOfAnotherLibraryThatHoldsPeersIsFilledToo() throws Exception {
        Session session = read(login("+9996620703", "22222"));
        // Of Pyrogram's kin this one has a place for the address of a server of one's own.
        SessionFormat kurigram = FORMATS.named("kurigram").orElseThrow();
        Path file = folder.resolve("k.practice.session");
        Files.write(file, kurigram.write(session).toFileBytes());

        Run run = sync(file.toString());

        assertThat(run.code()).as(run.error()).isZero();
        assertThat(FORMATS.recognise(SessionSource.ofFile(file)).orElseThrow().name())
                .isEqualTo("kurigram");
        EntityCache peers = EntityCache.of(read(file));
        assertThat(peers.size()).isEqualTo(62);
        // It keeps all user names of a peer.
        assertThat(peers.byUsername("many_6_two").orElseThrow().markedId()).isEqualTo(5_000_000_006L);
    }

    @Test
    void aFormWithoutRoomForPeersIsRefusedBeforeAnybodyIsAsked() throws Exception {
        Path file = login("+9996620001", "22222");
        SessionFormat string = FORMATS.named("telethon-string").orElseThrow();
        Path text = Files.writeString(
                folder.resolve("a.txt"), string.write(read(file)).toText() + "\n");
        int calls = server.requests().size();

        Run run = sync(text.toString());

        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.error()).contains("has no room for peers");
        assertThat(server.requests()).hasSize(calls);
    }

    @Test
    void aBotHasNobodyToAskFor() throws Exception {
        Path file = login(BOT);
        byte[] before = Files.readAllBytes(file);
        Run run = sync("a");
        assertThat(run.code()).isEqualTo(ExitCode.FAILED.number());
        assertThat(run.error()).contains("bot has no contacts and no dialogs to ask for");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aLongFloodWaitIsReportedWhatWasFoundIsKeptAndARerunCompletes() throws Exception {
        Path file = login("+9996620702", "22222");

        Run first = sync("a");

        assertThat(first.code()).isEqualTo(ExitCode.FLOOD_WAIT.number());
        assertThat(first.error()).contains("What was found is in the file").contains("5 minutes");
        int kept = read(file).peers().size();
        assertThat(kept).isBetween(200, 1000);

        ahead = Duration.ofMinutes(6);
        // The program's clock stands still; it learns the server's from it.
        Run second = sync("a");

        assertThat(second.code()).as(second.error()).isZero();
        assertThat(read(file).peers()).hasSize(3000 - 1 + 150);
    }

    @Test
    void aLoginThatHasEndedIsSaidInWordsAndTheFileStaysAsItIs() throws Exception {
        for (String number : List.of("+9996620500", "+9996620501", "+9996620503")) {
            Path file = login(number, "22222");
            byte[] before = Files.readAllBytes(file);
            ahead = ahead.plusSeconds(20);
            Run run = sync("a");
            ExitCode due = number.endsWith("1") ? ExitCode.BANNED : ExitCode.NOT_AUTHORISED;
            assertThat(run.code()).as(run.error()).isEqualTo(due.number());
            assertThat(run.error()).contains("error: ").doesNotContain("mistake in tgsession");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThat(names()).doesNotContain("a.practice.session.bak");
            Files.delete(file);
        }
    }

    @Test
    void aKeyTheServerDoesNotKnowIsALoginThatIsGone() throws Exception {
        Path file = login("+9996620001", "22222");
        Session session = read(file);
        byte[] other = new byte[256];
        RANDOM.nextBytes(other);
        Session stranger = Session.of(session.dataCenter(), dev.tgsession.crypto.AuthKey.of(other));
        Files.write(file, FORMATS.usual().write(stranger).toFileBytes());
        Run run = sync("a");
        assertThat(run.code()).as(run.error()).isEqualTo(ExitCode.NOT_AUTHORISED.number());
        assertThat(run.error()).contains("does not know the key");
    }

    @Test
    void whereNobodyCanBeAskedForTheApiIdNothingIsAskedOfTelegram() throws Exception {
        Run run = sync("nothing-there");
        assertThat(run.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(sync("a", "--transport", "pigeon").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(sync("a", "--timeout", "0").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(sync("a", "--api-id", "-3").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aLoginCanBeFilledAtOnce() throws Exception {
        Run run = run("+9996620703\n22222\n", "login", "a", "--fill-entities");
        assertThat(run.code()).as(run.error()).isZero();
        assertThat(run.error()).contains("62 peers are kept with it");
        assertThat(read(folder.resolve("a.practice.session")).peers()).hasSize(62);
        assertThat(names()).as("no copy of what was there for a second").doesNotContain("a.practice.session.bak");
    }

    @Test
    void aLoginThatCannotBeFilledStands() throws Exception {
        Run bot = run(BOT + "\n", "login", "a", "--fill-entities");
        assertThat(bot.code()).isZero();
        assertThat(bot.error()).contains("bot has no contacts", "The login stands");
        Run waiting = run("+9996620702\n22222\n", "login", "b", "--fill-entities");
        assertThat(waiting.code()).isZero();
        assertThat(waiting.error()).contains("5 minutes", "The login stands");
        assertThat(read(folder.resolve("b.practice.session")).peers()).isNotEmpty();
    }

    @Test
    void thePracticeServersAreToldHowManyPeopleToMakeUp() {
        assertThat(Run.in(folder, "practice", "--dialogs", "-1").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Run.in(folder, "practice", "--dialogs", "100001").error()).contains("0 to 100000");
        assertThat(Run.in(folder, "practice", "--list").output())
                .contains("+9996620700", "has 3000 dialogs", "FLOOD_WAIT_300 at the third page");
    }

    @Test
    void withoutBeingAskedALoginFillsNothing() throws Exception {
        login("+9996620703", "22222");
        assertThat(server.requests().stream().map(IncomingRequest::name)).doesNotContain("messages.getDialogs");
    }

    private Path login(String... answers) {
        Run run = run(String.join("\n", answers) + "\n", "login", "a");
        assertThat(run.code()).as(run.error()).isZero();
        return folder.resolve("a.practice.session");
    }

    /** {@code a} is the file that the logins here leave. */
    private Run sync(String file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("sync", file.equals("a") ? "a.practice.session" : file));
        arguments.addAll(List.of(more));
        return Run.with(folder, Map.of("TG_API_ID", "12345"), "", arguments.toArray(String[]::new));
    }

    private Run run(String input, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        var address = server.address(2);
        arguments.addAll(List.of("--server", address.getHostString() + ":" + address.getPort()));
        arguments.addAll(List.of("--server-key", key.toString()));
        return Run.with(folder, dev.tgsession.cli.Practising.API, input, arguments.toArray(String[]::new));
    }

    private static Session read(Path file) throws IOException {
        return FORMATS.read(SessionSource.ofFile(file));
    }

    private static Path empty(Path file) throws IOException {
        return Files.write(file, new byte[0]);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
