package dev.tgsession.cli;

import dev.tgsession.cli.WaysOut.Kind;
import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.EndOfInputException;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.login.PersonInterruptedException;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of a login that was won: it is kept wherever it was asked for, told, filled, and shown. One that does not
 * get where it should is kept in a file, so that it is not lost.
 */
final class AfterLogin {
    private final Given given;
    private final SessionFormats formats;
    private final String name;
    private final FileHome file;
    private final StoreTarget store;
    private final WaysOut ways;
    private final Sealing sealing;
    private final Post post;
    private final String deviceName;
    private final boolean practice;

    /**
     * For the login of that name.
     *
     * @param store the database, if it goes into one
     * @param deviceName how it appears in Telegram's list of devices
     * @param practice whether it was only practice
     */
    AfterLogin(
            Given given,
            SessionFormats formats,
            String name,
            NewFile file,
            StoreTarget store,
            WaysOut ways,
            Sealing sealing,
            String deviceName,
            boolean practice) {
        this.given = given;
        this.formats = formats;
        this.name = name;
        this.file = new FileHome(given, formats, file);
        this.store = store;
        this.ways = ways;
        this.sealing = sealing;
        this.post = new Post(given);
        this.deviceName = deviceName;
        this.practice = practice;
    }

    /** Makes sure that it can be kept, before a person is asked anything. */
    void reserve(Environment environment) throws IOException, Refusal {
        if (ways.has(Kind.STORE)) {
            store.reserve(environment);
        }
        if (ways.has(Kind.FILE)) {
            file.checkRoom();
        }
        if (ways.usesTheWeb()) {
            post.prepare();
        }
        if (sealing.isAsked() && !ways.canBeSealed()) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "Only what leaves this machine is sealed, and nothing does.",
                    "Say where to: --out armor, --out https or another. More: tgsession help login");
        }
    }

    /** Asks what has to be known before a code is asked for, and says what will become of a file here. */
    void prepare(Conversation talk) throws IOException, Refusal {
        ways.ask(talk);
        sealing.prepare(given, talk);
        if (ways.has(Kind.FILE)) {
            given.host().warning(file.folder()).ifPresent(warning -> warn(talk, warning));
        }
    }

    /**
     * Keeps it, says where, asks whom the account knows, and shows what is to be shown.
     *
     * @param filling how Telegram is asked for that; empty if it is not
     * @param safe told as soon as the session is somewhere, so that nobody needs the code again
     * @return how the first thing that failed is called; what is left to do then was said
     * @throws IOException if it is nowhere: neither kept nor shown
     */
    ExitCode keep(Conversation talk, Session session, Optional<Dialer> filling, Runnable safe)
            throws IOException, Refusal {
        tellWho(talk, session);
        List<LoginHome> kept = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        for (LoginHome home : homes()) {
            save(talk, home, session).ifPresentOrElse(failures::add, () -> kept.add(home));
        }
        if (!failures.isEmpty() && !ways.has(Kind.FILE)) {
            save(talk, file, session).ifPresentOrElse(failures::add, () -> kept.add(file));
            tellRescue(talk, kept);
        }
        if (!kept.isEmpty()) {
            safe.run();
        }
        if (file.isThere()) {
            tellNext(talk, session);
        }
        Session full = filling.isPresent() ? fill(talk, session, filling.get(), kept) : session;
        Optional<ExitCode> shown = show(talk, full, !failures.isEmpty());
        if (kept.isEmpty() && shown.equals(Optional.of(ExitCode.FAILED))) {
            // A pipe that broke, or a full disk behind it.
            save(talk, file, full).ifPresentOrElse(failures::add, () -> kept.add(file));
        }
        boolean read = shown.filter(code -> code != ExitCode.FAILED).isPresent();
        if (kept.isEmpty() && !read) {
            rethrow(failures.get(failures.size() - 1));
        }
        // Perhaps it was only shown, and nothing keeps it but whoever read it.
        safe.run();
        return failures.isEmpty()
                ? shown.orElse(ExitCode.OK)
                : Complaint.about(failures.get(0)).code();
    }

    private static void rethrow(Exception failed) throws IOException, Refusal {
        if (failed instanceof Refusal refusal) {
            throw refusal;
        }
        throw failed instanceof IOException broken ? broken : new IOException(failed);
    }

    /** The file first: the others take their bytes from there. */
    private List<LoginHome> homes() {
        List<LoginHome> homes = new ArrayList<>();
        if (ways.has(Kind.FILE)) {
            homes.add(file);
        }
        if (ways.has(Kind.STORE)) {
            homes.add(new StoreHome(store));
        }
        ways.places().forEach(place -> homes.add(new WebHome(post, place, file, sealing)));
        return homes;
    }

    /** A login that was won is not lost to a place that went away meanwhile: what went wrong, if anything. */
    private Optional<Exception> save(Conversation talk, LoginHome home, Session session) {
        try {
            home.save(session);
        } catch (IOException | Refusal failed) {
            Complaint.about(failed).sentence().ifPresent(talk::tell);
            return Optional.of(failed);
        }
        talk.tell("The session is in " + home.place() + home.advice());
        home.tellMore(talk);
        if (!given.streams().isTerminal(StandardStream.OUTPUT) && !ways.has(Kind.STRING) && !ways.has(Kind.ARMOR)) {
            given.output().println(home.place());
        }
        return Optional.empty();
    }

    private void tellRescue(Conversation talk, List<LoginHome> kept) {
        if (file.isThere()) {
            talk.tell("So it is in that file" + (kept.size() == 1 ? " only" : ", too") + ". Put it where it belongs: "
                    + (ways.has(Kind.STORE)
                            ? "tgsession convert FILE NAME --store URL"
                            : "tgsession send FILE --to WHERE"));
        }
    }

    /** The login is safe already; whatever goes wrong here is told, and costs no more than the peers. */
    private Session fill(Conversation talk, Session session, Dialer dialer, List<LoginHome> homes) {
        talk.tell("Asking whom the account knows.");
        try {
            Filling.Filled filled = new Filling(given).fill(session, dialer);
            if (filled.found() > 0) {
                for (LoginHome home : homes) {
                    home.save(filled.session());
                }
            }
            talk.tell(filled.session().peers().size() + " peers are kept with it.");
            filled.trouble().ifPresent(trouble -> tellWhatIsMissing(talk, trouble));
            return filled.session();
        } catch (IOException | LoginRefusedException | Refusal trouble) {
            tellWhatIsMissing(talk, trouble);
            return session;
        }
    }

    private static void tellWhatIsMissing(Conversation talk, Exception trouble) {
        Complaint.about(trouble).sentence().ifPresent(talk::tell);
        talk.tell("The login stands. For the peers that are missing: tgsession sync");
    }

    /**
     * What was asked for; and the line of text also where it is the only thing that will last.
     *
     * @return empty if nothing was shown
     */
    private Optional<ExitCode> show(Conversation talk, Session session, boolean trouble) throws IOException {
        Showing showing = new Showing(given, formats, sealing);
        Optional<ExitCode> shown =
                ways.has(Kind.ARMOR) ? Optional.of(showing.armor(talk, file.content(session))) : Optional.empty();
        boolean offered = trouble || offersLine();
        if (ways.has(Kind.STRING) || (offered && isWatched(talk) && agrees(talk))) {
            ExitCode string = showing.string(talk, session);
            return shown.filter(code -> code != ExitCode.OK).or(() -> Optional.of(string));
        }
        return shown;
    }

    /** Where a console is closed for good, and nobody chose. Out of a plain container one can still copy the file. */
    private boolean offersLine() {
        return !ways.isChosen() && given.host().startsByItself() && given.host().forgets(file.folder());
    }

    private boolean isWatched(Conversation talk) {
        return talk.withPerson() && given.streams().isTerminal(StandardStream.OUTPUT);
    }

    private static boolean agrees(Conversation talk) throws IOException {
        try {
            String answer = talk.ask("Show the session as a line of text, to be kept elsewhere? [Y/n] ")
                    .strip()
                    .toLowerCase(Locale.ROOT);
            return answer.isEmpty() || answer.startsWith("y");
        } catch (EndOfInputException | PersonInterruptedException no) {
            return false;
        }
    }

    private void warn(Conversation talk, String warning) {
        talk.tell(warning);
        String shelf = given.host().shelf().map(words -> ", for " + words).orElse("");
        if (!ways.isChosen()) {
            talk.tell(
                    offersLine() && isWatched(talk)
                            ? "So at the end you can have the session shown as a line of text" + shelf + "."
                            : "So do not leave without the session; --out string or --out https take it out.");
        }
    }

    private void tellWho(Conversation talk, Session session) {
        session.account().ifPresent(account -> talk.tell("Logged in as " + Words.about(account) + "."));
        if (!session.account().map(Account::bot).orElse(false)) {
            talk.tell("In Telegram's settings, under Devices, this login is called: " + deviceName);
        }
    }

    private void tellNext(Conversation talk, Session session) {
        String written = file.written().where();
        if (practice) {
            talk.tell("It was only practice: nobody's account is in there.");
            talk.tell("The real thing: tgsession login" + (name.equals("login") ? "" : " " + name));
        } else if (session.dataCenter().environment() == Environment.PRACTICE) {
            talk.tell("It is good for that server only. Look at it: tgsession inspect " + written);
        } else {
            String client = Words.withoutSuffix(Words.lastOf(Path.of(written)), SessionFileName.SUFFIX);
            talk.tell("Next: TelegramClient('" + client
                    + "', api_id, api_hash) in Python; or look at it: tgsession inspect " + written);
        }
    }
}
