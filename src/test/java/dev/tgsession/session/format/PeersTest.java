package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.session.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final Peer PLAIN = peer(1, Optional.empty(), List.of());
    private static final Peer OTHER = peer(2, Optional.empty(), List.of());
    private static final Peer NAMED = peer(3, Optional.of("Anna"), List.of());
    private static final Peer WITH_NAMES = peer(4, Optional.of("Bert"), List.of("bert2"));

    @Test
    void theyAreHandedOverInOrderAndAgain() throws IOException {
        Peers peers = Peers.of(List.of(PLAIN, OTHER)).without(1).with(NAMED);
        assertThat(all(peers)).containsExactly(OTHER, NAMED);
        assertThat(all(peers)).containsExactly(OTHER, NAMED);
    }

    @Test
    void oneIsPutInItsPlaceAmongThem() throws IOException {
        Peers peers = Peers.of(List.of(PLAIN, OTHER, WITH_NAMES));
        assertThat(all(peers.with(NAMED))).containsExactly(PLAIN, OTHER, NAMED, WITH_NAMES);
        Peer other = peer(2, Optional.of("Otto"), List.of());
        assertThat(all(peers.with(other))).containsExactly(PLAIN, other, WITH_NAMES);
        assertThat(all(peers.with(peer(9, Optional.empty(), List.of()))))
                .hasSize(4)
                .endsWith(peer(9, Optional.empty(), List.of()));
        assertThat(all(Peers.of(List.of(NAMED, OTHER)).with(other))).containsExactly(other, NAMED);
    }

    @Test
    void aSampleShowsAllThereIsToLose() throws IOException {
        assertThat(sample(PLAIN, OTHER, NAMED, OTHER, WITH_NAMES, NAMED)).containsExactly(PLAIN, NAMED, WITH_NAMES);
        assertThat(sample(WITH_NAMES, PLAIN, NAMED)).containsExactly(WITH_NAMES);
        assertThat(sample()).isEmpty();
    }

    private static List<Peer> sample(Peer... peers) throws IOException {
        PeerSample sample = new PeerSample();
        Peers.of(List.of(peers)).forEach(sample);
        return sample.peers();
    }

    private static List<Peer> all(Peers peers) throws IOException {
        List<Peer> all = new ArrayList<>();
        peers.forEach(all::add);
        return all;
    }

    private static Peer peer(long id, Optional<String> name, List<String> moreUsernames) {
        return new Peer(
                id, 5, Optional.empty(), Optional.empty(), name, Optional.empty(), Optional.empty(), moreUsernames);
    }
}
