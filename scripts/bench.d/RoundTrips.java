import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.practice.IncomingRequest;
import dev.tgsession.practice.IncomingRequest.Kind;
import dev.tgsession.practice.PracticeKey;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * The server of scripts/bench-round-trips: writes its key to a file, says that it is ready, and tells for each line it gets
 * which encrypted messages have come since the one before.
 */
final class RoundTrips {
    private RoundTrips() {}

    public static void main(String[] arguments) throws Exception {
        RsaPrivateKey key = PracticeKey.in(Path.of(arguments[0]), new SecureRandom());
        PracticeSettings settings = PracticeSettings.of(key, InstantSource.system(), new SecureRandom())
                .withBasePort(Integer.parseInt(arguments[1]));
        try (PracticeServer server = PracticeServer.start(settings);
                BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Files.writeString(Path.of(arguments[2]), server.publicKey().toPkcs1Pem());
            System.out.println("ready");
            int told = 0;
            while (asked.readLine() != null) {
                List<IncomingRequest> all = server.requests();
                System.out.println(String.join(
                        " ",
                        all.subList(told, all.size()).stream()
                                .filter(one -> one.kind() == Kind.SERVICE || one.kind() == Kind.CALL)
                                .map(IncomingRequest::name)
                                .toList()));
                told = all.size();
            }
        }
    }
}
