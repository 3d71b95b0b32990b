package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.CODE;
import static dev.tgsession.login.LoginStory.HASH;
import static dev.tgsession.login.LoginStory.PHONE;
import static dev.tgsession.login.LoginStory.authorization;
import static dev.tgsession.login.LoginStory.byApp;
import static dev.tgsession.login.LoginStory.cancelCode;
import static dev.tgsession.login.LoginStory.sendCode;
import static dev.tgsession.login.LoginStory.signIn;
import static dev.tgsession.login.TwoStepCheckTest.account;
import static dev.tgsession.login.TwoStepCheckTest.withoutPassword;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.CheckRecoveryPassword;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoUnknown;
import dev.tgsession.schema.PasswordSchema.PasswordRecovery;
import dev.tgsession.schema.PasswordSchema.RecoverPassword;
import dev.tgsession.schema.PasswordSchema.RequestPasswordRecovery;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasswordRecoveryTest {
    private static final PasswordRecovery MAIL = new PasswordRecovery("a***@e***.org");
    private static final String RECOVERY_CODE = "123456";

    private final LoginStory story = new LoginStory();
    private final ScriptedTelegram telegram = story.telegram;
    private final ScriptedPerson person = story.person;

    @BeforeEach
    void thePasswordIsForgotten() {
        person.phone(PHONE).code(CODE).password(Wish.FORGOT_PASSWORD);
        telegram.answers(sendCode(), byApp(HASH)).refuses(signIn(HASH, CODE), 401, "SESSION_PASSWORD_NEEDED");
    }

    @Test
    void aMailedCodeTakesThePasswordOffAfterAWarning() throws Exception {
        person.says(true).code(RECOVERY_CODE);
        telegram.answers(new GetPassword(), recoverable(true))
                .answers(new RequestPasswordRecovery(), MAIL)
                .answers(new CheckRecoveryPassword(RECOVERY_CODE), true)
                .answers(new RecoverPassword(RECOVERY_CODE, Optional.empty()), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.yesNoQuestions)
                .singleElement()
                .asString()
                .contains("takes the password off the account", "no second step until you set a new password");
        CodeQuestion question = person.codeQuestions.get(1);
        assertThat(question.name()).isEqualTo("Recovery code");
        assertThat(question.describe())
                .first()
                .isEqualTo("Telegram has sent a recovery code by e-mail to a***@e***.org.");
        assertThat(question.wishes()).isEqualTo(Set.of(Wish.SEND_AGAIN, Wish.BACK, Wish.GIVE_UP));
        assertThat(person.news).extracting(News::sentence).anyMatch(text -> text.startsWith("The password is off."));
    }

    @Test
    void whoDoesNotAgreeIsAskedForThePasswordAgainAndNoMailIsSent() {
        person.says(false).password(Wish.GIVE_UP);
        telegram.answers(new GetPassword(), recoverable(true))
                .answers(new GetPassword(), recoverable(true))
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
    }

    @Test
    void aWrongRecoveryCodeIsAskedForAgainAndTheThirdIsTheLast() {
        person.says(true).code("111111").code("111111").code("222223").code("333333");
        telegram.answers(new GetPassword(), recoverable(true))
                .answers(new RequestPasswordRecovery(), MAIL)
                .refuses(new CheckRecoveryPassword("111111"), 400, "CODE_INVALID")
                .answers(new CheckRecoveryPassword("222223"), false)
                .refuses(new CheckRecoveryPassword("333333"), 400, "CODE_INVALID")
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence()).isEqualTo("This was the third wrong recovery code.");
        assertThat(person.refusals)
                .containsExactly(
                        "This code is wrong. 2 tries are left.",
                        "Telegram has refused this recovery code already.",
                        "This code is wrong. One try is left.");
    }

    @Test
    void anotherMailAndTheWayBack() {
        person.says(true)
                .code(Wish.SEND_AGAIN)
                .code(Wish.OTHER_NUMBER)
                .code(Wish.BACK)
                .password(Wish.GIVE_UP);
        telegram.answers(new GetPassword(), recoverable(true))
                .answers(new RequestPasswordRecovery(), MAIL)
                .answers(new RequestPasswordRecovery(), MAIL)
                .answers(new GetPassword(), recoverable(true))
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
        assertThat(person.refusals).containsExactly("That is not possible here.");
    }

    @Test
    void givingUpAtTheRecoveryCode() {
        person.says(true).code(Wish.GIVE_UP);
        telegram.answers(new GetPassword(), recoverable(true))
                .answers(new RequestPasswordRecovery(), MAIL)
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
    }

    @Test
    void aRecoveryCodeThatIsTooOldLeadsBackToThePassword() {
        person.says(true).code(RECOVERY_CODE).password(Wish.GIVE_UP);
        telegram.answers(new GetPassword(), recoverable(true))
                .answers(new RequestPasswordRecovery(), MAIL)
                .refuses(new CheckRecoveryPassword(RECOVERY_CODE), 400, "PASSWORD_RECOVERY_EXPIRED")
                .answers(new GetPassword(), recoverable(true))
                .answers(cancelCode(HASH), true);

        story.isRefused();

        assertThat(person.news).extracting(News::sentence).anyMatch(text -> text.contains("no longer valid"));
    }

    @Test
    void withoutARecoveryAddressTheOtherWayIsTold() {
        person.password(Wish.GIVE_UP);
        int end = (int) MovableClock.START.plusSeconds(3600).getEpochSecond();
        AccountPassword account = account(
                true,
                Optional.of(new PasswordKdfAlgoUnknown()),
                Optional.of(Bytes.EMPTY),
                Optional.of(1L),
                false,
                Optional.of(end));
        telegram.answers(new GetPassword(), account)
                .answers(new GetPassword(), account)
                .answers(cancelCode(HASH), true);

        story.isRefused();

        assertThat(person.news)
                .containsExactly(new News(
                        News.Kind.PASSWORD,
                        "This account has no recovery e-mail. Only a device that is logged in can have the password"
                                + " reset (Settings, Privacy and Security), which takes seven days. Such a reset is"
                                + " under way and ends at 13:00 UTC."));
    }

    @Test
    void aRecoveryAddressThatIsGoneMeanwhileIsToldTheSameWay() {
        person.says(true).password(Wish.GIVE_UP);
        telegram.answers(new GetPassword(), recoverable(true))
                .refuses(new RequestPasswordRecovery(), 400, "PASSWORD_RECOVERY_NA")
                .answers(new GetPassword(), recoverable(false))
                .answers(cancelCode(HASH), true);

        story.isRefused();

        assertThat(person.news).extracting(News::sentence).anyMatch(text -> text.contains("no recovery e-mail"));
    }

    @Test
    void aPasswordThatIsGoneMeanwhileLeadsBackToTheCode() throws Exception {
        person.says(true);
        telegram.answers(new GetPassword(), recoverable(true))
                .refuses(new RequestPasswordRecovery(), 400, "PASSWORD_EMPTY")
                .answers(new GetPassword(), withoutPassword())
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();
    }

    @Test
    void anyOtherErrorEndsTheLogin() {
        person.says(true);
        telegram.answers(new GetPassword(), recoverable(true))
                .refuses(new RequestPasswordRecovery(), 400, "CHEESE_TOO_OLD")
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence()).contains("CHEESE_TOO_OLD");
    }

    private static AccountPassword recoverable(boolean hasRecovery) {
        return account(
                true,
                Optional.of(new PasswordKdfAlgoUnknown()),
                Optional.of(Bytes.EMPTY),
                Optional.of(1L),
                hasRecovery,
                Optional.empty());
    }
}
