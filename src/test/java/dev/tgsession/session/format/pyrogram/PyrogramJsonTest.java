package dev.tgsession.session.format.pyrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file as it was before there were tables. */
class PyrogramJsonTest {
    private static final PyrogramSqlite FORMAT = new PyrogramSqlite(() -> Instant.ofEpochSecond(1_700_000_000));
    private static final SessionSource FILE = Fixtures.source("pyrogram/v0_json.session");

    @Test
    void readsPeersAndOwner() throws IOException {
        Session session = FORMAT.read(FILE);

        assertThat(session.dataCenter()).isEqualTo(DataCenters.builtIn(Environment.PRODUCTION, 2, false));
        assertThat(session.authKey()).isEqualTo(Fixtures.KEY);
        assertThat(session.account())
                .contains(new Account(
                        5_000_000_001L,
                        false,
                        Optional.of(1_111_111_111_111_111_111L),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("15550001234")));
        assertThat(session.peers())
                .containsExactlyInAnyOrder(
                        peer(5_000_000_042L, -2_222_222_222_222_222_222L),
                        peer(-4_000_000_123L, 0),
                        peer(-1_001_234_567_890L, 3_333_333_333_333_333_333L),
                        peer(-1_002_345_678_901L, -4_444_444_444_444_444_444L));
    }

    @Test
    void tellsThatItIsOutOfDate() {
        Inspection inspection = FORMAT.inspect(FILE);

        assertThat(inspection.format()).contains("pyrogram");
        assertThat(inspection.findings())
                .extracting(Finding::code)
                .contains("pyrogram-json")
                .doesNotContain("bad-auth-key");
        assertThat(inspection.peers().orElseThrow().total()).isEqualTo(5);
        assertThat(inspection.login()).isEqualTo(Inspection.Login.LIKELY);
        assertThat(inspection.toJson().toString()).doesNotContain("AAECAw").doesNotContain("00010203");
    }

    @Test
    void becomesAFileOfToday() throws IOException {
        SessionSource today = FORMAT.write(FORMAT.read(FILE)).toSource("today");

        assertThat(FORMAT.inspect(today).findings()).isEmpty();
        assertThat(FORMAT.read(today).account()).isEqualTo(FORMAT.read(FILE).account());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"dc_id\": 2', '\"dc_id\": 2000', no-server-address",
        "'\"dc_id\": 2', '\"dc_id\": \"2\"', no-server-address",
        "AAECAwQF, AAEC, bad-auth-key-length",
        "AAECAwQF, AAECAw*F, bad-auth-key",
        "'\"auth_key\": [', '\"auth_key\": [], \"x\": [', no-auth-key",
        "'\"auth_key\": [', '\"auth_key\": null, \"x\": [', no-auth-key",
        "'\"auth_key\": [', '\"auth_key\": [[[[[[[[[[', bad-json",
        "'}', '', bad-json"
    })
    void damageIsAFinding(String part, String instead, String code) throws IOException {
        SessionSource damaged = SessionSource.ofText(text().replace(part, instead));

        assertThat(FORMAT.inspect(damaged).findings()).extracting(Finding::code).contains(code);
        assertThatThrownBy(() -> FORMAT.read(damaged))
                .isInstanceOfSatisfying(
                        MalformedSessionException.class,
                        refused -> assertThat(refused.finding().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"peers_by_id\": null, \"y\":",
                "\"peers_by_id\": [1, 2], \"y\":",
                "\"peers_by_id\": {\"x\": \"y\", \"5\": {}, \"0\": \"1\", \"99999999999999999999\": \"1\"}, \"y\":"
            })
    void peersThatAreNoneAreLeftOut(String instead) throws IOException {
        SessionSource strange = SessionSource.ofText(text().replace("\"peers_by_id\":", instead));

        assertThat(FORMAT.read(strange).peers()).isEmpty();
    }

    @Test
    void otherJsonIsNotTaken() {
        for (String other :
                new String[] {"{}", "{\"dc_id\": 2}", "[\"dc_id\", \"auth_key\"]", "{\"auth_key_data\": \"x\"}"}) {
            assertThat(FORMAT.recognises(SessionSource.ofText(other))).isFalse();
        }
    }

    /** A parser that calls itself for each bracket would run out of stack. */
    @Test
    void bottomlessBracketsAreRefused() {
        String deep = "{\"dc_id\": 2, \"auth_key\": " + "[".repeat(1_000_000);

        assertThatThrownBy(() -> FORMAT.read(SessionSource.ofText(deep))).isInstanceOf(MalformedSessionException.class);
    }

    private static String text() throws IOException {
        return Files.readString(Fixtures.file("pyrogram/v0_json.session"), StandardCharsets.UTF_8);
    }

    private static Peer peer(long id, long hash) {
        return new Peer(id, hash, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
