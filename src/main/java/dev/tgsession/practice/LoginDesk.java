package dev.tgsession.practice;

import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.practice.Scenario.Answer;
import dev.tgsession.practice.Scenario.Registration;
import dev.tgsession.schema.LoginEmailSchema.EmailVerification;
import dev.tgsession.schema.LoginEmailSchema.EmailVerificationCode;
import dev.tgsession.schema.PhoneCodeSchema.CancelCode;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.ReportMissingCode;
import dev.tgsession.schema.PhoneCodeSchema.ResendCode;
import dev.tgsession.schema.PhoneCodeSchema.ResetLoginEmail;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodePaymentRequired;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeSuccess;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeType;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.schema.SignInSchema.AuthorizationSignUpRequired;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.schema.SignInSchema.SignUp;
import dev.tgsession.schema.SignInSchema.TermsOfService;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Sends codes and takes them back: a login by phone, up to the password. */
final class LoginDesk {
    private static final int RESEND_AFTER_SECONDS = 5;
    /** {@code auth.sentCodeSuccess} is there from this layer on. */
    private static final int SUCCESS_SINCE = 152;
    /** {@code auth.sentCodePaymentRequired} is there from this layer on. */
    private static final int PAYMENT_SINCE = 201;

    private final PracticeAccounts accounts;
    private final PracticePhone phone;
    private final Logins logins;
    private final InstantSource clock;
    private final SecureRandom random;

    LoginDesk(PracticeAccounts accounts, PracticePhone phone, Logins logins, InstantSource clock, SecureRandom random) {
        this.accounts = accounts;
        this.phone = phone;
        this.logins = logins;
        this.clock = clock;
        this.random = random;
    }

    void open(Reception reception) {
        reception.serve(SendCode.class, Audience.ANYBODY, this::sendCode);
        reception.serve(ResendCode.class, Audience.ANYBODY, this::resendCode);
        reception.serve(CancelCode.class, Audience.ANYBODY, this::cancelCode);
        reception.serve(ReportMissingCode.class, Audience.ANYBODY, this::reportMissingCode);
        reception.serve(ResetLoginEmail.class, Audience.ANYBODY, this::resetLoginEmail);
        reception.serve(SignIn.class, Audience.ANYBODY, this::signIn);
        reception.serve(SignUp.class, Audience.ANYBODY, this::signUp);
    }

    private SentCode sendCode(SendCode call, Caller caller) throws Refusal {
        checkApp(call.apiId(), call.apiHash());
        PracticeAccount account = account(call.phoneNumber());
        synchronized (account) {
            turnAway(account.home().onSendCode(caller.dc()));
            passAll(account.scenario().sendCode(), account);
            return switch (answerFor(account, caller.layer())) {
                case CODE -> send(account, account.scenario().way(), caller);
                case LOGGED_IN -> new SentCodeSuccess(logins.afterFirstFactor(account, caller));
                case PAYMENT -> payment(account, caller);
            };
        }
    }

    private static Answer answerFor(PracticeAccount account, int layer) throws Refusal {
        Answer answer = account.scenario().answer();
        if (answer == Answer.PAYMENT && layer < PAYMENT_SINCE) {
            throw new Refusal(406, "UPDATE_APP_TO_LOGIN", "the client's layer does not know paid codes");
        }
        return answer == Answer.LOGGED_IN && layer < SUCCESS_SINCE ? Answer.CODE : answer;
    }

    private SentCode payment(PracticeAccount account, Caller caller) {
        PendingCode code = expect(account, CodeWay.SMS, caller);
        return new SentCodePaymentRequired(
                "org.telegram.practice", code.hash(), "practice@example.org", "Practice", 0, "EUR", 199);
    }

    /** Makes a code, brings it to the phone, and says so. */
    SentCode send(PracticeAccount account, CodeWay wanted, Caller caller) {
        CodeWay way = account.scenario().way() == CodeWay.EMAIL_SETUP
                        && account.mailbox().isPresent()
                        && wanted == CodeWay.EMAIL_SETUP
                ? CodeWay.EMAIL
                : wanted;
        PendingCode code = expect(account, way.in(caller.layer()), caller);
        if (code.way() != CodeWay.EMAIL_SETUP) {
            phone.bring(account, code, caller.owner());
        }
        Optional<CodeWay> next = code.way().next();
        return new PlainSentCode(
                type(account, code), code.hash(), next.map(CodeWay::announced), next.map(way2 -> RESEND_AFTER_SECONDS));
    }

    private static SentCodeType type(PracticeAccount account, PendingCode code) {
        return code.way() == CodeWay.EMAIL && account.mailbox().isPresent()
                ? account.mailbox().get().type(account.mailboxResetsAt())
                : code.way().type(PracticeAccounts.digits(account));
    }

    private PendingCode expect(PracticeAccount account, CodeWay way, Caller caller) {
        byte[] hash = new byte[9];
        random.nextBytes(hash);
        String text = way == CodeWay.EMAIL && account.mailbox().isPresent()
                ? account.mailbox().get().code()
                : way.code(PracticeAccounts.digits(account));
        PendingCode code = new PendingCode(
                HexFormat.of().formatHex(hash),
                caller.owner().id(),
                way,
                text,
                clock.instant().plus(account.scenario().codeLives()));
        account.expect(code);
        return code;
    }

    private SentCode resendCode(ResendCode call, Caller caller) throws Refusal {
        PracticeAccount account = account(call.phoneNumber());
        synchronized (account) {
            PendingCode code = code(account, call.phoneCodeHash());
            CodeWay next = code.way()
                    .next()
                    .orElseThrow(() -> new Refusal(406, "SEND_CODE_UNAVAILABLE", "all ways of sending were used"));
            account.forget(code);
            return send(account, next, caller);
        }
    }

