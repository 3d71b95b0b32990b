package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.LoginEmailSchema.EmailVerificationCode;
import dev.tgsession.schema.PhoneCodeSchema.CodeSettings;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.ResendCode;
import dev.tgsession.schema.PhoneCodeSchema.ResetLoginEmail;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodePaymentRequired;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeSuccess;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeEmailCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFirebaseSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSetUpEmailRequired;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.tl.TlMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A person logs in: a code is sent, comes back, and may be followed by a password.
 *
 * <pre>
 *   sendCode ──► the code ──► signIn ──► authorization
 *                 ▲    │         │
 *                 │    │         ├─ wrong: the code again
 *                 │    │         ├─ expired, AUTH_RESTART: from the beginning, once
 *                 │    │         └─ SESSION_PASSWORD_NEEDED: the password
 *                 └────┴─ resendCode, e-mail set up, e-mail taken off: another code
 * </pre>
 *
 * <p>Source: <a href="https://core.telegram.org/api/auth">core.telegram.org/api/auth</a>.
 */
final class PhoneLogin {
    private final Surroundings around;
    private final Line line;
    private final Prompter prompter;
    private final OpenCode openCode;
    private final Budget budget;
    private final PhoneNumber phone;
    private final Optional<ApiCredentials> api;
    private final Deliveries deliveries;

    private boolean restarted;
    private boolean renewed;
    private boolean askedPastFirebase;

    /** Whether an earlier process has brought the code back. */
    private boolean passwordDue;

    /** When the code was sent that an earlier process has asked for; empty once there is another one. */
    private Optional<Instant> sentEarlier = Optional.empty();

    /** A login that is still to begin. */
    PhoneLogin(Surroundings around, ApiCredentials api, PhoneNumber phone) {
        this(around, phone, Optional.of(api));
    }

    /** A login that an earlier process has begun: it cannot begin again from here, for that takes the api_hash. */
    PhoneLogin(Surroundings around, PhoneNumber phone) {
        this(around, phone, Optional.empty());
    }

    private PhoneLogin(Surroundings around, PhoneNumber phone, Optional<ApiCredentials> api) {
        this.around = around;
        this.line = around.line();
        this.prompter = around.prompter();
        this.openCode = around.openCode();
        this.budget = around.budget();
        this.phone = phone;
        this.api = api;
        this.deliveries = new Deliveries(around.clock());
    }

    /**
     * Goes all the way.
     *
     * @return empty if the person wants to log in with another number
     * @throws RpcException for an error that ends this attempt, such as a number that Telegram does not accept
     */
    Optional<Authorization> run() throws IOException, RpcException, LoginRefusedException {
        budget.begin(phone);
        while (true) {
            try {
                return begin();
            } catch (RpcException error) {
                beginAgainAfter(error);
            }
        }
    }

    /**
     * Whether the earlier process has been let in and could not tell any more.
     *
     * @return the login; empty if the code or the password is still missing
     */
    Optional<Authorization> wonAlready(PendingLogin pending) throws IOException, RpcException, LoginRefusedException {
        budget.goOn(phone);
        sentEarlier = Optional.of(pending.at());
        passwordDue = pending.passwordDue();
        openCode.taken(pending);
        try {
            for (User user : line.call(new GetUsers(List.of(new InputUserSelf())))) {
                return Optional.of(new PlainAuthorization(Optional.empty(), Optional.empty(), Optional.empty(), user));
            }
        } catch (RpcException error) {
            if (error.is("SESSION_PASSWORD_NEEDED")) {
                passwordDue = true;
            } else if (error.code() != 401) {
                throw error;
            }
        }
        return Optional.empty();
    }

    /**
     * Goes on from where an earlier process stopped. No code is asked for, unless the person wants another one.
     *
     * @return empty if the person wants to log in with another number
     * @throws RpcException for an error that ends this login, such as a code that is too old
     */
    Optional<Authorization> goOn(PendingLogin pending) throws IOException, RpcException, LoginRefusedException {
        try {
            return passwordDue ? password(() -> onSent(pending.sent())) : onSent(pending.sent());
        } catch (RpcException error) {
            if (isExpired(error)) {
                openCode.closed();
            }
            throw error;
        }
    }

    /** Returns if the login may start from the beginning after this error; throws it otherwise. */
    private void beginAgainAfter(RpcException error) throws IOException, RpcException, LoginRefusedException {
        boolean restart = error.type().startsWith("AUTH_RESTART") || error.is("SIGN_IN_FAILED");
        if (restart && !restarted) {
            restarted = true;
            openCode.closed();
            prompter.told(new News(
                    News.Kind.RESTARTED, "Telegram asks to start over; a new code takes the place of the last one."));
            return;
        }
        boolean forgotten = error.is("AUTH_KEY_UNREGISTERED");
        if (isExpired(error) || forgotten) {
            openCode.closed();
            String what = forgotten
                    ? "Telegram has forgotten the code that was typed before the password."
                    : "The code is no longer valid: it was too old, or it was sent to somebody through Telegram.";
            if (!renewed && prompter.agrees(what + " Shall Telegram send a new one?")) {
                renewed = true;
                return;
            }
        }
        throw error;
    }

