package dev.tgsession.travel;

import dev.tgsession.travel.TransferException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Carries a file to a {@link SecretUrl}, or from it: over TLS, whole, and not to any other host.
 *
 * <p>A server in trouble and a connection that breaks are tried again after a pause, {@value #TRIES} times in all. A server
 * that says no is believed at once. Headers are only what HTTP needs, since a presigned URL may be good for nothing else.
 */
public final class Courier {
    /** The most bytes that are carried, either way. */
    public static final int LARGEST = Armor.LARGEST;

    private static final int TRIES = 4;
    private static final int MOST_REDIRECTIONS = 5;
    private static final int ERROR_PAGE = 16 * 1024;
    private static final Duration CONNECTING = Duration.ofSeconds(20);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9));
    private static final Set<Integer> IN_TROUBLE = Set.of(429, 500, 502, 503, 504);
    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);

    /** What a bucket says in its error page, by its code. Anything else it says is not repeated. */
    private static final Map<String, String> BUCKET_WORDS = Map.of(
            "ExpiredToken", "the token in AWS_SESSION_TOKEN has run out",
            "InvalidAccessKeyId", "there is no such access key",
            "NoSuchBucket", "there is no such bucket",
            "NoSuchKey", "there is nothing of that name in the bucket",
            "PermanentRedirect", "the bucket is in another region",
            "AuthorizationHeaderMalformed", "the bucket is in another region",
            "RequestTimeTooSkewed", "the clock of this machine is wrong",
            "SignatureDoesNotMatch", "the key and its secret do not fit, or the URL was changed",
            "AccessDenied", "the URL has run out or is not for this, or the key may not do this");

    private final HttpClient client;
    private final Duration patience;
    private final Pause pause;

    /** Lets time pass between two tries. */
    public interface Pause {
        void rest(Duration time) throws InterruptedException;
    }

    /**
     * Ready to go; nothing happens yet.
     *
     * @param trust whose word is taken for who a host is
     * @param patience how long one try may take, from the first byte to the last
     */
    public Courier(Trust trust, Duration patience, Pause pause) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECTING.compareTo(patience) < 0 ? CONNECTING : patience)
                .sslContext(trust.context())
                .build();
        this.patience = patience;
        this.pause = pause;
    }

    /**
     * Puts a file there, in the place of what may be there.
     *
     * @throws TransferException if it did not arrive, as far as we know
     * @throws InterruptedIOException if the thread was interrupted
     */
    public void put(SecretUrl to, byte[] file) throws IOException {
        if (file.length > LARGEST) {
            throw tooLarge("This file");
        }
        carry(to, Optional.of(file));
    }

    /**
     * The file that is there.
     *
     * @throws TransferException if it did not arrive
     * @throws InterruptedIOException if the thread was interrupted
     */
    public byte[] get(SecretUrl from) throws IOException {
        return carry(from, Optional.empty());
    }

    private byte[] carry(SecretUrl url, Optional<byte[]> file) throws IOException {
        Iterator<Duration> pauses = PAUSES.iterator();
        while (true) {
            try {
                return follow(url, file);
            } catch (TransferException failed) {
                if (failed.kind() != Kind.UNREACHABLE || !pauses.hasNext()) {
                    throw failed;
                }
                rest(pauses.next());
            }
        }
    }

    /** Goes where the host sends us, as long as it is the same host. */
    private byte[] follow(SecretUrl url, Optional<byte[]> file) throws IOException {
        SecretUrl here = url;
        for (int i = 0; i <= MOST_REDIRECTIONS; i++) {
            HttpResponse<byte[]> answer = ask(here, file);
            int status = answer.statusCode();
            boolean taken = file.isPresent() && (status == 200 || status == 201 || status == 204);
            if (taken || (status == 200 && isWhole(answer))) {
                return answer.body();
            }
            if (status == 200) {
                throw unreachable("the connection to " + here.host() + " may have been cut off");
            }
            if (!REDIRECTIONS.contains(status)) {
                throw refusal(here, status, answer.body());
            }
            here = next(here, answer, file.isPresent());
        }
        throw new TransferException(Kind.REFUSED, "the server " + url.host() + " sends us around in circles", "");
    }

    /** A file whose length nobody told would end wherever the line does. */
    private static boolean isWhole(HttpResponse<byte[]> answer) {
        String length = Integer.toString(answer.body().length);
        return answer.headers().firstValue("Transfer-Encoding").isPresent()
                || answer.headers()
                        .firstValue("Content-Length")
                        .filter(length::equals)
                        .isPresent();
    }

    private static SecretUrl next(SecretUrl here, HttpResponse<byte[]> answer, boolean writing)
            throws TransferException {
        Optional<String> location = answer.headers().firstValue("Location");
        if (location.isEmpty()) {
            throw refusal(here, answer.statusCode(), answer.body());
        }
        SecretUrl next = here.resolve(location.get());
        if (!next.hasHostOf(here)) {
            throw new TransferException(
                    Kind.REFUSED,
                    "the server " + here.host() + " sends us on to another host, " + next.host()
                            + ", where nobody sent us",
                    "If that is the right one, give a URL of that host.");
        }
        // 307 and 308 say that the same is to be done there; the older ones leave open what becomes of a file.
        if (writing && answer.statusCode() < 307) {
            throw new TransferException(
                    Kind.REFUSED,
                    "the server " + here.host() + " does not take files at that URL",
                    "It answers with a redirection.");
        }
        return next;
    }

    /** One question, one answer. Whatever goes wrong is told without the words of the HTTP client, which know the URL. */
    private HttpResponse<byte[]> ask(SecretUrl url, Optional<byte[]> file) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request(url, file), this::body);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw unreachable("the server " + url.host() + " does not answer in time");
        } catch (ExecutionException failed) {
            throw translated(url, failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a file was on its way");
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpRequest request(SecretUrl url, Optional<byte[]> file) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.uri());
        return (file.isPresent() ? request.PUT(BodyPublishers.ofByteArray(file.get())) : request.GET()).build();
    }

    private BodySubscriber<byte[]> body(ResponseInfo info) {
        return info.statusCode() == 200 ? LimitedBody.failingAbove(LARGEST) : LimitedBody.cutAt(ERROR_PAGE);
    }

    private static TransferException refusal(SecretUrl url, int status, byte[] page) {
        if (IN_TROUBLE.contains(status)) {
            return unreachable("the server " + url.host() + " is in trouble (HTTP " + status + ")");
        }
        Optional<String> words = wordsOf(page);
        if (status == 404 || status == 410) {
            return new TransferException(
                    Kind.MISSING,
                    "the server " + url.host() + " has nothing there"
                            + words.map(w -> ": " + w).orElse(""),
                    "Has it been sent already, and to this place?");
        }
        if (status == 401 || status == 403) {
            return new TransferException(
                    Kind.REFUSED,
                    "the server " + url.host() + " refuses: " + words.orElse("the URL has run out, or is not for this"),
                    "A presigned URL is good for some time only, and for either reading or writing. Make a new one.");
        }
        return new TransferException(
                Kind.REFUSED,
                "the server " + url.host() + " refuses (HTTP " + status + ")"
                        + words.map(w -> ": " + w).orElse(""),
                "");
    }

    private static Optional<String> wordsOf(byte[] page) {
        String text = new String(page, StandardCharsets.UTF_8);
        int begin = text.indexOf("<Code>");
        int end = text.indexOf("</Code>", Math.max(begin, 0));
        return begin < 0 || end < 0
                ? Optional.empty()
                : Optional.ofNullable(BUCKET_WORDS.get(text.substring(begin + "<Code>".length(), end)));
    }

    private static TransferException translated(SecretUrl url, Throwable failed) {
        if (has(failed, LimitedBody.TooLargeException.class)) {
            return tooLarge("What " + url.host() + " sends");
        }
        boolean broken = has(failed, EOFException.class) || has(failed, SocketException.class);
        if (has(failed, CertificateException.class) || (has(failed, SSLException.class) && !broken)) {
            return new TransferException(
                    Kind.UNTRUSTED,
                    "whoever answers as " + url.host() + " does not prove to be that host",
                    "Somebody may be in between. For a server with a certificate of your own, name its authority's PEM file"
                            + " in AWS_CA_BUNDLE.");
        }
        if (has(failed, UnresolvedAddressException.class)) {
            return new TransferException(
                    Kind.UNREACHABLE, "there is no host " + url.host() + ", or no network", "Check the name.");
        }
        if (has(failed, ConnectException.class)) {
            return unreachable("the server " + url.host() + " cannot be reached");
        }
        return unreachable("the connection to " + url.host() + " broke");
    }

    private static boolean has(Throwable failed, Class<? extends Throwable> kind) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static TransferException unreachable(String sentence) {
        return new TransferException(Kind.UNREACHABLE, sentence, "Try again in some minutes.");
    }

    private static TransferException tooLarge(String what) {
        return new TransferException(
                Kind.TOO_LARGE, what + " is larger than any session (" + (LARGEST >> 20) + " MiB)", "");
    }

    private void rest(Duration time) throws InterruptedIOException {
        try {
            pause.rest(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two tries");
        }
    }
}
