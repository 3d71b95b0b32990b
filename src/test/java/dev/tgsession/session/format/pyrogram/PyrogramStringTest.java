package dev.tgsession.session.format.pyrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.Account;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.UnwritableSessionException;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings of all ages and all libraries of the family. */
class PyrogramStringTest {
    private static final PyrogramString FORMAT = new PyrogramString();
    private static final int API_ID_AT = 1;
    private static final int TEST_AT = 5;
    private static final int KEY_AT = 6;
    private static final int USER_ID_AT = KEY_AT + 256;
    private static final int BOT_AT = USER_ID_AT + 8;

    private static Stream<Fixtures.Entry> current() {
        return Fixtures.strings().filter(entry -> entry.variant().equals("string-current"));
    }

    private static Stream<Fixtures.Entry> old() {
        return Fixtures.strings().filter(entry -> entry.variant().startsWith("string-old"));
    }

    @ParameterizedTest
    @MethodSource("current")
    void writesWhatTheLibraryWrote(Fixtures.Entry entry) throws IOException {
        String written = FORMAT.write(FORMAT.read(entry.source())).toText();

        assertThat(written).isEqualTo(Fixtures.line(entry.file())).hasSize(362);
    }

    @ParameterizedTest
    @MethodSource("old")
    void anOldStringBecomesANewOneThatKnowsNoApplication(Fixtures.Entry entry) throws IOException {
        Session session = FORMAT.read(entry.source());
        String written = FORMAT.write(session).toText();

        assertThat(Fixtures.line(entry.file())).hasSize(entry.expected().getInt("length"));
        assertThat(written).hasSize(362);
        assertThat(Base64.getUrlDecoder().decode(written)).startsWith(2, 0, 0, 0, 0);
        assertThat(FORMAT.read(SessionSource.ofText(written))).isEqualTo(session);
    }

    /** By struct.pack('>BI?256sQ?', ...) as in the library, its api_id beyond 31 bits. */
    @Test
    void anApplicationNumberThatNobodyHasIsNotTakenOver() throws IOException {
        byte[] packed = packed();
        packed[API_ID_AT] = (byte) 0xff;

        assertThat(FORMAT.read(source(packed)).apiId()).isEmpty();
        assertThat(FORMAT.read(source(packed)).account().map(Account::userId)).contains(5_000_000_001L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9999})
    void aUserIdThatStandsForNobodyIsPointedOut(long nobody) throws IOException {
        byte[] packed = packed();
        for (int i = 0; i < 8; i++) {
            packed[USER_ID_AT + i] = (byte) (nobody >> 8 * (7 - i));
        }

        assertThat(FORMAT.read(source(packed)).account()).isEmpty();
        Inspection inspection = FORMAT.inspect(source(packed));
        assertThat(inspection.findings()).extracting(Finding::code).containsExactly("user-id-unknown");
        assertThat(inspection.login()).isEqualTo(Inspection.Login.UNCLEAR);
    }

