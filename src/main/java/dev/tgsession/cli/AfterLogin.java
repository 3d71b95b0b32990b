package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.store.FileStore;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What becomes of a login that was won: it is kept where it was asked for, told, and filled. */
final class AfterLogin {
    private final Given given;
    private final SessionFormats formats;
    private final String name;
    private final NewFile file;
    private final StoreTarget elsewhere;
    private final String deviceName;
    private final boolean practice;

    /**
     * For the login of that name.
     *
     * @param elsewhere where to, if not into the file
     * @param deviceName how it appears in Telegram's list of devices
     * @param practice whether it was only practice
     */
    AfterLogin(
            Given given,
            SessionFormats formats,
            String name,
            NewFile file,
            StoreTarget elsewhere,
            String deviceName,
            boolean practice) {
        this.given = given;
        this.formats = formats;
        this.name = name;
        this.file = file;
        this.elsewhere = elsewhere;
        this.deviceName = deviceName;
        this.practice = practice;
    }

    /** Makes sure that it can be kept, before a person is asked anything. */
    void reserve(Environment environment) throws IOException, Refusal {
        if (elsewhere.isThere()) {
            elsewhere.reserve(environment);
        } else {
            file.checkRoom();
        }
    }

    /**
     * Keeps it, says where, and then asks whom the account knows.
     *
     * @param filling how Telegram is asked for that; empty if it is not
     */
    ExitCode keep(Conversation talk, Session session, Optional<Dialer> filling) throws IOException {
        Optional<IOException> trouble = elsewhere.isThere() ? keepElsewhere(session) : Optional.empty();
        if (elsewhere.isThere() && trouble.isEmpty()) {
            report(talk, session);
            filling.ifPresent(dialer -> fill(talk, session, dialer, elsewhere::save));
            return ExitCode.OK;
        }
        Saved saved = file.save(session);
        report(talk, session, saved);
        filling.ifPresent(dialer -> {
            Path path = given.folder().resolve(saved.where());
            fill(
                    talk,
                    session,
                    dialer,
                    new FileStore(path, formats, given.random().get(), given.clock())::save);
        });
        return trouble.isPresent() ? told(talk, trouble.get()) : ExitCode.OK;
    }

    /** A login that was won is not lost to a database that went away meanwhile: what went wrong, if anything. */
    private Optional<IOException> keepElsewhere(Session session) {
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

    private void report(Conversation talk, Session session) {
        tellWho(talk, session);
        talk.tell("The session is in " + elsewhere.place() + "; whoever reads it there can use the account.");
        if (!given.streams().isTerminal(StandardStream.OUTPUT)) {
            given.output().println(elsewhere.place());
        }
    }

    private void report(Conversation talk, Session session, Saved saved) {
        Path path = given.folder().resolve(saved.where()).toAbsolutePath().normalize();
        tellWho(talk, session);
        talk.tell("The session is in " + path + "; keep it like a password, it opens the account.");
        saved.previous().ifPresent(old -> talk.tell("The file that was there before is now " + old + "."));
        if (practice) {
            talk.tell("It was only practice: nobody's account is in there.");
            talk.tell("The real thing: tgsession login" + (name.equals("login") ? "" : " " + name));
        } else if (session.dataCenter().environment() == Environment.PRACTICE) {
            talk.tell("It is good for that server only. Look at it: tgsession inspect " + saved.where());
        } else {
            String client = Words.withoutSuffix(path.getFileName().toString(), SessionFileName.SUFFIX);
            talk.tell("Next: TelegramClient('" + client
                    + "', api_id, api_hash) in Python; or look at it: tgsession inspect " + saved.where());
        }
        if (!given.streams().isTerminal(StandardStream.OUTPUT)) {
            given.output().println(path);
        }
    }

    private void tellWho(Conversation talk, Session session) {
        session.account().ifPresent(account -> talk.tell("Logged in as " + Words.about(account) + "."));
        if (!session.account().map(Account::bot).orElse(false)) {
            talk.tell("In Telegram's settings, under Devices, this login is called: " + deviceName);
        }
    }
}
