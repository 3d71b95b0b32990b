package dev.tgsession.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.PeerType;
import dev.tgsession.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same over the wire: the practice server cuts the pages, and makes up the people. */
class PeerSyncAtPracticeTest {
    /** One of the dialogs is with oneself; for every twentieth there is a contact without any. */
    private static final int ALL = 3000 - 1 + 3000 / 20;

    private final EntityCache found = new EntityCache();
    private final Watcher watcher = new Watcher();
    private Practice practice;

    private static final class Watcher implements SyncListener {
        final List<Integer> peers = new ArrayList<>();
        final List<Duration> waits = new ArrayList<>();
        final List<String> remarks = new ArrayList<>();

        @Override
        public void progress(int peersSoFar, int dialogs, OptionalInt dialogsInAll) {
            peers.add(peersSoFar);
        }

        @Override
        public void waiting(Duration time) {
            waits.add(time);
        }

        @Override
        public void remark(String sentence) {
            remarks.add(sentence);
        }
    }

    @BeforeEach
    void open() throws IOException {
        practice = new Practice(0);
    }

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void threeThousandDialogsBringEveryPeer() throws Exception {
        Session session = practice.login("+9996620700", "22222");

        SyncReport report = sync(session);

        assertThat(report.complete()).isTrue();
        assertThat(report.dialogs()).isEqualTo(3000);
        assertThat(report.unread()).isZero();
        assertThat(report.peers()).isEqualTo(ALL).isEqualTo(found.size());
        assertThat(watcher.remarks).isEmpty();
        assertThat(watcher.peers).isSorted().endsWith(ALL);
        assertThat(report.self())
                .isPresent()
                .get()
                .satisfies(self -> assertThat(self.userId()).isEqualTo(9_996_620_700L));

        // One in eighteen is of each kind; those are the numbers a calendar of 3000 days has of each.
        assertThat(count(PeerType.BOT)).isEqualTo(3000 / 18 + 1);
        assertThat(count(PeerType.GROUP)).isEqualTo(4 * (3000 / 18) + 2);
        assertThat(count(PeerType.CHANNEL) + count(PeerType.SUPERGROUP)).isEqualTo(7 * (3000 / 18) + 5);
        assertThat(report.groups()).isEqualTo(count(PeerType.GROUP));
        // Strangers of groups are known in part only, and are not remembered.
        assertThat(found.byId(7_000_000_004L)).isEmpty();

        Peer many = found.byUsername("many_6").orElseThrow();
        assertThat(many.moreUsernames()).containsExactly("Many_6_two");
        assertThat(found.byPhone("+45 000 000 018").orElseThrow().name()).contains("Person 18");
        assertThat(found.byName("Closed 10").orElseThrow().kind()).isEqualTo(PeerKind.CHANNEL);
    }

    @Test
    void itAsksForNoMorePagesThanThereAre() throws Exception {
        sync(practice.login("+9996620700", "22222"));
        // 2667 dialogs and 333 in the archive, a hundred at a time, and once more in each to see that there are no
        // others.
        assertThat(practice.calls("messages.getDialogs")).isBetween(27L + 4, 27L + 4 + 6);
        assertThat(practice.calls("contacts.getContacts")).isEqualTo(1);
        assertThat(practice.calls("contacts.getTopPeers")).isEqualTo(1);
    }

    @Test
    void aShortFloodWaitIsSatOut() throws Exception {
        Session session = practice.login("+9996620701", "22222");
        SyncReport report = sync(session);
        assertThat(watcher.waits).hasSize(1).allMatch(wait -> wait.toSeconds() >= 1 && wait.toSeconds() <= 3);
        assertThat(report.complete()).isTrue();
        assertThat(report.peers()).isEqualTo(ALL);
    }

    @Test
    void aLongFloodWaitEndsItAndWhatWasFoundIsKeptAndARerunCompletes() throws Exception {
        Session session = practice.login("+9996620702", "22222");

        SyncReport first = sync(session);

        assertThat(first.complete()).isFalse();
        assertThat(first.longWait().orElseThrow().toSeconds()).isBetween(290L, 300L);
        assertThat(first.dialogs()).isEqualTo(200);
        assertThat(first.peers()).isGreaterThan(200).isLessThan(ALL).isEqualTo(found.size());
        assertThat(watcher.waits).isEmpty();

        practice.clock.move(Duration.ofMinutes(6));
        SyncReport second = sync(session);

        assertThat(second.complete()).isTrue();
        assertThat(found.size()).isEqualTo(ALL);
    }

    @Test
    void aSmallAccountComesInOnePageOfEachFolder() throws Exception {
        SyncReport report = sync(practice.login("+9996620703", "22222"));
        assertThat(report.complete()).isTrue();
        assertThat(report.dialogs()).isEqualTo(60);
        assertThat(report.peers()).isEqualTo(60 - 1 + 3);
        assertThat(practice.calls("messages.getDialogs")).isEqualTo(2);
    }

    @Test
    void whoKnowsNobodyIsDoneAtOnce() throws Exception {
        SyncReport report = sync(practice.login("+9996620001", "22222"));
        assertThat(report.complete()).isTrue();
        assertThat(report.peers()).isZero();
    }

    @Test
    void aBotHasNoDialogsToAskFor() throws Exception {
        SyncReport report = sync(practice.login("42:" + "A".repeat(35)));
        assertThat(report.bot()).isTrue();
        assertThat(report.complete()).isFalse();
        assertThat(report.peers()).isZero();
    }

    @Test
    void aLoginThatHasEndedIsTold() throws Exception {
        Session session = practice.login("+9996620500", "22222");
        practice.clock.move(Duration.ofSeconds(30));
        RpcException end = catchThrowableOfType(RpcException.class, () -> sync(session));
        assertThat(end.type()).isEqualTo("SESSION_REVOKED");
        assertThat(found.size()).isZero();
    }

    private SyncReport sync(Session session) throws IOException, RpcException {
        try (RpcConnection connection = practice.connect(session)) {
            return new PeerSync(connection, practice.clock::move, practice.clock, watcher, found::add).run();
        }
    }

    private long count(PeerType type) {
        return found.peers().stream()
                .filter(peer -> peer.type().filter(type::equals).isPresent())
                .count();
    }
}
