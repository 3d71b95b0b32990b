package dev.tgsession.schema;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.tl.Hidden;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.Optional;

/**
 * The second step: a password, proven without being sent.
 *
 * @see <a href="https://core.telegram.org/api/srp">Two-factor authentication</a>
 */
public interface PasswordSchema {

    /** Asks what a proof has to be made of. */
    @Tl("account.getPassword#548a30f5 = account.Password")
    record GetPassword() implements TlMethod<AccountPassword> {}

    /**
     * The challenge: {@code currentAlgo}, {@code srpB} and {@code srpId} are there if the account has a password.
     * {@code pendingResetDate} in Unix seconds.
     */
    @Tl("account.password#957b50fb flags:# has_recovery:flags.0?true has_secure_values:flags.1?true"
            + " has_password:flags.2?true current_algo:flags.2?PasswordKdfAlgo srp_B:flags.2?bytes srp_id:flags.2?long"
            + " hint:flags.3?string email_unconfirmed_pattern:flags.4?string new_algo:PasswordKdfAlgo"
            + " new_secure_algo:SecurePasswordKdfAlgo secure_random:bytes pending_reset_date:flags.5?int"
            + " login_email_pattern:flags.6?string = account.Password")
    record AccountPassword(
            boolean hasRecovery,
            boolean hasSecureValues,
            boolean hasPassword,
            Optional<PasswordKdfAlgo> currentAlgo,
            Optional<Bytes> srpB,
            Optional<Long> srpId,
            Optional<String> hint,
            Optional<String> emailUnconfirmedPattern,
            PasswordKdfAlgo newAlgo,
            SecurePasswordKdfAlgo newSecureAlgo,
            Bytes secureRandom,
            Optional<Integer> pendingResetDate,
            Optional<String> loginEmailPattern) {}

    /** How a password becomes a number. */
    sealed interface PasswordKdfAlgo {}

    /** A way this layer does not know. */
    @Tl("passwordKdfAlgoUnknown#d45ab096 = PasswordKdfAlgo")
    record PasswordKdfAlgoUnknown() implements PasswordKdfAlgo {}

    /** SHA-256 and PBKDF2 with two salts, then a power of {@code g} modulo {@code p}. */
    @Tl("passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow#3a912d4a salt1:bytes salt2:bytes g:int"
            + " p:bytes = PasswordKdfAlgo")
    record PasswordKdfAlgoModPow(Bytes salt1, Bytes salt2, int g, Bytes p) implements PasswordKdfAlgo {}

    /** How a password guards Telegram Passport. */
    sealed interface SecurePasswordKdfAlgo {}

    /** A way this layer does not know. */
    @Tl("securePasswordKdfAlgoUnknown#4a8537 = SecurePasswordKdfAlgo")
    record SecurePasswordKdfAlgoUnknown() implements SecurePasswordKdfAlgo {}

    /** PBKDF2. */
    @Tl("securePasswordKdfAlgoPBKDF2HMACSHA512iter100000#bbf2dda0 salt:bytes = SecurePasswordKdfAlgo")
    record SecurePasswordKdfAlgoPbkdf2(Bytes salt) implements SecurePasswordKdfAlgo {}

    /** SHA-512. */
    @Tl("securePasswordKdfAlgoSHA512#86471d92 salt:bytes = SecurePasswordKdfAlgo")
    record SecurePasswordKdfAlgoSha512(Bytes salt) implements SecurePasswordKdfAlgo {}

    /** What shows that one knows the password. */
    sealed interface InputCheckPasswordSrp {}

    /** Nothing, for an account without one. */
    @Tl("inputCheckPasswordEmpty#9880f658 = InputCheckPasswordSRP")
    record InputCheckPasswordEmpty() implements InputCheckPasswordSrp {}

    /** The proof: {@code A} in 256 bytes, {@code M1} in 32. */
    @Tl("inputCheckPasswordSRP#d27ff082 srp_id:long A:bytes M1:bytes = InputCheckPasswordSRP")
    record PlainInputCheckPasswordSrp(
            long srpId, @Hidden Bytes a, @Hidden Bytes m1) implements InputCheckPasswordSrp {
        @Override
        public String toString() {
            return "PlainInputCheckPasswordSrp[hidden]";
        }
    }