    private Boolean cancelCode(CancelCode call, Caller caller) throws Refusal {
        PracticeAccount account = account(call.phoneNumber());
        synchronized (account) {
            account.forget(code(account, call.phoneCodeHash()));
            return true;
        }
    }

    private Boolean reportMissingCode(ReportMissingCode call, Caller caller) throws Refusal {
        PracticeAccount account = account(call.phoneNumber());
        synchronized (account) {
            code(account, call.phoneCodeHash());
            return true;
        }
    }

    private SentCode resetLoginEmail(ResetLoginEmail call, Caller caller) throws Refusal {
        PracticeAccount account = account(call.phoneNumber());
        synchronized (account) {
            PendingCode code = code(account, call.phoneCodeHash());
            Mailbox mailbox = account.mailbox().orElseThrow(() -> Refusal.badRequest("EMAIL_INSTALL_MISSING"));
            if (account.mailboxResetsAt().isPresent()) {
                throw Refusal.badRequest("TASK_ALREADY_EXISTS");
            }
            account.forget(code);
            Duration takes = mailbox.resetTakes();
            if (takes.isZero()) {
                account.mailbox(Optional.empty());
                return send(account, CodeWay.SMS, caller);
            }
            account.mailboxResetsAt(clock.instant().plus(takes));
            return send(account, CodeWay.EMAIL, caller);
        }
    }

    private Authorization signIn(SignIn call, Caller caller) throws Refusal {
        PracticeAccount account = account(call.phoneNumber());
        synchronized (account) {
            turnAway(account.home().onSignIn(caller.dc()));
            if (call.phoneCodeHash().isEmpty()) {
                throw Refusal.badRequest("PHONE_CODE_HASH_EMPTY");
            }
            PendingCode code = code(account, call.phoneCodeHash());
            try {
                passAll(account.scenario().signIn(), account);
            } catch (Refusal refusal) {
                if (refusal.text().equals("PHONE_CODE_EXPIRED")) {
                    account.forget(code);
                }
                throw refusal;
            }
            if (!code.isRight(typed(call, code))) {
                throw Refusal.badRequest("PHONE_CODE_INVALID");
            }
            if (!account.isRegistered()) {
                return new AuthorizationSignUpRequired(terms(account));
            }
            return logins.afterFirstFactor(account, caller);
        }
    }

    private static String typed(SignIn call, PendingCode code) throws Refusal {
        if (code.way() == CodeWay.EMAIL) {
            EmailVerification proof = call.emailVerification()
                    .orElseThrow(() -> new Refusal(
                            400,
                            "PHONE_CODE_INVALID",
                            "this code came by e-mail and has to be sent as email_verification, not as phone_code"));
            if (proof instanceof EmailVerificationCode mailed) {
                return mailed.code();
            }
            throw new Refusal(
                    400, "PHONE_CODE_INVALID", "only a mailed code counts here, not Google's or Apple's word");
        }
        String typed = call.phoneCode().orElse("");
        if (typed.isEmpty()) {
            throw Refusal.badRequest("PHONE_CODE_EMPTY");
        }
        return typed;
    }

    private static Optional<TermsOfService> terms(PracticeAccount account) {
        return account.scenario().registration() == Registration.FREE_WITH_TERMS
                ? Optional.of(new TermsOfService(
                        false,
                        PracticeSchema.TERMS_ID,
                        "By signing up you agree to practise as much as you like.",
                        Optional.empty()))
                : Optional.empty();
    }

    private Authorization signUp(SignUp call, Caller caller) throws Refusal {
        PracticeAccount account = account(call.phoneNumber());
        synchronized (account) {
            turnAway(account.home().onSignIn(caller.dc()));
            PendingCode code = code(account, call.phoneCodeHash());
            if (account.isRegistered()) {
                throw Refusal.badRequest("PHONE_NUMBER_OCCUPIED");
            }
            if (!code.wasRight()) {
                throw new Refusal(
                        400, "PHONE_CODE_INVALID", "auth.signUp comes after an auth.signIn with the right code");
            }
            if (call.firstName().isBlank()) {
                throw Refusal.badRequest("FIRSTNAME_INVALID");
            }
            account.register(call.firstName(), call.lastName());
            return logins.complete(account, caller);
        }
    }

    // What several methods need.

    /** The account of a number. Every number that is no practice number is refused. */
    PracticeAccount account(String phoneNumber) throws Refusal {
        return accounts.ofPhone(phoneNumber)
                .orElseThrow(() -> new Refusal(
                        406,
                        "PHONE_NUMBER_INVALID",
                        "practice numbers are 99966, the number of a data centre from 1 to 5, and four digits"));
    }

    /** The code with this hash, if it can still be used. */
    PendingCode code(PracticeAccount account, String hash) throws Refusal {
        Instant now = clock.instant();
        Optional<PendingCode> code = account.code(hash);
        if (code.isEmpty() || code.get().isSpent(now)) {
            code.ifPresent(account::forget);
            throw Refusal.badRequest("PHONE_CODE_EXPIRED");
        }
        return code.get();
    }

    static void checkApp(int apiId, String apiHash) throws Refusal {
        if (apiId <= 0 || apiHash.isBlank()) {
            throw new Refusal(
                    400, "API_ID_INVALID", "api_id has to be positive and api_hash not empty; any will do here");
        }
    }

    private static void turnAway(Optional<Refusal> refusal) throws Refusal {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private void passAll(List<Hurdle> hurdles, PracticeAccount account) throws Refusal {
        for (Hurdle hurdle : hurdles) {
            hurdle.pass(account.memory(), clock.instant());
        }
    }
}
