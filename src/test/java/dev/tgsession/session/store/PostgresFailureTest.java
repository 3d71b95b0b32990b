package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tgsession.session.Session;
import java.io.IOException;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What becomes of a session when the database goes away in the middle of it. */
class PostgresFailureTest {
    private static final Session OLD = SampleSessions.rich();
    private static final Session NEW = SampleSessions.bare(2).withPeers(SampleSessions.peers(500));

    @Test
    void aServerKilledInTheMiddleOfASaveKeepsWhatWasThere() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String url = server.newDatabase();
            PostgresStore store = PostgresStore.open(url);
            store.save(OLD);
            Connection obstacle = PostgresServer.connect(url, Map.of());
            CompletableFuture<Throwable> save = stuckSave(url, store, obstacle);

            server.kill();
            assertNotSaved(save.join());
            assertThatThrownBy(store::load)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be reached");
            server.startAgain();
            assertThat(store.load()).isEqualTo(sorted(OLD));
            store.save(NEW);
            assertThat(store.load()).isEqualTo(sorted(NEW));
            store.close();
        }
    }

    @Test
    void aConnectionEndedByTheServerInTheMiddleOfASaveKeepsWhatWasThere() throws Exception {
        String url = PostgresServer.shared().newDatabase();
        try (PostgresStore store = PostgresStore.open(url)) {
            store.save(OLD);
            try (Connection obstacle = PostgresServer.connect(url, Map.of())) {
                CompletableFuture<Throwable> save = stuckSave(url, store, obstacle);
                PostgresServer.query(
                        url,
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where application_name = 'tgsession' and wait_event_type = 'Lock'"
                                + " and datname = current_database()");
                assertNotSaved(save.join());
            }
            assertThat(store.load()).isEqualTo(sorted(OLD));
            store.save(NEW);
            assertThat(store.load()).isEqualTo(sorted(NEW));
        }
    }

    /** After every so many bytes, in either direction: what save says is what is there. */
    @Test
    void aConnectionCutAnywhereLeavesTheOneOrTheOtherAndSaysWhich() throws Exception {
        String url = PostgresServer.shared().newDatabase();
        int failures = 0;
        int saved = 0;
        for (boolean toServer : new boolean[] {true, false}) {
            boolean through = false;
            for (int bytes = 400; !through; bytes += toServer ? 1900 : 130) {
                save(url, OLD);
                try (CuttingLine line = CuttingLine.to(PostgresServer.shared().port(), toServer, bytes)) {
                    PostgresStore store = PostgresStore.open(through(line, url));
                    Throwable failed = catchThrowable(() -> store.save(NEW));
                    through = !line.isCut();
                    Optional<Session> there = load(url);
                    if (failed == null) {
                        saved++;
                        assertThat(there).as("after %d bytes", bytes).isEqualTo(sorted(NEW));
                    } else {
                        failures++;
                        assertNotSaved(failed);
                        assertThat(there).as("after %d bytes", bytes).isEqualTo(sorted(OLD));
                    }
                    if (!through) {
                        // A cut connection is replaced by another one.
                        store.save(NEW);
                        assertThat(load(url)).isEqualTo(sorted(NEW));
                    }
                    store.close();
                }
            }
        }
        assertThat(failures).isGreaterThan(10);
        assertThat(saved).as("cut after the last byte that matters").isGreaterThan(1);
    }

    /** The line breaks between the commit and its answer, and nobody can be asked any more. */
    @Test
    void whereNobodyKnowsWhetherItWasSavedThatIsSaid() throws Exception {
        String url = PostgresServer.shared().newDatabase();
        boolean unclear = false;
        for (int bytes = 1000; !unclear; bytes += 5) {
            try (CuttingLine line = CuttingLine.to(PostgresServer.shared().port(), false, bytes)) {
                line.cutForGood();
                try (PostgresStore store = PostgresStore.open(through(line, url))) {
                    Throwable failed = catchThrowable(() -> store.save(SampleSessions.bare(3)));
                    assertThat(failed).as("after %d bytes", bytes).isNotNull();
                    unclear = String.valueOf(failed.getMessage())
                            .contains("either the new session is kept there or the one before");
                }
            }
        }
        assertThat(load(url)).isIn(sorted(SampleSessions.bare(3)), Optional.empty());
    }

    /** A save that has written half of it and waits for the table of peers, which the obstacle holds. */
    private static CompletableFuture<Throwable> stuckSave(String url, PostgresStore store, Connection obstacle)
            throws Exception {
        obstacle.setAutoCommit(false);
        try (var statement = obstacle.createStatement()) {
            statement.execute("lock table tgsession.peer in share mode");
        }
        CompletableFuture<Throwable> save = CompletableFuture.supplyAsync(() -> catchThrowable(() -> store.save(NEW)));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!PostgresServer.query(
                        url,
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and datname = current_database()")
                .equals("1")) {
            assertThat(System.nanoTime()).isLessThan(end);
            assertThat(save).isNotDone();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return save;
    }

    private static void assertNotSaved(Throwable failed) {
        assertThat(failed)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the session was not saved, what was kept before is still there: ");
        assertThat(((StoreException) failed).hint()).isNotEmpty();
    }

    private static void save(String url, Session session) throws IOException {
        try (PostgresStore store = PostgresStore.open(url)) {
            store.save(session);
        }
    }

    private static Optional<Session> load(String url) throws IOException {
        try (PostgresStore store = PostgresStore.open(url)) {
            return store.load();
        }
    }

    private static String through(CuttingLine line, String url) {
        return url.replaceAll("@127.0.0.1:\\d+", "@127.0.0.1:" + line.port()) + "?sslmode=disable";
    }

    private static Optional<Session> sorted(Session session) {
        return Optional.of(StoreContract.sorted(session));
    }
}
