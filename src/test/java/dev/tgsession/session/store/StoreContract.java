package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of sessions does, ours and those that others write. */
abstract class StoreContract {
    /** Opens the home of one session, the same for all calls within a test, and empty at first. */
    abstract SessionStore open() throws IOException;

    /** What of a session comes back. */
    Session kept(Session session) {
        return session;
    }

    /** Whether another one who opens the same home finds what the first one saved. */
    boolean isShared() {
        return true;
    }

    /** Whether it can do more than the two things a store must. */
    boolean removes() {
        return true;
    }

    @Test
    void aNewStoreIsEmpty() throws IOException {
        try (SessionStore store = open()) {
            assertThat(store.load()).isEmpty();
        }
    }

    @Test
    void whatIsSavedIsLoaded() throws IOException {
        for (Session session : List.of(SampleSessions.bare(1), SampleSessions.rich(), SampleSessions.full())) {
            try (SessionStore store = open()) {
                store.save(session);
                assertSame(store.load(), kept(session));
                assertSame(store.load(), kept(session));
            }
        }
    }

    @Test
    void whoeverOpensItLaterFindsIt() throws IOException {
        assumeTrue(isShared(), "what is in there is nobody else's");
        try (SessionStore store = open()) {
            store.save(SampleSessions.rich());
        }
        try (SessionStore one = open();
                SessionStore other = open()) {
            assertSame(one.load(), kept(SampleSessions.rich()));
            one.save(SampleSessions.bare(2));
            assertSame(other.load(), kept(SampleSessions.bare(2)));
        }
    }

    @Test
    void aLaterSessionReplacesTheEarlierOneWhole() throws IOException {
        try (SessionStore store = open()) {
            store.save(SampleSessions.full());
            store.save(SampleSessions.bare(2));
            assertSame(store.load(), kept(SampleSessions.bare(2)));
            store.save(SampleSessions.rich());
            assertSame(store.load(), kept(SampleSessions.rich()));
        }
    }

    /** As it goes on from day to day: somebody is new, somebody is gone, somebody has another name. */
    @Test
    void aSessionThatGoesOnIsKeptAsItIsNow() throws IOException {
        Session rich = SampleSessions.rich();
        List<Peer> peers = new ArrayList<>(rich.peers());
        peers.remove(2);
        peers.set(0, SampleSessions.peer(peers.get(0).markedId(), 4, "olds", "", "Olds"));
        peers.add(SampleSessions.peer(555, 6, "carl", "1555", "Carl"));
        Session later = rich.withPeers(peers)
                .withUpdateState(new dev.tgsession.session.UpdateState(11, 12, 13, 14))
                .withChannelStates(List.of());
        try (SessionStore store = open()) {
            store.save(rich);
            store.save(later);
            assertSame(store.load(), kept(later));
        }
    }

    @Test
    void sessionsOfAllServersAreKept() throws IOException {
        for (DataCenter server : List.of(
                DataCenters.builtIn(Environment.PRODUCTION, 5, true),
                DataCenters.builtIn(Environment.TEST, 3, false))) {
            Session session = Session.of(server, SampleSessions.key(3));
            try (SessionStore store = open()) {
                store.save(session);
                assertSame(store.load(), kept(session));
            }
        }
    }

    @Test
    void thousandsOfPeersAreKept() throws IOException {
        Session session = SampleSessions.bare(1).withPeers(SampleSessions.peers(5000));
        try (SessionStore store = open()) {
            store.save(session);
            assertSame(store.load(), kept(session));
            Session fewer = session.withPeers(SampleSessions.peers(4000));
            store.save(fewer);
            assertSame(store.load(), kept(fewer));
        }
    }

    @Test
    void removingSaysWhetherThereWasOne() throws IOException {
        try (SessionStore store = open()) {
            if (!removes()) {
                assertThatThrownBy(store::delete).isInstanceOf(StoreException.class);
                return;
            }
            assertThat(store.delete()).isFalse();
            store.save(SampleSessions.rich());
            assertThat(store.delete()).isTrue();
            assertThat(store.load()).isEmpty();
            assertThat(store.delete()).isFalse();
            store.save(SampleSessions.bare(1));
            assertSame(store.load(), kept(SampleSessions.bare(1)));
        }
    }

    @Test
    void withoutEntitiesNoneAreWrittenAndThoseThatWereThereGo() throws IOException {
        Session rich = SampleSessions.rich();
        try (SessionStore store = open()) {
            store.save(rich);
            SessionStore without = store.saveEntities(false);
            without.save(rich);
            assertSame(without.load(), kept(rich.withPeers(List.of())));
            assertSame(store.load(), kept(rich.withPeers(List.of())));
            without.saveEntities(true).save(rich);
            assertSame(store.load(), kept(rich));
        }
    }

    @Test
    void askingForRoomChangesNothing() throws IOException {
        try (SessionStore store = open()) {
            store.checkRoom();
            assertThat(store.load()).isEmpty();
            store.save(SampleSessions.rich());
            store.checkRoom();
            assertSame(store.load(), kept(SampleSessions.rich()));
        }
    }

    /** Whoever reads meanwhile sees the one or the other, never something of both. */
    @Test
    void readersSeeWholeSessionsOnly() throws Exception {
        Session small = SampleSessions.bare(1).withPeers(SampleSessions.peers(3));
        Session large = SampleSessions.bare(2).withPeers(SampleSessions.peers(300));
        Session keptSmall = kept(small);
        Session keptLarge = kept(large);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SessionStore store = open()) {
            store.save(small);
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    store.save(i % 2 == 0 ? large : small);
                }
                return null;
            });
            Future<?> reader = threads.submit(() -> {
                while (!writer.isDone()) {
                    assertThat(sorted(store.load().orElseThrow())).isIn(sorted(keptSmall), sorted(keptLarge));
                }
                return null;
            });
            writer.get();
            reader.get();
            assertSame(store.load(), keptSmall);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStoreDoesNotPrintWhatItKeeps() throws IOException {
        try (SessionStore store = open()) {
            store.save(SampleSessions.rich());
            String hex = SampleSessions.key(1).secret().toHex();
            assertThat(store.toString()).doesNotContain(hex.substring(0, 16)).doesNotContain("0202020202");
        }
    }

    /** Peers have no order of their own. */
    private static void assertSame(Optional<Session> loaded, Session session) {
        assertThat(loaded.map(StoreContract::sorted)).contains(sorted(session));
    }

    static Session sorted(Session session) {
        return session.withPeers(session.peers().stream()
                        .sorted(java.util.Comparator.comparingLong(Peer::markedId))
                        .toList())
                .withChannelStates(session.channelStates().stream()
                        .sorted(java.util.Comparator.comparingLong(dev.tgsession.session.ChannelState::markedId))
                        .toList());
    }
}
