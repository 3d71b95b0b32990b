package dev.tgsession.schema;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.ConnectionSchema.DataJson;
import dev.tgsession.schema.LoginEmailSchema.EmailVerification;
import dev.tgsession.schema.UserSchema.User;
import dev.tgsession.tl.Hidden;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.Optional;

/**
 * How a code becomes a login, with or without an account so far.
 *
 * @see <a href="https://core.telegram.org/api/auth#sign-insign-up">Sign in and sign up</a>
 */
public interface SignInSchema {

    /** Brings the code back; with an e-mail address, what proves that it is one's own. */
    @Tl("auth.signIn#8d52a951 flags:# phone_number:string phone_code_hash:string phone_code:flags.0?string"
            + " email_verification:flags.1?EmailVerification = auth.Authorization")
    record SignIn(
            String phoneNumber,
            @Hidden String phoneCodeHash,
            @Hidden Optional<String> phoneCode,
            @Hidden Optional<EmailVerification> emailVerification)
            implements TlMethod<Authorization> {
        @Override
        public String toString() {
            return "SignIn[hidden]";
        }
    }

    /** Opens an account for a number that has none, after its code was brought back. */
    @Tl("auth.signUp#aac7b717 flags:# no_joined_notifications:flags.0?true phone_number:string phone_code_hash:string"
            + " first_name:string last_name:string = auth.Authorization")
    record SignUp(
            boolean noJoinedNotifications,
            String phoneNumber,
            @Hidden String phoneCodeHash,
            String firstName,
            String lastName)
            implements TlMethod<Authorization> {
        @Override
        public String toString() {
            return "SignUp[hidden]";
        }
    }

    /** How a login came out. */
    sealed interface Authorization {}

    /**
     * Logged in. {@code futureAuthToken} opens the account again after a log-out; {@code otherwiseReloginDays} is there
     * when the server wishes for a password to be set.
     */
    @Tl("auth.authorization#2ea2c0d4 flags:# setup_password_required:flags.1?true otherwise_relogin_days:flags.1?int"
            + " tmp_sessions:flags.0?int future_auth_token:flags.2?bytes user:User = auth.Authorization")
    record PlainAuthorization(
            Optional<Integer> otherwiseReloginDays,
            Optional<Integer> tmpSessions,
            @Hidden Optional<Bytes> futureAuthToken,
            User user)
            implements Authorization {
        @Override
        public String toString() {
            return "PlainAuthorization[" + user + ", hidden]";
        }
    }

    /** The code is right, but the number has no account. */
    @Tl("auth.authorizationSignUpRequired#44747e9a flags:# terms_of_service:flags.0?help.TermsOfService"
            + " = auth.Authorization")
    record AuthorizationSignUpRequired(Optional<TermsOfService> termsOfService) implements Authorization {}

    /** What a new user agrees to; the bold and the links in it are left out. */
    @Tl("help.termsOfService#780a0310 flags:# popup:flags.0?true id:DataJSON text:string"
            + " entities:Vector<MessageEntity> min_age_confirm:flags.1?int = help.TermsOfService")
    record TermsOfService(boolean popup, DataJson id, String text, Optional<Integer> minAgeConfirm) {}

    /** Agrees. */
    @Tl("help.acceptTermsOfService#ee72f79a id:DataJSON = Bool")
    record AcceptTermsOfService(DataJson id) implements TlMethod<Boolean> {}
}