    private static boolean isExpired(RpcException error) {
        return error.is("PHONE_CODE_EXPIRED") || error.is("PHONE_HASH_EXPIRED");
    }

    private Optional<Authorization> begin() throws IOException, RpcException, LoginRefusedException {
        if (api.isEmpty()) {
            throw Refusals.failed("This login cannot be gone on with from here.", "Begin again: tgsession login");
        }
        SendCode sendCode =
                new SendCode(phone.digits(), api.get().id(), api.get().hash(), CodeSettings.none());
        if (!budget.allowsCode()) {
            throw Budget.notWanted();
        }
        SentCode sent;
        try {
            sent = askForCode(sendCode);
        } catch (RpcException error) {
            if (error.is("SESSION_PASSWORD_NEEDED")) {
                return new TwoStepCheck(around).run(this::begin);
            }
            throw error;
        }
        return onSent(sent);
    }

    /** Any call that is answered by another code. */
    private SentCode askForCode(TlMethod<SentCode> method) throws IOException, RpcException, LoginRefusedException {
        Instant asked = budget.asking();
        try {
            SentCode answer = line.call(method, sent -> openCode.sent(phone, sent));
            sentEarlier = Optional.empty();
            if (!isOnItsWay(answer)) {
                budget.notSent(asked);
            }
            return answer;
        } catch (RpcException error) {
            budget.notSent(asked);
            budget.refused(error);
            throw error;
        } catch (LoginRefusedException refused) {
            budget.notSent(asked);
            throw refused;
        }
    }

    /** Whether somebody gets a code by this. */
    private static boolean isOnItsWay(SentCode answer) {
        return answer instanceof PlainSentCode code
                && !(code.type() instanceof SentCodeTypeSetUpEmailRequired)
                && !(code.type() instanceof SentCodeTypeFirebaseSms);
    }

    private Optional<Authorization> password(TwoStepCheck.Again again)
            throws IOException, RpcException, LoginRefusedException {
        openCode.passwordDue();
        return new TwoStepCheck(around).run(again);
    }

    private Optional<Authorization> onSent(SentCode sent) throws IOException, RpcException, LoginRefusedException {
        if (sent instanceof SentCodeSuccess success) {
            return Optional.of(success.authorization());
        }
        if (sent instanceof SentCodePaymentRequired payment) {
            throw Payment.refusal(payment);
        }
        PlainSentCode code = (PlainSentCode) sent;
        if (code.type() instanceof SentCodeTypeSetUpEmailRequired) {
            return onEmailRequired(code);
        }
        if (code.type() instanceof SentCodeTypeFirebaseSms) {
            return onSent(pastFirebase(code));
        }
        return onCode(code);
    }

    private Optional<Authorization> onEmailRequired(PlainSentCode code)
            throws IOException, RpcException, LoginRefusedException {
        Optional<SentCode> next;
        try {
            next = new EmailSetUp(around, phone, code.phoneCodeHash()).run();
        } catch (RpcException error) {
            if (error.is("SESSION_PASSWORD_NEEDED")) {
                return new TwoStepCheck(around).run(this::begin);
            }
            throw error;
        }
        return next.isPresent() ? onSent(next.get()) : Optional.empty();
    }

    /** That SMS goes out only after an attestation by Google or Apple; the next way may not need one. */
    private SentCode pastFirebase(PlainSentCode code) throws IOException, RpcException, LoginRefusedException {
        if (askedPastFirebase) {
            throw onlyForPhones();
        }
        askedPastFirebase = true;
        if (!budget.allowsCode()) {
            throw Budget.notWanted();
        }
        try {
            return askForCode(new ResendCode(phone.digits(), code.phoneCodeHash(), Optional.empty()));
        } catch (RpcException error) {
            if (error.is("SEND_CODE_UNAVAILABLE")) {
                throw onlyForPhones();
            }
            throw error;
        }
    }

    private static LoginRefusedException onlyForPhones() {
        return Refusals.failed(
                "Telegram sends the code for this number to its own app on a phone only.",
                "Log in with Telegram's own app first; the code then comes there.");
    }

    private Optional<Authorization> onCode(PlainSentCode sent) throws IOException, RpcException, LoginRefusedException {
        CodeDelivery delivery =
                deliveries.of(phone, sent, sentEarlier.orElse(around.clock().instant()));
        Set<Wish> wishes = wishes(sent, delivery);
        Tries tries = Tries.ofCode(openCode.refused(), around.random());
        for (boolean repeated = false; ; repeated = true) {
            Answer answer = prompter.code(new CodeQuestion(delivery, wishes, repeated));
            if (answer instanceof Typed typed) {
                Turn<Authorization> turn = tryCode(sent, delivery.shape(), typed.text(), tries);
                if (turn.over()) {
                    return turn.result();
                }
            } else if (answer == Wish.GIVE_UP) {
                throw Refusals.givenUp();
            } else if (answer == Wish.OTHER_NUMBER) {
                return Optional.empty();
            } else {
                Optional<SentCode> another = grant((Wish) answer, sent, delivery, wishes);
                if (another.isPresent()) {
                    return onSent(another.get());
                }
            }
        }
    }

