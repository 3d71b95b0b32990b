package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.API;
import static dev.tgsession.login.LoginStory.CODE;
import static dev.tgsession.login.LoginStory.HASH;
import static dev.tgsession.login.LoginStory.PHONE;
import static dev.tgsession.login.LoginStory.authorization;
import static dev.tgsession.login.LoginStory.byApp;
import static dev.tgsession.login.LoginStory.cancelCode;
import static dev.tgsession.login.LoginStory.resendCode;
import static dev.tgsession.login.LoginStory.sendCode;
import static dev.tgsession.login.LoginStory.sent;
import static dev.tgsession.login.LoginStory.signIn;
import static dev.tgsession.login.LoginStory.user;
import static dev.tgsession.login.TwoStepCheckTest.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoUnknown;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSms;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.session.Session;
import dev.tgsession.transport.TransportRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A login that loses its line or its person waits where it stopped, and another process goes on with it. */
class ResumedLoginTest {
    private static final GetUsers WHO_AM_I = new GetUsers(List.of(new InputUserSelf()));

    private final MemoryLedger ledger = new MemoryLedger();
    private final MemoryBookmark bookmark = new MemoryBookmark();
    private final LoginStory story = remembering(new LoginStory());

    @Test
    void whoHasNoAnswerYetGoesOnLaterWithTheSameCode() throws Exception {
        leaveAtTheCode();
        LoginStory later = remembering(new LoginStory());
        later.person.code(CODE);
        later.telegram
                .withKeys()
                .refuses(WHO_AM_I, 401, "AUTH_KEY_UNREGISTERED")
                .answers(signIn(HASH, CODE), authorization());
        later.confirms();

        Session session = resumed(later).run();

        later.isDone();
        assertThat(session.authKey()).isEqualTo(ScriptedTelegram.keyOf(2));
        assertThat(session.apiId()).contains(API.id());
        assertThat(ledger.of(new PhoneNumber(PHONE)).codes())
                .as("one code was asked for")
                .hasSize(1);
        assertThat(bookmark.isEmpty())
                .as("it stays until the session is stored")
                .isFalse();
    }

    @Test
    void aLostLineLeavesTheCodeToo() {
        story.person.phone(PHONE).code(CODE);
        story.telegram.answers(sendCode(), byApp(HASH)).replies(signIn(HASH, CODE), call -> {
            throw new SocketTimeoutException("no answer");
        });

        story.fails(SocketTimeoutException.class);

        assertThat(bookmark.isEmpty()).isFalse();
    }

    @Test
    void whoGivesUpOrIsRefusedOrInterruptsLeavesNothing() {
        for (ScriptedPerson.Reply reply : List.<ScriptedPerson.Reply>of(() -> Wish.GIVE_UP, () -> {
            throw new PersonInterruptedException();
        })) {
            LoginStory other = remembering(new LoginStory());
            other.person.phone(PHONE).atCode(reply);
            other.telegram.answers(sendCode(), byApp(HASH)).answers(cancelCode(HASH), true);

            assertThat(catchThrowable(() -> other.login().run())).isNotNull();

            other.isDone();
            assertThat(bookmark.texts).isNotEmpty();
            assertThat(bookmark.isEmpty()).isTrue();
        }
    }

    @Test
    void afterAFailedCheckNothingIsSentAndNothingLeft() {
        story.person.phone(PHONE).code(CODE);
        story.telegram.answers(sendCode(), byApp(HASH)).replies(signIn(HASH, CODE), call -> {
            throw new FailedCheckException("message", "its msg_key is wrong");
        });

        story.fails(FailedCheckException.class);

        assertThat(bookmark.isEmpty()).isTrue();
    }

    @Test
    void aTerminalThatGoesAwayLeavesTheCode() {
        Login[] login = new Login[1];
        story.person.phone(PHONE).atCode(() -> {
            login[0].leave();
            return Answer.typed(CODE);
        });
        story.telegram.answers(sendCode(), byApp(HASH));
        login[0] = story.login();

        assertThat(catchThrowable(login[0]::run)).isInstanceOf(PersonInterruptedException.class);

        story.isDone();
        assertThat(bookmark.isEmpty()).isFalse();
    }

