package dev.tgsession.schema;

import dev.tgsession.schema.PhoneCodeSchema.SentCode;
import dev.tgsession.tl.Hidden;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;

/**
 * How an e-mail address takes the place of the SMS.
 *
 * @see <a href="https://core.telegram.org/api/auth#email-verification">Email verification</a>
 */
public interface LoginEmailSchema {

    /** Sends a code to an address. */
    @Tl("account.sendVerifyEmailCode#98e037bb purpose:EmailVerifyPurpose email:string = account.SentEmailCode")
    record SendVerifyEmailCode(EmailVerifyPurpose purpose, String email) implements TlMethod<SentEmailCode> {}

    /** The code is on its way. */
    @Tl("account.sentEmailCode#811f854f email_pattern:string length:int = account.SentEmailCode")
    record SentEmailCode(String emailPattern, int length) {}

    /** Brings the code back. */
    @Tl("account.verifyEmail#32da4cf purpose:EmailVerifyPurpose verification:EmailVerification"
            + " = account.EmailVerified")
    record VerifyEmail(EmailVerifyPurpose purpose, EmailVerification verification) implements TlMethod<EmailVerified> {}

    /** The address is taken. */
    sealed interface EmailVerified {
        String email();
    }

    /** Outside a login. */
    @Tl("account.emailVerified#2b96cd1b email:string = account.EmailVerified")
    record PlainEmailVerified(String email) implements EmailVerified {}

    /** During a login, which goes on with another code. */
    @Tl("account.emailVerifiedLogin#e1bb0d61 email:string sent_code:auth.SentCode = account.EmailVerified")
    record EmailVerifiedLogin(String email, SentCode sentCode) implements EmailVerified {}

    /** What an address is for. */
    sealed interface EmailVerifyPurpose {}

    /** To log in, where the server demands an address first. */
    @Tl("emailVerifyPurposeLoginSetup#4345be73 phone_number:string phone_code_hash:string = EmailVerifyPurpose")
    record EmailVerifyPurposeLoginSetup(
            String phoneNumber, @Hidden String phoneCodeHash) implements EmailVerifyPurpose {
        @Override
        public String toString() {
            return "EmailVerifyPurposeLoginSetup[hidden]";
        }
    }

    /** To take the place of the present address. */
    @Tl("emailVerifyPurposeLoginChange#527d22eb = EmailVerifyPurpose")
    record EmailVerifyPurposeLoginChange() implements EmailVerifyPurpose {}

    /** For Telegram Passport. */
    @Tl("emailVerifyPurposePassport#bbf51685 = EmailVerifyPurpose")
    record EmailVerifyPurposePassport() implements EmailVerifyPurpose {}

    /** What proves that an address is one's own. */
    sealed interface EmailVerification {}

    /** The code that was sent there. */
    @Tl("emailVerificationCode#922e55a9 code:string = EmailVerification")
    record EmailVerificationCode(@Hidden String code) implements EmailVerification {
        @Override
        public String toString() {
            return "EmailVerificationCode[hidden]";
        }
    }

    /** Google's word. */
    @Tl("emailVerificationGoogle#db909ec2 token:string = EmailVerification")
    record EmailVerificationGoogle(@Hidden String token) implements EmailVerification {
        @Override
        public String toString() {
            return "EmailVerificationGoogle[hidden]";
        }
    }

    /** Apple's word. */
    @Tl("emailVerificationApple#96d074fd token:string = EmailVerification")
    record EmailVerificationApple(@Hidden String token) implements EmailVerification {
        @Override
        public String toString() {
            return "EmailVerificationApple[hidden]";
        }
    }
}
