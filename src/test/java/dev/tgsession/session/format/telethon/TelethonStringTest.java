package dev.tgsession.session.format.telethon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.grack.nanojson.JsonObject;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** String sessions against the verdicts of the real class, and the damage that copying does. */
class TelethonStringTest {
    private static final TelethonString FORMAT = new TelethonString();

    /** What Telethon refuses and we take, since nothing in it is in doubt. */
    private static final Set<String> ALSO_TAKEN = Set.of(
            "trailing newline",
            "leading space",
            "inner newline",
            "padding stripped",
            "ipv6 padding stripped",
            "extra padding",
            "quoted");

    private static final String GOOD = vectors()
            .filter(vector -> vector.name().equals("ipv4 dc2"))
            .findFirst()
            .orElseThrow()
            .string();

    private static Stream<Vector> vectors() {
        return Fixtures.json("string-sessions.json").getArray("vectors").stream()
                .map(entry -> new Vector((JsonObject) entry));
    }

    private static Stream<Vector> taken() {
        return vectors().filter(Vector::hasKey);
    }

    private static Stream<Vector> takenByUsOnly() {
        return vectors().filter(vector -> ALSO_TAKEN.contains(vector.name()));
    }

    private static Stream<Vector> refused() {
        return vectors().filter(vector -> !vector.hasKey() && !ALSO_TAKEN.contains(vector.name()));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void readsWhatTelethonReads(Vector vector) throws IOException {
        Session session = FORMAT.read(SessionSource.ofText(vector.string()));

        assertThat(session.authKey()).isEqualTo(Fixtures.KEY);
        assertThat(session.dataCenter().id()).isEqualTo(vector.verdict().getInt("dc_id"));
        assertThat(session.dataCenter().host()).isEqualTo(vector.verdict().getString("server_address"));
        assertThat(session.dataCenter().port()).isEqualTo(vector.verdict().getInt("port"));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void writesWhatTelethonWrites(Vector vector) throws IOException {
        String resaved = vector.verdict().getString("resaved");
        Session session = FORMAT.read(SessionSource.ofText(vector.string()));

        assertThat(FORMAT.write(session).toText()).isEqualTo(resaved.equals("same") ? vector.string() : resaved);
    }

    @ParameterizedTest
    @MethodSource("takenByUsOnly")
    void readsWhatCopyingDidToAString(Vector vector) throws IOException {
        Session session = FORMAT.read(SessionSource.ofText(vector.string()));

        assertThat(session.authKey()).isEqualTo(Fixtures.KEY);
        assertThat(session.dataCenter().id()).isEqualTo(2);
        assertThat(FORMAT.write(session).toText()).hasSize(vector.name().contains("ipv6") ? 369 : 353);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesTheRestInASentence(Vector vector) {
        SessionSource source = SessionSource.ofText(vector.string());
        MalformedSessionException refused =
                catchThrowableOfType(MalformedSessionException.class, () -> FORMAT.read(source));

        assertThat(refused).as(vector.name()).isNotNull().hasMessageEndingWith(".");
        assertThat(refused.hint()).isNotEmpty();
        assertThat(FORMAT.inspect(source).findings())
                .extracting(Finding::message)
                .contains(refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1_ipv4.txt", "v1_ipv6.txt", "v1_dc4.txt"})
    void readsStringsKeptInFiles(String name) throws IOException {
        JsonObject expected = Fixtures.json("strings/manifest.json").getArray("fixtures").stream()
                .map(entry -> (JsonObject) entry)
                .filter(entry -> name.equals(entry.getString("file")))
                .findFirst()
                .orElseThrow()
                .getObject("expected");
        Session session = FORMAT.read(Fixtures.source("strings/" + name));

        assertThat(FORMAT.recognises(Fixtures.source("strings/" + name))).isTrue();
        assertThat(session.authKey()).isEqualTo(Fixtures.KEY);
        assertThat(session.dataCenter())
                .isEqualTo(new DataCenter(
                        expected.getInt("dc_id"),
                        expected.getString("server_address"),
                        expected.getInt("port"),
                        Environment.PRODUCTION));
        assertThat(FORMAT.write(session).toText()).hasSize(expected.getInt("length"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SESSION=%s",
                "export TG_SESSION_2='%s'",
                "SESSION=\"%s\";",
                "session: %s",
                "session: '%s'",
                "client = TelegramClient(StringSession(\"%s\"))",
                "$env:TG_SESSION = \"%s\"",
                "set TG_SESSION=%s",
                "\ufeff%s",
                "`%s`",
                "  '%s',\r\n",
                "%s\u200b"
            })
    void readsALineOutOfAConfiguration(String around) throws IOException {
        SessionSource source = SessionSource.ofText(around.replace("%s", GOOD));

        assertThat(FORMAT.recognises(source)).isTrue();
        assertThat(FORMAT.read(source).authKey()).isEqualTo(Fixtures.KEY);
    }

    @Test
    void readsALineThatWasBrokenAndLostItsPaddingInTheOtherAlphabet() throws IOException {
        String other = GOOD.replace("=", "").replace('-', '+').replace('_', '/');
        StringBuilder broken = new StringBuilder("export TG_SESSION=\"");
        for (int i = 0; i < other.length(); i += 60) {
            broken.append(other, i, Math.min(other.length(), i + 60)).append("\r\n  ");
        }

        SessionSource source = SessionSource.ofText(broken + "\"\n");

        assertThat(FORMAT.read(source).authKey()).isEqualTo(Fixtures.KEY);
        assertThat(FORMAT.write(FORMAT.read(source)).toText()).isEqualTo(GOOD);
    }

    @Test
    void tellsWhoseStringItIsInstead() {
        byte[] packed = new byte[271];
        packed[0] = 2;
        String pyrogram = Base64.getUrlEncoder().withoutPadding().encodeToString(packed);
        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofText(pyrogram))).hasMessageContaining("Pyrogram");

        // dc, length of the address in two bytes, the address, port, key: by chance as long as a string with IPv6.
        byte[] gramjs = new byte[275];
        gramjs[0] = 2;
        gramjs[2] = 14;
        System.arraycopy("149.154.167.51".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, gramjs, 3, 14);
        String text = "1" + Base64.getUrlEncoder().encodeToString(gramjs);
        assertThat(text).hasSize(369);
        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofText(text))).hasMessageContaining("GramJS");
    }

    @Test
    void saysHowMuchIsMissing() {
        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofText(GOOD.substring(0, 301))))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("301 characters")
                .hasMessageContaining("353");
        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofText(GOOD.substring(0, 100) + "*" + GOOD.substring(101))))
                .hasMessageContaining("character 101");
    }

    @Test
    void goesByTheAddressWhereTheNumberIsWrong() throws IOException {
        // Data center 4 with the address of 2, as Telethon exported from files of 1.10 and before.
        SessionSource source = SessionSource.ofText(GOOD.replace("1ApWapzMB", "1BJWapzMB"));

        assertThat(FORMAT.read(source).dataCenter().id()).isEqualTo(2);
        assertThat(FORMAT.inspect(source).findings()).extracting(Finding::code).containsExactly("dc-address-mismatch");
    }

    @Test
    void inspectsWithoutTheKey() {
        Inspection inspection = FORMAT.inspect(SessionSource.ofText(GOOD));

        assertThat(inspection.format()).contains("telethon-string");
        assertThat(inspection.findings()).isEmpty();
        assertThat(inspection.key())
                .isEqualTo(Inspection.Key.present(Fixtures.KEY.id().toHex()));
        assertThat(inspection.layout()).isEmpty();
        assertThat(inspection.peers()).isEmpty();
        assertThat(inspection.login()).isEqualTo(Inspection.Login.UNCLEAR);
        assertThat(inspection.toString()).doesNotContain(HexFormat.of().formatHex(new byte[] {1, 2, 3, 4}));
    }

    @Test
    void aStringInASessionFileIsPointedOut() {
        assertThat(FORMAT.inspect(Fixtures.source("broken/string-session-in-file.session"))
                        .findings())
                .extracting(Finding::code)
                .contains("string-session-in-file");
    }

    @Test
    void refusesWhatDoesNotFitIntoAString() {
        Session named = Session.of(new DataCenter(2, "localhost", 443, Environment.PRACTICE), Fixtures.KEY);
        Session large = Session.of(new DataCenter(300, "127.0.0.1", 443, Environment.PRACTICE), Fixtures.KEY);

        assertThatThrownBy(() -> FORMAT.write(named))
                .isInstanceOf(UnwritableSessionException.class)
                .hasMessageContaining("host name");
        assertThatThrownBy(() -> FORMAT.write(large))
                .isInstanceOf(UnwritableSessionException.class)
                .hasMessageContaining("300");
    }

    @Test
    void aTextFarTooLongIsNoString() {
        assertThat(FORMAT.recognises(SessionSource.ofText("1" + "A".repeat(10_000))))
                .isFalse();
        assertThat(FORMAT.recognises(SessionSource.ofBytes("bytes", new byte[] {(byte) 0xff, (byte) 0xfe})))
                .isFalse();
    }

    @Test
    void noVectorIsForgotten() {
        assertThat(taken().count() + takenByUsOnly().count() + refused().count())
                .isEqualTo(vectors().count());
        assertThat(List.of(taken().count(), takenByUsOnly().count(), refused().count()))
                .allMatch(count -> count >= 6);
    }

    /** One entry; prints its case, which is what a parameterized test shows. */
    private record Vector(JsonObject fields) {
        String name() {
            return fields.getString("case");
        }

        String string() {
            return fields.getString("string");
        }

        JsonObject verdict() {
            return fields.getObject("telethon_1_37_0");
        }

        boolean hasKey() {
            return verdict().getBoolean("has_key", false);
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
