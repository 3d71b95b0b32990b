package dev.tgsession.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.AuthKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityCacheTest {
    private static final long CHANNEL = PeerKind.markedChannel(1234567890L);

    private final EntityCache cache = EntityCache.of(List.of(
            peer(7, "Anna_B", "491701234567", "Anna B", 100),
            peer(-7, null, null, "Family", 100),
            peer(CHANNEL, "news", null, "The News", 100)));

    @Test
    void aPeerIsFoundByItsIdMarkedOrBare() {
        assertThat(cache.byId(7)).map(Peer::name).contains(Optional.of("Anna B"));
        assertThat(cache.byId(-7)).map(Peer::name).contains(Optional.of("Family"));
        assertThat(cache.byId(CHANNEL)).map(Peer::name).contains(Optional.of("The News"));
        assertThat(cache.byId(1234567890L)).map(Peer::markedId).contains(CHANNEL);
        assertThat(cache.byId(8)).isEmpty();
        assertThat(cache.byId(0)).isEmpty();
        assertThat(cache.byId(Long.MAX_VALUE)).isEmpty();
        assertThat(cache.byId(Long.MIN_VALUE)).isEmpty();
    }

    @Test
    void aBareIdOfAGroupIsFoundIfNoUserHasIt() {
        EntityCache groups = EntityCache.of(List.of(peer(-9, null, null, "Group", 1)));
        assertThat(groups.byId(9)).map(Peer::markedId).contains(-9L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna_b",
                "Anna_B",
                "@ANNA_B",
                " @anna_b ",
                "t.me/anna_b",
                "https://t.me/Anna_B",
                "http://www.telegram.me/anna_b/",
                "https://t.me/anna_b/12?single",
                "https://anna_b.t.me",
                "https://telegram.dog/anna_b",
                "tg://resolve?domain=anna_b&start=1"
            })
    void aUserNameIsFoundInAnyWriting(String name) {
        assertThat(cache.byUsername(name)).map(Peer::markedId).contains(7L);
        assertThat(cache.find(name)).map(Peer::markedId).contains(7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+49 170 1234567", "491701234567", "0049 (170) 123-45 67", "+49.170.1234567"})
    void aNumberIsFoundInAnyWriting(String phone) {
        assertThat(cache.byPhone(phone)).map(Peer::markedId).contains(7L);
        assertThat(cache.find(phone)).map(Peer::markedId).contains(7L);
    }

    @Test
    void aNameIsFoundToTheLetter() {
        assertThat(cache.byName("The News")).map(Peer::markedId).contains(CHANNEL);
        assertThat(cache.byName("the news")).isEmpty();
        assertThat(cache.find("Family")).map(Peer::markedId).contains(-7L);
        assertThat(cache.find("1234567890")).map(Peer::markedId).contains(CHANNEL);
        assertThat(cache.find("@Family")).isEmpty();
        assertThat(cache.find("+")).isEmpty();
        assertThat(cache.find("")).isEmpty();
    }

    @Test
    void aLaterPeerOfTheSameIdTakesItsPlace() {
        cache.add(peer(7, "anna_c", null, "Anna C", 200));
        assertThat(cache.size()).isEqualTo(3);
        assertThat(cache.byUsername("anna_b")).isEmpty();
        assertThat(cache.byPhone("491701234567")).isEmpty();
        assertThat(cache.byUsername("anna_c")).map(Peer::markedId).contains(7L);
        assertThat(cache.peers()).first().extracting(Peer::markedId).isEqualTo(7L);
    }

    @Test
    void aNameThatChangedHandsIsTakenFromItsOldOwner() {
        cache.add(peer(8, "anna_b", "491701234567", "Berta", 200));
        assertThat(cache.byUsername("anna_b")).map(Peer::markedId).contains(8L);
        assertThat(cache.byPhone("+491701234567")).map(Peer::markedId).contains(8L);
        Peer old = cache.byId(7).orElseThrow();
        assertThat(old.username()).isEmpty();
        assertThat(old.phone()).isEmpty();
        assertThat(old.name()).contains("Anna B");
    }

    @Test
    void whoWasSeenEarlierDoesNotTakeTheName() {
        cache.add(peer(8, "ANNA_b", "491701234567", "Berta", 50));
        assertThat(cache.byUsername("anna_b")).map(Peer::markedId).contains(7L);
        assertThat(cache.byId(8).orElseThrow().username()).isEmpty();
        assertThat(cache.byId(8).orElseThrow().phone()).isEmpty();
        cache.add(undated(9, "anna_b"));
        assertThat(cache.byUsername("anna_b")).map(Peer::markedId).contains(7L);
    }

    @Test
    void ofTwoThatWereSeenAtNoKnownTimeTheLaterOneCounts() {
        EntityCache undated = EntityCache.of(List.of(undated(1, "name"), undated(2, "name")));
        assertThat(undated.byUsername("name")).map(Peer::markedId).contains(2L);
        assertThat(undated.byId(1).orElseThrow().username()).isEmpty();
    }

    @Test
    void furtherUserNamesLeadToAPeerTooAndChangeHandsOneByOne() {
        Peer many = new Peer(
                3,
                1,
                Optional.of("first"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(1)),
                Optional.empty(),
                List.of("second", "third"));
        cache.add(many);
        assertThat(cache.byUsername("third")).map(Peer::markedId).contains(3L);
        cache.add(peer(4, "first", null, null, 2));
        Peer left = cache.byId(3).orElseThrow();
        assertThat(left.username()).contains("second");
        assertThat(left.moreUsernames()).containsExactly("third");
        assertThat(cache.byUsername("first")).map(Peer::markedId).contains(4L);
    }

    @Test
    void aSessionBringsItsPeersAndTakesThemBack() {
        Session session = Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(new byte[256]))
                .withPeers(cache.peers());
        EntityCache same = EntityCache.of(session);
        same.add(peer(10, "new", null, null, 1));
        assertThat(session.withPeers(same.peers()).peers()).hasSize(4).containsAll(session.peers());
    }

    private static Peer peer(
            long id, @Nullable String username, @Nullable String phone, @Nullable String name, long seen) {
        return new Peer(
                id,
                1,
                Optional.ofNullable(username),
                Optional.ofNullable(phone),
                Optional.ofNullable(name),
                Optional.of(Instant.ofEpochSecond(seen)));
    }

    private static Peer undated(long id, String username) {
        return new Peer(id, 1, Optional.of(username), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