    private static Set<Wish> wishes(PlainSentCode sent, CodeDelivery delivery) {
        Set<Wish> wishes = EnumSet.of(Wish.OTHER_NUMBER, Wish.GIVE_UP);
        if (delivery.next().isPresent()) {
            wishes.add(Wish.SEND_AGAIN);
        }
        if (sent.type() instanceof SentCodeTypeEmailCode) {
            wishes.add(Wish.RESET_LOGIN_EMAIL);
        }
        return wishes;
    }

    /** Takes the code to Telegram, and the password too if one is wanted. */
    private Turn<Authorization> tryCode(PlainSentCode sent, CodeShape shape, String typed, Tries tries)
            throws IOException, RpcException, LoginRefusedException {
        String code = shape.normal(typed);
        Bytes mark = tries.mark(code);
        Optional<String> objection = tries.objection(mark, shape.objection(code));
        if (objection.isPresent()) {
            prompter.refused(objection.get());
            return Turn.again();
        }
        SignIn signIn = signIn(sent, code);
        try {
            return Turn.to(line.call(signIn));
        } catch (RpcException error) {
            if (error.is("SESSION_PASSWORD_NEEDED")) {
                return Turn.over(password(() -> Optional.of(line.call(signIn))));
            }
            if (error.is("PHONE_CODE_INVALID") || error.is("CODE_INVALID") || error.is("EMAIL_CODE_INVALID")) {
                String left = tries.refusedByTelegram(mark);
                openCode.refused(tries.refusedCodes());
                prompter.refused("This code is wrong. " + left);
                return Turn.again();
            }
            throw error;
        }
    }

    /** A code from a mail travels in a field of its own. */
    private SignIn signIn(PlainSentCode sent, String code) {
        boolean mailed = sent.type() instanceof SentCodeTypeEmailCode;
        return new SignIn(
                phone.digits(),
                sent.phoneCodeHash(),
                mailed ? Optional.empty() : Optional.of(code),
                mailed ? Optional.of(new EmailVerificationCode(code)) : Optional.empty());
    }

    /** Does what was wished for; empty if it cannot be done, which has been said then. */
    private Optional<SentCode> grant(Wish wish, PlainSentCode sent, CodeDelivery delivery, Set<Wish> wishes)
            throws IOException, RpcException, LoginRefusedException {
        if (!wishes.contains(wish)) {
            prompter.refused("That is not possible with this code.");
            return Optional.empty();
        }
        return wish == Wish.SEND_AGAIN ? sendAgain(sent, delivery, wishes) : resetLoginEmail(sent);
    }

    private Optional<SentCode> sendAgain(PlainSentCode sent, CodeDelivery delivery, Set<Wish> wishes)
            throws IOException, RpcException, LoginRefusedException {
        NextCode next = delivery.next().orElseThrow();
        Instant now = around.clock().instant();
        if (now.isBefore(next.from())) {
            // Part of a second is rounded up: "in 0 seconds" would be answered by another try, and that by Telegram.
            Duration left = Duration.between(now, next.from()).plusMillis(999);
            prompter.refused("Telegram sends another code " + next.way() + " only after " + HumanTime.words(left)
                    + " more. The one that was sent may still arrive.");
            return Optional.empty();
        }
        if (!budget.allowsCode()) {
            return Optional.empty();
        }
        try {
            return Optional.of(askForCode(new ResendCode(phone.digits(), sent.phoneCodeHash(), Optional.empty())));
        } catch (RpcException error) {
            if (error.is("SEND_CODE_UNAVAILABLE")) {
                wishes.remove(Wish.SEND_AGAIN);
                prompter.refused("Telegram has used up every way to send a code. The one that was sent still counts."
                        + Refusals.notice(error));
                return Optional.empty();
            }
            throw error;
        }
    }

    private Optional<SentCode> resetLoginEmail(PlainSentCode sent)
            throws IOException, RpcException, LoginRefusedException {
        Duration period = Deliveries.resetPeriod((SentCodeTypeEmailCode) sent.type());
        String when = period.isZero() ? "This happens at once." : "This takes " + HumanTime.words(period) + ".";
        if (!prompter.agrees("The login e-mail will be taken off the account. " + when + " Go on?")
                || !budget.allowsCode()) {
            return Optional.empty();
        }
        try {
            return Optional.of(askForCode(new ResetLoginEmail(phone.digits(), sent.phoneCodeHash())));
        } catch (RpcException error) {
            if (error.is("TASK_ALREADY_EXISTS")) {
                prompter.refused(
                        "The login e-mail is being taken off already; until that is done, only the mail helps.");
                return Optional.empty();
            }
            if (error.is("EMAIL_INSTALL_MISSING")) {
                prompter.refused("Telegram knows no login e-mail of this account that could be taken off.");
                return Optional.empty();
            }
            throw error;
        }
    }
}
