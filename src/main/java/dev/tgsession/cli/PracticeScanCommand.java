package dev.tgsession.cli;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.RsaPublicKey;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.rpc.ClientIdentity;
import dev.tgsession.mtproto.rpc.KeyMakingDialer;
import dev.tgsession.mtproto.rpc.RpcConnection;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.practice.PhoneSchema.ScanLoginToken;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession practice scan}: holds the practice phone's camera in front of a QR code. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "scan",
        header = "Play the phone that scans a QR code of a practice login.",
        description = {
            "",
            "Tells the practice server that is running here what the person with the phone does. The client that shows"
                    + " the code then goes on as it would with Telegram.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession practice scan tg://login?token=...",
            "  tgsession practice scan tg://login?token=... --as 2fa",
            "  tgsession practice scan tg://login?token=... --migrate 4"
        })
final class PracticeScanCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String TOKEN = "token=";
    private static final String UNKNOWN = "AUTH_TOKEN_INVALIDX";

    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "LINK", description = "What the code says: tg://login?token=...")
    private String link = "";

    @Option(
            names = "--as",
            paramLabel = "WHO",
            description = "Whose phone it is: 2fa for an account with a password, or a practice number; a plain account"
                    + " if you do not say.")
    private String as = "";

    @Option(names = "--migrate", paramLabel = "N", description = "The account lives in data center N.")
    private @Nullable Integer migrate;

    @Option(names = "--expire", description = "Do not scan: let the code's time be up.")
    private boolean expire;

    @Option(names = "--reject", description = "Scan, but do not let anybody in.")
    private boolean reject;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "The server that was started with this --port; the one that knows the code if you do not say.")
    private @Nullable Integer port;

    PracticeScanCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        ScanLoginToken scan = new ScanLoginToken(token(link), phone(), verdict());
        List<Integer> ports = port == null ? RunningServers.of(given).basePorts() : List.of(port);
        if (ports.isEmpty()) {
            throw new Refusal(
                    ExitCode.NETWORK, "No practice server of yours is running.", "Start one: tgsession practice");
        }
        RsaPublicKey key = PracticeRoom.key(given).publicKey();
        Optional<RpcException> refused = Optional.empty();
        for (int basePort : ports) {
            try (RpcConnection line = dial(basePort, key)) {
                line.call(scan);
                given.error().println(words());
                return ExitCode.OK.number();
            } catch (RpcException no) {
                // Another server may know the code.
                refused = Optional.of(no);
                if (!no.is(UNKNOWN)) {
                    break;
                }
            }
        }
        throw refusal(refused.orElseThrow(IllegalStateException::new));
    }

    private RpcConnection dial(int basePort, RsaPublicKey key) throws IOException, Refusal {
        SecureRandom random = given.random().get();
        var identity = new ClientIdentity(1, "practice phone", "none", "1", "en");
        try {
            var there = new DataCenter(2, "127.0.0.1", basePort + 2, Environment.PRACTICE);
            return KeyMakingDialer.overTcp(
                            Transports.chosen(Optional.empty()),
                            PATIENCE,
                            ServerKeys.own(key),
                            identity,
                            random,
                            given.clock())
                    .dial(there);
        } catch (IllegalArgumentException wrong) {
            throw usage("--port " + basePort + ": " + wrong.getMessage() + ".");
        }
    }

    /** What the code says, out of the link; nothing of it is repeated, as it may be a real one by mistake. */
    private static Bytes token(String text) throws Refusal {
        int at = text.indexOf(TOKEN);
        String letters = at < 0 ? text : text.substring(at + TOKEN.length());
        String plain = letters.replace('+', '-').replace('/', '_').replace("=", "");
        try {
            byte[] token = Base64.getUrlDecoder().decode(plain);
            if (token.length > 0) {
                return Bytes.of(token);
            }
        } catch (IllegalArgumentException noBase64) {
            // Said below.
        }
        throw usage("This is no link of a QR code; one looks like tg://login?token=... .");
    }

    private String phone() throws Refusal {
        if (migrate == null) {
            return as;
        }
        if (migrate < 1 || migrate > PracticeServer.DATA_CENTRES) {
            throw usage("The practice servers are --migrate 1 to " + PracticeServer.DATA_CENTRES + ".");
        }
        return switch (as) {
            case "" -> "99966" + migrate + "0001";
            case "2fa" -> "99966" + migrate + "0100";
            default -> throw usage("A number says itself where it lives, without --migrate.");
        };
    }

    private String verdict() throws Refusal {
        boolean who = migrate != null || !as.isEmpty();
        if (expire && reject || (expire || reject) && who) {
            throw usage("--expire, --reject and letting somebody in do not go together.");
        }
        return expire ? ScanLoginToken.EXPIRE : reject ? ScanLoginToken.REJECT : ScanLoginToken.ACCEPT;
    }

    private String words() {
        return expire
                ? "The code is worth nothing any more; the client gets a new one when it asks."
                : reject ? "Nobody is let in; the client gets a new code when it asks." : "Scanned, and let in.";
    }

    private static Refusal refusal(RpcException no) {
        String sentence = switch (no.type()) {
            case UNKNOWN -> "No practice server of yours has given out this code.";
            case "AUTH_TOKEN_EXPIRED" -> "The code's time is up; the client shows a new one every 30 seconds.";
            case "AUTH_TOKEN_ALREADY_ACCEPTED" -> "This code was scanned before.";
            case "AUTH_TOKEN_EXCEPTION" -> "The client is logged in as this account already.";
            case "PHONE_NUMBER_INVALID" -> "--as takes 2fa, or a number of tgsession practice --list.";
            default -> "The practice server refuses: " + no.type() + ".";
        };
        return new Refusal(ExitCode.FAILED, sentence, "");
    }

    private static Refusal usage(String sentence) {
        return new Refusal(ExitCode.USAGE, sentence, "More: tgsession practice scan --help");
    }
}
