package dev.tgsession.cli;

import dev.tgsession.travel.Courier;
import dev.tgsession.travel.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes files to places on the web and brings them back; gets ready when it is first needed. */
final class Post {
    private static final String AUTHORITIES = "AWS_CA_BUNDLE";
    private static final int LARGEST_PEM = 16 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Given given;
    private @Nullable Courier courier;

    Post(Given given) {
        this.given = given;
    }

    /** Gets ready: everything that can be wrong before there is something to carry. */
    void prepare() throws IOException, Refusal {
        courier();
    }

    /** {@code name} is what it is called there, where the place is a folder. */
    void send(WebPlace to, String name, byte[] file) throws IOException, Refusal {
        courier().put(to.forWriting(name, given.clock()), file);
    }

    byte[] fetch(WebPlace from) throws IOException, Refusal {
        return courier().get(from.forReading(given.clock()));
    }

    private Courier courier() throws IOException, Refusal {
        if (courier == null) {
            courier = new Courier(trust(), PATIENCE, time -> Thread.sleep(time.toMillis()));
        }
        return courier;
    }

    private Trust trust() throws IOException, Refusal {
        String named = given.environment().getOrDefault(AUTHORITIES, "").strip();
        if (named.isEmpty()) {
            return Trust.usual();
        }
        Path file = given.folder().resolve(named);
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_PEM) {
            throw new Refusal(
                    ExitCode.BAD_FILE,
                    "What " + AUTHORITIES + " names is no file of certificates.",
                    "Name a PEM file, or unset it.");
        }
        return Trust.only(Files.readAllBytes(file));
    }
}