    /** A place in the string, and what does not belong there. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 6", "0, -1", TEST_AT + ", 2", USER_ID_AT + ", 127", USER_ID_AT + ", -1", BOT_AT + ", 7"})
    void bytesThatMakeNoSenseAreNobodysString(int at, byte value) throws IOException {
        byte[] packed = packed();
        packed[at] = value;

        assertThat(FORMAT.recognises(source(packed))).isFalse();
        assertThatThrownBy(() -> FORMAT.read(source(packed)))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("not its content");
        assertThat(FORMAT.inspect(source(packed)).format()).isEmpty();
    }

    @Test
    void aStringCutShortOrPutTogetherIsRefused() throws IOException {
        String line = Fixtures.line("pyrogram/string_current.txt");

        for (String broken : List.of(line.substring(1), line.substring(0, 361), line + "AA", line + line, "A", "Ag")) {
            assertThat(FORMAT.recognises(SessionSource.ofText(broken))).isFalse();
            assertThatThrownBy(() -> FORMAT.read(SessionSource.ofText(broken)))
                    .isInstanceOf(MalformedSessionException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SESSION_STRING=\"%s\"", "export S='%s';", "%s\n", " %s= ", "%s=="})
    void readsALineOutOfAConfiguration(String around) throws IOException {
        String line = Fixtures.line("pyrogram/string_current_bot.txt");
        String folded = line.substring(0, 100) + "\r\n  " + line.substring(100);

        assertThat(FORMAT.read(SessionSource.ofText(around.replace("%s", folded)))
                        .account()
                        .orElseThrow()
                        .bot())
                .isTrue();
        String otherAlphabet = line.replace('-', '+').replace('_', '/');
        assertThat(FORMAT.read(SessionSource.ofText(otherAlphabet)).authKey()).isEqualTo(Fixtures.KEY);
    }

    @Test
    void zerosAreNoKey() throws IOException {
        byte[] packed = packed();
        java.util.Arrays.fill(packed, KEY_AT, USER_ID_AT, (byte) 0);

        assertThat(FORMAT.recognises(source(packed))).isTrue();
        assertThatThrownBy(() -> FORMAT.read(source(packed))).hasMessageContaining("all zeros");
        assertThat(FORMAT.inspect(source(packed)).login()).isEqualTo(Inspection.Login.NEVER);
    }

    @Test
    void aTestServerThatIsNotKnownIsAFinding() throws IOException {
        byte[] packed = packed();
        packed[0] = 4;
        packed[TEST_AT] = 1;

        assertThatThrownBy(() -> FORMAT.read(source(packed))).hasMessageContaining("known data center");
        assertThat(FORMAT.inspect(source(packed)).findings())
                .extracting(Finding::code)
                .containsExactly("no-server-address");
    }

    @Test
    void writesNothingItWouldHaveToMakeUp() {
        Session nobodys = Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), Fixtures.KEY);
        Session elsewhere =
                nobodys.withAccount(Account.of(7, false)).at(new DataCenter(6, "192.0.2.1", 443, Environment.PRACTICE));

        assertThatThrownBy(() -> FORMAT.write(nobodys)).isInstanceOf(UnwritableSessionException.class);
        assertThatThrownBy(() -> FORMAT.write(elsewhere)).hasMessageContaining("not 6");
        assertThat(FORMAT.requires()).containsExactly(SessionPart.USER_ID, SessionPart.BOT);
        assertThat(FORMAT.welcomes()).containsExactly(SessionPart.API_ID);
    }

    @Test
    void saysWhatOfASessionItCannotKeep() {
        Session session = Session.of(DataCenters.builtIn(Environment.TEST, 2, true), Fixtures.KEY)
                .withAccount(Account.of(7, true))
                .withApiId(1);

        // An IPv6 address is found by the number like any other.
        assertThat(FORMAT.loses(session)).isEmpty();
        assertThat(FORMAT.loses(session.withPeers(List.of(
                        new Peer(1, 2, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())))))
                .containsExactly(SessionPart.PEERS);
        assertThat(FORMAT.loses(session.at(new DataCenter(2, "127.0.0.1", 4430, Environment.PRACTICE))))
                .containsExactly(SessionPart.ADDRESS, SessionPart.ENVIRONMENT);
    }

    @Test
    void theKeyStaysHidden() throws IOException {
        SessionSource source = Fixtures.source("pyrogram/string_current.txt");

        assertThat(FORMAT.inspect(source).toJson().toString() + FORMAT.write(FORMAT.read(source)) + source)
                .contains(Fixtures.KEY.id().toHex())
                .doesNotContain("00010203")
                .doesNotContain("AAECAw")
                .doesNotContain("AQIDBAUG");
    }

    private static byte[] packed() throws IOException {
        return Base64.getUrlDecoder().decode(Fixtures.line("pyrogram/string_current.txt"));
    }

    private static SessionSource source(byte[] packed) {
        return SessionSource.ofText(Base64.getUrlEncoder().withoutPadding().encodeToString(packed));
    }
}
