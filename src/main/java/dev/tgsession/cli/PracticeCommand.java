package dev.tgsession.cli;

import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.practice.PracticeExample;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.practice.faults.Faults;
import dev.tgsession.practice.faults.NamedFaults;
import dev.tgsession.practice.faults.Repertoire;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tgsession practice}: five servers on this machine that answer as Telegram would. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "practice",
        header = "Run servers on this machine that answer as Telegram would.",
        description = {
            "",
            "For any client that takes another address and key. Prints where the servers listen and their public key;"
                    + " then shows what arrives on the practice phone, until Ctrl+C.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession practice --key-out practice.pem",
            "  tgsession login --server 127.0.0.1:PORT --server-key practice.pem"
        })
final class PracticeCommand implements Callable<Integer> {
    private static final int COLUMN = 15;

    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Data center 1 listens on port N+1, and so on; on free ports if you do not say.")
    private int port;

    @Option(names = "--key-out", paramLabel = "FILE", description = "Also write the public key to this file.")
    private @Nullable Path keyOut;

    @Option(
            names = "--clock-skew",
            paramLabel = "SECONDS",
            description = "How far the servers' clock is ahead; behind if negative.")
    private long clockSkew;

    @Option(
            names = "--dialogs",
            paramLabel = "N",
            description = "How many people, groups and channels a plain account knows, for `sync` and its like.")
    private int dialogs;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "Behave so towards everybody, whichever number is typed; --list names them.")
    private @Nullable String scenario;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description = "Do this wrong on purpose, to see whether a client notices; may be given several times.")
    private List<String> faults = List.of();

    @Option(
            names = "--strict",
            description = "Refuse what Telegram refuses and these servers else put right: layers below 133"
                    + " (CONNECTION_LAYER_INVALID), a key for another data center (-444).")
    private boolean strict;

    @Option(
            names = "--list",
            description = "Name the numbers that do something special, the scenarios and the faults, and stop.")
    private boolean list;

    PracticeCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal, InterruptedException {
        if (list) {
            listExamples();
            return ExitCode.OK.number();
        }
        boolean framed = given.streams().isTerminal(StandardStream.ERROR);
        SecureRandom random = given.random().get();
        if (dialogs < 0 || dialogs > PracticeSettings.MOST_DIALOGS) {
            throw new Refusal(ExitCode.USAGE, "--dialogs takes 0 to " + PracticeSettings.MOST_DIALOGS + ".", "");
        }
        PracticeSettings settings = settings(random)
                .withDialogs(dialogs)
                .withStrictness(strict)
                .withClockSkew(Duration.ofSeconds(clockSkew))
                .withConsole(PracticeScreen.withReasons(given.error()::println, framed));
        settings = behaving(settings);
        try (PracticeServer server = PracticeServer.start(settings);
                PracticeRoom.Notice notice = PracticeRoom.announce(server, given)) {
            introduce(server);
            if (!notice.isThere()) {
                given.error()
                        .println("`tgsession practice scan` will not find these servers by itself; give it --port.");
            }
            // Until somebody ends the process; the system then frees the ports.
            new CountDownLatch(1).await();
        }
        return ExitCode.OK.number();
    }

    private PracticeSettings settings(SecureRandom random) throws Refusal {
        try {
            return PracticeSettings.of(PracticeRoom.key(given), given.clock(), random)
                    .withBasePort(port);
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(ExitCode.USAGE, "--port " + port + ": " + wrong.getMessage() + ".", "");
        }
    }

    private PracticeSettings behaving(PracticeSettings settings) throws Refusal {
        Faults wrongs = Faults.NONE;
        for (String name : faults) {
            wrongs = Faults.both(wrongs, known(Repertoire.fault(name), "fault").make());
        }
        PracticeSettings wrong = settings.withFaults(wrongs);
        return scenario == null ? wrong : wrong.withScenario(known(Repertoire.scenario(scenario), "scenario"));
    }

    private static NamedFaults known(Optional<NamedFaults> found, String kind) throws Refusal {
        return found.orElseThrow(() -> new Refusal(
                ExitCode.USAGE, "There is no such " + kind + ".", "They are in: tgsession practice --list"));
    }

    private void introduce(PracticeServer server) throws IOException {
        PrintStream out = given.output();
        String pem = server.publicKey().toPkcs1Pem().strip();
        out.println("Practice servers, for programs on this machine only; Ctrl+C ends them.");
        for (int dc = 1; dc <= PracticeServer.DATA_CENTRES; dc++) {
            out.println("data center " + dc + "   " + address(server, dc));
        }
        out.println();
        out.println(pem);
        String keyFile = "FILE_WITH_THIS_KEY";
        if (keyOut != null) {
            Files.writeString(given.folder().resolve(keyOut), pem + "\n");
            keyFile = keyOut.toString();
        }
        out.println();
        out.println("Log in: tgsession login --server " + address(server, 2) + " --server-key " + keyFile);
        out.println("with any api_id and api_hash, such as 1 and 32 zeros,");
        out.println("with +9996620001 or another number of `tgsession practice --list`");
        out.flush();
    }

    private static String address(PracticeServer server, int dc) {
        return server.address(dc).getHostString() + ":" + server.address(dc).getPort();
    }

    private void listExamples() {
        given.output().println("numbers and bot tokens, here of data center 2:");
        for (PracticeExample example : PracticeServer.examples(2)) {
            printLine(example.answer(), example.story());
        }
        given.output().println();
        given.output().println("scenarios, for --scenario; those of the numbers above, whatever number is typed:");
        for (NamedFaults each : Repertoire.scenarios()) {
            printLine(each.name(), each.story());
        }
        given.output().println();
        given.output().println("faults, for --fault; a client has to notice them, unless it says otherwise:");
        for (NamedFaults each : Repertoire.faults()) {
            printLine(each.name(), each.story());
        }
    }

    private void printLine(String name, String story) {
        given.output().println(name + " ".repeat(Math.max(2, COLUMN - name.length())) + story);
    }
}
