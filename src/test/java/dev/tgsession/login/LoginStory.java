package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.PhoneCodeSchema.CancelCode;
import dev.tgsession.schema.PhoneCodeSchema.CodeSettings;
import dev.tgsession.schema.PhoneCodeSchema.CodeType;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.ResendCode;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeType;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.schema.UpdatesSchema.GetState;
import dev.tgsession.schema.UpdatesSchema.UpdatesState;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A login with Telegram and the person scripted, and the calls and answers that most stories share. */
final class LoginStory {
    static final String PHONE = "9996620001";
    static final String API_HASH = "0123456789abcdef0123456789abcdef";
    static final ApiCredentials API = new ApiCredentials(12345, API_HASH);
    static final String CODE = "22222";
    static final String HASH = "hash-1";

    final ScriptedTelegram telegram = new ScriptedTelegram();
    final ScriptedPerson person = new ScriptedPerson();
    final MovableClock clock = new MovableClock();
    DataCenter start = DataCenters.builtIn(Environment.PRODUCTION, 2, false);
    Duration cancelPatience = Duration.ofSeconds(20);
    LoginMemory memory = LoginMemory.NONE;

    Login login() {
        return login(clock::move);
    }

    Login login(Pause pause) {
        return new Login(telegram, start, API, person, clock, pause, new SecureRandom(), memory, cancelPatience);
    }

    /** Runs to a session, with nothing left over on either side. */
    Session succeeds() throws Exception {
        Session session = login().run();
        isDone();
        return session;
    }

    /** Runs to a refusal, with nothing left over on either side. */
    LoginRefusedException isRefused() {
        return fails(LoginRefusedException.class);
    }

    <T extends Throwable> T fails(Class<T> type) {
        Throwable end = catchThrowable(() -> login().run());
        assertThat(end).isInstanceOf(type);
        isDone();
        return type.cast(end);
    }

    void isDone() {
        person.isDone();
        telegram.isDone();
        // Not one story prints what must stay secret, whatever else it is about.
        assertThat(person.everythingSaid()).doesNotContain(API_HASH, CODE, HASH);
    }

    /** What follows every success: who is it, and where do the updates stand? */
    LoginStory confirms() {
        return confirms(user());
    }

    LoginStory confirms(PlainUser user) {
        telegram.answers(new GetUsers(List.of(new InputUserSelf())), List.of(user));
        telegram.answers(new GetState(), new UpdatesState(7, 8, 1_700_000_000, 9, 3));
        return this;
    }

    static SendCode sendCode() {
        return sendCode(PHONE);
    }

    static SendCode sendCode(String phone) {
        return new SendCode(phone, API.id(), API_HASH, CodeSettings.none());
    }

    static PlainSentCode byApp(String hash) {
        return sent(new SentCodeTypeApp(5), hash);
    }

    static PlainSentCode sent(SentCodeType type, String hash) {
        return new PlainSentCode(type, hash, Optional.empty(), Optional.empty());
    }

    static PlainSentCode sent(SentCodeType type, String hash, CodeType next, int timeout) {
        return new PlainSentCode(type, hash, Optional.of(next), Optional.of(timeout));
    }

    static SignIn signIn(String hash, String code) {
        return new SignIn(PHONE, hash, Optional.of(code), Optional.empty());
    }

    static ResendCode resendCode(String hash) {
        return new ResendCode(PHONE, hash, Optional.empty());
    }

    static CancelCode cancelCode(String hash) {
        return new CancelCode(PHONE, hash);
    }

    static PlainUser user() {
        return user(6_000_000_001L, false);
    }

    static PlainUser user(long id, boolean bot) {
        return new PlainUser(
                true,
                false,
                false,
                bot,
                false,
                false,
                id,
                Optional.of(0x1234_5678_9abc_def0L),
                Optional.of("Ada"),
                Optional.of("Lovelace"),
                Optional.of("ada"),
                bot ? Optional.empty() : Optional.of(PHONE),
                bot ? Optional.of(1) : Optional.empty());
    }

    static PlainAuthorization authorization() {
        return authorization(user());
    }

    static PlainAuthorization authorization(PlainUser user) {
        return new PlainAuthorization(
                Optional.empty(), Optional.empty(), Optional.of(Bytes.ofUtf8("future token")), user);
    }
}
