package dev.tgsession.cli;

import dev.tgsession.cli.UnfinishedLogins.Label;
import dev.tgsession.cli.UnfinishedLogins.Unfinished;
import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.Login;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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
            "  tgsession login --resume        goes on with one that was cut off",
            "  tgsession login start anna --phone +491701234567",
            "  tgsession login finish anna     the same in two commands",
            "  tgsession login --practice      the same without Telegram; try +9996620001",
            "  printf '+9996620001\\n22222\\n' | tgsession login --practice"
        })
final class LoginCommand implements Callable<Integer> {
    private static final int LONGEST_NAME = 30;

    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..2",
            paramLabel = "NAME",
            description =
                    "What to call it: NAME.session; login if you do not say. The word start before it: only until the"
                            + " code was sent. The word finish: from there on.")
    private List<String> words = List.of();

    @Option(
            names = "--resume",
            description = "Go on with a login that was cut off after its code was sent; no other code is asked for.")
    private boolean resume;

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

    /** As without any options. */
    int login(List<String> name) throws IOException, Refusal, LoginRefusedException {
        words = name;
        return call();
    }

    /** How much of a login a command is. */
    private enum Part {
        ALL,
        /** Until the code was sent. */
        START,
        /** From there on. */
        REST
    }

    /** In this order, so that nothing is asked in vain: the options, the file, the console, the api_id, the network. */
    @Override
    public Integer call() throws IOException, Refusal, LoginRefusedException {
        given.host().mustBeForPeople(given.isWatched());
        reach.check("login");
        Part part = part();
        checkPlace(part);
        var unfinished = new UnfinishedLogins(given);
        Optional<Unfinished> begun = part == Part.REST
                ? Optional.of(unfinished.find(named(), Optional.ofNullable(phone)))
                : Optional.empty();
        Optional<Destination> fixed = practice ? Optional.empty() : Optional.of(destination(begun));
        if (fillEntities && noEntities) {
            throw usage("--fill-entities and --no-entities do not go together.", "Choose one.");
        }
        var apiSource = new ApiCredentialsSource(
                given.environment(), apiId == null ? OptionalInt.empty() : OptionalInt.of(apiId));
        apiSource.check();

        WaysOut ways = WaysOut.of(given.environment(), outs, store != null);
        Label label = label(begun);
        Environment environment = fixed.map(Destination::environment).orElse(Environment.PRACTICE);
        var formats = SessionFormats.standard(given.clock());
        var file = new NewFile(given, formats, label.name(), environment, force);
        try (StoreTarget elsewhere = elsewhere(ways)) {
            var after = new AfterLogin(
                    given, formats, label.name(), file, elsewhere, ways, sealing, label.device(), practice);
            after.reserve(environment);
            try (Conversation talk = part == Part.START
                            ? given.ladder().whenAsked()
                            : given.ladder().open();
                    PracticeRoom room = practice ? PracticeRoom.open(given, talk) : PracticeRoom.none()) {
                after.prepare(talk);
                Destination destination = fixed.isPresent() ? fixed.get() : room.destination(dc == null ? 2 : dc);
                LoginAttempt attempt = practice
                        ? LoginAttempt.ofPractice(given, talk)
                        : LoginAttempt.remembered(given, talk, destination.start(), unfinished, label, begun);
                Dialing dialing = api -> reach.dialer(
                        given,
                        destination.keys(),
                        api,
                        label.device(),
                        given.random().get());
                Optional<ApiCredentials> credentials = Optional.empty();
                int api;
                if (begun.isPresent()) {
                    api = begun.get().login().apiId();
                } else {
                    credentials = Optional.of(practice ? PracticeRoom.ANY_APPLICATION : apiSource.find(talk));
                    api = credentials.get().id();
                }
                InAMoment<Boolean> preparation = InAMoment.begin("preparation", () -> {
                    formats.usual().makeReady();
                    return true;
                });
                try (EarlyDialer dialer =
                        new EarlyDialer(PreparedDialer.after(preparation, dialing.as(api)), given.clock())) {
                    Login login = begun.isPresent()
                            ? attempt.restOf(begun.get().login(), dialer)
                            : attempt.from(
                                    destination.start(),
                                    credentials.orElseThrow(),
                                    dialer,
                                    Optional.ofNullable(phone),
                                    part == Part.START);
                    if (begun.isEmpty() && phone == null && talk.withPerson()) {
                        dialer.begin(destination.start());
                    }
                    return goThrough(attempt, login, after, talk, dialing.as(api))
                            .number();
                }
            }
        }
    }

    /** The way to the servers, for whichever application. */
    @FunctionalInterface
    private interface Dialing {
        Dialer as(int api) throws Refusal;
    }

    private ExitCode goThrough(LoginAttempt attempt, Login login, AfterLogin after, Conversation talk, Dialer dialer)
            throws IOException, Refusal, LoginRefusedException {
        Session won;
        try {
            won = attempt.run(login);
        } catch (UntilTheCode.ReachedException reached) {
            return attempt.leave();
        }
        Session session = noEntities ? won.withPeers(List.of()) : won;
        try {
            return after.keep(talk, session, fillEntities ? Optional.of(dialer) : Optional.empty(), attempt::stored);
        } catch (IOException | Refusal notStored) {
            attempt.tellHowToGoOn();
            throw notStored;
        }
    }

    private Part part() throws Refusal {
        boolean start = !words.isEmpty() && words.get(0).equals("start");
        boolean finish = !words.isEmpty() && words.get(0).equals("finish");
        if (words.size() == 2 && !start && !finish) {
            // Long words may be secrets that got into the wrong place.
            String second = words.get(1).length() > LONGEST_NAME ? "" : " and no " + words.get(1);
            throw usage("A login has one NAME" + second + ".", "");
        }
        if (start && (store != null || !outs.isEmpty() || sealing.isAsked())) {
            throw usage(
                    "start ends before there is a session.",
                    "Say --out, --store and --seal to: tgsession login finish");
        }
        if (resume && start) {
            throw usage("start begins a login, and --resume goes on with one.", "Choose one.");
        }
        if (resume || finish) {
            return Part.REST;
        }
        return start ? Part.START : Part.ALL;
    }

    /** The name, if there is one: what is behind the words that are no names. */
    private Optional<String> named() {
        boolean command = !words.isEmpty() && List.of("start", "finish").contains(words.get(0));
        int place = command ? 1 : 0;
        return words.size() > place ? Optional.of(words.get(place)) : Optional.empty();
    }

    private Label label(Optional<Unfinished> begun) throws IOException {
        String name = named().or(() -> begun.map(one -> one.label().name())).orElse("login");
        if (begun.isPresent()) {
            String before = begun.get().label().device();
            String serverKeyText = begun.get().label().serverKey();
            return new Label(name, device == null || device.isBlank() ? before : deviceName(), serverKeyText);
        }
        String keyText = serverKey == null
                ? ""
                : Files.readString(given.folder().resolve(serverKey), StandardCharsets.ISO_8859_1);
        return new Label(name, deviceName(), keyText);
    }

    private StoreTarget elsewhere(WaysOut ways) throws IOException, Refusal {
        if (ways.has(WaysOut.Kind.STORE)) {
            String where = store == null ? "env:DATABASE_URL" : store;
            return StoreTarget.open(given, where, named(), force, steal);
        }
        if (steal) {
            throw usage("--steal takes a session over in a store.", "Say which with --store URL.");
        }
        return StoreTarget.none();
    }

    private Destination destination(Optional<Unfinished> begun) throws IOException, Refusal {
        if (begun.isPresent()) {
            return Destination.of(
                    begun.get().login().dataCenter(), begun.get().label().serverKey());
        }
        if (server != null && serverKey != null) {
            return Destination.own(server, given.folder().resolve(serverKey), dc == null ? 2 : dc);
        }
        return Destination.telegram(testServers ? Environment.TEST : Environment.PRODUCTION, dc == null ? 2 : dc, ipv6);
    }

    /** Whether the options that say where agree with each other. */
    private void checkPlace(Part part) throws Refusal {
        boolean own = server != null || serverKey != null;
        if (part == Part.REST && (practice || own || testServers || ipv6 || dc != null)) {
            throw usage(
                    "A login is gone on with where it was begun, so --practice, --server, --server-key, --test-dc, --dc and"
                            + " --ipv6 have no place.",
                    "");
        }
        if (part == Part.START && practice) {
            throw usage(
                    "The servers of --practice end with the command, so the next one could not go on.",
                    "Run `tgsession practice` in another terminal, and say --server and --server-key.");
        }
        if (practice && (own || testServers || ipv6)) {
            throw usage(
                    "--practice brings its own servers, so --server, --server-key, --test-dc and --ipv6 have no place.",
                    "");
        }
        if (practice && dc != null && (dc < 1 || dc > PracticeServer.DATA_CENTRES)) {
            throw usage("The practice servers are --dc 1 to " + PracticeServer.DATA_CENTRES + ".", "");
        }
        if (own && (server == null || serverKey == null)) {
            throw usage("--server and --server-key need each other.", "");
        }
        if (own && (testServers || ipv6)) {
            throw usage("--server stands for itself, without --test-dc and --ipv6.", "");
        }
    }

    private String deviceName() {
        return device == null || device.isBlank() ? DeviceName.of(given.environment()) : device.strip();
    }

    private static Refusal usage(String sentence, String hint) {
        return new Refusal(ExitCode.USAGE, sentence, hint.isEmpty() ? "More: tgsession help login" : hint);
    }
}
