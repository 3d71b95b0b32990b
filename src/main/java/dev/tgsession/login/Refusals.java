package dev.tgsession.login;

import static dev.tgsession.login.LoginRefusedException.Kind.API_CREDENTIALS;
import static dev.tgsession.login.LoginRefusedException.Kind.BANNED;
import static dev.tgsession.login.LoginRefusedException.Kind.FAILED;
import static dev.tgsession.login.LoginRefusedException.Kind.FLOOD_WAIT;
import static dev.tgsession.login.LoginRefusedException.Kind.NOT_AUTHORISED;

import dev.tgsession.mtproto.rpc.RpcException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What Telegram's errors mean to a person when they end a login.
 *
 * <p>The errors after which a login goes on (a wrong code, another data center, a short wait) are dealt with where they
 * happen; what is left comes here. Source: the error lists of the methods at
 * <a href="https://core.telegram.org/methods">core.telegram.org/methods</a>.
 */
final class Refusals {
    private static final String OFFICIAL_APP = "Log in with Telegram's own app first.";
    private static final String OUR_FAULT = "This is a mistake in tgsession; please report it.";

    private final Clock clock;
    private final HumanTime time;

    Refusals(Clock clock) {
        this.clock = clock;
        this.time = new HumanTime(clock);
    }

    /** The end of the login for this error, with what Telegram itself wants the person to read about it. */
    LoginRefusedException of(RpcException error) {
        LoginRefusedException refusal = error.floodWait().isPresent() ? floodWait(error) : byType(error);
        return refusal.withMore(notice(error));
    }

    /** The text that came beside the error, as a further sentence; nothing if none came. */
    static String notice(RpcException error) {
        return error.notice().map(text -> " Telegram says: " + text).orElse("");
    }

    private static LoginRefusedException byType(RpcException error) {
        return switch (error.type()) {
            case "PHONE_NUMBER_INVALID" ->
                refuse(FAILED, "Telegram does not accept this phone number.", "Check it, the country code included.");
            case "PHONE_NUMBER_BANNED" ->
                refuse(
                        BANNED,
                        "Telegram has banned this phone number.",
                        "Appeal in Telegram's own app or write to recover@telegram.org.");
            case "USER_DEACTIVATED_BAN" ->
                refuse(
                        BANNED,
                        "Telegram has banned this account.",
                        "Appeal in Telegram's own app or write to recover@telegram.org.");
            case "USER_DEACTIVATED", "INPUT_USER_DEACTIVATED" -> refuse(BANNED, "This account has been deleted.", "");
            case "PHONE_NUMBER_FLOOD" ->
                refuse(
                        FLOOD_WAIT,
                        "Too many codes have been asked for with this number.",
                        "Try again tomorrow; every earlier try makes it longer.");
            case "PHONE_PASSWORD_FLOOD" ->
                refuse(
                        FLOOD_WAIT,
                        "There have been too many attempts to log in with this number.",
                        "Wait some hours, up to a day, before the next one.");
            case "PHONE_PASSWORD_PROTECTED" ->
                refuse(FAILED, "This number is protected: only Telegram's own apps may log in.", OFFICIAL_APP);
            case "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN", "PHONE_NUMBER_UNOCCUPIED" -> noAccount();
            case "PHONE_NUMBER_OCCUPIED" ->
                refuse(FAILED, "This number has an account already, yet Telegram wanted to register it.", OUR_FAULT);
            case "API_ID_INVALID", "CONNECTION_API_ID_INVALID", "API_HASH_INVALID" ->
                refuse(
                        API_CREDENTIALS,
                        "Telegram does not know this api_id, or the api_hash does not belong to it.",
                        "Compare both with " + ApiCredentials.SOURCE + ".");
            case "API_ID_PUBLISHED_FLOOD" ->
                refuse(
                        API_CREDENTIALS,
                        "This api_id has been published somewhere, so Telegram has blocked it for logins.",
                        "Make one of your own at " + ApiCredentials.SOURCE + ".");
            case "UPDATE_APP_TO_LOGIN" ->
                refuse(
                        FAILED,
                        "Telegram wants a newer program for this login.",
                        "Update tgsession; if it is the newest, this api_id may be restricted.");
            case "SMS_CODE_CREATE_FAILED" ->
                refuse(FAILED, "Telegram could not make a code just now.", "Try again later.");
            case "SEND_CODE_UNAVAILABLE" ->
                refuse(
                        FAILED,
                        "Telegram has used up every way to send a code to this number.",
                        "Wait some hours, or use a device that is logged in already.");
            case "PHONE_CODE_EXPIRED", "PHONE_HASH_EXPIRED" ->
                refuse(
                        FAILED,
                        "The code is no longer valid.",
                        "Start again when you have the phone at hand; the next code is a new one.");
            case "AUTH_RESTART" ->
                refuse(FAILED, "Telegram keeps asking to start the login anew.", "Try again in some minutes.");
            case "SIGN_IN_FAILED" ->
                refuse(FAILED, "Telegram failed to log in although the code was right.", "Try again in some minutes.");
            case "ACCESS_TOKEN_INVALID", "ACCESS_TOKEN_EXPIRED" ->
                refuse(
                        NOT_AUTHORISED,
                        "Telegram does not accept this bot token, or it has been revoked.",
                        "Ask @BotFather for the current one.");
            case "SESSION_REVOKED" ->
                refuse(NOT_AUTHORISED, "This login has been ended from another device.", "Log in again.");
            case "SESSION_EXPIRED" -> refuse(NOT_AUTHORISED, "This login has expired.", "Log in again.");
            case "AUTH_KEY_UNREGISTERED", "AUTH_KEY_INVALID", "AUTH_KEY_PERM_EMPTY" ->
                refuse(NOT_AUTHORISED, "Telegram no longer knows this login.", "Log in again.");
            case "AUTH_KEY_DUPLICATED" ->
                refuse(
                        NOT_AUTHORISED,
                        "The same session was used from two places at once, so Telegram has destroyed it.",
                        "Log in again, and never let two programs share a session.");
            case "FROZEN_METHOD_INVALID", "FROZEN_PARTICIPANT_MISSING" ->
                refuse(
                        BANNED,
                        "Telegram has frozen this account for breaking its rules.",
                        "Telegram's own app tells how to appeal.");
            case "SRP_A_INVALID",
                    "NEW_SETTINGS_INVALID",
                    "NEW_SALT_INVALID",
                    "PHONE_CODE_EMPTY",
                    "PHONE_CODE_HASH_EMPTY",
                    "CONNECTION_NOT_INITED",
                    "CONNECTION_LAYER_INVALID",
                    "CONNECTION_DEVICE_MODEL_EMPTY",
                    "CONNECTION_SYSTEM_EMPTY",
                    "CONNECTION_APP_VERSION_EMPTY",
                    "CONNECTION_SYSTEM_LANG_CODE_EMPTY",
                    "CONNECTION_LANG_PACK_INVALID",
                    "INPUT_METHOD_INVALID",
                    "INPUT_CONSTRUCTOR_INVALID",
                    "INPUT_FETCH_ERROR",
                    "INPUT_FETCH_FAIL",
                    "INPUT_LAYER_INVALID",
                    "INPUT_REQUEST_TOO_LONG" ->
                refuse(FAILED, "Telegram did not understand us: " + error.getMessage() + ".", OUR_FAULT);
            default -> byFamily(error);
        };
    }

