package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.Login;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.login.TalkingPrompter;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession login}: asks a person, and leaves a session file. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "login",
        header = "Log in to Telegram and write a session file.",
        description = {
            "",
            "Asks for phone number (or bot token), code and password, on the terminal or line by line from a pipe. The"
                    + " file opens in Telethon, belongs to you alone, and appears whole or not at all.",
            ""
        },
        footer = {
            "",
            "Telegram wants to know which program logs in: by an api_id and an api_hash, from",
            "https://my.telegram.org/apps. They are taken from TG_API_ID and TG_API_HASH",
            "(or API_ID and API_HASH), or asked for.",
            "",
            "examples:",
            "  tgsession login                 asks, and writes login.session",
            "  tgsession login anna --store env:DATABASE_URL",
            "  tgsession login --out string    shows it as a line, to be pasted elsewhere",
            "  tgsession login --out https --seal",
            "  tgsession login --practice      the same without Telegram; try +9996620001",
            "  printf '+9996620001\\n22222\\n' | tgsession login --practice"
        })
final class LoginCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "What to call it: NAME.session; login if you do not say.")
    private @Nullable String named;

    @Option(names = "--out", paramLabel = "WHERE", description = WaysOut.HELP)
    private final List<String> outs = new ArrayList<>();

    @Mixin
    private final Sealing sealing = new Sealing();

    @Option(names = "--store", paramLabel = "URL", description = "Keep it there, under NAME. " + NamedStore.HELP)
    private @Nullable String store;

    @Option(names = "--steal", description = "With --store: even if another program uses the session there.")
    private boolean steal;

    @Option(
            names = "--force",
            description =
                    "Replace a file of that name; the old one is kept as NAME.session.bak. In a store the old session is gone.")
    private boolean force;

    @Option(
            names = "--fill-entities",
            description = "Then also ask whom the account knows, and store them, as `tgsession sync` does.")
    private boolean fillEntities;

    @Option(names = "--no-entities", description = "Keep nobody the account knows with the session.")
    private boolean noEntities;

    @Option(
            names = "--phone",
            paramLabel = "NUMBER",
            description = "The number with its country code, so that it is not asked.")
    private @Nullable String phone;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "How it appears in Telegram's list of devices; \"tgsession on HOST\" if you do not say.")
    private @Nullable String device;

    @Option(
            names = "--api-id",
            paramLabel = "NUMBER",
            description = "The api_id. (Its hash is secret, and no option: command lines can be read by others.)")
    private @Nullable Integer apiId;

    @Option(names = "--practice", description = "Practise with servers of our own; the file is NAME.practice.session.")
    private boolean practice;

    @Option(names = "--test-dc", description = "Log in to Telegram's test servers, which have accounts of their own.")
    private boolean testServers;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "Log in to this MTProto server; writes NAME.practice.session.")
    private @Nullable String server;

    @Option(names = "--server-key", paramLabel = "PEMFILE", description = "The public RSA key of that server.")
    private @Nullable Path serverKey;

    @Option(names = "--dc", paramLabel = "N", description = "The data center to begin with; 2 if you do not say.")
    private @Nullable Integer dc;

    @Option(names = "--ipv6", description = "Reach Telegram over IPv6.")
    private boolean ipv6;

    @Mixin
    private final Reach reach = new Reach();

    LoginCommand(Given given) {
        this.given = given;
    }

    CommonOptions common() {
        return common;
    }

    /** In this order, so that nothing is asked in vain: the options, the file, the console, the api_id, the network. */
    @Override
    public Integer call() throws IOException, Refusal, LoginRefusedException {
        given.host().mustBeForPeople(given.isWatched());
        reach.check("login");
        Optional<Destination> fixed = practice ? Optional.empty() : Optional.of(destination());
        if (practice) {
            checkPracticeAlone();
        }
        if (fillEntities && noEntities) {
            throw usage("--fill-entities and --no-entities do not go together.", "Choose one.");
        }
        var apiSource = new ApiCredentialsSource(
                given.environment(), apiId == null ? OptionalInt.empty() : OptionalInt.of(apiId));
        apiSource.check();

        WaysOut ways = WaysOut.of(given.environment(), outs, store != null);
        Environment environment = fixed.map(Destination::environment).orElse(Environment.PRACTICE);
        SecureRandom random = given.random().get();
        var formats = SessionFormats.standard(given.clock());
        var file = new NewFile(given, formats, name(), environment, force);
        try (StoreTarget elsewhere = elsewhere(ways)) {
            var after = new AfterLogin(given, formats, name(), file, elsewhere, ways, sealing, deviceName(), practice);
            after.reserve(environment);
            FutureTask<Boolean> preparation = PreparedDialer.prepare(() -> {
                formats.usual().makeReady();
                return true;
            });

            try (Conversation talk = given.ladder().open();
                    PracticeRoom room = practice ? PracticeRoom.open(given, talk) : PracticeRoom.none()) {
                after.prepare(talk);
                Destination destination = fixed.isPresent() ? fixed.get() : room.destination(dc == null ? 2 : dc);
                ApiCredentials api = practice ? PracticeRoom.ANY_APPLICATION : apiSource.find(talk);
                Dialer dialer = reach.dialer(given, destination.keys(), api.id(), deviceName(), random);
                Session won = logIn(talk, destination, api, PreparedDialer.after(preparation, dialer), random);
                Session session = noEntities ? won.withPeers(List.of()) : won;
                return after.keep(talk, session, fillEntities ? Optional.of(dialer) : Optional.empty())
                        .number();
            }
        }
    }

    private StoreTarget elsewhere(WaysOut ways) throws IOException, Refusal {
        if (ways.has(WaysOut.Kind.STORE)) {
            String where = store == null ? "env:DATABASE_URL" : store;
            return StoreTarget.open(given, where, Optional.ofNullable(named), force, steal);
        }
        if (steal) {
            throw usage("--steal takes a session over in a store.", "Say which with --store URL.");
        }
        return StoreTarget.none();
    }

    private Session logIn(
            Conversation talk, Destination destination, ApiCredentials api, Dialer dialer, SecureRandom random)
            throws IOException, LoginRefusedException {
        var prompter = new TalkingPrompter(talk, Optional.ofNullable(phone));
        var login = new Login(
                dialer,
                destination.start(),
                api,
                prompter,
                given.clock(),
                time -> Thread.sleep(time.toMillis()),
                random);
        Endings.Duty openCode = given.endings().add(login::abandon);
        try {
            return login.run();
        } finally {
            openCode.close();
        }
    }

    private String name() {
        return named == null ? "login" : named;
    }

    private Destination destination() throws IOException, Refusal {
        if (server != null || serverKey != null) {
            if (server == null || serverKey == null) {
                throw usage("--server and --server-key need each other.", "");
            }
            if (testServers || ipv6) {
                throw usage("--server stands for itself, without --test-dc and --ipv6.", "");
            }
            return Destination.own(server, given.folder().resolve(serverKey), dc == null ? 2 : dc);
        }
        return Destination.telegram(testServers ? Environment.TEST : Environment.PRODUCTION, dc == null ? 2 : dc, ipv6);
    }

    private void checkPracticeAlone() throws Refusal {
        if (server != null || serverKey != null || testServers || ipv6) {
            throw usage(
                    "--practice brings its own servers, so --server, --server-key, --test-dc and --ipv6 have no place.",
                    "");
        }
        if (dc != null && (dc < 1 || dc > PracticeRoom.DATA_CENTERS)) {
            throw usage("The practice servers are --dc 1 to " + PracticeRoom.DATA_CENTERS + ".", "");
        }
    }

    private String deviceName() {
        return device == null || device.isBlank() ? DeviceName.of(given.environment()) : device.strip();
    }

    private static Refusal usage(String sentence, String hint) {
        return new Refusal(ExitCode.USAGE, sentence, hint.isEmpty() ? "More: tgsession help login" : hint);
    }
}
