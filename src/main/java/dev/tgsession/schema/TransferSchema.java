package dev.tgsession.schema;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.tl.Hidden;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;
import java.util.Optional;

/**
 * Logins by bot token, logins carried to another data center or key, and the end of a login.
 *
 * @see <a href="https://core.telegram.org/api/auth">User authorization</a>
 */
public interface TransferSchema {

    /** Logs a bot in. */
    @Tl("auth.importBotAuthorization#67a3ff2c flags:int api_id:int api_hash:string bot_auth_token:string"
            + " = auth.Authorization")
    record ImportBotAuthorization(
            int apiId, @Hidden String apiHash, @Hidden String botAuthToken) implements TlMethod<Authorization> {
        @Override
        public String toString() {
            return "ImportBotAuthorization[hidden]";
        }
    }

    /** Logs in with a token of Telegram's web page. */
    @Tl("auth.importWebTokenAuthorization#2db873a9 api_id:int api_hash:string web_auth_token:string"
            + " = auth.Authorization")
    record ImportWebTokenAuthorization(
            int apiId, @Hidden String apiHash, @Hidden String webAuthToken) implements TlMethod<Authorization> {
        @Override
        public String toString() {
            return "ImportWebTokenAuthorization[hidden]";
        }
    }

    /** Asks for a ticket to another data center. */
    @Tl("auth.exportAuthorization#e5bfffcd dc_id:int = auth.ExportedAuthorization")
    record ExportAuthorization(int dcId) implements TlMethod<ExportedAuthorization> {}

    /** The ticket. */
    @Tl("auth.exportedAuthorization#b434e2b8 id:long bytes:bytes = auth.ExportedAuthorization")
    record ExportedAuthorization(long id, @Hidden Bytes bytes) {
        @Override
        public String toString() {
            return "ExportedAuthorization[hidden]";
        }
    }

    /** Uses the ticket there. */
    @Tl("auth.importAuthorization#a57a7dad id:long bytes:bytes = auth.Authorization")
    record ImportAuthorization(long id, @Hidden Bytes bytes) implements TlMethod<Authorization> {
        @Override
        public String toString() {
            return "ImportAuthorization[hidden]";
        }
    }

    /** Makes a temporary key speak for the permanent one until {@code expiresAt}, in Unix seconds. */
    @Tl("auth.bindTempAuthKey#cdd42a05 perm_auth_key_id:long nonce:long expires_at:int encrypted_message:bytes = Bool")
    record BindTempAuthKey(long permAuthKeyId, long nonce, int expiresAt, Bytes encryptedMessage)
            implements TlMethod<Boolean> {}

    /** Forgets all temporary keys but these. */
    @Tl("auth.dropTempAuthKeys#8e48a188 except_auth_keys:Vector<long> = Bool")
    record DropTempAuthKeys(List<Long> exceptAuthKeys) implements TlMethod<Boolean> {}

    /** Ends the login of this key. */
    @Tl("auth.logOut#3e72ba19 = auth.LoggedOut")
    record LogOut() implements TlMethod<LoggedOut> {}

    /** It has ended; the token opens the account again without a code. */
    @Tl("auth.loggedOut#c3a2835f flags:# future_auth_token:flags.0?bytes = auth.LoggedOut")
    record LoggedOut(@Hidden Optional<Bytes> futureAuthToken) {
        @Override
        public String toString() {
            return "LoggedOut[hidden]";
        }
    }

    /** Ends all other logins of the account. */
    @Tl("auth.resetAuthorizations#9fab0d1a = Bool")
    record ResetAuthorizations() implements TlMethod<Boolean> {}
}
