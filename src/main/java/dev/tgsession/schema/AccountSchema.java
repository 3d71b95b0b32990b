package dev.tgsession.schema;

import dev.tgsession.tl.Tl;
import dev.tgsession.tl.TlMethod;
import java.util.List;
import java.util.Optional;

/** The sessions of an account, as its owner sees them. */
public interface AccountSchema {

    /** Asks for all of them. */
    @Tl("account.getAuthorizations#e320c158 = account.Authorizations")
    record GetAuthorizations() implements TlMethod<Authorizations> {}

    /** All of them; one that sleeps for {@code authorizationTtlDays} days ends. */
    @Tl("account.authorizations#4bff8ea0 authorization_ttl_days:int authorizations:Vector<Authorization>"
            + " = account.Authorizations")
    record Authorizations(int authorizationTtlDays, List<AccountAuthorization> authorizations) {}

    /** One session; dates in Unix seconds. The present one has hash zero. */
    @Tl("authorization#ad01d61d flags:# current:flags.0?true official_app:flags.1?true password_pending:flags.2?true"
            + " encrypted_requests_disabled:flags.3?true call_requests_disabled:flags.4?true unconfirmed:flags.5?true"
            + " hash:long device_model:string platform:string system_version:string api_id:int app_name:string"
            + " app_version:string date_created:int date_active:int ip:string country:string region:string"
            + " = Authorization")
    record AccountAuthorization(
            boolean current,
            boolean officialApp,
            boolean passwordPending,
            boolean encryptedRequestsDisabled,
            boolean callRequestsDisabled,
            boolean unconfirmed,
            long hash,
            String deviceModel,
            String platform,
            String systemVersion,
            int apiId,
            String appName,
            String appVersion,
            int dateCreated,
            int dateActive,
            String ip,
            String country,
            String region) {}

    /** Ends one. */
    @Tl("account.resetAuthorization#df77f3bc hash:long = Bool")
    record ResetAuthorization(long hash) implements TlMethod<Boolean> {}

    /** Confirms one, or says what may reach it. */
    @Tl("account.changeAuthorizationSettings#40f48462 flags:# confirmed:flags.3?true hash:long"
            + " encrypted_requests_disabled:flags.0?Bool call_requests_disabled:flags.1?Bool = Bool")
    record ChangeAuthorizationSettings(
            boolean confirmed,
            long hash,
            Optional<Boolean> encryptedRequestsDisabled,
            Optional<Boolean> callRequestsDisabled)
            implements TlMethod<Boolean> {}
}
