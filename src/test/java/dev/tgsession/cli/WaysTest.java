package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.travel.Armor;
import dev.tgsession.travel.HostileServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that leave by {@code login --out} and {@code send}, and come back by {@code fetch}. */
class WaysTest {
    private static final SessionFormats FORMATS = SessionFormats.standard(InstantSource.system());
    private static final String ANSWERS = "+9996620001\n22222\n";
    /** In every secret of these tests. */
    private static final String SECRET = "5ec12e7";

    private static final String PATH = "/bucket/up.session";
    private static final String FILE_NAME = "login.practice.session";

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    private HostileServer server;
    private String url;

    @BeforeEach
    void open() throws IOException {
        server = HostileServer.start();
        url = server.url(PATH + "?X-Amz-Signature=" + SECRET);
        Files.write(folder.resolve("ca.pem"), server.pem());
        environment.put("AWS_CA_BUNDLE", folder.resolve("ca.pem").toString());
        environment.put("UPLOAD", url);
        environment.put("AWS_ACCESS_KEY_ID", "KEYID" + SECRET);
        environment.put("AWS_SECRET_ACCESS_KEY", "KEYSECRET" + SECRET);
        environment.put("AWS_ENDPOINT_URL", "https://" + server.host());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aLoginLeavesAsALineAndNoFileStays() throws Exception {
        Run login = login("--out", "string");
        assertThat(login.output()).hasLineCount(1).startsWith("1");
        assertThat(read(login.output()).dataCenter().port()).isPositive();
        assertThat(login.error())
                .contains("Logged in as")
                .doesNotContain(login.output().strip());
        assertThat(sessions()).isEmpty();
    }

    @Test
    void aLoginLeavesAsArmorThatHoldsTheFile() throws Exception {
        Run login = login("--out", "armor", "--out", "file");
        assertThat(Armor.unwrap(login.output())).contains(Files.readAllBytes(session("login")));
        assertThat(login.error()).contains("The session is in").doesNotContain("Press Enter");
    }

    @Test
    void aUrlIsAskedForBeforeTheNumberAndTheFileGoesThereToTheByte() throws Exception {
        Run login = run(url + "\n" + ANSWERS, "login", "--practice", "--out", "https", "--out", "file");
        assertThat(login.code()).as(login.error()).isZero();
        assertThat(login.error()).containsSubsequence("Upload URL", "Phone number", "is in https://" + server.host());
        assertThat(server.kept(PATH)).contains(Files.readAllBytes(session("login")));

        Run fetch = run("", "fetch", "env:UPLOAD", "-o", "back.session");
        assertThat(fetch.code()).as(fetch.error()).isZero();
        assertThat(folder.resolve("back.session")).hasSameBinaryContentAs(session("login"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("back.session"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:UPLOAD", "https"})
    void aUrlInAVariableNeedsNoQuestion(String out) throws Exception {
        environment.put("TGSESSION_UPLOAD_URL", url);
        Run login = login("--out", out);
        assertThat(login.error()).doesNotContain("Upload URL");
        assertThat(read(server.kept(PATH).orElseThrow()).account()).isPresent();
        assertThat(sessions()).isEmpty();
    }

    @Test
    void aBucketTakesItUnderItsNameAndGivesItBack() throws Exception {
        Run login = login("--out", "s3://bucket/mine/");
        assertThat(login.output()).isEqualTo("s3://bucket/mine/" + FILE_NAME + "\n");
        assertThat(server.requests().get(0).target()).contains("X-Amz-Signature=", "X-Amz-Expires=900");

        Run fetch = run("", "fetch", "s3://bucket/mine/" + FILE_NAME);
        assertThat(fetch.code()).as(fetch.error()).isZero();
        assertThat(fetch.error()).contains("It is logged in as Practice");
        assertThat(session("login"))
                .hasBinaryContent(server.kept("/bucket/mine/" + FILE_NAME).orElseThrow());
    }

    @Test
    void sealedItLeavesAsSomethingElseAndOpensWithThePassphrase() throws Exception {
        environment.put("TGSESSION_PASSPHRASE", "passphrase " + SECRET);
        Run login = login("--out", "s3://bucket/", "--out", "file", "--seal");
        byte[] sealed = server.kept("/bucket/" + FILE_NAME + ".gpg").orElseThrow();
        assertThat(login.error()).contains(", sealed.");
        assertThat(FORMATS.recognise(SessionSource.ofBytes("it", sealed))).isEmpty();

        Run fetch = run("", "fetch", "s3://bucket/" + FILE_NAME + ".gpg", "-o", "login.session");
        assertThat(fetch.code()).as(fetch.error()).isZero();
        assertThat(folder.resolve("login.session")).hasSameBinaryContentAs(session("login"));

        environment.remove("TGSESSION_PASSPHRASE");
        Run nobody = run("", "fetch", "s3://bucket/" + FILE_NAME + ".gpg", "-o", "other.session");
        assertThat(nobody.code()).isEqualTo(ExitCode.NO_CONSOLE.number());
        assertThat(folder.resolve("other.session")).doesNotExist();
        Run typed = run("passphrase " + SECRET + "\n", "fetch", "s3://bucket/" + FILE_NAME + ".gpg", "-o", "o.session");
        assertThat(typed.code()).as(typed.error()).isZero();
    }

    @Test
    void aSealedLineIsOpenedToo() throws Exception {
        environment.put("TGSESSION_PASSPHRASE", "passphrase " + SECRET);
        Run login = login("--out", "string", "--seal");
        assertThat(login.output()).startsWith("-----BEGIN PGP MESSAGE-----");
        environment.put("TG_SESSION", login.output());
        Run fetch = run("", "fetch", "env:TG_SESSION", "-o", "login.session");
        assertThat(fetch.code()).as(fetch.error()).isZero();
        assertThat(read(Files.readAllBytes(folder.resolve("login.session")))
                        .dataCenter()
                        .port())
                .isPositive();
    }

    @Test
    void aPassphraseNobodyWouldSeeEndsItBeforeAnythingIsAsked() throws Exception {
        Run login = run(ANSWERS, "login", "--practice", "--out", "armor", "--seal");
        assertThat(login.code()).isEqualTo(ExitCode.NO_CONSOLE.number());
        assertThat(login.error()).contains("TGSESSION_PASSPHRASE").doesNotContain("Phone number");
        Run pointless = run(ANSWERS, "login", "--practice", "--seal");
        assertThat(pointless.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(pointless.error()).contains("--out");
    }

    @Test
    void aLoginThatWasWonIsNotLostWithTheWayOut() throws Exception {
        server.nextSays(403, "", "<Code>AccessDenied</Code>");
        Run login = run(ANSWERS, "login", "--practice", "--out", "env:UPLOAD", "--debug");
        assertThat(login.code()).isEqualTo(ExitCode.FAILED.number());
        assertThat(login.error())
                .contains(
                        "The server " + server.host() + " refuses: the URL has run out",
                        "in that file only",
                        "tgsession send");
        assertThat(read(Files.readAllBytes(session("login"))).account()).isPresent();

        server.nextSays(403, "", "");
        Run both = run(ANSWERS, "login", "two", "--practice", "--out", "env:UPLOAD", "--out", "string", "--debug");
        assertThat(both.code()).isEqualTo(ExitCode.FAILED.number());
        assertThat(read(both.output()).authKey())
                .isEqualTo(read(Files.readAllBytes(session("two"))).authKey());
        assertThat(session("two")).exists();
    }

    @Test
    void whatCannotWorkIsSaidBeforeAnythingIsAsked() {
        for (String out : List.of("dropbox", "s3://", "env:NOTHING", "http://h.example/x", "store", url)) {
            Run login = run(ANSWERS, "login", "--practice", "--out", out);
            assertThat(login.code()).as(out).isEqualTo(ExitCode.USAGE.number());
            assertThat(login.error()).as(out).doesNotContain("Phone number");
        }
        environment.remove("AWS_SECRET_ACCESS_KEY");
        Run keyless = run(ANSWERS, "login", "--practice", "--out", "s3://bucket/k");
        assertThat(keyless.error()).contains("AWS_SECRET_ACCESS_KEY").doesNotContain("Phone number");
        Run noUrl = run("ftp://x\n" + ANSWERS, "login", "--practice", "--out", "https");
        assertThat(noUrl.code()).isEqualTo(ExitCode.USAGE.number());
        environment.put("AWS_CA_BUNDLE", "nothing.pem");
        Run noAuthority = run(ANSWERS, "login", "--practice", "--out", "env:UPLOAD");
        assertThat(noAuthority.error()).contains("AWS_CA_BUNDLE").doesNotContain("Phone number");
    }

    @Test
    void theFirstHalfOfALoginHasNothingToSend() {
        for (String[] option : new String[][] {{"--out", "string"}, {"--seal"}}) {
            List<String> start = new ArrayList<>(List.of("login", "start", "--phone", "+9996620001"));
            start.addAll(List.of(option));
            Run refused = run("", start.toArray(String[]::new));
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.error()).contains("login finish");
        }
    }

    @Test
    void severalFilesGoIntoAFolderUnderTheirNames() throws Exception {
        byte[] one = made("one.session");
        byte[] two = made("two.session");
        Run send = run("", "send", "one", "two.session", "--to", "s3://bucket/all/");
        assertThat(send.code()).as(send.error()).isZero();
        assertThat(send.error()).contains("is in s3://bucket/all/one.session;", "is in s3://bucket/all/two.session;");
        assertThat(server.kept("/bucket/all/one.session")).contains(one);
        assertThat(server.kept("/bucket/all/two.session")).contains(two);

        for (String place : List.of("s3://bucket/one", "env:UPLOAD")) {
            Run tooMany = run("", "send", "one", "two", "--to", place);
            assertThat(tooMany.code()).isEqualTo(ExitCode.USAGE.number());
        }
        Files.createDirectory(folder.resolve("below"));
        Files.copy(folder.resolve("one.session"), folder.resolve("below/one.session"));
        Run same = run("", "send", "one", "below/one.session", "--to", "s3://bucket/");
        assertThat(same.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aUrlForEachFileIsAskedFor() throws Exception {
        byte[] one = made("one.session");
        byte[] two = made("two.session");
        Run send = run(url + "\n" + server.url("/2?" + SECRET) + "\n", "send", "one", "two", "--to", "-");
        assertThat(send.code()).as(send.error()).isZero();
        assertThat(server.kept(PATH)).contains(one);
        assertThat(server.kept("/2")).contains(two);
    }

    @Test
    void whatIsNoSessionOrNotAllOfItStaysHere() throws Exception {
        Files.writeString(folder.resolve("notes.txt"), "no session");
        assertThat(run("", "send", "notes.txt", "--to", "env:UPLOAD").code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(run("", "send", "missing", "--to", "env:UPLOAD").code()).isEqualTo(ExitCode.BAD_FILE.number());

        made("one.session");
        Files.writeString(folder.resolve("one.session-wal"), "pages");
        Run unfinished = run("", "send", "one", "--to", "env:UPLOAD");
        assertThat(unfinished.code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aSessionInAVariableBecomesAFileWhateverItsForm() throws Exception {
        byte[] file = made("one.session");
        String line =
                FORMATS.named("telethon-string").orElseThrow().write(read(file)).toText();
        for (String value :
                List.of(Armor.wrap(file), Armor.wrap(file).replace("\n", " \r\n "), line, "'" + line + "'")) {
            environment.put("TG_SESSION", value);
            Run fetch = run("", "fetch", "env:TG_SESSION", "--force", "-o", "login.session");
            assertThat(fetch.code()).as(fetch.error()).isZero();
            byte[] fetched = Files.readAllBytes(folder.resolve("login.session"));
            assertThat(read(fetched).authKey()).isEqualTo(read(file).authKey());
            if (Armor.isOne(value)) {
                assertThat(fetched).isEqualTo(file);
            }
        }
    }

    @Test
    void textOnAPipeIsTakenAsAUrlIsToo() throws Exception {
        byte[] file = made("one.session");
        server.keep(PATH, file);
        for (String input : List.of(url + "\n", Armor.wrap(file))) {
            Run fetch = run(input, "fetch", "-", "--force", "-o", "login.session");
            assertThat(fetch.code()).as(fetch.error()).isZero();
            assertThat(folder.resolve("login.session")).hasBinaryContent(file);
        }
    }

    @Test
    void aFileInTheWayIsFoundBeforeTheNetworkIsAsked() throws Exception {
        byte[] before = made("login.session");
        server.keep(PATH, made("one.session"));
        Run refused = run("", "fetch", "env:UPLOAD", "-o", "login.session");
        assertThat(refused.code()).isEqualTo(ExitCode.WOULD_OVERWRITE.number());
        assertThat(server.requests()).isEmpty();

        Run forced = run("", "fetch", "env:UPLOAD", "--force", "-o", "login.session");
        assertThat(forced.code()).as(forced.error()).isZero();
        assertThat(folder.resolve("login.session.bak")).hasBinaryContent(before);
    }

    @Test
    void whatArrivesAndIsNoSessionIsNotWritten() throws Exception {
        byte[] file = made("one.session");
        List<byte[]> arrivals = new ArrayList<>(List.of(
                new byte[0],
                "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8),
                java.util.Arrays.copyOf(file, file.length / 2)));
        for (byte[] arrival : arrivals) {
            server.keep(PATH, arrival);
            Run fetch = run("", "fetch", "env:UPLOAD", "-o", "x.session", "--debug");
            assertThat(fetch.code()).isEqualTo(ExitCode.BAD_FILE.number());
            assertThat(folder.resolve("x.session")).doesNotExist();
        }
    }

    @Test
    void eachWayToFailHasItsExitCode() throws Exception {
        made("one.session");
        assertThat(run("", "fetch", "s3://bucket/none").code()).isEqualTo(ExitCode.BAD_FILE.number());
        assertThat(run("", "fetch", "s3://bucket/folder/").code()).isEqualTo(ExitCode.USAGE.number());
        server.nextSays(403, "", "");
        assertThat(run("", "fetch", "env:UPLOAD", "--debug").code()).isEqualTo(ExitCode.FAILED.number());
        server.nextSays(302, "Location: https://other.example/x?" + SECRET + "\r\n", "");
        Run elsewhere = run("", "fetch", "env:UPLOAD", "--debug");
        assertThat(elsewhere.code()).isEqualTo(ExitCode.FAILED.number());
        assertThat(elsewhere.error()).contains("other.example");
        environment.remove("AWS_CA_BUNDLE");
        Run stranger = run("", "send", "one", "--to", "env:UPLOAD", "--debug");
        assertThat(stranger.code()).isEqualTo(ExitCode.SECURITY.number());
        environment.put("UPLOAD", url.replace("https", "http"));
        Run open = run("", "send", "one", "--to", "env:UPLOAD", "--debug");
        assertThat(open.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(open.error()).contains("everybody on the way");
    }

    @Test
    void aSecretUrlOnTheCommandLineIsRefusedAndNotRepeated() throws Exception {
        made("one.session");
        for (List<String> command : List.of(
                List.of("fetch", url),
                List.of("send", "one", "--to", url),
                List.of("send", url, "--to", "env:UPLOAD"),
                List.of("fetch", "env:UPLOAD", "-o", url),
                List.of("fetch", "env:UPLOAD", url),
                List.of("login", url),
                List.of("login", "anna", url),
                List.of("inspect", url),
                List.of("inspect", url, "--json"),
                List.of("export", url, "--to", "telethon-string"),
                List.of(url))) {
            Run refused = run("", command.toArray(String[]::new));
            assertThat(refused.code()).as(command.toString()).isNotZero();
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aPlainUrlMayBeTyped() throws Exception {
        byte[] file = made("one.session");
        assertThat(run("", "send", "one", "--to", server.url("/plain.session")).code())
                .isZero();
        assertThat(run("", "fetch", server.url("/plain.session")).code()).isZero();
        assertThat(session("login")).hasBinaryContent(file);
    }

    private Run login(String... more) {
        List<String> arguments = new ArrayList<>(List.of("login", "--practice"));
        arguments.addAll(List.of(more));
        Run login = run(ANSWERS, arguments.toArray(String[]::new));
        assertThat(login.code()).as(login.error()).isZero();
        return login;
    }

    /** No run says a secret, whatever it does. */
    private Run run(String input, String... arguments) {
        Run run = Run.with(folder, environment, input, arguments);
        assertThat(run.output() + run.error()).doesNotContain(SECRET);
        return run;
    }

    /** A session file, made by a login. */
    private byte[] made(String name) throws IOException {
        Run login = Run.with(folder, Map.of(), ANSWERS, "login", "made", "--practice", "--force");
        assertThat(login.code()).as(login.error()).isZero();
        Path made = session("made");
        byte[] content = Files.readAllBytes(made);
        Files.write(folder.resolve(name), content);
        return content;
    }

    private Path session(String name) {
        return folder.resolve(name + ".practice.session");
    }

    private List<String> sessions() {
        String[] names = folder.toFile().list((where, name) -> name.contains(".session"));
        return List.of(names == null ? new String[0] : names);
    }

    private static Session read(String text) throws IOException {
        return FORMATS.read(SessionSource.ofText(text.strip()));
    }

    private static Session read(byte[] content) throws IOException {
        return FORMATS.read(SessionSource.ofBytes("it", content));
    }
}
