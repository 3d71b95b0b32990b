package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.mtproto.rpc.RpcException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    private final Refusals refusals = new Refusals(new MovableClock());

    /** Every error that may end a login: its kind, a word of the sentence, a word of the hint. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "400 | PHONE_NUMBER_INVALID              | FAILED          | does not accept       | country code",
                "400 | PHONE_NUMBER_BANNED               | BANNED          | banned this phone     | recover@telegram.org",
                "401 | USER_DEACTIVATED_BAN              | BANNED          | banned this account   | recover@telegram.org",
                "401 | USER_DEACTIVATED                  | BANNED          | deleted               | -",
                "400 | INPUT_USER_DEACTIVATED            | BANNED          | deleted               | -",
                "400 | PHONE_NUMBER_FLOOD                | FLOOD_WAIT      | Too many codes        | tomorrow",
                "406 | PHONE_PASSWORD_FLOOD              | FLOOD_WAIT      | too many attempts     | up to a day",
                "400 | PHONE_PASSWORD_PROTECTED          | FAILED          | protected             | own app",
                "400 | PHONE_NUMBER_APP_SIGNUP_FORBIDDEN | FAILED          | no Telegram account   | register",
                "400 | PHONE_NUMBER_UNOCCUPIED           | FAILED          | no Telegram account   | register",
                "400 | PHONE_NUMBER_OCCUPIED             | FAILED          | has an account already| report",
                "400 | API_ID_INVALID                    | API_CREDENTIALS | api_id                | my.telegram.org",
                "400 | CONNECTION_API_ID_INVALID         | API_CREDENTIALS | api_id                | my.telegram.org",
                "400 | API_ID_PUBLISHED_FLOOD            | API_CREDENTIALS | published             | your own",
                "406 | UPDATE_APP_TO_LOGIN               | FAILED          | newer program         | Update",
                "400 | SMS_CODE_CREATE_FAILED            | FAILED          | could not make        | later",
                "406 | SEND_CODE_UNAVAILABLE             | FAILED          | used up every way     | Wait",
                "400 | PHONE_CODE_EXPIRED                | FAILED          | no longer valid       | Start again",
                "400 | PHONE_HASH_EXPIRED                | FAILED          | no longer valid       | Start again",
                "500 | AUTH_RESTART                      | FAILED          | start the login anew  | minutes",
                "500 | AUTH_RESTART_12                   | FAILED          | start the login anew  | minutes",
                "500 | SIGN_IN_FAILED                    | FAILED          | although the code     | minutes",
                "400 | ACCESS_TOKEN_INVALID              | NOT_AUTHORISED  | bot token             | BotFather",
                "400 | ACCESS_TOKEN_EXPIRED              | NOT_AUTHORISED  | bot token             | BotFather",
                "401 | SESSION_REVOKED                   | NOT_AUTHORISED  | ended from another    | Log in again",
                "401 | SESSION_EXPIRED                   | NOT_AUTHORISED  | expired               | Log in again",
                "401 | AUTH_KEY_UNREGISTERED             | NOT_AUTHORISED  | no longer knows       | Log in again",
                "401 | AUTH_KEY_INVALID                  | NOT_AUTHORISED  | no longer knows       | Log in again",
                "401 | AUTH_KEY_PERM_EMPTY               | NOT_AUTHORISED  | no longer knows       | Log in again",
                "406 | AUTH_KEY_DUPLICATED               | NOT_AUTHORISED  | two places at once    | share a session",
                "401 | SOMETHING_NEW                     | NOT_AUTHORISED  | 401 SOMETHING_NEW     | Log in again",
                "420 | FROZEN_METHOD_INVALID             | BANNED          | frozen                | appeal",
                "403 | RECAPTCHA_CHECK_signup__6LeIx-Ax  | FAILED          | captcha               | own app",
                "403 | APNS_VERIFY_CHECK_abc             | FAILED          | own app on a phone    | own app",
                "403 | INTEGRITY_CHECK_CLASSIC_1_abc     | FAILED          | own app on a phone    | own app",
                "400 | SRP_A_INVALID                     | FAILED          | did not understand us | report",
                "400 | NEW_SETTINGS_INVALID              | FAILED          | did not understand us | report",
                "400 | NEW_SALT_INVALID                  | FAILED          | did not understand us | report",
                "400 | PHONE_CODE_EMPTY                  | FAILED          | did not understand us | report",
                "400 | PHONE_CODE_HASH_EMPTY             | FAILED          | did not understand us | report",
                "400 | CONNECTION_NOT_INITED             | FAILED          | did not understand us | report",
                "400 | CONNECTION_LAYER_INVALID          | FAILED          | did not understand us | report",
                "400 | CONNECTION_DEVICE_MODEL_EMPTY     | FAILED          | did not understand us | report",
                "400 | CONNECTION_LANG_PACK_INVALID      | FAILED          | did not understand us | report",
                "400 | INPUT_METHOD_INVALID              | FAILED          | did not understand us | report",
                "400 | INPUT_FETCH_FAIL                  | FAILED          | did not understand us | report",
                "500 | RPC_CALL_FAIL                     | FAILED          | trouble of its own    | minutes",
                "500 | WORKER_BUSY_TOO_LONG_RETRY        | FAILED          | trouble of its own    | minutes",
                "-503| Timeout                           | FAILED          | trouble of its own    | minutes",
                "400 | CHEESE_TOO_OLD                    | FAILED          | 400 CHEESE_TOO_OLD    | -",
            })
    void everyErrorHasItsWords(int code, String text, Kind kind, String sentence, String hint) {
        LoginRefusedException refusal = refusals.of(new RpcException(code, text));

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.sentence()).contains(sentence).endsWith(".").isEqualTo(refusal.getMessage());
        assertThat(refusal.hint().orElse("")).contains(hint == null ? "" : hint);
        assertThat(refusal.floodWait()).isEmpty();
        assertThat(refusal.until()).isEmpty();
    }

    @Test
    void aFloodWaitSaysHowLongAndUntilWhen() {
        LoginRefusedException refusal = refusals.of(new RpcException(420, "FLOOD_WAIT_61385"));

        assertThat(refusal.kind()).isEqualTo(Kind.FLOOD_WAIT);
        assertThat(refusal.sentence())
                .isEqualTo("Telegram wants no more of this for 17 hours 3 minutes, until 2026-11-25 05:03 UTC.");
        assertThat(refusal.hint()).contains("Trying earlier only makes it longer.");
        assertThat(refusal.floodWait()).contains(Duration.ofSeconds(61_385));
        assertThat(refusal.until()).contains(MovableClock.START.plusSeconds(61_385));
    }

    @Test
    void aTestNumberThatHasToWaitIsExchangedForAnother() {
        LoginRefusedException refusal = refusals.of(new RpcException(420, "FLOOD_TEST_PHONE_WAIT_5"));

        assertThat(refusal.kind()).isEqualTo(Kind.FLOOD_WAIT);
        assertThat(refusal.hint()).contains("Use another test number.");
    }

    @Test
    void whatTelegramWantsThePersonToReadIsPassedOn() {
        RpcException error = new RpcException(406, "UPDATE_APP_TO_LOGIN", Optional.of("Please update."));

        assertThat(refusals.of(error).sentence())
                .isEqualTo("Telegram wants a newer program for this login. Telegram says: Please update.");
        assertThat(refusals.of(error).hint()).isPresent();
    }
}
