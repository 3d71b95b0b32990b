package dev.tgsession.login;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.LoginEmailSchema.EmailVerificationCode;
import dev.tgsession.schema.LoginEmailSchema.EmailVerified;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifiedLogin;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifyPurposeLoginSetup;
import dev.tgsession.schema.LoginEmailSchema.SendVerifyEmailCode;
import dev.tgsession.schema.LoginEmailSchema.SentEmailCode;
import dev.tgsession.schema.LoginEmailSchema.VerifyEmail;
import dev.tgsession.schema.PhoneCodeSchema.SentCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Telegram wants a login e-mail before it sends a code: an address is given and proven, then a code comes.
 *
 * <p>Source: <a href="https://core.telegram.org/api/auth#email-verification">core.telegram.org/api/auth</a>.
 */
final class EmailSetUp {
    private static final Set<Wish> AT_ADDRESS = Set.of(Wish.OTHER_NUMBER, Wish.GIVE_UP);
    private static final Set<Wish> AT_CODE =
            Set.of(Wish.SEND_AGAIN, Wish.OTHER_ADDRESS, Wish.OTHER_NUMBER, Wish.GIVE_UP);

    private final Line line;
    private final Prompter prompter;
    private final OpenCode openCode;
    private final Budget budget;
    private final PhoneNumber phone;
    private final Deliveries deliveries;
    private final Tries addresses;
    private final Tries codes;
    private final EmailVerifyPurposeLoginSetup purpose;

    EmailSetUp(Surroundings around, PhoneNumber phone, String phoneCodeHash) {
        this.line = around.line();
        this.prompter = around.prompter();
        this.openCode = around.openCode();
        this.budget = around.budget();
        this.phone = phone;
        this.deliveries = new Deliveries(around.clock());
        this.addresses = new Tries("e-mail address", around.random());
        this.codes = new Tries("code", around.random());
        this.purpose = new EmailVerifyPurposeLoginSetup(phone.digits(), phoneCodeHash);
    }

    /** What Telegram does once it has an address; empty if the person wants to log in with another number. */
    Optional<SentCode> run() throws IOException, RpcException, LoginRefusedException {
        for (boolean repeated = false; ; repeated = true) {
            Answer answer = prompter.emailAddress(new EmailQuestion(
                    List.of(
                            "Telegram wants a login e-mail for " + phone + " before it sends a code.",
                            "Codes for later logins will go to that address too. Telegram's own apps can change it."),
                    AT_ADDRESS,
                    repeated));
            if (answer instanceof Typed typed) {
                Turn<SentCode> turn = onAddress(typed.text().strip());
                if (turn.over()) {
                    return turn.result();
                }
            } else if (answer == Wish.GIVE_UP) {
                throw Refusals.givenUp();
            } else if (answer == Wish.OTHER_NUMBER) {
                return Optional.empty();
            } else {
                prompter.refused("That is not possible here.");
            }
        }
    }

    private Turn<SentCode> onAddress(String address) throws IOException, RpcException, LoginRefusedException {
        Bytes mark = addresses.mark(address);
        Optional<String> objection = addresses.objection(
                mark, looksLikeAddress(address) ? Optional.empty() : Optional.of("This is no e-mail address."));
        if (objection.isPresent()) {
            prompter.refused(objection.get());
            return Turn.again();
        }
        try {
            SentEmailCode mail = line.call(new SendVerifyEmailCode(purpose, address));
            return onMail(address, mail);
        } catch (RpcException error) {
            if (error.is("EMAIL_INVALID") || error.is("EMAIL_NOT_ALLOWED")) {
                prompter.refused("Telegram does not take this address. " + addresses.refusedByTelegram(mark));
                return Turn.again();
            }
            if (error.is("EMAIL_VERIFY_EXPIRED")) {
                addresses.unusable();
                prompter.refused("The mailed code is no longer valid. Give an address again, and a new one is sent.");
                return Turn.again();
            }
            throw error;
        }
    }

    /** Only what certainly is none is kept from Telegram. */
    private static boolean looksLikeAddress(String text) {
        int at = text.indexOf('@');
        return at > 0 && at < text.length() - 1 && text.indexOf(' ') < 0;
    }

    private Turn<SentCode> onMail(String address, SentEmailCode first)
            throws IOException, RpcException, LoginRefusedException {
        CodeDelivery delivery = deliveries.emailSetUp(first.emailPattern(), first.length());
        for (boolean repeated = false; ; repeated = true) {
            Answer answer = prompter.code(new CodeQuestion(delivery, AT_CODE, repeated));
            if (answer instanceof Typed typed) {
                Optional<SentCode> sent = tryCode(delivery.shape(), typed.text());
                if (sent.isPresent()) {
                    return Turn.to(sent.get());
                }
            } else if (answer == Wish.GIVE_UP) {
                throw Refusals.givenUp();
            } else if (answer == Wish.OTHER_NUMBER) {
                return Turn.otherNumber();
            } else if (answer == Wish.OTHER_ADDRESS) {
                return Turn.again();
            } else if (answer == Wish.SEND_AGAIN) {
                SentEmailCode again = line.call(new SendVerifyEmailCode(purpose, address));
                delivery = deliveries.emailSetUp(again.emailPattern(), again.length());
                prompter.told(new News(News.Kind.EMAIL, "Telegram has sent another mail."));
            } else {
                prompter.refused("That is not possible here.");
            }
        }
    }

    private Optional<SentCode> tryCode(CodeShape shape, String typed)
            throws IOException, RpcException, LoginRefusedException {
        String code = shape.normal(typed);
        Bytes mark = codes.mark(code);
        Optional<String> objection = codes.objection(mark, shape.objection(code));
        if (objection.isPresent()) {
            prompter.refused(objection.get());
            return Optional.empty();
        }
        try {
            EmailVerified verified =
                    line.call(new VerifyEmail(purpose, new EmailVerificationCode(code)), this::noteCode);
            if (verified instanceof EmailVerifiedLogin login) {
                return Optional.of(login.sentCode());
            }
            throw Refusals.failed(
                    "Telegram has taken the e-mail address but does not go on with the login.", "Log in again.");
        } catch (RpcException error) {
            if (error.is("CODE_INVALID") || error.is("CODE_EMPTY") || error.is("EMAIL_CODE_INVALID")) {
                prompter.refused("This code is wrong. " + codes.refusedByTelegram(mark));
                return Optional.empty();
            }
            throw error;
        }
    }

    private void noteCode(EmailVerified verified) {
        if (verified instanceof EmailVerifiedLogin login) {
            budget.asking();
            openCode.sent(phone, login.sentCode());
        }
    }
}
