package dev.tgsession.session.format.pyrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.grack.nanojson.JsonObject;
import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerType;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.Severity;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions of every version of every library of the family, as those wrote them, against what their manifests say. */
class PyrogramFixturesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));
    private static final Map<String, PeerType> TYPES = Map.of(
            "user", PeerType.PERSON,
            "bot", PeerType.BOT,
            "group", PeerType.GROUP,
            "supergroup", PeerType.SUPERGROUP,
            "channel", PeerType.CHANNEL);

    private static Stream<Fixtures.Entry> all() {
        return Fixtures.entries();
    }

    private static Stream<Fixtures.Entry> loggedIn() {
        return Fixtures.entries().filter(Fixtures.Entry::isLoggedIn);
    }

    private static Stream<Fixtures.Entry> databases() {
        return Fixtures.databases();
    }

    /** But for version 1, whose peers the library itself throws away, and JSON, where the types are not noted. */
    private static Stream<Fixtures.Entry> withPeers() {
        return Fixtures.databases()
                .filter(entry -> entry.expected().getInt("schema") != 1)
                .filter(entry -> !entry.peers().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFileIsKnownByItsFormatOnly(Fixtures.Entry entry) {
        for (SessionFormat format : formats()) {
            assertThat(format.recognises(entry.source()))
                    .as("%s takes it for its own", format.name())
                    .isEqualTo(format.name().equals(entry.format()));
        }
    }

    @ParameterizedTest
    @MethodSource("loggedIn")
    void readsKeyServerAndOwner(Fixtures.Entry entry) throws IOException {
        JsonObject expected = entry.expected();
        Session session = read(entry);

        assertThat(session.authKey()).isEqualTo(Fixtures.KEY);
        assertThat(session.dataCenter().id()).isEqualTo(expected.getInt("dc_id"));
        assertThat(session.dataCenter().environment())
                .isEqualTo(expected.getBoolean("test") ? Environment.TEST : Environment.PRODUCTION);
        assertThat(session.account().map(Account::userId)).contains(expected.getLong("user_id"));
        assertThat(session.account().map(Account::bot)).contains(expected.getBoolean("is_bot"));
        assertThat(session.apiId())
                .isEqualTo(expected.has("api_id") ? Optional.of(expected.getInt("api_id")) : Optional.empty());
        if (expected.has("server_address")) {
            assertThat(session.dataCenter().host()).isEqualTo(expected.getString("server_address"));
            assertThat(session.dataCenter().port()).isEqualTo(expected.getInt("port"));
        }
    }

    @ParameterizedTest
    @MethodSource("withPeers")
    void readsThePeersAndTheOwnersRow(Fixtures.Entry entry) throws IOException {
        Session session = read(entry);
        List<Peer> due = new ArrayList<>();
        for (JsonObject peer : entry.peers()) {
            if (peer.getLong("id") == entry.expected().getLong("user_id")) {
                Account owner = session.account().orElseThrow();
                assertThat(owner.accessHash()).contains(peer.getLong("access_hash"));
                assertThat(owner.username()).contains(peer.getArray("usernames").getString(0));
                assertThat(owner.phone()).contains(peer.getString("phone"));
            } else {
                due.add(peer(peer));
            }
        }

        assertThat(session.peers()).containsExactlyInAnyOrderElementsOf(due);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void readsHowFarUpdatesWereRead(Fixtures.Entry entry) throws IOException {
        if (!entry.isLoggedIn()) {
            return;
        }
        Session session = read(entry);
        boolean has = entry.expected().has("update_state");

        assertThat(session.updateState())
                .isEqualTo(has ? Optional.of(new UpdateState(1001, 22, 1_700_000_000, 33)) : Optional.empty());
        assertThat(session.channelStates())
                .isEqualTo(has ? List.of(new ChannelState(-1_001_234_567_890L, 77, 1_700_000_000)) : List.of());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void inspectsWithoutAWordOfComplaint(Fixtures.Entry entry) {
        Inspection inspection = format(entry.format()).inspect(entry.source());
        int schema = entry.expected().getInt("schema");

        assertThat(inspection.format()).contains(entry.format());
        assertThat(inspection.layout().orElseThrow().stamp()).contains((long) schema);
        assertThat(inspection.layout().orElseThrow().shape()).contains(schema == 1 ? 2 : schema);
        assertThat(inspection.layout().orElseThrow().withoutRowid()).isEmpty();
        assertThat(inspection.peers().orElseThrow().total())
                .isEqualTo(schema == 1 ? 0 : entry.peers().size());
        assertThat(inspection.findings())
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .extracting(Finding::code)
                .isEqualTo(entry.isLoggedIn() ? List.of() : List.of("no-auth-key"));
        assertThat(inspection.toJson().toString()).doesNotContain("00010203").doesNotContain("AAECAw");
    }

    @ParameterizedTest
    @MethodSource("loggedIn")
    void tellsWhoseSessionItIs(Fixtures.Entry entry) {
        Inspection inspection = format(entry.format()).inspect(entry.source());

        assertThat(inspection.login()).isEqualTo(Inspection.Login.LIKELY);
        assertThat(inspection.key().id()).contains(Fixtures.KEY.id().toHex());
        assertThat(inspection.account().map(Account::userId))
                .contains(entry.expected().getLong("user_id"));
        assertThat(inspection.server().flatMap(Inspection.Server::dcId))
                .contains((long) entry.expected().getInt("dc_id"));
    }

    /** Files of version 3 that the forks themselves brought up to date: columns at the end, outdated ones left. */
    @Test
    void readsFilesThatGrewUnderTheForks() throws IOException {
        Session kurigram = new KurigramSqlite(CLOCK).read(Fixtures.source("kurigram/v7-grown-from-v3.session"));
        Session pyrofork = new PyrogramSqlite(CLOCK).read(Fixtures.source("pyrofork/v4-grown-from-v3.session"));

        for (Session session : List.of(kurigram, pyrofork)) {
            assertThat(session.authKey()).isEqualTo(Fixtures.KEY);
            assertThat(session.apiId()).contains(12345);
            assertThat(session.account().flatMap(Account::username)).contains("fixture_user");
            assertThat(session.dataCenter().host()).isEqualTo("149.154.167.51");
        }
        assertThat(pyrofork.peers()).hasSize(4);
        assertThat(kurigram.peers())
                .hasSize(5)
                .anyMatch(peer -> peer.markedId() == 77 && peer.username().equals(Optional.of("abc")));
    }

    @Test
    void whatTheForksForgotIsPointedOut() {
        assertThat(new KurigramSqlite(CLOCK)
                        .inspect(Fixtures.source("kurigram/v7-grown-from-v3.session"))
                        .worst())
                .isEqualTo(Severity.NOTE);
        Inspection pyrofork = new PyrogramSqlite(CLOCK).inspect(Fixtures.source("pyrofork/v4-grown-from-v3.session"));
        assertThat(pyrofork.what()).isEqualTo("Pyrofork session file");
        assertThat(pyrofork.findings())
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .extracting(Finding::code)
                .containsExactly("missing-table");
    }

    @Test
    void theForksAreCalledByTheirNames() {
        assertThat(new PyrogramSqlite(CLOCK)
                        .inspect(Fixtures.source("pyrofork/v4.session"))
                        .what())
                .isEqualTo("Pyrofork session file");
        assertThat(new PyrogramSqlite(CLOCK)
                        .inspect(Fixtures.source("pyrogram/v3.session"))
                        .what())
                .isEqualTo("Pyrogram session file");
        assertThat(new KurigramSqlite(CLOCK)
                        .inspect(Fixtures.source("kurigram/v4.session"))
                        .what())
                .isEqualTo("Kurigram session file");
    }

    @Test
    void aFileThatNobodyHasLoggedInWithIsRefused() {
        assertThatThrownBy(() -> new PyrogramSqlite(CLOCK).read(Fixtures.source("pyrogram/v3_empty.session")))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("nobody has logged in");
        assertThat(new PyrogramSqlite(CLOCK)
                        .inspect(Fixtures.source("pyrogram/v3_empty.session"))
                        .login())
                .isEqualTo(Inspection.Login.NEVER);
    }

    private static Peer peer(JsonObject expected) {
        List<String> names = new ArrayList<>();
        expected.getArray("usernames").forEach(name -> names.add((String) name));
        return new Peer(
                expected.getLong("id"),
                expected.getLong("access_hash"),
                names.stream().findFirst(),
                Optional.ofNullable(expected.getString("phone")),
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                Optional.ofNullable(TYPES.get(expected.getString("type"))),
                names.stream().skip(1).toList());
    }

    private static Session read(Fixtures.Entry entry) throws IOException {
        return format(entry.format()).read(entry.source());
    }

    private static SessionFormat format(String name) {
        return formats().stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<SessionFormat> formats() {
        return List.of(new PyrogramString(), new PyrogramSqlite(CLOCK), new KurigramSqlite(CLOCK));
    }
}
