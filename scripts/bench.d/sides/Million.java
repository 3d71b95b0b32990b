import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Peer;
import dev.tgsession.session.Session;
import dev.tgsession.session.format.telethon.TelethonSqlite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/** Our side of writing many peers: so many into a new session file, one after the other. */
final class Million {
    private Million() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        byte[] key = new byte[256];
        Arrays.fill(key, (byte) 7);
        Session session = Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key));
        Path file = Files.createFile(Path.of(arguments[0]));
        new TelethonSqlite(InstantSource.system())
                .write(
                        session,
                        visitor -> {
                            for (int i = 1; i <= count; i++) {
                                visitor.onPeer(peer(i));
                            }
                        },
                        file);
    }

    private static Peer peer(int i) {
        return new Peer(
                i,
                i * 7919L,
                Optional.of("user_" + i),
                Optional.of("4915" + (1_000_000 + i)),
                Optional.of("User " + i),
                Optional.of(Instant.ofEpochSecond(1_700_000_000L + i)));
    }
}
