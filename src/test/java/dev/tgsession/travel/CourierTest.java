package dev.tgsession.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tgsession.travel.TransferException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on their way to a web server that does not mean well, and back. */
class CourierTest {
    private static final String SECRET = "X-Amz-Signature=5ec12e7a";
    private static final String PATH = "/bucket/login.session?" + SECRET;
    private static final byte[] FILE = bytes(70_000);

    private final List<Duration> pauses = new ArrayList<>();

    private HostileServer server;
    private Courier courier;
    private SecretUrl url;

    @BeforeEach
    void open() throws IOException {
        server = HostileServer.start();
        courier = new Courier(Trust.only(server.pem()), Duration.ofSeconds(20), pauses::add);
        url = SecretUrl.of(server.url(PATH));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aFileGoesAndComesBackToTheByte() throws Exception {
        courier.put(url, FILE);
        assertThat(courier.get(url)).isEqualTo(FILE);

        var put = server.requests().get(0);
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.target()).isEqualTo(PATH);
        assertThat(put.body()).isEqualTo(FILE);
        // Nothing a signature would have to know of.
        assertThat(put.headers().keySet()).isSubsetOf("host", "content-length", "connection", "user-agent");
        assertThat(server.requests().get(1).method()).isEqualTo("GET");
        assertThat(pauses).isEmpty();
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        courier.put(url, new byte[0]);
        assertThat(courier.get(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204})
    void otherWaysToSayYesCountForAFileThatGoes(int status) throws Exception {
        server.next((request, out) -> HostileServer.answer(out, status, "", new byte[0]));
        courier.put(url, FILE);
        assertThat(server.requests()).hasSize(1);

        server.next((request, out) -> HostileServer.answer(out, status, "", new byte[0]));
        assertThat(failure(Kind.REFUSED)).hasMessageContaining("HTTP " + status);
    }

    @Test
    void aServerThatSaysNoIsAskedOnce() {
        server.nextSays(403, "", "");
        assertThat(failure(Kind.REFUSED))
                .hasMessage("the server " + server.host() + " refuses: the URL has run out, or is not for this");
        assertThat(server.requests()).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "403, SignatureDoesNotMatch, REFUSED, do not fit",
        "403, RequestTimeTooSkewed, REFUSED, clock of this machine",
        "400, ExpiredToken, REFUSED, AWS_SESSION_TOKEN",
        "404, NoSuchBucket, MISSING, no such bucket",
        "404, NoSuchKey, MISSING, nothing of that name",
        "301, PermanentRedirect, REFUSED, another region",
    })
    void whatABucketSaysIsSaidInWords(int status, String code, Kind kind, String words) {
        server.nextSays(status, "", "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Key>k</Key></Error>");
        assertThat(failure(kind)).hasMessageContaining(words);
    }

