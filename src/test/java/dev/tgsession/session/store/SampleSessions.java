package dev.tgsession.session.store;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.PeerType;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Sessions to keep: from the least there is to one with something of everything. */
final class SampleSessions {
    static final Instant SEEN = Instant.ofEpochSecond(1_760_000_000);

    private SampleSessions() {}

    /** A server and a key, both by the number. */
    static Session bare(int number) {
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 1 + number % 5, false), key(number));
    }

    /** Whatever Telethon's tables have a place for. */
    static Session rich() {
        return bare(1).withAccount(new Account(
                        1234567890123L,
                        false,
                        Optional.of(-42L),
                        Optional.of("Anna Example"),
                        Optional.empty(),
                        Optional.of("anna"),
                        Optional.of("9996620001")))
                .withPeers(List.of(
                        peer(PeerKind.markedChannel(PeerKind.LARGEST_CHANNEL), Long.MAX_VALUE, "news", "", "News"),
                        peer(PeerKind.markedChannel(1), 3, "", "", "Ж 😀 \"; drop table peers; -- \\ \t\n ' % _"),
                        peer(-77, 0, "", "", "Family"),
                        peer(1, Long.MIN_VALUE, "bert", "49170123456", "Bert"),
                        new Peer(2, 5, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())))
                .withUpdateState(new UpdateState(Integer.MAX_VALUE, 2, 1_760_000_001, 4))
                .withChannelStates(List.of(
                        new ChannelState(PeerKind.markedChannel(PeerKind.LARGEST_CHANNEL), 9, 1_760_000_002),
                        new ChannelState(PeerKind.markedChannel(1), 1, 0)));
    }

    /** Whatever a session may hold at all. */
    static Session full() {
        Session rich = rich();
        List<Peer> peers = new ArrayList<>(rich.peers());
        peers.add(new Peer(
                99,
                7,
                Optional.of("first"),
                Optional.of("49"),
                Optional.of("Many Names"),
                Optional.of(SEEN),
                Optional.of(PeerType.BOT),
                List.of("second", "third")));
        return rich.withPeers(peers)
                .withApiId(12345)
                .withAccount(new Account(
                        7,
                        true,
                        Optional.of(8L),
                        Optional.of("First"),
                        Optional.of("Last"),
                        Optional.of("first_bot"),
                        Optional.empty()));
    }

    /** Many peers, each with all it can have. */
    static List<Peer> peers(int count) {
        List<Peer> peers = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            peers.add(peer(i, 31L * i, "user" + i, "49170" + i, "Person number " + i));
        }
        return peers;
    }

    static Peer peer(long id, long hash, String username, String phone, String name) {
        return new Peer(id, hash, given(username), given(phone), given(name), Optional.of(SEEN));
    }

    static AuthKey key(int number) {
        byte[] key = new byte[AuthKey.SIZE];
        Arrays.fill(key, (byte) (number + 1));
        return AuthKey.of(key);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
