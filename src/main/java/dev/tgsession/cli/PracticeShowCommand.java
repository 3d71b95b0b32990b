package dev.tgsession.cli;

import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.practice.PracticeServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tgsession practice show}: how other programs find the practice servers. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "show",
        header = "Show how other programs find the practice servers.",
        description = {
            "",
            "Prints a small program for one library that logs in at the practice server running here; or, without"
                    + " --client, where the servers listen and their public key in every form that libraries ask for.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession practice show --client telethon --key-out practice.pem",
            "  tgsession practice show --client gotd --port 20000"
        })
final class PracticeShowCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;

    /** What stands in the programs: the base port, and the port of data center 2. */
    private static final String BASE_PORT = "20000";

    private static final String SECOND_PORT = "20002";
    private static final String KEY_FILE = "practice.pem";

    /** By what people call the library. */
    private static final Map<String, String> PROGRAMS = Map.of(
            "telethon", "telethon.py",
            "pyrogram", "pyrogram.py",
            "kurigram", "kurigram.py",
            "gramjs", "gramjs.js",
            "mtcute", "mtcute.mjs",
            "gotd", "gotd.go");

    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--client",
            paramLabel = "LIBRARY",
            description = "telethon, pyrogram, kurigram, gramjs, mtcute or gotd.")
    private @Nullable String client;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "The server that was, or will be, started with this --port; the one running if you do not say.")
    private @Nullable Integer port;

    @Option(
            names = "--key-out",
            paramLabel = "FILE",
            description = "Also write the public key to this file, from which the program reads it.")
    private @Nullable String keyOut;

    PracticeShowCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        String program = client == null ? "" : PROGRAMS.getOrDefault(client, "");
        if (client != null && program.isEmpty()) {
            throw usage("--client takes telethon, pyrogram, kurigram, gramjs, mtcute or gotd.");
        }
        if (keyOut != null && keyOut.chars().anyMatch(letter -> letter == '"' || letter == '\\' || letter < ' ')) {
            throw usage("--key-out takes a name without quotes and backslashes, as it stands in a program.");
        }
        int basePort = basePort();
        RsaPublicKey key = PracticeRoom.key(given).publicKey();
        if (keyOut != null) {
            Files.writeString(given.folder().resolve(keyOut), key.toPkcs1Pem().strip() + "\n");
        }
        if (client == null) {
            print(basePort, key);
        } else {
            given.output().print(program(program, basePort));
        }
        given.output().flush();
        return ExitCode.OK.number();
    }

    private int basePort() throws IOException, Refusal {
        if (port != null) {
            if (port < 0 || port > HIGHEST_PORT - PracticeServer.DATA_CENTRES) {
                throw usage("--port " + port + ": no five ports follow.");
            }
            return port;
        }
        List<Integer> running = RunningServers.of(given).basePorts();
        if (running.isEmpty()) {
            throw new Refusal(
                    ExitCode.NETWORK,
                    "No practice server of yours is running.",
                    "Start one: tgsession practice; or say where it will be: --port N");
        }
        return running.get(0);
    }

    /** The program as it stands in the README, with this server's ports and that file in it. */
    private String program(String name, int basePort) throws IOException {
        try (InputStream in = PracticeShowCommand.class.getResourceAsStream("offline/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(SECOND_PORT, Integer.toString(basePort + 2))
                    .replace(BASE_PORT, Integer.toString(basePort))
                    .replace(KEY_FILE, keyOut == null ? KEY_FILE : keyOut);
        }
    }

    private void print(int basePort, RsaPublicKey key) {
        PrintStream out = given.output();
        for (int dc = 1; dc <= PracticeServer.DATA_CENTRES; dc++) {
            out.println("data center " + dc + "        127.0.0.1:" + (basePort + dc));
        }
        out.println("fingerprint          " + key.fingerprint());
        out.println("fingerprint, in hex  " + Long.toHexString(key.fingerprint()));
        out.println("exponent             " + key.exponent());
        out.println("modulus              " + key.modulus());
        out.println();
        out.println(key.toPkcs1Pem().strip());
        out.println();
        out.println(key.toSpkiPem().strip());
    }

    private static Refusal usage(String sentence) {
        return new Refusal(ExitCode.USAGE, sentence, "More: tgsession practice show --help");
    }
}