    /** Logs in with the proof. */
    @Tl("auth.checkPassword#d18b4d16 password:InputCheckPasswordSRP = auth.Authorization")
    record CheckPassword(InputCheckPasswordSrp password) implements TlMethod<Authorization> {}

    /** Sends a code to the recovery address. */
    @Tl("auth.requestPasswordRecovery#d897bc66 = auth.PasswordRecovery")
    record RequestPasswordRecovery() implements TlMethod<PasswordRecovery> {}

    /** Where that code went. */
    @Tl("auth.passwordRecovery#137948a5 email_pattern:string = auth.PasswordRecovery")
    record PasswordRecovery(String emailPattern) {}

    /** Whether that code is right. */
    @Tl("auth.checkRecoveryPassword#d36bf79 code:string = Bool")
    record CheckRecoveryPassword(@Hidden String code) implements TlMethod<Boolean> {
        @Override
        public String toString() {
            return "CheckRecoveryPassword[hidden]";
        }
    }

    /** Logs in with that code; without new settings the account has no password afterwards. */
    @Tl("auth.recoverPassword#37096c70 flags:# code:string new_settings:flags.0?account.PasswordInputSettings"
            + " = auth.Authorization")
    record RecoverPassword(@Hidden String code, Optional<PasswordInputSettings> newSettings)
            implements TlMethod<Authorization> {
        @Override
        public String toString() {
            return "RecoverPassword[hidden]";
        }
    }

    /** A new password, as its hash, with a hint and a recovery address. */
    @Tl("account.passwordInputSettings#c23727c9 flags:# new_algo:flags.0?PasswordKdfAlgo"
            + " new_password_hash:flags.0?bytes hint:flags.0?string email:flags.1?string"
            + " new_secure_settings:flags.2?SecureSecretSettings = account.PasswordInputSettings")
    record PasswordInputSettings(
            Optional<PasswordKdfAlgo> newAlgo,
            @Hidden Optional<Bytes> newPasswordHash,
            Optional<String> hint,
            Optional<String> email,
            Optional<SecureSecretSettings> newSecureSettings) {
        @Override
        public String toString() {
            return "PasswordInputSettings[hidden]";
        }
    }

    /** The secret behind Telegram Passport. */
    @Tl("secureSecretSettings#1527bcac secure_algo:SecurePasswordKdfAlgo secure_secret:bytes secure_secret_id:long"
            + " = SecureSecretSettings")
    record SecureSecretSettings(
            SecurePasswordKdfAlgo secureAlgo, @Hidden Bytes secureSecret, long secureSecretId) {
        @Override
        public String toString() {
            return "SecureSecretSettings[hidden]";
        }
    }

    /** Asks for the password to be taken away, by someone who is logged in. */
    @Tl("account.resetPassword#9308ce1b = account.ResetPasswordResult")
    record ResetPassword() implements TlMethod<ResetPasswordResult> {}

    /** Whether it is. Dates in Unix seconds. */
    sealed interface ResetPasswordResult {}

    /** Not yet asked for again: too early. */
    @Tl("account.resetPasswordFailedWait#e3779861 retry_date:int = account.ResetPasswordResult")
    record ResetPasswordFailedWait(int retryDate) implements ResetPasswordResult {}

    /** It will be. */
    @Tl("account.resetPasswordRequestedWait#e9effc7d until_date:int = account.ResetPasswordResult")
    record ResetPasswordRequestedWait(int untilDate) implements ResetPasswordResult {}

    /** It is. */
    @Tl("account.resetPasswordOk#e926d63e = account.ResetPasswordResult")
    record ResetPasswordOk() implements ResetPasswordResult {}

    /** Takes that wish back. */
    @Tl("account.declinePasswordReset#4c9409f6 = Bool")
    record DeclinePasswordReset() implements TlMethod<Boolean> {}

    /** Deletes the account with all it holds. */
    @Tl("account.deleteAccount#a2c0cf74 flags:# reason:string password:flags.0?InputCheckPasswordSRP = Bool")
    record DeleteAccount(String reason, Optional<InputCheckPasswordSrp> password) implements TlMethod<Boolean> {}
}
