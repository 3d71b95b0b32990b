package dev.tgsession.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Presigned URLs, against the example in Amazon's documentation and against Amazon's own signer. */
class S3KeysTest {
    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String TOKEN = "IQoJb3JpZ2luX2VjE//a+b/c==";
    private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");

    /** "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)", Amazon S3 API Reference. */
    @Test
    void theExampleOfTheDocumentationComesOut() throws Exception {
        SecretUrl url = S3Keys.of(environment("us-east-1"))
                .presign(S3Keys.Act.GET, S3Place.of("s3://examplebucket/test.txt"), Duration.ofDays(1), NOW);

        assertThat(url.uri())
                .hasToString("https://examplebucket.s3.amazonaws.com/test.txt"
                        + "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket/login.session",
                "s3://bucket/a folder/with+plus & more/~x-._y",
                "s3://bucket/über/東京/\uD83D\uDE00 (1)'*!",
                "s3://bucket/100%/%2F/a//b/",
                "s3://a.bucket.with.dots/key=?#",
                "s3://Old_Bucket/key",
            })
    void amazonsOwnSignerSignsTheSame(String place) throws Exception {
        for (S3Keys.Act act : S3Keys.Act.values()) {
            for (boolean withToken : new boolean[] {false, true}) {
                for (String region : new String[] {"us-east-1", "eu-central-1", "cn-north-1"}) {
                    Map<String, String> environment = environment(region);
                    if (withToken) {
                        environment.put("AWS_SESSION_TOKEN", TOKEN);
                    }
                    compare(environment, act, place, region, withToken);
                    environment.put("AWS_ENDPOINT_URL", "https://localhost:9000");
                    compare(environment, act, place, region, withToken);
                }
            }
        }
    }

    @Test
    void whereABucketLives() throws Exception {
        assertThat(url("eu-central-1", "s3://bucket/k")).startsWith("https://bucket.s3.eu-central-1.amazonaws.com/k?");
        assertThat(url("eu-central-1", "s3://my.bucket/k"))
                .startsWith("https://s3.eu-central-1.amazonaws.com/my.bucket/k?");
        assertThat(url("cn-north-1", "s3://bucket/k")).startsWith("https://bucket.s3.cn-north-1.amazonaws.com.cn/k?");

        Map<String, String> elsewhere = environment("auto");
        elsewhere.put("AWS_ENDPOINT_URL", "https://ignored.example");
        elsewhere.put("AWS_ENDPOINT_URL_S3", "https://account.r2.example/");
        assertThat(url(elsewhere, "s3://bucket/a/k"))
                .startsWith("https://account.r2.example/bucket/a/k?")
                .contains("%2Fauto%2Fs3%2F");
        elsewhere.put("AWS_ENDPOINT_URL_S3", "https://account.r2.example:443/below");
        assertThat(url(elsewhere, "s3://bucket/k")).startsWith("https://account.r2.example/below/bucket/k?");
    }

    @Test
    void aRegionHasTwoNamesAndMayBeMissingElsewhere() throws Exception {
        Map<String, String> environment = environment("");
        environment.put("AWS_DEFAULT_REGION", "eu-west-1");
        assertThat(url(environment, "s3://bucket/k")).contains(".eu-west-1.");
        environment.remove("AWS_DEFAULT_REGION");
        assertThatThrownBy(() -> S3Keys.of(environment)).hasMessageContaining("AWS_REGION");
        environment.put("AWS_ENDPOINT_URL", "https://localhost:9000");
        assertThat(url(environment, "s3://bucket/k")).contains("%2Fus-east-1%2F");
    }

    @Test
    void whatIsMissingIsNamedAndWhatIsThereIsNot() throws Exception {
        for (String name : new String[] {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}) {
            Map<String, String> environment = environment("us-east-1");
            environment.remove(name);
            assertThatThrownBy(() -> S3Keys.of(environment)).hasMessageContaining(name);
        }
        Map<String, String> open = environment("us-east-1");
        open.put("AWS_ENDPOINT_URL", "http://localhost:9000");
        assertThatThrownBy(() -> S3Keys.of(open)).hasMessageContaining("http://");
        open.put("AWS_ENDPOINT_URL", "https://localhost:9000/?x=1");
        assertThatThrownBy(() -> S3Keys.of(open)).hasMessageContaining("query");
        assertThat(S3Keys.of(environment("us-east-1")).toString())
                .doesNotContain(KEY)
                .doesNotContain(SECRET);
    }

    @Test
    void placesInBuckets() throws Exception {
        assertThat(S3Place.of("s3://bucket/a/b")).isEqualTo(new S3Place("bucket", "a/b"));
        assertThat(S3Place.of("s3://bucket").isFolder()).isTrue();
        assertThat(S3Place.of("s3://bucket/a/").at("x.session")).isEqualTo(S3Place.of("s3://bucket/a/x.session"));
        assertThat(S3Place.of("s3://bucket/a").isFolder()).isFalse();
        for (String wrong : new String[] {"s3://", "s3:///key", "s3://user:pass@bucket/k", "s3://b?x/k"}) {
            assertThatThrownBy(() -> S3Place.of(wrong)).isInstanceOf(TransferException.class);
        }
    }

    private static void compare(
            Map<String, String> environment, S3Keys.Act act, String place, String region, boolean withToken)
            throws TransferException {
        SecretUrl ours = S3Keys.of(environment).presign(act, S3Place.of(place), Duration.ofMinutes(15), NOW);
        String[] parts = ours.uri().toString().split("\\?", 2);

        AwsCredentialsIdentity identity = withToken
                ? AwsSessionCredentialsIdentity.create(KEY, SECRET, TOKEN)
                : AwsCredentialsIdentity.create(KEY, SECRET);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.valueOf(act.name()))
                .protocol("https")
                .host(ours.uri().getHost())
                .port(ours.uri().getPort() < 0 ? 443 : ours.uri().getPort())
                .encodedPath(ours.uri().getRawPath())
                .build();
        String theirs = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(15))
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
                .request()
                .getUri()
                .getRawQuery();
        assertThat(sorted(parts[1])).as(place).isEqualTo(sorted(theirs));
    }

    private static TreeSet<String> sorted(String query) {
        return new TreeSet<>(java.util.List.of(query.split("&")));
    }

    private static String url(String region, String place) throws TransferException {
        return url(environment(region), place);
    }

    private static String url(Map<String, String> environment, String place) throws TransferException {
        return S3Keys.of(environment)
                .presign(S3Keys.Act.PUT, S3Place.of(place), Duration.ofMinutes(15), NOW)
                .uri()
                .toString();
    }

    private static Map<String, String> environment(String region) {
        Map<String, String> environment =
                new HashMap<>(Map.of("AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET));
        Optional.of(region).filter(name -> !name.isEmpty()).ifPresent(name -> environment.put("AWS_REGION", name));
        return environment;
    }
}
