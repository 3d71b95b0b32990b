package dev.tgsession.transport;

import static dev.tgsession.transport.Samples.hex;
import static dev.tgsession.transport.Samples.vectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.ScriptedRandom;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObfuscationTest {
    private static final Bytes HARMLESS = Bytes.ofHex("42".repeat(64));

    static List<JsonObject> exchanges() {
        return vectors("obfuscated2.json", "vectors");
    }

    static List<String> forbiddenStarts() {
        return vectors("obfuscated2.json", "forbidden_starts").stream()
                .map(vector -> vector.getString("first_bytes"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void theClientSpeaksAsTheVectorsSay(JsonObject vector) {
        ScriptedRandom random = ScriptedRandom.of(hex(vector, "random_64"));

        Obfuscation client = Obfuscation.client(random, framing(vector), dcField(vector), proxySecret(vector));

        assertThat(client.header()).isEqualTo(hex(vector, "header_sent"));
        assertThat(client.encrypt(hex(vector, "client_plain_1"))).isEqualTo(hex(vector, "client_wire_1"));
        assertThat(client.encrypt(hex(vector, "client_plain_2"))).isEqualTo(hex(vector, "client_wire_2"));
        assertThat(client.decrypt(hex(vector, "server_wire"))).isEqualTo(hex(vector, "server_plain"));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void theServerUnderstandsAsTheVectorsSay(JsonObject vector) throws IOException {
        Obfuscation server = Obfuscation.server(hex(vector, "header_sent"), proxySecret(vector));

        assertThat(server.framing()).isEqualTo(framing(vector));
        assertThat(server.dcField()).isEqualTo(dcField(vector));
        assertThat(server.decrypt(hex(vector, "client_wire_1"))).isEqualTo(hex(vector, "client_plain_1"));
        assertThat(server.decrypt(hex(vector, "client_wire_2"))).isEqualTo(hex(vector, "client_plain_2"));
        assertThat(server.encrypt(hex(vector, "server_plain"))).isEqualTo(hex(vector, "server_wire"));
    }

    @Test
    void aDirectConnectionMixesNoSecretIn() throws IOException {
        JsonObject vector = exchanges().get(0);

        Obfuscation client =
                Obfuscation.client(ScriptedRandom.of(hex(vector, "random_64")), framing(vector), dcField(vector));

        assertThat(client.header()).isEqualTo(hex(vector, "header_sent"));
        assertThat(Obfuscation.server(client.header()).dcField()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("forbiddenStarts")
    void aForbiddenStartIsDrawnAgain(String start) {
        Bytes forbidden = beginning(start.replace("xxxxxxxx", "01020304"));

        Bytes header = headerDrawnFrom(forbidden, forbidden, HARMLESS);

        assertThat(header.first(56)).isEqualTo(HARMLESS.first(56));
    }

    /** Not among the vectors, but HTTP too. */
    @Test
    void anHttpOptionsRequestIsDrawnAgain() {
        Bytes forbidden = beginning(Bytes.ofUtf8("OPTIONS ").toHex());

        assertThat(headerDrawnFrom(forbidden, HARMLESS).first(56)).isEqualTo(HARMLESS.first(56));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eeeeeeef",
                "eeeeee00",
                "dddddd00",
                "48454145",
                "504f5355",
                "47455421",
                "16030101",
                "0102030400000001"
            })
    void whatOnlyResemblesAForbiddenStartIsTaken(String start) {
        Bytes drawn = beginning(start);

        assertThat(headerDrawnFrom(drawn).first(56)).isEqualTo(drawn.first(56));
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "-2", "10002", "-10003", "32767", "-32768"})
    void theDataCenterCrossesWithItsSign(int dcField) throws IOException {
        Obfuscation client = Obfuscation.client(ScriptedRandom.of(HARMLESS), Framing.ABRIDGED, dcField);

        assertThat(Obfuscation.server(client.header()).dcField()).isEqualTo(dcField);
    }

    @ParameterizedTest
    @ValueSource(ints = {32768, -32769, 100002})
    void aDataCenterBeyondSixteenBitsIsOurMistake(int dcField) {
        assertThatThrownBy(() -> Obfuscation.client(ScriptedRandom.of(HARMLESS), Framing.ABRIDGED, dcField))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFullFramingCannotBeObfuscated() {
        assertThatThrownBy(() -> Obfuscation.client(new SecureRandom(), Framing.FULL, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TransportChoice(Framing.FULL, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noiseIsNoHeader() {
        assertThatThrownBy(() -> Obfuscation.server(HARMLESS)).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> Obfuscation.server(HARMLESS.first(63))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theWrongProxySecretOpensNothing() {
        Bytes secret = Bytes.ofHex("00112233445566778899aabbccddeeff");
        Bytes header = Obfuscation.client(ScriptedRandom.of(HARMLESS), Framing.INTERMEDIATE, 2, secret)
                .header();

        assertThatThrownBy(() -> Obfuscation.server(header, secret.reversed()))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> Obfuscation.server(header)).isInstanceOf(MalformedPacketException.class);
    }

    /** Asks for a header, and sees that the last draw is the one it is made of. */
    private static Bytes headerDrawnFrom(Bytes... draws) {
        ScriptedRandom random = ScriptedRandom.of(draws);
        Bytes header = Obfuscation.client(random, Framing.INTERMEDIATE, 2).header();
        assertThat(random.remaining()).isEqualTo(0);
        return header;
    }

    private static Bytes beginning(String hex) {
        Bytes start = Bytes.ofHex(hex);
        return start.plus(Bytes.ofHex("77".repeat(64)).from(start.size()));
    }

    private static Framing framing(JsonObject vector) {
        return Framing.ofTag(hex(vector, "protocol_tag")).orElseThrow();
    }

    /** Where a vector leaves the field random, the random bytes are what is written. */
    private static int dcField(JsonObject vector) {
        return vector.isNull("dc_field")
                ? (short) hex(vector, "random_64")
                        .slice(60, 2)
                        .reversed()
                        .toNumber()
                        .intValue()
                : vector.getInt("dc_field");
    }

    /** Sixteen bytes, also behind {@code dd}, or behind {@code ee} and before a domain name. */
    private static Bytes proxySecret(JsonObject vector) {
        if (vector.isNull("secret")) {
            return Bytes.EMPTY;
        }
        Bytes secret = hex(vector, "secret");
        return secret.size() == 16 ? secret : secret.slice(1, 16);
    }
}
