package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** One session, one user at a time. */
class LeaseTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String url = PostgresServer.shared().newDatabase();

    @Test
    void theSecondIsToldWhoHasItAndSinceWhen() throws IOException {
        try (PostgresStore first = open();
                PostgresStore second = open()) {
            Lease lease = first.lease("web.1", LONG);
            assertThat(lease.isHeld()).isTrue();
            assertThat(lease.owner()).isEqualTo("web.1");

            String time = PostgresServer.query(
                    url, "select to_char(since at time zone 'UTC', 'HH24:MI') from tgsession.lease");
            assertThatThrownBy(() -> second.lease("web.2", LONG))
                    .isInstanceOf(SessionInUseException.class)
                    .hasMessage("the session login is in use by web.1 since " + time + " UTC")
                    .satisfies(refused -> {
                        SessionInUseException taken = (SessionInUseException) refused;
                        assertThat(taken.owner()).isEqualTo("web.1");
                        assertThat(taken.since()).isEqualTo(lease.since());
                        assertThat(taken.left()).isBetween(Duration.ofMinutes(9), LONG);
                        assertThat(taken.hint()).contains("seconds");
                    });
        }
        // Closed with the store, it need not run out.
        try (PostgresStore third = open()) {
            assertThat(third.lease("web.3", LONG).isHeld()).isTrue();
        }
    }

    @Test
    void nobodyElseSavesOrRemovesMeanwhile() throws IOException {
        try (PostgresStore holder = open();
                PostgresStore other = open()) {
            Lease lease = holder.lease("web.1", LONG);
            holder.save(SampleSessions.bare(1));

            assertThatThrownBy(() -> other.save(SampleSessions.bare(2))).isInstanceOf(SessionInUseException.class);
            assertThatThrownBy(other::delete).isInstanceOf(SessionInUseException.class);
            assertThatThrownBy(other::checkRoom).isInstanceOf(SessionInUseException.class);
            assertThat(other.load()).contains(SampleSessions.bare(1));
            holder.save(SampleSessions.bare(3));

            lease.close();
            assertThat(lease.isHeld()).isFalse();
            other.save(SampleSessions.bare(2));
            assertThat(holder.load()).contains(SampleSessions.bare(2));
        }
    }

    @Test
    void eachSessionHasItsOwn() throws IOException {
        try (PostgresStore anna = PostgresStore.open(url, "anna");
                PostgresStore bert = PostgresStore.open(url, "bert")) {
            assertThat(anna.lease("web.1", LONG).isHeld()).isTrue();
            assertThat(bert.lease("web.2", LONG).isHeld()).isTrue();
        }
    }

    @Test
    void whoeverLosesItNoticesAndSavesNothingMore() throws IOException {
        try (PostgresStore robbed = open();
                PostgresStore robber = open()) {
            Lease lost = robbed.lease("web.1", LONG);
            robbed.save(SampleSessions.bare(1));
            Lease stolen = robber.steal("worker.1", LONG);

            assertThatThrownBy(() -> robbed.save(SampleSessions.bare(2))).isInstanceOf(LeaseLostException.class);
            assertThat(lost.isHeld()).isFalse();
            assertThat(stolen.isHeld()).isTrue();
            assertThatThrownBy(lost::renew).isInstanceOf(LeaseLostException.class);
            robber.save(SampleSessions.bare(3));
            stolen.close();
            assertThatThrownBy(() -> robbed.save(SampleSessions.bare(2)))
                    .as("what the other saved is not overwritten, even after they left")
                    .isInstanceOf(LeaseLostException.class);
            lost.close();
            assertThat(robbed.load()).contains(SampleSessions.bare(3));
            robbed.save(SampleSessions.bare(2));
        }
    }

    /** Its own thread asks the database a third of the lease's time later, and is told. */
    @Test
    void aLossIsNoticedWithoutAsking() throws IOException {
        try (PostgresStore robbed = open();
                PostgresStore robber = open()) {
            Lease lost = robbed.lease("web.1", Duration.ofSeconds(20));
            Lease brief = robber.steal("worker.1", Duration.ofMillis(300));
            String first = PostgresServer.query(url, "select heartbeat from tgsession.lease");
            until(() -> !PostgresServer.query(url, "select heartbeat from tgsession.lease")
                    .equals(first));
            assertThat(brief.isHeld()).as("renewed by itself").isTrue();

            Lease again = robbed.steal("web.1", Duration.ofSeconds(20));
            until(() -> !brief.isHeld());
            assertThat(again.isHeld()).isTrue();
            assertThat(lost.isHeld()).isFalse();
        }
    }

    /** Whatever our clock says: only the database's tells when a lease is over. */
    @Test
    void theClockOfTheDatabaseDecides() throws IOException {
        try (PostgresStore first = open();
                PostgresStore second = open()) {
            Lease expired = first.lease("web.1", LONG);
            PostgresServer.execute(url, "update tgsession.lease set expires = now() - interval '1 second'");
            expired.renew();
            assertThatThrownBy(() -> second.lease("web.2", LONG))
                    .as("nobody took it meanwhile, so it goes on")
                    .isInstanceOf(SessionInUseException.class);

            PostgresServer.execute(url, "update tgsession.lease set expires = now() - interval '1 second'");
            assertThat(second.lease("web.2", LONG).isHeld()).isTrue();
            assertThatThrownBy(expired::renew).isInstanceOf(LeaseLostException.class);
        }
    }

    @Test
    void aLeaseOfYesterdayHasItsDate() throws IOException {
        try (PostgresStore first = open();
                PostgresStore second = open()) {
            first.lease("web.1\u001b[31m\u202e", LONG);
            PostgresServer.execute(url, "update tgsession.lease set since = '2020-02-03 04:05:06Z'");
            assertThatThrownBy(() -> second.lease("web.2", LONG))
                    .hasMessage("the session login is in use by web.1?[31m? since 2020-02-03 04:05 UTC");
        }
    }

    /** A program that is killed gives nothing back; its lease runs out. */
    @Test
    void theLeaseOfAKilledProgramRunsOut() throws Exception {
        try (PostgresStore store = open()) {
            store.save(SampleSessions.bare(1));
            Contenders program = Contenders.start(url, "web.1", 1, Duration.ofSeconds(5));
            assertThat(program.round()).containsExactly("won");
            assertThatThrownBy(() -> store.lease("web.2", LONG))
                    .isInstanceOf(SessionInUseException.class)
                    .hasMessageContaining("in use by web.1-0 since");
            program.kill();
            until(() -> {
                try {
                    return store.lease("web.2", LONG).isHeld();
                } catch (SessionInUseException notYet) {
                    return false;
                }
            });
            assertThat(store.load().orElseThrow().updateState()).contains(new UpdateState(1, 0, 0, 0));
        }
    }

    /**
     * Five programs of ten each; whoever wins adds one to what the last winner left. {@code -Dtgsession.racers=50} starts
     * fifty programs.
     */
    @Test
    void ofFiftyWhoRaceOneWinsEachTimeAndNothingIsLost() throws Exception {
        int rounds = 6;
        int racers = Integer.getInteger("tgsession.racers", 5);
        Session start = SampleSessions.bare(1).withPeers(SampleSessions.peers(20));
        List<Contenders> programs = new ArrayList<>();
        try (PostgresStore store = open()) {
            store.save(start);
            for (int i = 0; i < racers; i++) {
                programs.add(Contenders.start(url, "worker." + i, 50 / racers, LONG));
            }
            for (int round = 1; round <= rounds; round++) {
                for (Contenders program : programs) {
                    program.go();
                }
                List<String> answers = new ArrayList<>();
                for (Contenders program : programs) {
                    answers.addAll(program.answers());
                }
                assertThat(answers).hasSize(50);
                assertThat(answers).filteredOn("won"::equals).hasSize(1);
                assertThat(answers).allMatch(answer -> answer.matches("won|in use by worker\\.\\d+-\\d"));
                for (Contenders program : programs) {
                    program.end();
                }
                Session now = store.load().orElseThrow();
                assertThat(now.updateState()).contains(new UpdateState(round, 0, 0, 0));
                assertThat(now.peers()).isEqualTo(start.peers());
            }
        } finally {
            programs.forEach(Contenders::kill);
        }
    }

    private PostgresStore open() throws IOException {
        return PostgresStore.open(url);
    }

    private static void until(Question question) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!question.isSo()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private interface Question {
        boolean isSo() throws IOException;
    }
}