    @Test
    void aTerminalThatGoesAwayWhereNothingCanBeKeptCancels() {
        bookmark.fails(new IOException("No space left on device"));
        Login[] login = new Login[1];
        story.person.phone(PHONE).atCode(() -> {
            login[0].leave();
            return Answer.typed(CODE);
        });
        story.telegram.answers(sendCode(), byApp(HASH)).answers(cancelCode(HASH), true);
        login[0] = story.login();

        assertThat(catchThrowable(login[0]::run)).isInstanceOf(PersonInterruptedException.class);

        story.isDone();
        assertThat(story.person.news)
                .extracting(News::sentence)
                .contains("Should this login be interrupted, it cannot be gone on with: No space left on device.");
    }

    @Test
    void anExpiredCodeIsSaidAndNoOtherIsAskedFor() throws Exception {
        leaveAtTheCode();
        LoginStory later = remembering(new LoginStory());
        later.person.code(CODE);
        later.telegram
                .withKeys()
                .refuses(WHO_AM_I, 401, "AUTH_KEY_UNREGISTERED")
                .refuses(signIn(HASH, CODE), 400, "PHONE_CODE_EXPIRED");

        LoginRefusedException refusal = refusalOf(later);

        assertThat(refusal.sentence()).isEqualTo("The code is no longer valid.");
        assertThat(bookmark.isEmpty()).isTrue();
    }

    @Test
    void aKeyThatTelegramHasForgottenIsSaid() throws Exception {
        leaveAtTheCode();
        LoginStory later = remembering(new LoginStory());
        later.telegram.withKeys().replies(WHO_AM_I, call -> {
            throw new TransportRefusedException(TransportRefusedException.NOT_FOUND);
        });

        LoginRefusedException refusal = refusalOf(later);

        assertThat(refusal.sentence()).isEqualTo("Telegram has forgotten the login that was begun.");
        assertThat(bookmark.isEmpty()).isTrue();
    }

    @Test
    void whoWasLetInAndDiedBeforeTheSessionWasStoredIsStillIn() throws Exception {
        leaveAtTheCode();
        LoginStory later = remembering(new LoginStory());
        later.telegram.withKeys().answers(WHO_AM_I, List.of(user()));
        later.confirms();

        assertThat(resumed(later).run().account()).isPresent();
        later.isDone();
    }

