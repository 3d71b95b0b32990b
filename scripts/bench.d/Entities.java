import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.EntityCache;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.store.SessionStore;
import dev.tgsession.session.store.SessionStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Our side of scripts/bench-entities: so many peers into a session file, out again, and each looked up in three ways. */
final class Entities {
    private Entities() {}

    public static void main(String[] arguments) throws Exception {
        String file = arguments[0];
        int count = Integer.parseInt(arguments[1]);
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        try (SessionStore store = SessionStores.open(file)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                peers.add(new Peer(
                        i,
                        i * 7919L,
                        Optional.of("user_" + i),
                        Optional.of("4915" + (1_000_000 + i)),
                        Optional.of("User " + i),
                        Optional.of(Instant.ofEpochSecond(1_700_000_000 + i))));
            }
            long begin = System.nanoTime();
            EntityCache met = EntityCache.of(peers);
            store.save(Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key))
                    .withPeers(met.peers()));
            long saved = System.nanoTime();
            EntityCache known = EntityCache.of(store.load().orElseThrow());
            long loaded = System.nanoTime();
            for (int i = 1; i <= count; i++) {
                check(known.byId(i), i);
                check(known.byUsername("user_" + i), i);
                check(known.byPhone("4915" + (1_000_000 + i)), i);
            }
            long found = System.nanoTime();
            System.out.printf(
                    "{\"save\": %.6f, \"open\": %.6f, \"look up\": %.6f}%n",
                    (saved - begin) / 1e9, (loaded - saved) / 1e9, (found - loaded) / 1e9);
        }
    }

    private static void check(Optional<Peer> found, int i) {
        if (found.map(Peer::accessHash).orElse(0L) != i * 7919L) {
            throw new AssertionError("peer " + i + " is " + found);
        }
    }
}
