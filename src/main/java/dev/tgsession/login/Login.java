package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.schema.SignInSchema.AuthorizationSignUpRequired;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Session;
import dev.tgsession.tl.MalformedTlException;
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
    private final Refusals refusals;

    /**
     * A login that begins at the given data center. Nothing is asked and nobody is called before {@link #run()}.
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
        this(dialer, start, api, prompter, clock, pause, random, CANCEL_PATIENCE);
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
            Duration cancelPatience) {
        Line line = new Line(dialer, start, prompter, pause, clock);
        this.around = new Surroundings(line, prompter, api, new OpenCode(line, cancelPatience), clock, random);
        this.refusals = new Refusals(clock);
    }

    /**
     * Asks, calls, and ends with a session whose connection is closed. If it ends any other way, a code that is still
     * open is cancelled first, except after a failed security check: then nothing more is sent.
     *
     * @throws LoginRefusedException if Telegram or the person does not want to
     * @throws EndOfAnswersException if nobody answers any more
     * @throws PersonInterruptedException if the person stops it
     * @throws FailedCheckException if the server fails a security check
     * @throws IOException if the connection fails and cannot be brought back
     */
    public Session run() throws IOException, LoginRefusedException {
        try {
            return new LoggedIn(around).session(authorized());
        } catch (FailedCheckException | MalformedTlException e) {
            around.line().silence();
            throw e;
        } finally {
            around.openCode().cancel();
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

    private PlainAuthorization authorized() throws IOException, LoginRefusedException {
        Tries tries = new Tries("phone number or bot token", around.random());
        while (true) {
            Answer answer = around.prompter().phoneOrBotToken();
            if (answer instanceof Typed typed) {
                Optional<PlainAuthorization> done = onTyped(typed.text(), tries);
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

    private Optional<PlainAuthorization> onTyped(String typed, Tries tries) throws IOException, LoginRefusedException {
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
                    ? new PhoneLogin(around, phone.get()).run()
                    : Optional.of(new BotLogin(around, bot.orElseThrow()).run());
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
        around.openCode().closed();
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
