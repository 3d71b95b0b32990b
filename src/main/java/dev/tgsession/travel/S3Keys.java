package dev.tgsession.travel;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key and the secret of an account with buckets, at Amazon or elsewhere, and the URLs they sign: version 4 in the query
 * ("Authenticating Requests: Using Query Parameters" in the documentation of Amazon S3). Prints nothing of them.
 *
 * <pre>
 *   secret ── date ── region ── s3 ── aws4_request      each the HMAC key of the next: the key of a day
 *   GET, path, query, host, UNSIGNED-PAYLOAD            the request, a part a line; its SHA-256 is what is signed
 * </pre>
 */
public final class S3Keys {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String FIRST_REGION = "us-east-1";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE = 8;
    private static final HexFormat HEX = HexFormat.of();

    private final String key;
    private final String secret;
    private final Optional<String> token;
    private final String region;
    private final Optional<SecretUrl> endpoint;

    private S3Keys(String key, String secret, Optional<String> token, String region, Optional<SecretUrl> endpoint) {
        this.key = key;
        this.secret = secret;
        this.token = token;
        this.region = region;
        this.endpoint = endpoint;
    }

    /** What is done at the place. */
    public enum Act {
        GET,
        PUT
    }

    /**
     * From the variables that all tools for buckets know: {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code
     * AWS_SESSION_TOKEN}, {@code AWS_REGION} or {@code AWS_DEFAULT_REGION}, {@code AWS_ENDPOINT_URL_S3} or {@code
     * AWS_ENDPOINT_URL}.
     *
     * @throws TransferException if one is missing, or the endpoint is no {@code https://} URL
     */
    public static S3Keys of(Map<String, String> environment) throws TransferException {
        String key = required(environment, "AWS_ACCESS_KEY_ID");
        String secret = required(environment, "AWS_SECRET_ACCESS_KEY");
        Optional<String> address = first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
        Optional<SecretUrl> endpoint = address.isPresent() ? Optional.of(endpoint(address.get())) : Optional.empty();
        Optional<String> region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
        if (endpoint.isEmpty() && region.isEmpty()) {
            throw TransferException.address(
                    "The variable AWS_REGION is not set", "Set it to the region of the bucket, such as eu-central-1.");
        }
        return new S3Keys(key, secret, first(environment, "AWS_SESSION_TOKEN"), region.orElse(FIRST_REGION), endpoint);
    }

    /**
     * A URL that does that one thing at that place, for whoever has it.
     *
     * @param validity how long, at most a week
     */
    public SecretUrl presign(Act act, S3Place place, Duration validity, Instant now) throws TransferException {
        String time = TIME.format(now);
        String scope = time.substring(0, DATE) + "/" + region + "/s3/aws4_request";
        String host = hostOf(place);
        String path = pathOf(place);
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("X-Amz-Algorithm", ALGORITHM);
        parameters.put("X-Amz-Credential", key + "/" + scope);
        parameters.put("X-Amz-Date", time);
        parameters.put("X-Amz-Expires", Long.toString(validity.toSeconds()));
        parameters.put("X-Amz-SignedHeaders", "host");
        token.ifPresent(words -> parameters.put("X-Amz-Security-Token", words));
        String query = query(parameters);

        String request = act + "\n" + path + "\n" + query + "\nhost:" + host + "\n\nhost\nUNSIGNED-PAYLOAD";
        String statement = ALGORITHM + "\n" + time + "\n" + scope + "\n"
                + Hashes.sha256(Bytes.ofUtf8(request)).toHex();
        String signature = HEX.formatHex(hmac(keyOf(time.substring(0, DATE)), statement));
        return SecretUrl.of("https://" + host + path + "?" + query + "&X-Amz-Signature=" + signature);
    }

    @Override
    public String toString() {
        return "S3Keys[hidden]";
    }

    /** Amazon's buckets have hosts of their own, unless the name is none for a host, or a dot in it spoils the certificate. */
    private boolean isHost(S3Place place) {
        return endpoint.isEmpty()
                && place.bucket().chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
    }

    private String hostOf(S3Place place) {
        if (endpoint.isPresent()) {
            return endpoint.get().host();
        }
        String service = region.equals(FIRST_REGION) ? "s3" : "s3." + region;
        String domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return (isHost(place) ? place.bucket() + "." : "") + service + domain;
    }

    private String pathOf(S3Place place) {
        String before = endpoint.map(url -> url.uri().getRawPath()).orElse("");
        String base = before.endsWith("/") ? before.substring(0, before.length() - 1) : before;
        return base + (isHost(place) ? "" : "/" + place.bucket()) + "/" + encoded(place.key(), true);
    }

    private byte[] keyOf(String date) {
        byte[] ofDay = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date);
        return hmac(hmac(hmac(ofDay, region), "s3"), "aws4_request");
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(encoded(value, false)));
        return query.toString();
    }

    /** As Amazon writes URLs: every byte of UTF-8 that is no plain letter, digit or one of {@code -._~}. */
    private static String encoded(String text, boolean path) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || "-._~".indexOf(c) >= 0 || (path && c == '/')) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", broken);
        }
    }

    private static SecretUrl endpoint(String address) throws TransferException {
        SecretUrl url = SecretUrl.of(address);
        if (url.uri().getRawQuery() != null) {
            throw TransferException.address("The endpoint of the buckets has a query", "It is written https://HOST.");
        }
        return url;
    }

    private static String required(Map<String, String> environment, String name) throws TransferException {
        return first(environment, name)
                .orElseThrow(() -> TransferException.address(
                        "The variable " + name + " is not set",
                        "For s3:// set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or use a presigned https:// URL."));
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
