package dev.tgsession.practice;

import java.util.List;
import java.util.Optional;

/**
 * What errors mean, in plain words and with what to do about them, for whoever writes a client and watches the console.
 * Telegram itself says no more than the error.
 */
final class Reasons {
    private record Reason(String beginning, String words) {}

    /** By how the error's text begins; the first that fits counts. */
    private static final List<Reason> ALL = List.of(
            new Reason(
                    "AUTH_KEY_UNREGISTERED",
                    "nobody is logged in with this key; before a login, that is the answer to expect"),
            new Reason(
                    "SESSION_PASSWORD_NEEDED",
                    "the code was right and the account has a password: account.getPassword, then auth.checkPassword,"
                            + " with the same key"),
            new Reason(
                    "PHONE_MIGRATE_",
                    "the number lives in that data centre: connect there, make a key there, ask for the code again"),
            new Reason("NETWORK_MIGRATE_", "go on in that data centre: connect there, make a key there, ask again"),
            new Reason(
                    "USER_MIGRATE_",
                    "the account lives in that data centre: connect there, make a key there, log in from the"
                            + " beginning"),
            new Reason(
                    "PHONE_CODE_EXPIRED",
                    "the phone_code_hash is unknown, or its code is too old, cancelled, replaced by a newer one of the"
                            + " same key, or was typed wrongly five times"),
            new Reason(
                    "PHONE_CODE_INVALID",
                    "another code was sent, see the practice phone; the same code may be tried again"),
            new Reason("PHONE_CODE_EMPTY", "flag 0 of auth.signIn is not set, or phone_code is empty"),
            new Reason("PHONE_CODE_HASH_EMPTY", "phone_code_hash is what auth.sendCode has answered"),
            new Reason("PHONE_NUMBER_OCCUPIED", "auth.signUp for a number that has an account: auth.signIn would do"),
            new Reason(
                    "SRP_ID_INVALID",
                    "srp_id is good for one try and comes anew with each account.getPassword; ask again and reckon"
                            + " again"),
            new Reason("SRP_PASSWORD_CHANGED", "the password is another one since account.getPassword; ask again"),
            new Reason("FLOOD_WAIT_", "wait so many seconds before the same call; whoever asks earlier is told again"),
            new Reason("FLOOD_PREMIUM_WAIT_", "as FLOOD_WAIT, shorter for who pays"),
            new Reason("AUTH_RESTART", "begin again with auth.sendCode"),
            new Reason("SESSION_REVOKED", "another session of the account has ended this login"),
            new Reason("AUTH_KEY_DUPLICATED", "the key was used over two connections at once, and is worthless now"),
            new Reason("AUTH_TOKEN_ALREADY_ACCEPTED", "a token lets one session in, once"),
            new Reason("DC_ID_INVALID", "data centres are 1 to 5"),
            new Reason("ACCESS_TOKEN_EXPIRED", "bot tokens that go on with EXPIRED behind the colon are refused so"),
            new Reason("CODE_INVALID", "another code was mailed, see the practice phone"),
            new Reason("EMAIL_VERIFY_EXPIRED", "no code was mailed to this address in the last ten minutes"));

    private Reasons() {}

    /** What the refusal itself says, or else what its text means. */
    static Optional<String> of(Refusal refusal) {
        return refusal.why().isPresent()
                ? refusal.why()
                : ALL.stream()
                        .filter(each -> refusal.text().startsWith(each.beginning))
                        .map(Reason::words)
                        .findFirst();
    }
}
