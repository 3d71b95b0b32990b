import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.DataCenters;
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

/** Our side of writing many peers: so many into a new session file. */
final class Million {
    private Million() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        List<Peer> peers = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            peers.add(new Peer(
                    i,
                    i * 7919L,
                    Optional.of("user_" + i),
                    Optional.of("4915" + (1_000_000 + i)),
                    Optional.of("User " + i),
                    Optional.of(Instant.ofEpochSecond(1_700_000_000L + i))));
        }
        try (SessionStore store = SessionStores.open(arguments[0])) {
            store.save(Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key))
                    .withPeers(peers));
        }
    }
}
