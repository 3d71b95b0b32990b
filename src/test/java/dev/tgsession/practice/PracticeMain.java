package dev.tgsession.practice;

import dev.tgsession.crypto.RsaPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Runs a practice data centre in a process of its own, for other people's clients: {@code PracticeMain BASE_PORT PEM_FILE
 * [CLOCK_SKEW_SECONDS]}. The public key goes into the file, everything else to standard output.
 */
public final class PracticeMain {
    private PracticeMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        RsaPrivateKey key = RsaPrivateKey.generate(random);
        Duration skew = arguments.length > 2 ? Duration.ofSeconds(Long.parseLong(arguments[2])) : Duration.ZERO;
        PracticeSettings settings = PracticeSettings.of(key, InstantSource.system(), random)
                .withBasePort(Integer.parseInt(arguments[0]))
                .withClockSkew(skew)
                .withConsole(new PrintingConsole());
        try (PracticeServer server = PracticeServer.start(settings)) {
            Files.writeString(Path.of(arguments[1]), server.publicKey().toPkcs1Pem());
            for (int dc = 1; dc <= PracticeServer.DATA_CENTRES; dc++) {
                System.out.println("dc " + dc + " " + server.address(dc));
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                server.requests()
                        .forEach(request ->
                                System.out.println(request.connection() + " " + request.kind() + " " + request.name()));
            }
        }
    }

    private static final class PrintingConsole implements PracticeConsole {
        @Override
        public synchronized void arrived(PhoneMessage message) {
            System.out.println("phone " + message.phone() + ": " + message.text());
        }

        @Override
        public synchronized void refused(int dc, String reason) {
            System.out.println("refused at " + dc + ": " + reason);
        }

        @Override
        public synchronized void note(int dc, String what) {
            System.out.println("note at " + dc + ": " + what);
        }
    }
}
