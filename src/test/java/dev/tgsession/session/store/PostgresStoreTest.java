package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.MalformedSessionException;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A store in a PostgreSQL database: a real server, a database of its own for each test. */
class PostgresStoreTest extends StoreContract {
    private final String url = PostgresServer.shared().newDatabase();

    @Override
    PostgresStore open() throws IOException {
        return PostgresStore.open(url);
    }

    @Test
    void oneDatabaseHasRoomForManySessions() throws IOException {
        try (PostgresStore first = PostgresStore.open(url, "first");
                PostgresStore second = PostgresStore.open(url + "?tgsession=second");
                SessionStore third = SessionStores.open(url.replace("postgres:", "postgresql:") + "#third%20one")) {
            first.save(SampleSessions.rich());
            second.save(SampleSessions.bare(2));
            third.save(SampleSessions.bare(3));
            second.delete();

            assertThat(first.load().orElseThrow().peers()).hasSize(5);
            assertThat(second.load()).isEmpty();
            assertThat(third.load()).contains(SampleSessions.bare(3));
            assertThat(((PostgresStore) third).name()).isEqualTo("third one");
        }
        assertThat(PostgresServer.query(url, "select string_agg(name, ',' order by name) from tgsession.session"))
                .isEqualTo("first,third one");
    }

    @Test
    void lookingMakesNoTables() throws IOException {
        try (PostgresStore store = open()) {
            assertThat(store.load()).isEmpty();
        }
        assertThat(PostgresServer.query(url, "select to_regnamespace('tgsession')"))
                .isEqualTo("null");
    }

    @Test
    void peersAndUpdateStatesStandInTablesOfTheirOwn() throws IOException {
        try (PostgresStore store = open()) {
            store.save(SampleSessions.full());
        }
        assertThat(PostgresServer.query(url, "select access_hash from tgsession.peer where username = 'bert'"))
                .isEqualTo(Long.toString(Long.MIN_VALUE));
        assertThat(PostgresServer.query(url, "select more_usernames[2] from tgsession.peer where id = 99"))
                .isEqualTo("third");
        assertThat(PostgresServer.query(url, "select pts from tgsession.update_state"))
                .isEqualTo(Integer.toString(Integer.MAX_VALUE));
        assertThat(PostgresServer.query(url, "select count(*) from tgsession.channel_state"))
                .isEqualTo("2");
        assertThat(PostgresServer.query(url, "select username from tgsession.session"))
                .isEqualTo("first_bot");
    }

    @Test
    void thePracticeServersOfOthersAreKeptAsWhatTheyAre() throws IOException {
        Session practice =
                Session.of(new DataCenter(2, "dc.example.org", 9443, Environment.PRACTICE), SampleSessions.key(3));
        try (PostgresStore store = open()) {
            store.save(practice);
            assertThat(store.load()).contains(practice);
        }
    }

    /** The rows that were not touched still have the transaction they came with. */
    @Test
    void onlyPeersThatChangedAreWritten() throws IOException {
        Session session = SampleSessions.bare(1).withPeers(SampleSessions.peers(50));
        List<Peer> changed = new ArrayList<>(session.peers());
        changed.set(7, SampleSessions.peer(8, 1, "new", "", "New"));
        changed.remove(20);
        for (boolean fresh : new boolean[] {false, true}) {
            try (PostgresStore store = open()) {
                store.save(session);
                PostgresServer.execute(
                        url,
                        "drop table if exists public.was; create table public.was as"
                                + " select id, xmin::text as x from tgsession.peer");
                if (fresh) {
                    try (PostgresStore other = open()) {
                        other.save(session.withPeers(changed));
                    }
                } else {
                    store.save(session.withPeers(changed));
                }
            }
            assertThat(PostgresServer.query(
                            url,
                            "select count(*) || ' of ' || (select count(*) from tgsession.peer) from public.was"
                                    + " join tgsession.peer p using (id) where x = p.xmin::text"))
                    .isEqualTo("48 of 49");
        }
    }

    @Test
    void whatSomebodyElseSavedMeanwhileIsNotTakenForOurs() throws IOException {
        Session session = SampleSessions.bare(1).withPeers(SampleSessions.peers(5));
        try (PostgresStore one = open();
                PostgresStore other = open()) {
            one.save(session);
            other.save(session.withPeers(SampleSessions.peers(2)));
            one.save(session);
            assertThat(one.load()).contains(session);

            other.delete();
            other.save(session.withPeers(List.of()));
            one.save(session);
            assertThat(other.load()).contains(session);
        }
    }

