package dev.tgsession.schema;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.AccountSchema.AccountAuthorization;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.tl.Hidden;
import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;

/**
 * How one session lets another one in: login tokens, most often shown as QR codes.
 *
 * @see <a href="https://core.telegram.org/api/qr-login">Login via QR code</a>
 */
public interface LoginTokenSchema {

    /** Asks for a token, or what has become of the last one; {@code exceptIds} are accounts already logged in here. */
    @Tl("auth.exportLoginToken#b7e085fe api_id:int api_hash:string except_ids:Vector<long> = auth.LoginToken")
    record ExportLoginToken(int apiId, @Hidden String apiHash, List<Long> exceptIds) implements TlMethod<LoginToken> {
        @Override
        public String toString() {
            return "ExportLoginToken[hidden]";
        }
    }

    /** Goes on at the data center a token was moved to. */
    @Tl("auth.importLoginToken#95ac5ce4 token:bytes = auth.LoginToken")
    record ImportLoginToken(@Hidden Bytes token) implements TlMethod<LoginToken> {
        @Override
        public String toString() {
            return "ImportLoginToken[hidden]";
        }
    }

    /** Lets the session behind a token in; answered by its entry in the list of sessions. */
    @Tl("auth.acceptLoginToken#e894ad4d token:bytes = Authorization")
    record AcceptLoginToken(@Hidden Bytes token) implements TlMethod<AccountAuthorization> {
        @Override
        public String toString() {
            return "AcceptLoginToken[hidden]";
        }
    }

    /** How a login by token stands. */
    sealed interface LoginToken {}

    /** Waiting to be accepted; worthless from {@code expires} on, in Unix seconds. */
    @Tl("auth.loginToken#629f1980 expires:int token:bytes = auth.LoginToken")
    record PlainLoginToken(int expires, @Hidden Bytes token) implements LoginToken {
        @Override
        public String toString() {
            return "PlainLoginToken[expires=" + expires + ", hidden]";
        }
    }

    /** Accepted by someone whose account lives in another data center. */
    @Tl("auth.loginTokenMigrateTo#68e9916 dc_id:int token:bytes = auth.LoginToken")
    record LoginTokenMigrateTo(int dcId, @Hidden Bytes token) implements LoginToken {
        @Override
        public String toString() {
            return "LoginTokenMigrateTo[dcId=" + dcId + ", hidden]";
        }
    }

    /** Logged in. */
    @Tl("auth.loginTokenSuccess#390d5c5e authorization:auth.Authorization = auth.LoginToken")
    record LoginTokenSuccess(Authorization authorization) implements LoginToken {}
}
