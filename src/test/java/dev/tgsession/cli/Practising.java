package dev.tgsession.cli;

import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A practice server in the test's own process, which can tell what the packaged program asked of it, and how to start
 * that program against it.
 */
final class Practising implements AutoCloseable {
    /** What the launcher and the program's jar are called; the build says where they are. */
    static final Path HOME = Path.of(System.getProperty("tgsession.home", "."));

    /**
     * Enough of an application for a server that takes any, and a place for what the program keeps: one for each run of the
     * tests, for what it remembers of a server's numbers is about another server when that port is used again.
     */
    static final Map<String, String> API = Map.of(
            "TG_API_ID", "12345",
            "TG_API_HASH", "0123456789abcdef0123456789abcdef",
            "XDG_STATE_HOME",
                    HOME.resolve("target/it-state/" + ProcessHandle.current().pid())
                            .toAbsolutePath()
                            .toString());

    private static final RsaPrivateKey KEY = RsaPrivateKey.generate(new SecureRandom());

    private final PracticeServer server;
    private final Path key;

    Practising(Path folder) throws IOException {
        this(folder, InstantSource.system());
    }

    /** A server whose clock may go on when the test wants it to. */
    Practising(Path folder, InstantSource clock) throws IOException {
        server = PracticeServer.start(PracticeSettings.of(KEY, clock, new SecureRandom()));
        key = Files.writeString(folder.resolve("server.pem"), server.publicKey().toPkcs1Pem());
    }

    /** {@code scripts/tgsession login NAME --server …} with further arguments. */
    List<String> login(String name, String... more) {
        List<String> command = new ArrayList<>(List.of(launcher(), "login", name));
        var address = server.address(2);
        command.addAll(List.of("--server", address.getHostString() + ":" + address.getPort()));
        command.addAll(List.of("--server-key", key.toString()));
        command.addAll(List.of(more));
        return command;
    }

    /** The names of the methods that were called, in their order. */
    List<String> calls() {
        List<String> names = new ArrayList<>();
        server.requests().forEach(request -> names.add(request.name()));
        return names;
    }

    /** How many clients are connected. */
    int connections() {
        return server.connections();
    }

    static String launcher() {
        return HOME.resolve("scripts/tgsession").toAbsolutePath().toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