    /** Nobody has registered the number, and since February 2023 only Telegram's own apps may. */
    static LoginRefusedException noAccount() {
        return refuse(
                FAILED,
                "There is no Telegram account with this number.",
                "Check the number. Only Telegram's own apps can register a new one.");
    }

    /** Telegram let somebody in, and a moment later does not know the key that this was for: transport error −404. */
    static LoginRefusedException keyLost() {
        return refuse(
                NOT_AUTHORISED,
                "Telegram let you in, and now it does not know this login's key any more (transport error -404):"
                        + " the session is gone.",
                "Log in again, and report this if it happens twice.");
    }

    /** The person ended it. */
    static LoginRefusedException givenUp() {
        return refuse(LoginRefusedException.Kind.GIVEN_UP, "The login was given up.", "");
    }

    /** The end for any other reason than an error of Telegram's. */
    static LoginRefusedException failed(String sentence, String hint) {
        return refuse(FAILED, sentence, hint);
    }

    private LoginRefusedException floodWait(RpcException error) {
        Duration wait = error.floodWait().orElseThrow();
        Instant until = clock.instant().plus(wait);
        String sentence =
                "Telegram wants no more of this for " + HumanTime.words(wait) + ", until " + time.moment(until) + ".";
        String hint =
                error.is("FLOOD_TEST_PHONE_WAIT") ? "Use another test number." : "Trying earlier only makes it longer.";
        return LoginRefusedException.floodWait(wait, until, sentence, hint);
    }

    /** Errors that are known by how they begin, or by their number alone. */
    private static LoginRefusedException byFamily(RpcException error) {
        String type = error.type();
        if (type.startsWith("RECAPTCHA_CHECK")) {
            return refuse(
                    FAILED,
                    "Telegram wants a captcha solved for this login, which only its own apps can show.",
                    OFFICIAL_APP);
        }
        if (type.startsWith("APNS_VERIFY_CHECK") || type.startsWith("INTEGRITY_CHECK_CLASSIC")) {
            return refuse(FAILED, "Telegram wants a proof that only its own app on a phone can give.", OFFICIAL_APP);
        }
        // AUTH_RESTART also comes with a number behind it, which is not always preceded by an underscore alone.
        if (type.startsWith("AUTH_RESTART")) {
            return refuse(FAILED, "Telegram keeps asking to start the login anew.", "Try again in some minutes.");
        }
        if (error.isServerTrouble()) {
            return refuse(
                    FAILED,
                    "Telegram has trouble of its own: " + error.getMessage() + ".",
                    "Try again in some minutes.");
        }
        if (error.code() == 401) {
            return refuse(
                    NOT_AUTHORISED, "Telegram does not know this login: " + error.getMessage() + ".", "Log in again.");
        }
        return refuse(
                FAILED, "Telegram refused with an error that tgsession does not know: " + error.getMessage() + ".", "");
    }

    private static LoginRefusedException refuse(LoginRefusedException.Kind kind, String sentence, String hint) {
        return new LoginRefusedException(kind, sentence, hint);
    }
}
