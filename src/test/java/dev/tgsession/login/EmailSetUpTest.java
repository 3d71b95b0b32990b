package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.CODE;
import static dev.tgsession.login.LoginStory.HASH;
import static dev.tgsession.login.LoginStory.PHONE;
import static dev.tgsession.login.LoginStory.authorization;
import static dev.tgsession.login.LoginStory.byApp;
import static dev.tgsession.login.LoginStory.cancelCode;
import static dev.tgsession.login.LoginStory.sendCode;
import static dev.tgsession.login.LoginStory.sent;
import static dev.tgsession.login.LoginStory.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.schema.LoginEmailSchema.EmailVerificationCode;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifiedLogin;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifyPurposeLoginSetup;
import dev.tgsession.schema.LoginEmailSchema.PlainEmailVerified;
import dev.tgsession.schema.LoginEmailSchema.SendVerifyEmailCode;
import dev.tgsession.schema.LoginEmailSchema.SentEmailCode;
import dev.tgsession.schema.LoginEmailSchema.VerifyEmail;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSetUpEmailRequired;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmailSetUpTest {
    private static final String BEFORE = "hash-0";
    private static final EmailVerifyPurposeLoginSetup PURPOSE = new EmailVerifyPurposeLoginSetup(PHONE, BEFORE);
    private static final String ADDRESS = "ada@example.org";
    private static final SentEmailCode MAIL = new SentEmailCode("a***@e***.org", 6);

    private final LoginStory story = new LoginStory();
    private final ScriptedTelegram telegram = story.telegram;
    private final ScriptedPerson person = story.person;

    @BeforeEach
    void telegramWantsAnAddress() {
        person.phone(PHONE);
        telegram.answers(sendCode(), sent(new SentCodeTypeSetUpEmailRequired(true, true), BEFORE));
    }

    @Test
    void anAddressIsGivenAndProvenThenTheCodeComes() throws Exception {
        person.email(" " + ADDRESS + " ").code("123456").code(CODE);
        telegram.answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL)
                .answers(verify("123456"), new EmailVerifiedLogin(ADDRESS, byApp(HASH)))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.emailQuestions.get(0).describe())
                .first()
                .isEqualTo("Telegram wants a login e-mail for +9996620001 before it sends a code.");
        assertThat(person.codeQuestions.get(0).describe())
                .first()
                .isEqualTo("Telegram has sent a code to a***@e***.org to see whether the address is yours.");
        assertThat(person.codeQuestions.get(0).wishes())
                .isEqualTo(Set.of(Wish.SEND_AGAIN, Wish.OTHER_ADDRESS, Wish.OTHER_NUMBER, Wish.GIVE_UP));
    }

    @Test
    void anAddressThatTelegramDoesNotTakeIsAskedForAgain() throws Exception {
        person.email("ada")
                .email("ada@nowhere")
                .email("ada@nowhere")
                .email("ada@mailinator")
                .email(ADDRESS);
        person.code("123456").code(CODE);
        telegram.refuses(new SendVerifyEmailCode(PURPOSE, "ada@nowhere"), 400, "EMAIL_INVALID")
                .refuses(new SendVerifyEmailCode(PURPOSE, "ada@mailinator"), 400, "EMAIL_NOT_ALLOWED")
                .answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL)
                .answers(verify("123456"), new EmailVerifiedLogin(ADDRESS, byApp(HASH)))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals)
                .containsExactly(
                        "This is no e-mail address.",
                        "Telegram does not take this address. 2 tries are left.",
                        "Telegram has refused this e-mail address already.",
                        "Telegram does not take this address. One try is left.");
    }

    @Test
    void aWrongMailedCodeIsAskedForAgainAndTheThirdIsTheLast() {
        person.email(ADDRESS).code("111111").code("111111").code("222223").code("333333");
        telegram.answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL)
                .refuses(verify("111111"), 400, "CODE_INVALID")
                .refuses(verify("222223"), 400, "EMAIL_CODE_INVALID")
                .refuses(verify("333333"), 400, "CODE_INVALID")
                .answers(cancelCode(BEFORE), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.NOT_AUTHORISED);
    }

    @Test
    void anotherMailAnotherAddressAnotherNumber() throws Exception {
        person.email("old@example.org").code(Wish.SEND_AGAIN).code(Wish.OTHER_ADDRESS);
        person.email(ADDRESS).code(Wish.OTHER_NUMBER);
        person.phone(PHONE).code(CODE);
        telegram.answers(new SendVerifyEmailCode(PURPOSE, "old@example.org"), MAIL)
                .answers(new SendVerifyEmailCode(PURPOSE, "old@example.org"), MAIL)
                .answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL)
                .answers(cancelCode(BEFORE), true)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();
    }

    @Test
    void aMailedCodeThatIsTooOldLeadsBackToTheAddress() throws Exception {
        person.email(ADDRESS).code("111111").email(ADDRESS).code("123456").code(CODE);
        telegram.answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL)
                .refuses(verify("111111"), 400, "EMAIL_VERIFY_EXPIRED")
                .answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL)
                .answers(verify("123456"), new EmailVerifiedLogin(ADDRESS, byApp(HASH)))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals)
                .containsExactly("The mailed code is no longer valid. Give an address again, and a new one is sent.");
    }

    @Test
    void givingUpAtEitherQuestionCancels() {
        person.email(Wish.GIVE_UP);
        telegram.answers(cancelCode(BEFORE), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
    }

    @Test
    void givingUpAtTheMailedCodeCancels() {
        person.email(ADDRESS).code(Wish.GIVE_UP);
        telegram.answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL).answers(cancelCode(BEFORE), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
    }

    @Test
    void theCodeThatFollowsTheAddressIsTheOneToCancel() {
        person.email(ADDRESS).code("123456").code(Wish.GIVE_UP);
        telegram.answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL)
                .answers(verify("123456"), new EmailVerifiedLogin(ADDRESS, byApp(HASH)))
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
    }

    @Test
    void anotherNumberAtTheAddress() throws Exception {
        person.email(Wish.BACK).email(Wish.OTHER_NUMBER).phone(PHONE).code(CODE);
        telegram.answers(cancelCode(BEFORE), true)
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals).containsExactly("That is not possible here.");
    }

    @Test
    void theWholeLoginMayHaveExpiredMeanwhile() throws Exception {
        person.email(ADDRESS).says(true).code(CODE);
        telegram.refuses(new SendVerifyEmailCode(PURPOSE, ADDRESS), 400, "PHONE_HASH_EXPIRED")
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();
    }

    @Test
    void anAddressTakenOutsideALoginIsNoWayOn() {
        person.email(ADDRESS).code("123456");
        telegram.answers(new SendVerifyEmailCode(PURPOSE, ADDRESS), MAIL)
                .answers(verify("123456"), new PlainEmailVerified(ADDRESS))
                .answers(cancelCode(BEFORE), true);

        assertThat(story.isRefused().sentence()).contains("does not go on with the login");
    }

    @Test
    void anAccountThatHasAnAddressCannotBeSetUp() {
        person.email(ADDRESS);
        telegram.refuses(new SendVerifyEmailCode(PURPOSE, ADDRESS), 400, "EMAIL_NOT_SETUP")
                .answers(cancelCode(BEFORE), true);

        assertThat(story.isRefused().sentence()).contains("400 EMAIL_NOT_SETUP");
    }

    private static VerifyEmail verify(String code) {
        return new VerifyEmail(PURPOSE, new EmailVerificationCode(code));
    }
}
