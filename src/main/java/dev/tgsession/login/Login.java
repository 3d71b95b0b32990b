package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.EarlyDhSecret;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.schema.SignInSchema.AuthorizationSignUpRequired;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Session;
import dev.tgsession.tl.MalformedTlException;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * One login, from the first question to a session. Good for one {@link #run()}.
 *
 * <p>Who types a phone number logs in as a person, who types a bot token as a bot.
 */
public final class Login {
    /** How long cancelling a code may hold up the end of the program. */
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(3);

    private final Surroundings around;
    private final int apiId;
    private final Refusals refusals;

    /** Where the session comes from: the questions of a new login, or the rest of an old one. */
    private final Way way;

    /** From here to an authorization. */
    @FunctionalInterface
    private interface Way {
        PlainAuthorization go(Login login) throws IOException, LoginRefusedException;
    }

    /**
     * A login that begins at the given data center and remembers nothing. Nothing is asked and nobody is called before
     * {@link #run()}.
     *
     * @param clock also tells in which time zone moments are said
     * @param pause lets the seconds of a short wait pass
     */
    public Login(
            Dialer dialer,
            DataCenter start,
            ApiCredentials api,
            Prompter prompter,
            Clock clock,
            Pause pause,
            SecureRandom random) {
        this(dialer, start, api, prompter, clock, pause, random, LoginMemory.NONE);
    }

    /**
     * The same with a memory: codes and waits are noted, a number that Telegram wants left alone is left alone, and a login
     * that loses its line or its person can be gone on with.
     */
    public Login(
            Dialer dialer,
            DataCenter start,
            ApiCredentials api,
            Prompter prompter,
            Clock clock,
            Pause pause,
            SecureRandom random,
            LoginMemory memory) {
        this(dialer, start, api, prompter, clock, pause, random, memory, CANCEL_PATIENCE);
    }

    /** The same, with another patience for cancelling. */
    Login(
            Dialer dialer,
            DataCenter start,
            ApiCredentials api,
            Prompter prompter,
            Clock clock,
            Pause pause,
            SecureRandom random,
            LoginMemory memory,
            Duration cancelPatience) {
        this(
                dialer,
                start,
                api.id(),
                prompter,
                clock,
                pause,
                random,
                memory,
                cancelPatience,
                login -> login.authorized(api));
    }

    private Login(
            Dialer dialer,
            DataCenter start,
            int apiId,
            Prompter prompter,
            Clock clock,
            Pause pause,
            SecureRandom random,
            LoginMemory memory,
            Duration cancelPatience,
            Way way) {
        var budget = new Budget(memory.ledger(), prompter, clock);
        var line = new Line(dialer, start, prompter, pause, clock, budget::waitEarned);
        var openCode = new OpenCode(line, cancelPatience, memory.bookmark(), apiId, prompter, clock);
        this.around = new Surroundings(line, prompter, openCode, budget, clock, random, EarlyDhSecret.inBackground());
        this.apiId = apiId;
        this.refusals = new Refusals(clock);
        this.way = way;
    }

    /**
     * The rest of a login that an earlier process has begun: under its key and with the code it has asked for. No other
     * code is asked for unless the person wants one; a code that is too old ends it.
     */
    public static Login resumed(
            Dialer dialer,
            PendingLogin pending,
            Prompter prompter,
            Clock clock,
            Pause pause,
            SecureRandom random,
            LoginMemory memory) {
        return resumed(dialer, pending, prompter, clock, pause, random, memory, CANCEL_PATIENCE);
    }

    /** The same, with another patience for cancelling. */
    static Login resumed(
            Dialer dialer,
            PendingLogin pending,
            Prompter prompter,
            Clock clock,
            Pause pause,
            SecureRandom random,
            LoginMemory memory,
            Duration cancelPatience) {
        return new Login(
                new ReusingDialer(dialer, pending.dataCenter(), pending.authKey()),
                pending.dataCenter(),
                pending.apiId(),
                prompter,
                clock,
                pause,
                random,
                memory,
                cancelPatience,
                login -> login.goneOnWith(pending));
    }

    /**
     * Asks, calls, and ends with a session whose connection is closed. If it ends any other way, a code that is still
     * open is cancelled first, with two exceptions. After a failed security check nothing more is sent. And where the
     * {@link Bookmark} holds, a lost line or an answer that does not come leaves the code for {@link #resumed}.
     *
     * <p>A login that is won leaves its bookmark in place, too: until the session is stored, {@link #resumed} is the only
     * way back to it. Whoever has stored it removes the bookmark.
     *
     * @throws LoginRefusedException if Telegram or the person does not want to
     * @throws EndOfAnswersException if nobody answers any more
     * @throws PersonInterruptedException if the person stops it
     * @throws FailedCheckException if the server fails a security check
     * @throws IOException if the connection fails and cannot be brought back
     */
    public Session run() throws IOException, LoginRefusedException {
        boolean left = false;
        boolean won = false;
        try {
            Session session = new LoggedIn(around, apiId).session(way.go(this));
            won = true;
            return session;
        } catch (FailedCheckException | MalformedTlException e) {
            around.line().silence();
            throw e;
        } catch (PersonInterruptedException e) {
            throw e;
        } catch (LoginRefusedException e) {
            // Telegram wants to be left alone for a while, and the code may be good after that.
            left = e.until().isPresent();
            throw e;
        } catch (IOException e) {
            left = true;
            throw e;
        } finally {
            if (left) {
                around.openCode().leave();
            } else if (!won) {
                around.openCode().cancel();
            }
            around.line().hangUp();
        }
    }

    /**
     * Ends the login from another thread while {@link #run()} waits for a person, as the last act before the program ends
     * on a signal: a code that is still open is cancelled, nothing else is sent any more. Returns within a few seconds,
     * whatever happens. The thread in {@link #run()}, should it go on, gets a {@link PersonInterruptedException} at its
     * next call.
     */
    public void abandon() {
        around.line().shut();
        around.openCode().cancel();
    }

    /**
     * The same where the person has not wanted it, such as when the terminal went away: what the {@link Bookmark} holds is
     * left to {@link #resumed}, and only a code that it does not hold is cancelled.
     */
    public void leave() {
        around.line().shut();
        around.openCode().leave();
    }

    /** The rest of a login that was begun under the same key. */
    private PlainAuthorization goneOnWith(PendingLogin pending) throws IOException, LoginRefusedException {
        Optional<Authorization> done;
        try {
            PhoneLogin login = new PhoneLogin(around, pending.phone());
            Optional<Authorization> already = login.wonAlready(pending);
            done = already.isPresent() ? already : login.goOn(pending);
        } catch (RpcException error) {
            throw refusals.of(error);
        } catch (TransportRefusedException refused) {
            if (refused.code() != TransportRefusedException.NOT_FOUND) {
                throw refused;
            }
            around.openCode().closed();
            throw Refusals.failed("Telegram has forgotten the login that was begun.", "Begin again: tgsession login");
        }
        if (done.isEmpty()) {
            throw new LoginRefusedException(
                    LoginRefusedException.Kind.GIVEN_UP,
                    "The login was given up.",
                    "With another number: tgsession login");
        }
        return onAuthorization(done.get());
    }

    private PlainAuthorization authorized(ApiCredentials api) throws IOException, LoginRefusedException {
        Tries tries = new Tries("phone number or bot token", around.random());
        while (true) {
            Answer answer = around.prompter().phoneOrBotToken();
            if (answer instanceof Typed typed) {
                Optional<PlainAuthorization> done = onTyped(api, typed.text(), tries);
                if (done.isPresent()) {
                    return done.get();
                }
            } else if (answer == Wish.GIVE_UP) {
                throw Refusals.givenUp();
            } else {
                around.prompter().refused("That is not possible here.");
            }
        }
    }

    private Optional<PlainAuthorization> onTyped(ApiCredentials api, String typed, Tries tries)
            throws IOException, LoginRefusedException {
        Optional<BotToken> bot = BotToken.of(typed);
        Optional<PhoneNumber> phone = PhoneNumber.of(typed);
        Bytes mark = tries.mark(
                phone.isPresent()
                        ? phone.get().digits()
                        : bot.map(BotToken::text).orElse(typed));
        Optional<String> misshapen =
                bot.isPresent() || phone.isPresent() ? Optional.empty() : Optional.of(whatItShouldBe(typed));
        Optional<String> objection = tries.objection(mark, misshapen);
        if (objection.isPresent()) {
            around.prompter().refused(objection.get());
            return Optional.empty();
        }
        try {
            Optional<Authorization> done = phone.isPresent()
                    ? new PhoneLogin(around, api, phone.get()).run()
                    : Optional.of(new BotLogin(around, api, bot.orElseThrow()).run());
            return done.isPresent() ? Optional.of(onAuthorization(done.get())) : otherNumber();
        } catch (RpcException error) {
            Optional<String> why = phone.isPresent() ? aboutNumber(error, phone.get()) : aboutToken(error);
            if (why.isEmpty()) {
                throw refusals.of(error);
            }
            around.openCode().cancel();
            around.prompter().refused(why.get() + Refusals.notice(error) + " " + tries.refusedByTelegram(mark));
            return Optional.empty();
        }
    }

    private Optional<PlainAuthorization> otherNumber() {
        around.openCode().cancel();
        return Optional.empty();
    }

    private PlainAuthorization onAuthorization(Authorization authorization) throws LoginRefusedException {
        if (authorization instanceof AuthorizationSignUpRequired) {
            throw Refusals.noAccount();
        }
        around.openCode().used();
        return (PlainAuthorization) authorization;
    }

    private static String whatItShouldBe(String typed) {
        return BotToken.isMeant(typed)
                ? "This is not a whole bot token: those look like 123456789:AAE… with 35 characters after the colon."
                : "This is not a phone number with its country code, such as +49 170 1234567.";
    }

    private static Optional<String> aboutNumber(RpcException error, PhoneNumber phone) {
        if (!error.is("PHONE_NUMBER_INVALID")) {
            return Optional.empty();
        }
        String doubt = PhoneWords.doubt(phone).map(reason -> ": " + reason).orElse("");
        return Optional.of("Telegram does not accept " + PhoneWords.of(phone) + doubt + ".");
    }

    private static Optional<String> aboutToken(RpcException error) {
        boolean wrong = error.is("ACCESS_TOKEN_INVALID") || error.is("ACCESS_TOKEN_EXPIRED");
        return wrong
                ? Optional.of("Telegram does not accept this bot token; @BotFather tells the current one.")
                : Optional.empty();
    }
}
