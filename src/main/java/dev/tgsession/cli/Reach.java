package dev.tgsession.cli;

import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.rpc.ClientIdentity;
import dev.tgsession.mtproto.rpc.KeyMakingDialer;
import dev.tgsession.transport.TransportChoice;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands that reach a server have in common: how packets travel, how long an answer may take, who is calling. */
final class Reach {
    private static final int LONGEST = 600;

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "How packets travel; obfuscated-intermediate if you do not say.")
    private @Nullable String transport;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long the server may take for an answer; 15 if you do not say.")
    private int timeout = 15;

    /** Refuses what cannot be meant, before anything is asked or looked at; the command is named in the hint. */
    void check(String command) throws Refusal {
        way();
        if (timeout < 1 || timeout > LONGEST) {
            throw new Refusal(
                    ExitCode.USAGE, "--timeout takes 1 to " + LONGEST + " seconds.", "More: tgsession help " + command);
        }
    }

    /**
     * The way there; nobody is called yet.
     *
     * @param keys by which a server is known that a key is made with
     * @param device what the account's owner sees in the list of devices
     */
    KeyMakingDialer dialer(Given given, ServerKeys keys, int apiId, String device, SecureRandom random) throws Refusal {
        var identity = new ClientIdentity(
                apiId,
                device,
                System.getProperty("os.name", "unknown"),
                Versions.ofThisBuild().program(),
                "en");
        return KeyMakingDialer.overTcp(way(), Duration.ofSeconds(timeout), keys, identity, random, given.clock());
    }

    private TransportChoice way() throws Refusal {
        return Transports.chosen(Optional.ofNullable(transport));
    }
}
