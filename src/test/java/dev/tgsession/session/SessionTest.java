package dev.tgsession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.AuthKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final Session LEAST =
            Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(sevens()));

    @Test
    void theKeyDoesNotPrint() {
        assertThat(LEAST.toString()).doesNotContain("0707").contains("149.154.167.51");
    }

    @Test
    void growsByWhatIsLearned() {
        Session session = LEAST.withAccount(Account.of(7, false))
                .withUpdateState(new UpdateState(1, 2, 3, 4))
                .withApiId(12345);

        assertThat(session.account()).contains(Account.of(7, false));
        assertThat(session.updateState()).contains(new UpdateState(1, 2, 3, 4));
        assertThat(session.apiId()).contains(12345);
        assertThat(session.authKey()).isEqualTo(LEAST.authKey());
        assertThat(LEAST.account()).isEmpty();
    }

    @Test
    void keepsItsOwnListOfPeers() {
        List<Peer> peers = new ArrayList<>();
        Session session = LEAST.withPeers(peers);
        peers.add(new Peer(1, 2, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(session.peers()).isEmpty();
    }

    /** Ranges by TDLib's DialogId, and the two ids whose old and new marks differ. */
    @ParameterizedTest
    @CsvSource({
        "1, USER",
        "1099511627775, USER",
        "-1, GROUP",
        "-100123, GROUP",
        "-999999999999, GROUP",
        "-1000000000000, GROUP",
        "-1000000000001, CHANNEL",
        "-1000999999999, CHANNEL",
        "-1012345678901, CHANNEL",
        "-3999999999999, CHANNEL"
    })
    void aMarkedIdTellsTheKindByItsSize(long id, PeerKind kind) {
        assertThat(new Peer(id, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"Anna, Müller, Anna Müller", "Anna, -, Anna", "-, Müller, Müller", "-, -, -", "' ', '', -"})
    void aFullNameIsJoinedByOneBlank(String first, String last, String full) {
        Account account = new Account(
                1,
                false,
                Optional.empty(),
                Optional.ofNullable(first),
                Optional.ofNullable(last),
                Optional.empty(),
                Optional.empty());

        assertThat(account.fullName()).isEqualTo(Optional.ofNullable(full));
    }

    @Test
    void nobodyHasTheNumberZero() {
        assertThatThrownBy(() -> Account.of(0, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "login, login.session, login.practice.session",
        "login.session, login.session, login.practice.session",
        "my.login, my.login.session, my.login.practice.session",
        "a/b, a/b.session, a/b.practice.session",
        "login.practice, login.practice.session, login.practice.session",
        "login.practice.session, login.practice.session, login.practice.session"
    })
    void aNameBecomesAFile(String name, String file, String practiceFile) {
        assertThat(SessionFileName.of(name)).isEqualTo(file);
        assertThat(SessionFileName.of(name, Environment.PRODUCTION)).isEqualTo(file);
        assertThat(SessionFileName.of(name, Environment.PRACTICE)).isEqualTo(practiceFile);
        assertThat(SessionFileName.isPractice(practiceFile)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".session", "folder/", "folder/.session", "folder\\.session"})
    void noNameIsNoFile(String name) {
        assertThatThrownBy(() -> SessionFileName.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] sevens() {
        byte[] key = new byte[AuthKey.SIZE];
        Arrays.fill(key, (byte) 7);
        return key;
    }
}