    @Test
    void aServersOwnWordsAreNotRepeated() {
        server.nextSays(403, "", "<Code>You gave me " + SECRET + "</Code>");
        assertThat(failure(Kind.REFUSED)).hasMessageEndingWith("the URL has run out, or is not for this");
        server.nextSays(401, "WWW-Authenticate: Basic realm=\"" + SECRET + "\"\r\n", "");
        failure(Kind.REFUSED);
        server.nextSays(401, "", SECRET);
        failure(Kind.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void trouble(int status) throws Exception {
        server.nextSays(status, "", "").nextSays(status, "", "");
        courier.put(url, FILE);

        assertThat(server.kept("/bucket/login.session")).contains(FILE);
        assertThat(server.requests()).hasSize(3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    @Test
    void troubleThatStaysIsToldAfterFourTries() {
        for (int i = 0; i < 6; i++) {
            server.nextSays(503, "", "");
        }
        assertThat(failure(Kind.UNREACHABLE)).hasMessageContaining("in trouble (HTTP 503)");
        assertThat(server.requests()).hasSize(4);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() throws Exception {
        server.keep("/bucket/login.session", FILE);
        server.next((request, out) -> {}); // not a word
        server.next((request, out) -> write(out, "HTTP/1.1 200 x\r\nContent-Len")); // cut in the head
        server.next((request, out) -> write(out, "HTTP/1.1 200 x\r\nContent-Length: 70000\r\n\r\nonly this"));
        assertThat(courier.get(url)).isEqualTo(FILE);
        assertThat(server.requests()).hasSize(4);
        // Java's own client asks again at once if not a word was said.
        assertThat(pauses.size()).isBetween(2, 3);
    }

    @Test
    void aFileThatIsCutOffIsNeverTakenForAWholeOne() {
        for (int i = 0; i < 2; i++) {
            server.next((request, out) -> write(out, "HTTP/1.1 200 x\r\nContent-Length: 100\r\n\r\nhalf"));
            server.next(
                    (request, out) -> write(out, "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"));
        }
        assertThat(failure(Kind.UNREACHABLE)).hasMessage("the connection to " + server.host() + " broke");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void anotherHostIsNamedButNotVisited() throws Exception {
        try (HostileServer other = HostileServer.start()) {
            server.nextSays(307, "Location: " + other.url("/x?" + SECRET) + "\r\n", "");
            assertThat(failure(Kind.REFUSED)).hasMessageContaining("sends us on to another host, " + other.host());
            assertThat(other.requests()).isEmpty();
        }
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/x", "//evil.example/x", "ftp://localhost/x", "https://u:p@localhost/", "%"})
    void noRedirectionLeadsOutOfTheSafeWay(String location) {
        server.nextSays(302, "Location: " + location + "\r\n", "");
        TransferException failed = catchThrowableOfType(TransferException.class, () -> courier.get(url));
        assertThat(failed.kind()).isIn(Kind.REFUSED, Kind.ADDRESS);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void theSameHostMaySendUsOn() throws Exception {
        server.keep("/there", FILE);
        server.nextSays(302, "Location: /there\r\n", "");
        assertThat(courier.get(url)).isEqualTo(FILE);

        server.nextSays(308, "Location: " + server.url("/there/new") + "\r\n", "");
        courier.put(url, FILE);
        assertThat(server.kept("/there/new")).contains(FILE);
        assertThat(server.kept("/bucket/login.session")).isEmpty();

        server.nextSays(302, "Location: /there\r\n", "");
        TransferException failed = catchThrowableOfType(TransferException.class, () -> courier.put(url, FILE));
        assertThat(failed).hasMessageContaining("does not take files");
    }

    @Test
    void circlesEnd() {
        for (int i = 0; i < 20; i++) {
            server.nextSays(302, "Location: /again\r\n", "");
        }
        assertThat(failure(Kind.REFUSED)).hasMessageContaining("in circles");
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void moreThanASessionIsNotReadToItsEnd() {
        byte[] million = bytes(1 << 20);
        List<Integer> sent = new ArrayList<>();
        server.next((request, out) -> {
            write(out, "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 1; i <= 200; i++) {
                write(out, "100000\r\n");
                out.write(million);
                write(out, "\r\n");
                sent.add(i);
            }
        });
        assertThat(failure(Kind.TOO_LARGE)).hasMessageContaining("64 MiB");
        assertThat(sent.size()).isBetween(60, 150);
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 x\r\nContent-Length: 9223372036854775807\r\n\r\nx",
                "HTTP/1.1 200 x\r\nContent-Length: -1\r\n\r\nx",
                "HTTP/1.1 200 x\r\nContent-Length: much\r\n\r\nx",
                "HTTP/1.1 200 x\r\nConnection: close\r\n\r\nnobody knows how long",
                "nonsense\r\n\r\n",
            })
    void aLengthThatIsALieOrMissingDoesNoHarm(String answer) {
        for (int i = 0; i < 4; i++) {
            server.next((request, out) -> write(out, answer));
        }
        failure(Kind.UNREACHABLE);
    }

    @Test
    void anEndlessErrorPageIsNotReadToItsEnd() {
        byte[] page = bytes(1 << 20);
        server.next((request, out) -> {
            write(out, "HTTP/1.1 403 x\r\n\r\n<Code>AccessDenied</Code>");
            for (int i = 0; i < 1000; i++) {
                out.write(page);
            }
        });
        assertThat(failure(Kind.REFUSED)).hasMessageContaining("run out");
    }

    @Test
    void aFileLargerThanAnySessionDoesNotLeave() {
        byte[] large = new byte[Courier.LARGEST + 1];
        TransferException failed = catchThrowableOfType(TransferException.class, () -> courier.put(url, large));
        assertThat(failed.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerThatSaysNothingForTooLongIsLeft() throws Exception {
        Courier hasty = new Courier(Trust.only(server.pem()), Duration.ofMillis(300), pauses::add);
        for (int i = 0; i < 4; i++) {
            // It stays on the line until we hang up.
            server.next((request, out) -> drip(out));
        }
        TransferException failed = catchThrowableOfType(TransferException.class, () -> hasty.get(url));
        assertThat(failed).hasMessage("the server " + server.host() + " does not answer in time");
        assertThat(failed.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aServerNobodyVouchesForIsToldNothing() throws Exception {
        Courier usual = new Courier(Trust.usual(), Duration.ofSeconds(20), pauses::add);
        TransferException failed = catchThrowableOfType(TransferException.class, () -> usual.put(url, FILE));
        assertThat(failed.kind()).isEqualTo(Kind.UNTRUSTED);
        assertThat(failed).hasMessageContaining("does not prove");
        assertThat(server.requests()).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @Test
    void aCertificateForAnotherHostIsNotEnough() throws Exception {
        try (HostileServer other = HostileServer.start(Identity.make("other.example"))) {
            Courier trusting = new Courier(Trust.only(other.pem()), Duration.ofSeconds(20), pauses::add);
            SecretUrl there = SecretUrl.of(other.url(PATH));
            TransferException failed = catchThrowableOfType(TransferException.class, () -> trusting.put(there, FILE));
            assertThat(failed.kind()).isEqualTo(Kind.UNTRUSTED);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void whereNobodyListensIsSaidAfterSomeTries() throws Exception {
        server.close();
        assertThat(failure(Kind.UNREACHABLE)).hasMessage("the server " + server.host() + " cannot be reached");
        assertThat(pauses).hasSize(3);
    }

    @Test
    void aServerWithoutTlsGetsNothing() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                while (!plain.isClosed()) {
                    try (var line = plain.accept()) {
                        write(line.getOutputStream(), "HTTP/1.1 200 x\r\n\r\n");
                        line.getInputStream().readNBytes(1);
                    } catch (IOException gone) {
                        // The next one, or the end.
                    }
                }
            });
            answering.setDaemon(true);
            answering.start();
            SecretUrl there = SecretUrl.of("https://localhost:" + plain.getLocalPort() + PATH);
            TransferException failed = catchThrowableOfType(TransferException.class, () -> courier.put(there, FILE));
            assertThat(failed.kind()).isIn(Kind.UNTRUSTED, Kind.UNREACHABLE);
        }
    }

    @Test
    void aNoteThatThereIsNoAuthorityIsNoStackTrace() {
        TransferException failed = catchThrowableOfType(
                TransferException.class, () -> Trust.only("nothing".getBytes(StandardCharsets.UTF_8)));
        assertThat(failed).hasMessageContaining("no certificate");
        assertThat(catchThrowableOfType(TransferException.class, () -> Trust.only(new byte[0])))
                .hasMessageContaining("no certificate");
    }

    /** The one that getting the file ends with; it says nothing of the URL but its host, not even in a stack trace. */
    private TransferException failure(Kind kind) {
        TransferException failed = catchThrowableOfType(TransferException.class, () -> courier.get(url));
        StringWriter trace = new StringWriter();
        failed.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace + failed.hint()).doesNotContain(SECRET).doesNotContain("/bucket/login");
        assertThat(failed.kind()).as(failed.getMessage()).isEqualTo(kind);
        return failed;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** A page that never ends, slowly enough to never be too large. */
    private static void drip(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 x\r\n\r\n");
        for (int i = 0; i < 100_000; i++) {
            write(out, "x");
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(5).nextBytes(bytes);
        return bytes;
    }
}
