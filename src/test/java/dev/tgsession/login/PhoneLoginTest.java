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
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.schema.LoginEmailSchema.EmailVerificationCode;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.ResetLoginEmail;
import dev.tgsession.schema.PhoneCodeSchema.SentCodePaymentRequired;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeSuccess;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeEmailCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFirebaseSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSmsPhrase;
import dev.tgsession.schema.SignInSchema.AuthorizationSignUpRequired;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.session.Account;
import dev.tgsession.session.Session;
import dev.tgsession.session.UpdateState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneLoginTest {
    private final LoginStory story = new LoginStory();
    private final ScriptedTelegram telegram = story.telegram;
    private final ScriptedPerson person = story.person;

    @Test
    void aPhoneAndACodeMakeASession() throws Exception {
        person.phone("+999 66 2 0001").code("222 22");
        telegram.answers(sendCode(), byApp(HASH)).answers(signIn(HASH, CODE), authorization());
        story.confirms();

        Session session = story.succeeds();

        assertThat(session.dataCenter()).isEqualTo(story.start);
        assertThat(session.authKey()).isEqualTo(ScriptedTelegram.keyOf(2));
        assertThat(session.account())
                .contains(new Account(
                        6_000_000_001L,
                        false,
                        Optional.of(0x1234_5678_9abc_def0L),
                        Optional.of("Ada"),
                        Optional.of("Lovelace"),
                        Optional.of("ada"),
                        Optional.of(PHONE)));
        assertThat(session.updateState()).contains(new UpdateState(7, 8, 1_700_000_000, 9));
        assertThat(session.apiId()).contains(API.id());
    }

    @Test
    void theQuestionSaysWhereTheCodeIsAndWhatMayBeWished() throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), sent(new SentCodeTypeApp(5), HASH, new CodeTypeSms(), 60))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        CodeQuestion question = person.codeQuestions.get(0);
        assertThat(question.name()).isEqualTo("Login code");
        assertThat(question.describe()).first().asString().contains("as a message in Telegram");
        assertThat(question.wishes()).isEqualTo(Set.of(Wish.SEND_AGAIN, Wish.OTHER_NUMBER, Wish.GIVE_UP));
        assertThat(question.repeated()).isFalse();
    }

    @Test
    void aWrongCodeIsAskedForAgainAndNeverSentTwice() throws Exception {
        person.phone(PHONE).code("11111").code("111-11").code(CODE);
        telegram.answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, "11111"), 400, "PHONE_CODE_INVALID")
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals)
                .containsExactly("This code is wrong. 2 tries are left.", "Telegram has refused this code already.");
        assertThat(person.codeQuestions).extracting(CodeQuestion::repeated).containsExactly(false, true, true);
    }

    @Test
    void theThirdWrongCodeIsTheLast() {
        person.phone(PHONE).code("11111").code("33333").code("44444");
        telegram.answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, "11111"), 400, "PHONE_CODE_INVALID")
                .refuses(signIn(HASH, "33333"), 400, "PHONE_CODE_INVALID")
                .refuses(signIn(HASH, "44444"), 400, "PHONE_CODE_INVALID")
                .answers(cancelCode(HASH), true);

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(refusal.sentence()).isEqualTo("This was the third wrong code.");
        assertThat(person.refusals)
                .containsExactly("This code is wrong. 2 tries are left.", "This code is wrong. One try is left.");
    }

    @Test
    void aCodeOfTheWrongLengthCostsNoTryButNotForEver() {
        person.phone(PHONE).code("1234").code("123456").code("abcde").code("").code("1");
        telegram.answers(sendCode(), byApp(HASH)).answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence()).isEqualTo("There was no usable code among the answers.");
        assertThat(person.refusals)
                .containsExactly(
                        "The code has 5 digits; this has 4.",
                        "The code has 5 digits; this has 6.",
                        "This is not a number; the code is 5 digits.",
                        "Nothing was typed; the code is 5 digits.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PHONE_CODE_EXPIRED", "PHONE_HASH_EXPIRED"})
    void anExpiredCodeIsExplainedAndANewOneAskedForOnce(String error) throws Exception {
        person.phone(PHONE).code("11111").says(true).code(CODE);
        telegram.answers(sendCode(), byApp("old"))
                .refuses(signIn("old", "11111"), 400, error)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.yesNoQuestions)
                .containsExactly("The code is no longer valid: it was too old, or it was sent to somebody through"
                        + " Telegram. Shall Telegram send a new one?");
    }

    @Test
    void aCodeThatExpiresTwiceEndsTheLoginAndLeavesNothingToCancel() {
        person.phone(PHONE).code("11111").says(true).code("33333");
        telegram.answers(sendCode(), byApp("old"))
                .refuses(signIn("old", "11111"), 400, "PHONE_CODE_EXPIRED")
                .answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, "33333"), 400, "PHONE_CODE_EXPIRED");

        assertThat(story.isRefused().sentence()).isEqualTo("The code is no longer valid.");
    }

    @Test
    void whoWantsNoNewCodeGetsNone() {
        person.phone(PHONE).code("11111").says(false);
        telegram.answers(sendCode(), byApp(HASH)).refuses(signIn(HASH, "11111"), 400, "PHONE_CODE_EXPIRED");

        assertThat(story.isRefused().sentence()).isEqualTo("The code is no longer valid.");
    }

    @Test
    void anotherCodeIsSentWhenItsTimeHasCome() throws Exception {
        person.phone(PHONE).code(Wish.SEND_AGAIN);
        person.atCode(() -> {
            story.clock.move(Duration.ofMillis(59_500));
            return Wish.SEND_AGAIN;
        });
        person.atCode(() -> {
            story.clock.move(Duration.ofMillis(500));
            return Wish.SEND_AGAIN;
        });
        person.code(CODE);
        telegram.answers(sendCode(), sent(new SentCodeTypeApp(5), "old", new CodeTypeSms(), 60))
                .answers(resendCode("old"), sent(new SentCodeTypeSms(5), HASH, new CodeTypeCall(), 120))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals)
                .containsExactly(
                        "Telegram sends another code by SMS only after 1 minute more. The one that was sent may still"
                                + " arrive.",
                        "Telegram sends another code by SMS only after 1 second more. The one that was sent may still"
                                + " arrive.");
        assertThat(person.codeQuestions.get(3).describe()).first().asString().contains("by SMS");
        assertThat(person.codeQuestions.get(3).repeated()).isFalse();
    }

    @Test
    void withoutANextWayTelegramIsNotEvenAsked() throws Exception {
        person.phone(PHONE).code(Wish.SEND_AGAIN).code(Wish.RESET_LOGIN_EMAIL).code(CODE);
        telegram.answers(sendCode(), byApp(HASH)).answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals)
                .containsExactly("That is not possible with this code.", "That is not possible with this code.");
        assertThat(person.codeQuestions.get(0).wishes()).isEqualTo(Set.of(Wish.OTHER_NUMBER, Wish.GIVE_UP));
    }

    @Test
    void whenAllWaysAreUsedUpTheLastCodeStillCounts() throws Exception {
        person.phone(PHONE).code(Wish.SEND_AGAIN).code(CODE);
        telegram.answers(sendCode(), sent(new SentCodeTypeApp(5), HASH, new CodeTypeSms(), 0))
                .refuses(resendCode(HASH), 406, "SEND_CODE_UNAVAILABLE")
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals).singleElement().asString().contains("The one that was sent still counts.");
        assertThat(person.codeQuestions.get(1).wishes()).doesNotContain(Wish.SEND_AGAIN);
    }

    @Test
    void eachCodeHasItsOwnTries() throws Exception {
        person.phone(PHONE)
                .code("11111")
                .code("33333")
                .code(Wish.SEND_AGAIN)
                .code("11111")
                .code(CODE);
        telegram.answers(sendCode(), sent(new SentCodeTypeApp(5), "old", new CodeTypeSms(), 0))
                .refuses(signIn("old", "11111"), 400, "PHONE_CODE_INVALID")
                .refuses(signIn("old", "33333"), 400, "PHONE_CODE_INVALID")
                .answers(resendCode("old"), sent(new SentCodeTypeSms(5), HASH))
                .refuses(signIn(HASH, "11111"), 400, "PHONE_CODE_INVALID")
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals).last().isEqualTo("This code is wrong. 2 tries are left.");
    }

    @Test
    void anSmsThatOnlyPhonesCanHaveIsPassedOverOnce() throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), firebase("firebase"))
                .answers(resendCode("firebase"), sent(new SentCodeTypeSms(5), HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();
    }

    @Test
    void anSmsThatOnlyPhonesCanHaveTwiceInARowEndsTheLogin() {
        person.phone(PHONE);
        telegram.answers(sendCode(), firebase("first"))
                .answers(resendCode("first"), firebase("second"))
                .answers(cancelCode("second"), true);

        assertThat(story.isRefused().sentence())
                .isEqualTo("Telegram sends the code for this number to its own app on a phone only.");
    }

    @Test
    void anSmsThatOnlyPhonesCanHaveAndNoOtherWayEndsTheLogin() {
        person.phone(PHONE);
        telegram.answers(sendCode(), firebase("first"))
                .refuses(resendCode("first"), 406, "SEND_CODE_UNAVAILABLE")
                .answers(cancelCode("first"), true);

        assertThat(story.isRefused().hint().orElseThrow()).contains("Telegram's own app");
    }

    @Test
    void aPhraseGoesToTelegramAsItWasTypedButForItsSpaces() throws Exception {
        person.phone(PHONE).code("four blind mice").code(" three  blind mice ");
        telegram.answers(sendCode(), sent(new SentCodeTypeSmsPhrase(Optional.of("three")), HASH))
                .answers(signIn(HASH, "three blind mice"), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals).containsExactly("The code is a phrase beginning with \"three\".");
        assertThat(person.codeQuestions.get(0).name()).isEqualTo("Secret phrase");
    }

    @Test
    void aMailedCodeTravelsInItsOwnField() throws Exception {
        person.phone(PHONE).code("65432").code("654321").code("123456");
        telegram.answers(sendCode(), mailed(HASH, Optional.empty()))
                .refuses(mailedSignIn("654321"), 400, "CODE_INVALID")
                .answers(mailedSignIn("123456"), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.codeQuestions.get(0).name()).isEqualTo("E-mail code");
        assertThat(person.codeQuestions.get(0).wishes()).contains(Wish.RESET_LOGIN_EMAIL);
        assertThat(person.refusals)
                .containsExactly("The code has 6 characters; this has 5.", "This code is wrong. 2 tries are left.");
    }

    @Test
    void aLoginEmailOutOfReachIsTakenOffAfterAQuestion() throws Exception {
        person.phone(PHONE)
                .code(Wish.RESET_LOGIN_EMAIL)
                .says(false)
                .code(Wish.RESET_LOGIN_EMAIL)
                .says(true)
                .code(CODE);
        telegram.answers(sendCode(), mailed("mailed", Optional.of(604_800)))
                .answers(new ResetLoginEmail(PHONE, "mailed"), sent(new SentCodeTypeSms(5), HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.yesNoQuestions)
                .hasSize(2)
                .contains("The login e-mail will be taken off the account. This takes 7 days. Go on?");
    }

    @Test
    void aLoginEmailThatIsBeingTakenOffAlreadyIsNotTakenOffTwice() throws Exception {
        person.phone(PHONE)
                .code(Wish.RESET_LOGIN_EMAIL)
                .says(true)
                .code(Wish.RESET_LOGIN_EMAIL)
                .says(true)
                .code("123456");
        telegram.answers(sendCode(), mailed(HASH, Optional.empty()))
                .refuses(new ResetLoginEmail(PHONE, HASH), 400, "TASK_ALREADY_EXISTS")
                .refuses(new ResetLoginEmail(PHONE, HASH), 400, "EMAIL_INSTALL_MISSING")
                .answers(mailedSignIn("123456"), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.yesNoQuestions).allMatch(question -> question.contains("This happens at once."));
        assertThat(person.refusals)
                .containsExactly(
                        "The login e-mail is being taken off already; until that is done, only the mail helps.",
                        "Telegram knows no login e-mail of this account that could be taken off.");
    }

    @Test
    void aTokenOfAnEarlierLogoutNeedsNoCode() throws Exception {
        person.phone(PHONE);
        telegram.answers(sendCode(), new SentCodeSuccess(authorization()));
        story.confirms();

        assertThat(story.succeeds().account()).isPresent();
    }

    @Test
    void aCodeThatCostsMoneyEndsTheLoginWithItsPrice() {
        person.phone(PHONE);
        telegram.answers(
                sendCode(), new SentCodePaymentRequired("product", HASH, "sms@telegram.org", "fee", 7, "USD", 99));

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.sentence())
                .isEqualTo("Telegram wants 0.99 USD for sending a code to this number, for which it adds 7 days of"
                        + " Premium.");
        assertThat(refusal.hint().orElseThrow()).contains("Only Telegram's own apps can pay", "sms@telegram.org");
    }

    @Test
    void aPriceInTelegramsOwnCoinHasNoCents() {
        person.phone(PHONE);
        telegram.answers(sendCode(), new SentCodePaymentRequired("product", HASH, "", "", 0, "STARS", 250));

        assertThat(story.isRefused().sentence())
                .isEqualTo("Telegram wants 250 STARS for sending a code to this number.");
    }

    @Test
    void aNumberWithoutAnAccountIsNotRegistered() {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), new AuthorizationSignUpRequired(Optional.empty()))
                .answers(cancelCode(HASH), true);

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.sentence()).isEqualTo("There is no Telegram account with this number.");
        assertThat(refusal.hint()).contains("Check the number. Only Telegram's own apps can register a new one.");
    }

    @Test
    void aNumberWithoutAnAccountInTheOldStyleIsNotRegisteredEither() {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, CODE), 400, "PHONE_NUMBER_UNOCCUPIED")
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence()).isEqualTo("There is no Telegram account with this number.");
    }

    @Test
    void aNumberThatTelegramDoesNotAcceptIsAskedForAgain() throws Exception {
        person.phone("+49 170 123").phone("+49170123").phone(PHONE).code(CODE);
        telegram.refuses(sendCode("49170123"), 406, "PHONE_NUMBER_INVALID")
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals)
                .containsExactly(
                        "Telegram does not accept +49 170123 (Germany). 2 tries are left.",
                        "Telegram has refused this phone number or bot token already.");
    }

    @Test
    void theThirdNumberThatTelegramDoesNotAcceptIsTheLast() {
        person.phone("12025550101").phone("12025550102").phone("12025550103");
        telegram.refuses(sendCode("12025550101"), 400, "PHONE_NUMBER_INVALID")
                .refuses(sendCode("12025550102"), 400, "PHONE_NUMBER_INVALID")
                .refuses(sendCode("12025550103"), 400, "PHONE_NUMBER_INVALID");

        assertThat(story.isRefused().kind()).isEqualTo(Kind.NOT_AUTHORISED);
    }

    @Test
    void whatIsNoNumberNeverReachesTelegram() {
        person.phone("0170 1234567").phone("hello").phone("123:abc").phone("").phone("\u007fELF");

        assertThat(story.isRefused().sentence())
                .isEqualTo("There was no usable phone number or bot token among the answers.");
        assertThat(person.refusals)
                .hasSize(4)
                .contains(
                        "This is not a phone number with its country code, such as +49 170 1234567.",
                        "This is not a whole bot token: those look like 123456789:AAE… with 35 characters after the"
                                + " colon.");
        assertThat(telegram.dialled()).isEmpty();
    }

    @Test
    void anotherNumberCancelsTheCodeAndBeginsAnew() throws Exception {
        person.phone("+1 202 555 0101").code(Wish.OTHER_NUMBER).phone(PHONE).code(CODE);
        telegram.answers(sendCode("12025550101"), byApp("other"))
                .answers(new dev.tgsession.schema.PhoneCodeSchema.CancelCode("12025550101", "other"), true)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(telegram.dialled()).as("one line for both").hasSize(1);
    }

    @Test
    void telegramMayStartOverOnce() throws Exception {
        person.phone(PHONE).code("11111").code(CODE);
        telegram.answers(sendCode(), byApp("old"))
                .refuses(signIn("old", "11111"), 500, "AUTH_RESTART")
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.news).extracting(News::kind).contains(News.Kind.RESTARTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH_RESTART", "AUTH_RESTART_3"})
    void telegramMayNotStartOverForEver(String error) {
        person.phone(PHONE);
        telegram.refuses(sendCode(), 500, error).refuses(sendCode(), 500, error);

        assertThat(story.isRefused().sentence()).isEqualTo("Telegram keeps asking to start the login anew.");
    }

    @Test
    void aFailedSignInIsTriedAgainThenFromTheBeginning() {
        person.phone(PHONE).code(CODE).code("33333");
        telegram.answers(sendCode(), byApp("old"))
                .refuses(signIn("old", CODE), 500, "SIGN_IN_FAILED")
                .refuses(signIn("old", CODE), 500, "SIGN_IN_FAILED")
                .answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, "33333"), 500, "SIGN_IN_FAILED")
                .refuses(signIn(HASH, "33333"), 500, "SIGN_IN_FAILED")
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence()).isEqualTo("Telegram failed to log in although the code was right.");
    }

    @Test
    void anUnknownErrorIsShownAsItCame() {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, CODE), 400, "CHEESE_TOO_OLD")
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence())
                .isEqualTo("Telegram refused with an error that tgsession does not know: 400 CHEESE_TOO_OLD.");
    }

    private static PlainSentCode firebase(String hash) {
        return sent(
                new SentCodeTypeFirebaseSms(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 5),
                hash);
    }

    private static PlainSentCode mailed(String hash, Optional<Integer> resetPeriod) {
        return sent(new SentCodeTypeEmailCode(false, false, "a***@b.c", 6, resetPeriod, Optional.empty()), hash);
    }

    private static SignIn mailedSignIn(String code) {
        return new SignIn(PHONE, HASH, Optional.empty(), Optional.of(new EmailVerificationCode(code)));
    }
}
