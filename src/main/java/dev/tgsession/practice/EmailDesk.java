package dev.tgsession.practice;

import dev.tgsession.practice.PracticeSchema.OldSendVerifyEmailCode;
import dev.tgsession.practice.PracticeSchema.OldVerifyEmail;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.LoginEmailSchema.EmailVerificationCode;
import dev.tgsession.schema.LoginEmailSchema.EmailVerified;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifiedLogin;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifyPurpose;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifyPurposeLoginSetup;
import dev.tgsession.schema.LoginEmailSchema.SendVerifyEmailCode;
import dev.tgsession.schema.LoginEmailSchema.SentEmailCode;
import dev.tgsession.schema.LoginEmailSchema.VerifyEmail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Sets up the e-mail address that a login needs before it gets a code.
 *
 * <p>Source: <a href="https://core.telegram.org/api/auth#email-verification">Email verification</a>.
 */
final class EmailDesk {
    private static final Duration CODE_LIVES = Duration.ofMinutes(10);
    private static final Duration RESET_TAKES = Duration.ofDays(7);

    private final LoginDesk loginDesk;
    private final PracticePhone phone;
    private final InstantSource clock;

    /**
     * An address that waits for its code.
     *
     * @param expires when the code stops being good
     */
    record Unproven(String address, Instant expires) {}

    EmailDesk(LoginDesk loginDesk, PracticePhone phone, InstantSource clock) {
        this.loginDesk = loginDesk;
        this.phone = phone;
        this.clock = clock;
    }

    void open(Reception reception) {
        reception.serve(SendVerifyEmailCode.class, Audience.ANYBODY, this::sendCode);
        reception.serve(VerifyEmail.class, Audience.ANYBODY, this::verify);
        reception.serve(OldSendVerifyEmailCode.class, Audience.MEMBERS, (call, caller) -> {
            throw onlyForLogins();
        });
        reception.serve(OldVerifyEmail.class, Audience.MEMBERS, (call, caller) -> {
            throw onlyForLogins();
        });
    }

    private SentEmailCode sendCode(SendVerifyEmailCode call, Caller caller) throws Refusal {
        EmailVerifyPurposeLoginSetup purpose = setup(call.purpose());
        PracticeAccount account = loginDesk.account(purpose.phoneNumber());
        synchronized (account) {
            requireSetup(account, purpose);
            String address = call.email().strip();
            requireAddress(address);
            account.prove(new Unproven(address, clock.instant().plus(CODE_LIVES)));
            phone.mail(account, address, "code to use this address with Telegram", Scenarios.EMAIL_CODE);
            return new SentEmailCode(Mailbox.pattern(address), Scenarios.EMAIL_CODE.length());
        }
    }

    private EmailVerified verify(VerifyEmail call, Caller caller) throws Refusal {
        EmailVerifyPurposeLoginSetup purpose = setup(call.purpose());
        PracticeAccount account = loginDesk.account(purpose.phoneNumber());
        synchronized (account) {
            PendingCode pending = requireSetup(account, purpose);
            Unproven unproven = account.unproven()
                    .filter(each -> clock.instant().isBefore(each.expires()))
                    .orElseThrow(() -> Refusal.badRequest("EMAIL_VERIFY_EXPIRED"));
            if (!(call.verification() instanceof EmailVerificationCode typed)) {
                throw new Refusal(
                        400, "EMAIL_TOKEN_INVALID", "only a mailed code counts here, not Google's or Apple's word");
            }
            if (!typed.code().equals(Scenarios.EMAIL_CODE)) {
                throw Refusal.badRequest("CODE_INVALID");
            }
            account.mailbox(Optional.of(new Mailbox(unproven.address(), Scenarios.EMAIL_CODE, RESET_TAKES)));
            account.forget(pending);
            return new EmailVerifiedLogin(unproven.address(), loginDesk.send(account, CodeWay.SMS, caller));
        }
    }

    private static EmailVerifyPurposeLoginSetup setup(EmailVerifyPurpose purpose) throws Refusal {
        if (purpose instanceof EmailVerifyPurposeLoginSetup setup) {
            return setup;
        }
        throw onlyForLogins();
    }

    private static Refusal onlyForLogins() {
        return new Refusal(400, "EMAIL_NOT_SETUP", "only emailVerifyPurposeLoginSetup is practised here");
    }

    private PendingCode requireSetup(PracticeAccount account, EmailVerifyPurposeLoginSetup purpose) throws Refusal {
        PendingCode pending = loginDesk.code(account, purpose.phoneCodeHash());
        if (pending.way() != CodeWay.EMAIL_SETUP) {
            throw new Refusal(400, "EMAIL_NOT_ALLOWED", "this login did not ask for an e-mail address to be set up");
        }
        return pending;
    }

    private static void requireAddress(String address) throws Refusal {
        int at = address.indexOf('@');
        boolean plausible = at > 0
                && at == address.lastIndexOf('@')
                && address.indexOf('.', at) > at + 1
                && !address.endsWith(".")
                && address.indexOf(' ') < 0;
        if (!plausible) {
            throw Refusal.badRequest("EMAIL_INVALID");
        }
        if (address.toLowerCase(Locale.ROOT).endsWith(".invalid")) {
            throw new Refusal(400, "EMAIL_NOT_ALLOWED", "addresses that end in .invalid are refused, to practise that");
        }
    }
}
