package dev.tgsession.practice;

import dev.tgsession.practice.KnownKey.Login;
import dev.tgsession.practice.PracticeSchema.OldLogOut;
import dev.tgsession.practice.PracticeSchema.UpdateStatus;
import dev.tgsession.practice.Reception.Audience;
import dev.tgsession.schema.AccountSchema.AccountAuthorization;
import dev.tgsession.schema.AccountSchema.Authorizations;
import dev.tgsession.schema.AccountSchema.GetAuthorizations;
import dev.tgsession.schema.AccountSchema.ResetAuthorization;
import dev.tgsession.schema.TransferSchema.LogOut;
import dev.tgsession.schema.TransferSchema.LoggedOut;
import dev.tgsession.schema.TransferSchema.ResetAuthorizations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the sessions of an account, and ends them. */
final class AccountDesk {
    private static final int YEAR = 365;

    void open(Reception reception) {
        reception.serve(GetAuthorizations.class, Audience.MEMBERS, (call, caller) -> list(caller));
        reception.serve(ResetAuthorization.class, Audience.MEMBERS, this::end);
        reception.serve(ResetAuthorizations.class, Audience.MEMBERS, (call, caller) -> endOthers(caller));
        reception.serve(UpdateStatus.class, Audience.MEMBERS, (call, caller) -> true);
        reception.serve(LogOut.class, Audience.MEMBERS, (call, caller) -> {
            caller.owner().logOut(Refusal.notLoggedIn());
            return new LoggedOut(Optional.empty());
        });
        reception.serve(OldLogOut.class, Audience.MEMBERS, (call, caller) -> {
            caller.owner().logOut(Refusal.notLoggedIn());
            return true;
        });
    }

    private static Authorizations list(Caller caller) throws Refusal {
        List<AccountAuthorization> all = new ArrayList<>();
        for (KnownKey key : keysOf(caller)) {
            Optional<Login> login = key.login();
            if (login.isPresent()) {
                all.add(describe(key, login.get(), key == caller.owner()));
            }
        }
        return new Authorizations(YEAR, all);
    }

    /** A login as its owner sees it. The session that asks has hash 0. */
    static AccountAuthorization describe(KnownKey key, Login login, boolean current) {
        Device device = key.device();
        int since = (int) login.since().getEpochSecond();
        return new AccountAuthorization(
                current,
                false,
                false,
                false,
                false,
                false,
                current ? 0 : login.hash(),
                device.model(),
                "Practice",
                device.system(),
                device.apiId(),
                "practice app " + device.apiId(),
                device.appVersion(),
                since,
                since,
                "127.0.0.1",
                "Here",
                "");
    }

    private Boolean end(ResetAuthorization call, Caller caller) throws Refusal {
        for (KnownKey key : keysOf(caller)) {
            boolean meant =
                    key.login().filter(login -> login.hash() == call.hash()).isPresent();
            if (meant && key != caller.owner()) {
                key.logOut(revoked());
                return true;
            }
        }
        throw Refusal.badRequest("HASH_INVALID");
    }

    private static Boolean endOthers(Caller caller) throws Refusal {
        for (KnownKey key : keysOf(caller)) {
            if (key != caller.owner()) {
                key.logOut(revoked());
            }
        }
        return true;
    }

    private static Refusal revoked() {
        return new Refusal(401, "SESSION_REVOKED");
    }

    private static List<KnownKey> keysOf(Caller caller) throws Refusal {
        PracticeAccount account = caller.login().account();
        synchronized (account) {
            return account.logins();
        }
    }
}
