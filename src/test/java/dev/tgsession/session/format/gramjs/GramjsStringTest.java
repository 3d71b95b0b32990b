package dev.tgsession.session.format.gramjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings as GramJS itself wrote them. */
class GramjsStringTest {
    private static final GramjsString FORMAT = new GramjsString();
    private static final AuthKey KEY = AuthKey.of(rising());

    private static Stream<JsonObject> strings() throws IOException, JsonParserException {
        try (InputStream in = GramjsStringTest.class.getResourceAsStream("manifest.json")) {
            return JsonParser.object().from(in).getArray("fixtures").stream()
                    .map(entry -> (JsonObject) entry)
                    .filter(entry ->
                            entry.getObject("expected").getString("variant").equals("string"));
        }
    }

    private static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("strings")
    void readsWhatGramjsWroteAndWritesTheSame(JsonObject entry) throws IOException {
        JsonObject expected = entry.getObject("expected");
        String line = line(entry.getString("file"));
        Session session = FORMAT.read(SessionSource.ofText(line));

        assertThat(FORMAT.recognises(SessionSource.ofText(line))).isTrue();
        assertThat(session.authKey()).isEqualTo(KEY);
        assertThat(session.dataCenter())
                .isEqualTo(new DataCenter(
                        expected.getInt("dc_id"),
                        expected.getString("server_address"),
                        expected.getInt("port"),
                        expected.has("test_derivable") ? Environment.TEST : Environment.PRODUCTION));
        assertThat(FORMAT.write(session).toText()).isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("strings")
    void inspectsWithoutAWordOfComplaint(JsonObject entry) throws IOException {
        Inspection inspection = FORMAT.inspect(SessionSource.ofText(line(entry.getString("file"))));

        assertThat(inspection.format()).contains("gramjs-string");
        assertThat(inspection.findings()).isEmpty();
        assertThat(inspection.key().id()).contains(KEY.id().toHex());
        assertThat(inspection.login()).isEqualTo(Inspection.Login.UNCLEAR);
        assertThat(inspection.toJson().toString()).doesNotContain("AAECAw").doesNotContain("00010203");
    }

    /** Ways to write one address: of each length from the shortest that fits. */
    @ParameterizedTest
    @CsvSource({"::1, 0:0:0:0:0:0:0:1", "::, 0:0:0:0:0:0:0:0", "::a, 0:0:0:0:0:0:0:a", "1::2, 1::2"})
    void anAddressTooShortForGramjsIsWrittenOut(String host, String written) throws IOException {
        String line = FORMAT.write(at(host, 443)).toText();

        assertThat(new String(Base64.getDecoder().decode(line.substring(1)), StandardCharsets.ISO_8859_1))
                .contains(written);
        // 352 characters behind the 1 are one of Telethon's to GramJS.
        assertThat(line.length()).isNotEqualTo(353);
        assertThat(FORMAT.read(SessionSource.ofText(line)).authKey()).isEqualTo(KEY);
    }

    @Test
    void whatGramjsHasNoRoomForIsRefused() {
        assertThatThrownBy(() -> FORMAT.write(at("10.0.0.1", 32_768)))
                .isInstanceOf(UnwritableSessionException.class)
                .hasMessageContaining("32767");
        assertThatThrownBy(() -> FORMAT.write(at("abc", 443))).hasMessageContaining("4 to 100");
        assertThatThrownBy(() -> FORMAT.write(at("a".repeat(101), 443))).hasMessageContaining("4 to 100");
        assertThatThrownBy(
                        () -> FORMAT.write(Session.of(new DataCenter(256, "10.0.0.1", 443, Environment.PRACTICE), KEY)))
                .hasMessageContaining("255");
    }

    @Test
    void theLastOfWhatThereIsRoomForIsWritten() throws IOException {
        for (Session session : new Session[] {at("10.0.0.1", 32_767), at("a".repeat(100), 1), at("host", 80)}) {
            SessionSource written = FORMAT.write(session).toSource("a.practice.session");
            assertThat(FORMAT.read(written)).isEqualTo(session);
        }
    }

    @Test
    void saysWhatOfASessionItCannotKeep() {
        Session test = Session.of(DataCenters.builtIn(Environment.TEST, 2, false), KEY);
        Session named = Session.of(new DataCenter(2, "zws2.web.telegram.org", 443, Environment.PRODUCTION), KEY);

        assertThat(FORMAT.loses(test)).isEmpty();
        assertThat(FORMAT.loses(named)).isEmpty();
        assertThat(FORMAT.loses(at("203.0.113.7", 443))).containsExactly(SessionPart.ENVIRONMENT);
        assertThat(FORMAT.loses(test.withAccount(Account.of(7, true)).withApiId(8)))
                .containsExactly(SessionPart.USER_ID, SessionPart.BOT, SessionPart.API_ID);
        assertThat(FORMAT.requires()).isEmpty();
    }

    /** Of the length of a Telethon IPv6 string, in which the address is bytes and not text. */
    @Test
    void telethonsStringsAreNotTaken() throws IOException {
        for (int size : new int[] {263, 275}) {
            byte[] packed = new byte[size];
            packed[0] = 2;
            packed[1] = 0x20;
            packed[2] = 0x01;
            assertThat(FORMAT.recognises(source(packed))).isFalse();
        }
        assertThat(line("string_v1.txt")).hasSize(369);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1AgAO", "2AgAOMTQ5LjE1NC4xNjcuNTEBuwAB", "1AgAOMTQ5*"})
    void whatIsNoStringIsRefusedInASentence(String text) {
        assertThat(FORMAT.recognises(SessionSource.ofText(text))).isFalse();
        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofText(text)))
                .isInstanceOfSatisfying(
                        MalformedSessionException.class,
                        refused -> assertThat(refused.hint()).isNotEmpty());
        assertThat(FORMAT.inspect(SessionSource.ofText(text)).findings()).hasSize(1);
    }

