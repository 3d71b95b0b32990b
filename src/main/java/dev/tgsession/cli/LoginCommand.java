package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.Login;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.login.TalkingPrompter;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.store.FileStore;
import dev.tgsession.session.store.IfPresent;
import dev.tgsession.session.store.Saved;
import dev.tgsession.session.store.SessionExistsException;
import dev.tgsession.session.store.SessionFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
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
            "  tgsession login --practice      the same without Telegram; try +9996620001",
            "  printf '+9996620001\\n22222\\n' | tgsession login --practice"
        })
final class LoginCommand implements Callable<Integer> {
    private static final int MOST_NUMBERS = 100;

    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "What to call it: NAME.session; login if you do not say.")
    private @Nullable String named;

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

        Environment environment = fixed.map(Destination::environment).orElse(Environment.PRACTICE);
        SecureRandom random = given.random().get();
        var formats = SessionFormats.standard(given.clock());
        var folder = new SessionFolder(given.folder(), formats, random, given.clock());
        String fileName = fileName(environment);
        try (StoreTarget elsewhere = elsewhere()) {
            if (elsewhere.isThere()) {
                elsewhere.reserve(environment);
            } else {
                checkRoom(folder, formats, fileName, environment);
            }
            FutureTask<Boolean> preparation = PreparedDialer.prepare(() -> {
                formats.usual().makeReady();
                return true;
            });

            try (Conversation talk = given.ladder().open();
                    PracticeRoom room = practice ? PracticeRoom.open(given, talk) : PracticeRoom.none()) {
                Destination destination = fixed.isPresent() ? fixed.get() : room.destination(dc == null ? 2 : dc);
                ApiCredentials api = practice ? PracticeRoom.ANY_APPLICATION : apiSource.find(talk);
                Dialer dialer = reach.dialer(given, destination.keys(), api.id(), deviceName(), random);
                Session won = logIn(talk, destination, api, PreparedDialer.after(preparation, dialer), random);
                Session session = noEntities ? won.withPeers(List.of()) : won;
                Optional<IOException> trouble = elsewhere.isThere() ? keep(elsewhere, session) : Optional.empty();
                if (elsewhere.isThere() && trouble.isEmpty()) {
                    report(talk, session, elsewhere);
                    if (fillEntities) {
                        fill(talk, session, dialer, elsewhere::save);
                    }
                    return ExitCode.OK.number();
                }
                Saved saved = save(folder, fileName, session);
                report(talk, session, saved);
                if (fillEntities) {
                    Path file = given.folder().resolve(saved.where());
                    fill(talk, session, dialer, new FileStore(file, formats, random, given.clock())::save);
                }
                if (trouble.isPresent()) {
                    return told(talk, trouble.get()).number();
                }
            }
        }
        return ExitCode.OK.number();
    }

    /** A login that was won is not lost to a database that went away meanwhile: what went wrong, if anything. */
    private static Optional<IOException> keep(StoreTarget elsewhere, Session session) {
        try {
            elsewhere.save(session);
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of(failed);
        }
    }

    private static ExitCode told(Conversation talk, IOException trouble) {
        Complaint complaint = Complaint.about(trouble);
        complaint.sentence().ifPresent(talk::tell);
        talk.tell("So it is in that file only. Put it where it belongs: tgsession convert FILE NAME --store URL");
        return complaint.code();
    }

    private StoreTarget elsewhere() throws IOException, Refusal {
        if (store != null) {
            return StoreTarget.open(given, store, Optional.ofNullable(named), force, steal);
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

    /** Where a session that has learned something is kept again. */
    private interface Home {
        void save(Session session) throws IOException;
    }

    /** The login is safe already; whatever goes wrong here is told, and costs no more than the peers. */
    private void fill(Conversation talk, Session session, Dialer dialer, Home home) {
        talk.tell("Asking whom the account knows.");
        try {
            Filling.Filled filled = new Filling(given).fill(session, dialer);
            if (filled.found() > 0) {
                home.save(filled.session());
            }
            talk.tell(filled.session().peers().size() + " peers are kept with it.");
            filled.trouble().ifPresent(trouble -> tellWhatIsMissing(talk, trouble));
        } catch (IOException | LoginRefusedException | Refusal trouble) {
            tellWhatIsMissing(talk, trouble);
        }
    }

    private static void tellWhatIsMissing(Conversation talk, Exception trouble) {
        Complaint.about(trouble).sentence().ifPresent(talk::tell);
        talk.tell("The login stands. For the peers that are missing: tgsession sync");
    }

    /** A login that was won is not lost to a file that somebody put there meanwhile: it gets a number. */
    private Saved save(SessionFolder store, String fileName, Session session) throws IOException {
        String target = fileName;
        for (int number = 1; ; number++) {
            try {
                return store.save(target, session, force ? IfPresent.REPLACE : IfPresent.REFUSE);
            } catch (SessionExistsException taken) {
                if (number > MOST_NUMBERS) {
                    throw taken;
                }
                target = numbered(number, session.dataCenter().environment());
            }
        }
    }

    private String numbered(int number, Environment environment) {
        String plain = Words.withoutSuffix(
                Words.withoutSuffix(name(), SessionFileName.PRACTICE_SUFFIX), SessionFileName.SUFFIX);
        return SessionFileName.of(plain + "-" + number, environment);
    }

    private void report(Conversation talk, Session session, StoreTarget kept) {
        session.account().ifPresent(account -> talk.tell("Logged in as " + Words.about(account) + "."));
        if (!session.account().map(Account::bot).orElse(false)) {
            talk.tell("In Telegram's settings, under Devices, this login is called: " + deviceName());
        }
        talk.tell("The session is in " + kept.place() + "; whoever reads it there can use the account.");
        if (!given.streams().isTerminal(StandardStream.OUTPUT)) {
            given.output().println(kept.place());
        }
    }

    private String name() {
        return named == null ? "login" : named;
    }

    private void report(Conversation talk, Session session, Saved saved) {
        Path file = given.folder().resolve(saved.where()).toAbsolutePath().normalize();
        session.account().ifPresent(account -> talk.tell("Logged in as " + Words.about(account) + "."));
        if (!session.account().map(Account::bot).orElse(false)) {
            talk.tell("In Telegram's settings, under Devices, this login is called: " + deviceName());
        }
        talk.tell("The session is in " + file + "; keep it like a password, it opens the account.");
        saved.previous().ifPresent(old -> talk.tell("The file that was there before is now " + old + "."));
        if (practice) {
            talk.tell("It was only practice: nobody's account is in there.");
            talk.tell("The real thing: tgsession login" + (name().equals("login") ? "" : " " + name()));
        } else if (session.dataCenter().environment() == Environment.PRACTICE) {
            talk.tell("It is good for that server only. Look at it: tgsession inspect " + saved.where());
        } else {
            String client = Words.withoutSuffix(file.getFileName().toString(), SessionFileName.SUFFIX);
            talk.tell("Next: TelegramClient('" + client
                    + "', api_id, api_hash) in Python; or look at it: tgsession inspect " + saved.where());
        }
        if (!given.streams().isTerminal(StandardStream.OUTPUT)) {
            given.output().println(file);
        }
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

    private String fileName(Environment environment) throws Refusal {
        try {
            return SessionFileName.of(name(), environment);
        } catch (IllegalArgumentException noName) {
            throw usage("This is no name for a session.", "Without a name, it is called login.session.");
        }
    }

    private void checkRoom(SessionFolder store, SessionFormats formats, String fileName, Environment environment)
            throws IOException, Refusal {
        try {
            store.checkRoom(fileName, environment, force ? IfPresent.REPLACE : IfPresent.REFUSE);
        } catch (SessionExistsException exists) {
            var found = formats.inspect(SessionSource.ofFile(store.file(fileName)));
            String whose = found.account()
                    .map(account -> " and logged in as " + Words.about(account))
                    .orElse("");
            throw new Refusal(
                    ExitCode.WOULD_OVERWRITE,
                    fileName + " is there already" + whose + ".",
                    "Give another NAME; or say --force, and the old file is kept beside the new one.");
        }
    }

    private String deviceName() {
        return device == null || device.isBlank() ? DeviceName.of(given.environment()) : device.strip();
    }

    private static Refusal usage(String sentence, String hint) {
        return new Refusal(ExitCode.USAGE, sentence, hint.isEmpty() ? "More: tgsession help login" : hint);
    }
}
