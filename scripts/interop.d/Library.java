import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.Account;
import dev.tgsession.session.ChannelState;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.PeerKind;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import dev.tgsession.session.store.SessionStore;
import dev.tgsession.session.store.SessionStores;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A program that uses our library: one errand per start, a session file as its second word; says what it did as JSON. */
final class Library {
    private static final long CHANNEL = PeerKind.markedChannel(1_234_567_890L);

    private Library() {}

    public static void main(String[] words) throws Exception {
        try (SessionStore store = SessionStores.open(words[1])) {
            switch (words[0]) {
                case "save" -> store.save(fresh());
                case "extend" -> store.save(extended(store.load().orElseThrow()));
                default -> {}
            }
            System.out.println(JsonWriter.string(seen(store.load().orElseThrow())));
        }
    }

    private static Session fresh() {
        byte[] key = new byte[256];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i * 37 + 5);
        }
        return Session.of(DataCenters.builtIn(Environment.PRODUCTION, 4, false), AuthKey.of(key))
                .withAccount(Account.of(4711, false));
    }

    /** Some time later: peers were met, updates were read. */
    private static Session extended(Session session) {
        EntityCache met = EntityCache.of(session);
        met.add(peer(77, -8_123_456_789_012_345_678L, "Anna_B", "491701234567", "Anna B"));
        met.add(peer(-99, 0, null, null, "Family"));
        met.add(peer(CHANNEL, 42, "the_news", null, "The News \ud83d\udcf0"));
        return session.withPeers(met.peers())
                .withUpdateState(new UpdateState(11, 12, 1_700_000_000, 13))
                .withChannelStates(List.of(new ChannelState(CHANNEL, 17, 1_700_000_000)));
    }

    private static Peer peer(long id, long hash, String username, String phone, String name) {
        return new Peer(
                id,
                hash,
                Optional.ofNullable(username),
                Optional.ofNullable(phone),
                Optional.of(name),
                Optional.of(Instant.ofEpochSecond(1_700_000_000)));
    }

    /** What is asked of real Telethon too, see telethon_side.py. */
    private static JsonObject seen(Session session) {
        EntityCache peers = EntityCache.of(session);
        JsonObject seen = new JsonObject();
        seen.put("keyId", session.authKey().id().toHex());
        seen.put("dc", session.dataCenter().id());
        seen.put("byName", hash(peers.byUsername("https://t.me/Anna_B")));
        seen.put("byPhone", hash(peers.byPhone("+49 170 1234567")));
        seen.put("byId", hash(peers.byId(77)));
        seen.put("channel", hash(peers.byUsername("@The_News")));
        seen.put("channelById", hash(peers.byId(1_234_567_890L)));
        seen.put("group", peers.byId(-99).map(Peer::markedId).orElse(0L));
        seen.put("pts", session.updateState().map(UpdateState::pts).orElse(0));
        seen.put("qts", session.updateState().map(UpdateState::qts).orElse(0));
        seen.put(
                "channelPts",
                session.channelStates().stream()
                        .filter(state -> state.markedId() == CHANNEL)
                        .mapToInt(ChannelState::pts)
                        .sum());
        return seen;
    }

    /** As text: JSON's numbers are too short for it. */
    private static String hash(Optional<Peer> peer) {
        return peer.map(found -> Long.toString(found.accessHash())).orElse(null);
    }
}