    @Test
    void anAddressThatIsNoneIsAFinding() throws IOException {
        byte[] packed = packed();
        packed[3] = '/';

        assertThat(FORMAT.recognises(source(packed))).isTrue();
        assertThatThrownBy(() -> FORMAT.read(source(packed))).hasMessageContaining("no address");
        assertThat(FORMAT.inspect(source(packed)).findings())
                .extracting(Finding::code)
                .containsExactly("bad-server-address");
    }

    @Test
    void zerosAreNoKey() throws IOException {
        byte[] packed = packed();
        Arrays.fill(packed, packed.length - 256, packed.length, (byte) 0);

        assertThatThrownBy(() -> FORMAT.read(source(packed))).hasMessageContaining("all zeros");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDamagedStringNeverThrowsUsOff(int seed) throws IOException {
        Random random = new Random(seed);
        byte[] packed = packed();
        for (int i = random.nextInt(5); i >= 0; i--) {
            packed[random.nextInt(19)] = (byte) random.nextInt();
        }
        SessionSource source = source(Arrays.copyOf(packed, packed.length - Math.max(0, random.nextInt(20) - 10)));

        assertThat(FORMAT.inspect(source).toJson().toString()).doesNotContain("00010203");
        try {
            assertThat(FORMAT.read(source).authKey().id()).isEqualTo(KEY.id());
        } catch (MalformedSessionException refused) {
            assertThat(refused.finding().message()).endsWith(".");
        }
    }

    private static Session at(String host, int port) {
        return Session.of(new DataCenter(2, host, port, Environment.PRACTICE), KEY);
    }

    private static byte[] packed() throws IOException {
        return Base64.getDecoder().decode(line("string_v1.txt").substring(1));
    }

    private static SessionSource source(byte[] packed) {
        return SessionSource.ofText("1" + Base64.getEncoder().encodeToString(packed));
    }

    private static String line(String name) throws IOException {
        try (InputStream in = GramjsStringTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }

    private static byte[] rising() {
        byte[] key = new byte[AuthKey.SIZE];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }
}
