package dev.tgsession.practice;

import dev.tgsession.practice.KnownKey.Login;
import dev.tgsession.schema.SignInSchema.Authorization;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The moment at which somebody is logged in, the same at every desk. */
final class Logins {
    private final InstantSource clock;
    private final SecureRandom random;

    Logins(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** Logs in whoever has shown all that is asked for. */
    Authorization complete(PracticeAccount account, Caller caller) {
        caller.owner().logIn(new Login(account, clock.instant(), random.nextLong() | 1));
        account.loggedIn(caller.owner());
        return new PlainAuthorization(Optional.empty(), Optional.empty(), Optional.empty(), account.user(true));
    }

    /**
     * The first factor was right: logs in, or asks for the password.
     *
     * @throws Refusal {@code SESSION_PASSWORD_NEEDED} if the account has a password
     */
    Authorization afterFirstFactor(PracticeAccount account, Caller caller) throws Refusal {
        if (account.hasPassword()) {
            caller.owner().awaitPassword(account);
            throw new Refusal(401, "SESSION_PASSWORD_NEEDED");
        }
        return complete(account, caller);
    }
}