    @Test
    void whoStoppedAtThePasswordIsAskedForThatOnly() throws Exception {
        story.person.phone(PHONE).code(CODE).atPassword(() -> {
            throw new EndOfAnswersException("the password");
        });
        story.telegram
                .answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, CODE), 401, "SESSION_PASSWORD_NEEDED")
                .answers(new GetPassword(), challenge());
        story.fails(EndOfAnswersException.class);
        assertThat(bookmark.found().passwordDue()).isTrue();

        LoginStory later = remembering(new LoginStory());
        later.person.password(Wish.GIVE_UP);
        later.telegram
                .withKeys()
                .refuses(WHO_AM_I, 401, "AUTH_KEY_UNREGISTERED")
                .answers(new GetPassword(), challenge())
                .answers(cancelCode(HASH), true);

        assertThat(refusalOf(later).kind()).isEqualTo(Kind.GIVEN_UP);
        assertThat(bookmark.isEmpty()).isTrue();
    }

    @Test
    void telegramMaySayItselfThatOnlyThePasswordIsMissing() throws Exception {
        leaveAtTheCode();
        LoginStory later = remembering(new LoginStory());
        later.person.password(Wish.GIVE_UP);
        later.telegram
                .withKeys()
                .refuses(WHO_AM_I, 401, "SESSION_PASSWORD_NEEDED")
                .answers(new GetPassword(), challenge())
                .answers(cancelCode(HASH), true);

        assertThat(refusalOf(later).kind()).isEqualTo(Kind.GIVEN_UP);
    }

    @Test
    void theWaitForAnotherCodeCountsFromWhenTheFirstWasSent() throws Exception {
        story.person.phone(PHONE).atCode(() -> {
            throw new EndOfAnswersException("the login code");
        });
        story.telegram.answers(sendCode(), sent(new SentCodeTypeApp(5), "old", new CodeTypeSms(), 120));
        story.fails(EndOfAnswersException.class);
        LoginStory later = remembering(new LoginStory());
        later.clock.move(Duration.ofSeconds(121));
        later.person.code(Wish.SEND_AGAIN).code(CODE);
        later.telegram
                .withKeys()
                .refuses(WHO_AM_I, 401, "AUTH_KEY_UNREGISTERED")
                .answers(resendCode("old"), sent(new SentCodeTypeSms(5), HASH))
                .answers(signIn(HASH, CODE), authorization());
        later.confirms();

        resumed(later).run();

        later.isDone();
        assertThat(bookmark.found().sent().phoneCodeHash())
                .as("the latest code is the one to go on with")
                .isEqualTo(HASH);
        assertThat(ledger.of(new PhoneNumber(PHONE)).codes()).hasSize(2);
    }

    @Test
    void whatWasRefusedBeforeIsNotSentAgainAndTheTriesGoOnCounting() throws Exception {
        story.person.phone(PHONE).code("11111").atCode(() -> {
            throw new EndOfAnswersException("the login code");
        });
        story.telegram.answers(sendCode(), byApp(HASH)).refuses(signIn(HASH, "11111"), 400, "PHONE_CODE_INVALID");
        story.fails(EndOfAnswersException.class);
        LoginStory later = remembering(new LoginStory());
        later.person.code("11111").code("11112").code("11113");
        later.telegram
                .withKeys()
                .refuses(WHO_AM_I, 401, "AUTH_KEY_UNREGISTERED")
                .refuses(signIn(HASH, "11112"), 400, "PHONE_CODE_INVALID")
                .refuses(signIn(HASH, "11113"), 400, "PHONE_CODE_INVALID")
                .answers(cancelCode(HASH), true);

        assertThat(refusalOf(later).sentence()).isEqualTo("This was the third wrong code.");
        assertThat(bookmark.isEmpty()).isTrue();
    }

    @Test
    void anotherCodeHasItsOwnTriesEvenUnderTheSameHash() throws Exception {
        SentCodeTypeApp app = new SentCodeTypeApp(5);
        story.person.phone(PHONE).code(CODE).code(Wish.SEND_AGAIN).atCode(() -> {
            throw new EndOfAnswersException("the login code");
        });
        story.telegram
                .answers(sendCode(), sent(app, HASH, new CodeTypeSms(), 0))
                .refuses(signIn(HASH, CODE), 400, "PHONE_CODE_INVALID")
                .answers(resendCode(HASH), sent(new SentCodeTypeSms(5), HASH));
        story.fails(EndOfAnswersException.class);

        assertThat(bookmark.texts).hasSize(3);
        assertThat(PendingLogin.ofText(bookmark.texts.get(1)).refused().marks()).hasSize(1);
        assertThat(bookmark.found().refused()).isEqualTo(RefusedCodes.NONE);
    }

    @Test
    void aRestartIsNotGoneThroughWithoutTheApplicationsSecret() throws Exception {
        leaveAtTheCode();
        LoginStory later = remembering(new LoginStory());
        later.person.code(CODE);
        later.telegram
                .withKeys()
                .refuses(WHO_AM_I, 401, "AUTH_KEY_UNREGISTERED")
                .refuses(signIn(HASH, CODE), 500, "AUTH_RESTART")
                .answers(cancelCode(HASH), true);

        assertThat(refusalOf(later).sentence()).contains("start the login anew");
        assertThat(bookmark.isEmpty()).isTrue();
    }

    @Test
    void anotherNumberIsAnotherLogin() throws Exception {
        leaveAtTheCode();
        LoginStory later = remembering(new LoginStory());
        later.person.code(Wish.OTHER_NUMBER);
        later.telegram
                .withKeys()
                .refuses(WHO_AM_I, 401, "AUTH_KEY_UNREGISTERED")
                .answers(cancelCode(HASH), true);

        assertThat(refusalOf(later).hint()).contains("With another number: tgsession login");
        assertThat(bookmark.isEmpty()).isTrue();
    }

    private void leaveAtTheCode() {
        story.person.phone(PHONE).atCode(() -> {
            throw new EndOfAnswersException("the login code");
        });
        story.telegram.answers(sendCode(), byApp(HASH));
        story.fails(EndOfAnswersException.class);
    }

    private Login resumed(LoginStory later) throws IOException {
        return Login.resumed(
                later.telegram,
                bookmark.found(),
                later.person,
                later.clock,
                later.clock::move,
                new SecureRandom(),
                later.memory,
                later.cancelPatience);
    }

    private LoginRefusedException refusalOf(LoginStory later) throws IOException {
        Throwable end = catchThrowable(resumed(later)::run);
        later.isDone();
        assertThat(end).isInstanceOf(LoginRefusedException.class);
        return (LoginRefusedException) end;
    }

    private LoginStory remembering(LoginStory other) {
        other.memory = new LoginMemory(ledger, bookmark);
        return other;
    }

    private static dev.tgsession.schema.PasswordSchema.AccountPassword challenge() {
        return account(
                true,
                Optional.of(new PasswordKdfAlgoUnknown()),
                Optional.of(Bytes.EMPTY),
                Optional.of(1L),
                false,
                Optional.empty());
    }
}