    @Test
    void textThatPostgresHasNoPlaceForIsLeftOut() throws IOException {
        Session session = SampleSessions.bare(1)
                .withPeers(List.of(new Peer(
                        1,
                        2,
                        Optional.of("a\0b"),
                        Optional.empty(),
                        Optional.of("lone \ud800 half"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("q\"uote", "back\\slash", "NULL", "comma,", "zero\0"))));
        try (PostgresStore store = open()) {
            store.save(session);
            Peer peer = store.load().orElseThrow().peers().get(0);
            assertThat(peer.username()).contains("ab");
            assertThat(peer.name()).contains("lone ? half");
            assertThat(peer.moreUsernames()).containsExactly("q\"uote", "back\\slash", "NULL", "comma,", "zero");
        }
    }

    /** From a file of a stranger's. */
    @Test
    void textOfAnyLengthIsTaken() throws IOException {
        String random = new java.util.Random(1)
                .ints(50_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Session session = SampleSessions.bare(1).withPeers(List.of(SampleSessions.peer(1, 2, random, random, random)));
        try (PostgresStore store = open()) {
            store.save(session);
            assertThat(store.load().orElseThrow().peers()).hasSize(1);
        }
    }

    @Test
    void whatOthersWroteIntoTheTablesIsNotBelieved() throws IOException {
        try (PostgresStore store = open()) {
            store.save(SampleSessions.full());
            PostgresServer.execute(url, """
                    update tgsession.peer set type = 'DRAGON', seen = -5 where id = 99;
                    update tgsession.peer set name = repeat('x', 1000000), seen = 9e18 where id = 1;
                    update tgsession.peer set more_usernames = array[null, repeat('y', 5000), 'ok'] where id = 2;
                    insert into tgsession.channel_state select id, 5, 6, 7 from tgsession.session;
                    update tgsession.session set user_id = -1, api_id = -1
                    """);
            Session session = store.load().orElseThrow();
            assertThat(session.account()).isEmpty();
            assertThat(session.apiId()).isEmpty();
            assertThat(session.channelStates()).hasSize(2);
            assertThat(session.peers()).hasSize(6);
            assertThat(session.peers().get(3).name().orElseThrow()).hasSizeLessThan(5000);
            assertThat(session.peers().get(4).moreUsernames()).containsExactly("ok");
            assertThat(session.peers().get(5).type()).isEmpty();

            PostgresServer.execute(url, "update tgsession.session set host = 'a b'");
            assertThatThrownBy(store::load).isInstanceOf(MalformedSessionException.class);
            PostgresServer.execute(
                    url,
                    "update tgsession.session set host = 'localhost', auth_key = decode(repeat('00', 256), 'hex')");
            assertThatThrownBy(store::load)
                    .isInstanceOf(MalformedSessionException.class)
                    .hasMessageContaining("zeros");
        }
    }

    @Test
    void manyWhoComeAtOnceMakeTheTablesOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Callable<Optional<Session>>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String name = "session" + i;
                all.add(() -> {
                    try (PostgresStore store = PostgresStore.open(url, name)) {
                        store.save(SampleSessions.bare(1));
                        return store.load();
                    }
                });
            }
            for (Future<Optional<Session>> one : threads.invokeAll(all)) {
                assertThat(one.get()).contains(SampleSessions.bare(1));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(PostgresServer.query(url, "select count(*) || '/' || max(version) from tgsession.version"))
                .isEqualTo("1/1");
    }

    @Test
    void tablesOfANewerProgramAreLeftAlone() throws IOException {
        try (PostgresStore store = open()) {
            store.save(SampleSessions.bare(1));
        }
        PostgresServer.execute(url, "update tgsession.version set version = 99");
        try (PostgresStore store = open()) {
            assertThatThrownBy(store::load).isInstanceOf(StoreException.class).hasMessageContaining("newer");
            assertThatThrownBy(() -> store.save(SampleSessions.bare(2))).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void thePasswordMayComeFromTheEnvironment() throws IOException {
        String without = url.replace(":" + PostgresServer.encoded(PostgresServer.PASSWORD), "");
        assertThat(without).isNotEqualTo(url);
        var surroundings = new Surroundings(
                java.nio.file.Path.of("."),
                java.util.Map.of("PGPASSWORD", PostgresServer.PASSWORD),
                new SecureRandom(),
                java.time.InstantSource.system());
        try (SessionStore store = SessionStores.open(without, surroundings)) {
            store.save(SampleSessions.bare(1));
            assertThat(store.load()).contains(SampleSessions.bare(1));
        }
    }

    @Test
    void tlsIsSpokenAsTheUrlAsks() throws IOException {
        for (String mode : List.of("require", "prefer", "allow", "disable")) {
            try (PostgresStore store = PostgresStore.open(url + "?application_name=" + mode + "&sslmode=" + mode)) {
                store.save(SampleSessions.bare(1));
                assertThat(PostgresServer.query(
                                url,
                                "select s.ssl from pg_stat_ssl s join pg_stat_activity a using (pid)"
                                        + " where a.application_name = '" + mode + "'"))
                        .as(mode)
                        .isEqualTo(mode.equals("require") || mode.equals("prefer") ? "t" : "f");
            }
        }
        // The server's certificate is its own, and nobody here vouches for it.
        try (PostgresStore store = PostgresStore.open(url + "?sslmode=verify-full&sslrootcert=system")) {
            assertThatThrownBy(() -> store.save(SampleSessions.bare(1))).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void everyRefusalIsASentenceWithoutThePassword() {
        String wrong = url.replace(PostgresServer.encoded(PostgresServer.PASSWORD), "hunter2");
        assertRefused(wrong, "does not let us in");
        assertRefused(url.replaceAll("/tgsession_\\d+", "/nowhere"), "no database of that name");
        assertRefused(url.replaceAll(":\\d+/", ":1/"), "cannot be reached");
        assertRefused(url + "?sslmode=verify-full&sslrootcert=system", "database");
    }

    @Test
    void whoMayNotWriteIsToldBeforeACodeIsAskedFor() throws IOException {
        PostgresServer.execute(
                url,
                "drop role if exists reader; create role reader login password 'hunter2';"
                        + " revoke create on database " + url.substring(url.lastIndexOf('/') + 1) + " from public");
        String readers = url.replaceAll("//.*@", "//reader:hunter2@");
        assertRefused(readers, "does not allow that");
        try (PostgresStore store = open()) {
            store.save(SampleSessions.bare(1));
        }
        PostgresServer.execute(
                url,
                "grant usage on schema tgsession to reader; grant select on all tables in schema tgsession to reader");
        try (PostgresStore store = PostgresStore.open(readers)) {
            assertThat(store.load()).contains(SampleSessions.bare(1));
        }
        assertRefused(readers, "does not allow that");
        PostgresServer.execute(url, "alter role reader set default_transaction_read_only = on");
        PostgresServer.execute(url, "grant all on all tables in schema tgsession to reader");
    }

    @Test
    void othersFindTheDriverAsBefore() throws IOException {
        try (PostgresStore store = open()) {
            store.save(SampleSessions.bare(1));
        }
        assertThat(DriverManager.drivers().map(driver -> driver.getClass().getName()))
                .contains("org.postgresql.Driver");
    }

    private static void assertRefused(String url, String words) {
        try (PostgresStore store = PostgresStore.open(url)) {
            for (SessionStoresTest.Act act : List.<SessionStoresTest.Act>of(
                    store::checkRoom,
                    () -> store.save(SampleSessions.bare(1)),
                    store::delete,
                    () -> store.lease("me", java.time.Duration.ofSeconds(1)))) {
                assertThatThrownBy(act::run)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining(words)
                        .satisfies(refused -> {
                            assertThat(((StoreException) refused).hint()).isNotEmpty();
                            var trace = new java.io.StringWriter();
                            refused.printStackTrace(new java.io.PrintWriter(trace));
                            assertThat(trace.toString())
                                    .doesNotContain("hunter2")
                                    .doesNotContain("s3cret")
                                    .doesNotContain(PostgresServer.encoded(PostgresServer.PASSWORD));
                        });
            }
            assertThat(store.toString()).doesNotContain("hunter2").doesNotContain("%73");
        } catch (IOException closing) {
            throw new AssertionError(closing);
        }
    }
}
