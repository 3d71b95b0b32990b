package dev.tgsession.cli;

import dev.tgsession.cli.UnfinishedLogins.Kept;
import dev.tgsession.cli.UnfinishedLogins.Label;
import dev.tgsession.cli.UnfinishedLogins.Unfinished;
import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.HungUpException;
import dev.tgsession.client.LedgerFile;
import dev.tgsession.login.ApiCredentials;
import dev.tgsession.login.Login;
import dev.tgsession.login.LoginMemory;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.login.Pause;
import dev.tgsession.login.PendingLogin;
import dev.tgsession.login.PersonInterruptedException;
import dev.tgsession.login.Prompter;
import dev.tgsession.login.Talk;
import dev.tgsession.login.TalkingPrompter;
import dev.tgsession.login.WarmingTalk;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A login as this machine sees it: the questions go to a talk, signals end it, and what lasts beyond the process is in the
 * state folder.
 *
 * <p>Ctrl+C and being told to end cancel the code. A terminal that goes away, a line that breaks, an end of the answers leave
 * it, and so does a process that is killed: {@code tgsession login --resume} goes on from there.
 */
final class LoginAttempt {
    private static final Pause PAUSE = time -> Thread.sleep(time.toMillis());

    private final Given given;
    private final Conversation talk;
    private final LoginMemory memory;
    private final Optional<Kept> bookmark;
    private final String name;

    private LoginAttempt(Given given, Conversation talk, LoginMemory memory, Optional<Kept> bookmark, String name) {
        this.given = given;
        this.talk = talk;
        this.memory = memory;
        this.bookmark = bookmark;
        this.name = name;
    }

    /** One that nobody remembers: its servers end with this process. */
    static LoginAttempt ofPractice(Given given, Conversation talk) {
        return new LoginAttempt(given, talk, LoginMemory.NONE, Optional.empty(), "login");
    }

    /**
     * One that is remembered.
     *
     * @param start where it begins
     * @param unfinished where it is kept while it waits for its code
     * @param begun what is kept of it already; empty for a new one
     */
    static LoginAttempt remembered(
            Given given,
            Conversation talk,
            DataCenter start,
            UnfinishedLogins unfinished,
            Label label,
            Optional<Unfinished> begun) {
        Path state = StateFolder.of(given.environment());
        boolean countsAtTelegram = begun.isEmpty() && start.environment() != Environment.PRACTICE;
        if (countsAtTelegram && given.host().forgets(nearest(state))) {
            talk.tell("When this machine's files go, so does the count of codes asked for: after three within a day,"
                    + " Telegram may let nobody in until the next.");
        }
        var ledger = new LedgerFile(state, start, given.random().get(), given.clock(), talk::tell);
        Kept bookmark = begun.map(one -> unfinished.holding(one, label)).orElseGet(() -> unfinished.bookmark(label));
        if (begun.isPresent()) {
            PendingLogin login = begun.get().login();
            talk.tell("This goes on with the login of " + login.phone() + " that was begun at "
                    + login.whenItWasSent(given.clock()) + ".");
        } else {
            unfinished
                    .latestAt(start)
                    .ifPresent(login -> talk.tell("The login of " + login.phone() + ", whose code was sent at "
                            + login.whenItWasSent(given.clock())
                            + ", is unfinished; tgsession login --resume goes on with it, without another code."));
        }
        return new LoginAttempt(given, talk, new LoginMemory(ledger, bookmark), Optional.of(bookmark), label.name());
    }

    /** That folder, or the one it will be made in. */
    private static Path nearest(Path folder) {
        Path nearest = folder.toAbsolutePath();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }

    /** All of it, or only as far as the code. */
    Login from(DataCenter start, ApiCredentials api, Dialer dialer, Optional<String> phone, boolean untilTheCode) {
        Prompter everything = new TalkingPrompter(person(), phone);
        Prompter prompter = untilTheCode ? new UntilTheCode(everything, talk) : everything;
        return new Login(
                dialer,
                start,
                api,
                prompter,
                given.clock(),
                PAUSE,
                given.random().get(),
                memory);
    }

    /** The rest of it. */
    Login restOf(PendingLogin pending, Dialer dialer) {
        Prompter prompter = new TalkingPrompter(person(), Optional.empty());
        return Login.resumed(
                dialer, pending, prompter, given.clock(), PAUSE, given.random().get(), memory);
    }

    /** Whoever answers; while a person types there is time to get ready. */
    private Talk person() {
        Talk ending = new EndingTalk(talk, given.endings());
        return talk.withPerson() ? new WarmingTalk(ending) : ending;
    }

    /** Goes through with it. */
    Session run(Login login) throws IOException, LoginRefusedException {
        Endings.Duty openCode = given.endings().add(() -> end(login));
        try {
            return login.run();
        } catch (UntilTheCode.ReachedException | HungUpException | PersonInterruptedException end) {
            throw end;
        } catch (IOException failed) {
            tellHowToGoOn();
            throw failed;
        } finally {
            openCode.close();
        }
    }

    private void end(Login login) {
        if (given.endings().begun().equals(Optional.of(ExitCode.HUNG_UP.number()))) {
            login.leave();
        } else {
            login.abandon();
        }
    }

    /** For whoever has a login that was won and cannot be stored, too. */
    void tellHowToGoOn() {
        if (isWaiting()) {
            talk.tell("This login can be gone on with, without another code: tgsession login --resume"
                    + (name.equals("login") ? "" : " " + name));
        }
    }

    /** The code is sent, and this command has done its part. */
    ExitCode leave() throws Refusal {
        if (!isWaiting()) {
            throw new Refusal(
                    ExitCode.FAILED,
                    "This login cannot be left here for another command.",
                    "Run it in one: tgsession login");
        }
        talk.tell("To go on: tgsession login finish" + (name.equals("login") ? "" : " " + name));
        talk.tell("It asks for the code, then for the password if the account has one.");
        return ExitCode.OK;
    }

    private boolean isWaiting() {
        return bookmark.map(Kept::isHolding).orElse(false);
    }

    /** The session is safe; nothing has to be remembered of how it was won. */
    void stored() {
        bookmark.ifPresent(Kept::remove);
    }
}
