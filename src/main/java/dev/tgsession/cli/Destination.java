package dev.tgsession.cli;

import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a login begins, and by which keys the servers there are known. The two belong together: a key of one's own never
 * counts for Telegram, nor Telegram's for anybody else.
 */
record Destination(DataCenter start, ServerKeys keys) {
    private static final long LARGEST_KEY_FILE = 64 * 1024;

    /** Telegram itself, or its test servers. */
    static Destination telegram(Environment environment, int dc, boolean ipv6) throws Refusal {
        if (!DataCenters.isBuiltIn(environment, dc)) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "Telegram has no data center " + dc + " there.",
                    "It has " + (environment == Environment.TEST ? "1 to 3." : "1 to 5."));
        }
        return new Destination(
                DataCenters.builtIn(environment, dc, ipv6),
                environment == Environment.TEST ? ServerKeys.test() : ServerKeys.production());
    }

    /** Somebody's own server. */
    static Destination own(String address, Path keyFile, int dc) throws IOException, Refusal {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, Math.max(0, colon));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            DataCenter start = new DataCenter(
                    dc, bracketed ? host.substring(1, host.length() - 1) : host, port, Environment.PRACTICE);
            return new Destination(start, ServerKeys.own(readKey(keyFile)));
        } catch (NumberFormatException noPort) {
            throw usage("the port is missing");
        } catch (IllegalArgumentException wrong) {
            throw usage(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * Where a login was begun.
     *
     * @param serverKey of somebody's own server, as PEM; empty for Telegram
     */
    static Destination of(DataCenter begun, String serverKey) throws Refusal {
        try {
            ServerKeys keys = switch (begun.environment()) {
                case PRODUCTION -> ServerKeys.production();
                case TEST -> ServerKeys.test();
                case PRACTICE -> ServerKeys.own(RsaPublicKey.ofPem(serverKey));
            };
            return new Destination(begun, keys);
        } catch (IllegalArgumentException noKey) {
            throw new Refusal(
                    ExitCode.BAD_FILE,
                    "The login under way is damaged: its server key is none.",
                    "Begin again: tgsession login");
        }
    }

    Environment environment() {
        return start.environment();
    }

    private static RsaPublicKey readKey(Path file) throws IOException, Refusal {
        if (Files.size(file) > LARGEST_KEY_FILE) {
            throw new Refusal(ExitCode.BAD_FILE, file + " is too long for a key.", "");
        }
        try {
            return RsaPublicKey.ofPem(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException noKey) {
            throw new Refusal(
                    ExitCode.BAD_FILE,
                    file + " is no server key: " + noKey.getMessage() + ".",
                    "It should be a PEM file that begins with -----BEGIN RSA PUBLIC KEY----- or BEGIN PUBLIC KEY.");
        }
    }

    private static Refusal usage(String why) {
        return new Refusal(
                ExitCode.USAGE,
                "--server and --server-key do not work like that: " + why + ".",
                "For example: --server 127.0.0.1:4430 --server-key practice.pem");
    }
}
