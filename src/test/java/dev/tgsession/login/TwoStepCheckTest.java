package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.CODE;
import static dev.tgsession.login.LoginStory.HASH;
import static dev.tgsession.login.LoginStory.PHONE;
import static dev.tgsession.login.LoginStory.authorization;
import static dev.tgsession.login.LoginStory.byApp;
import static dev.tgsession.login.LoginStory.cancelCode;
import static dev.tgsession.login.LoginStory.sendCode;
import static dev.tgsession.login.LoginStory.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.DhGroup;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.crypto.Password;
import dev.tgsession.crypto.SrpParameters;
import dev.tgsession.crypto.SrpProof;
import dev.tgsession.crypto.SrpVerifier;
import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.CheckPassword;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgo;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoModPow;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoUnknown;
import dev.tgsession.schema.PasswordSchema.PlainInputCheckPasswordSrp;
import dev.tgsession.schema.PasswordSchema.SecurePasswordKdfAlgoUnknown;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoStepCheckTest {
    private static final String RIGHT = " practice!! ";
    private static final Bytes SALT_1 = Bytes.ofUtf8("salt one");
    private static final Bytes SALT_2 = Bytes.ofUtf8("salt two");

    /** What Telegram keeps of the password. Slow to make, so all tests share it. */
    private static final SrpVerifier VERIFIER = SrpVerifier.of(DhGroup.known(), SALT_1, SALT_2, Password.of(RIGHT));

    private final LoginStory story = new LoginStory();
    private final ScriptedTelegram telegram = story.telegram;
    private final ScriptedPerson person = story.person;
    private final SecureRandom random = new SecureRandom();

    @Test
    void theRightPasswordIsProvenToTheLetter() throws Exception {
        person.password(RIGHT);
        SrpVerifier.Challenge challenge = VERIFIER.challenge(1, random);
        passwordNeeded();
        telegram.answers(new GetPassword(), asked(challenge)).replies(CheckPassword.class, judge(challenge));
        story.confirms();

        story.succeeds();

        PasswordQuestion question = person.passwordQuestions.get(0);
        assertThat(question.hint()).contains("the usual");
        assertThat(question.describe())
                .containsExactly("This account has a password of its own (two-step verification).");
        assertThat(question.wishes()).isEqualTo(Set.of(Wish.FORGOT_PASSWORD, Wish.OTHER_NUMBER, Wish.GIVE_UP));
        assertThat(question.repeated()).isFalse();
        assertThat(person.everythingSaid()).doesNotContain("practice");
    }

    @Test
    void aPasswordIsWipedAfterUse() throws Exception {
        person.password("").password("wrong").password(RIGHT);
        passwordNeeded();
        SrpVerifier.Challenge first = VERIFIER.challenge(1, random);
        SrpVerifier.Challenge second = VERIFIER.challenge(2, random);
        telegram.answers(new GetPassword(), asked(first))
                .replies(CheckPassword.class, judge(first))
                .answers(new GetPassword(), asked(second))
                .replies(CheckPassword.class, judge(second));
        story.confirms();

        story.succeeds();

        assertThat(person.passwords).hasSize(3);
        for (Password password : person.passwords) {
            assertThatThrownBy(() -> password.markedWith(SALT_1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aWrongPasswordIsAskedForAgainWithANewChallengeAndNeverSentTwice() throws Exception {
        person.password("practice!!").password("practice!!").password(RIGHT);
        passwordNeeded();
        SrpVerifier.Challenge first = VERIFIER.challenge(1, random);
        SrpVerifier.Challenge second = VERIFIER.challenge(2, random);
        telegram.answers(new GetPassword(), asked(first))
                .replies(CheckPassword.class, judge(first))
                .answers(new GetPassword(), asked(second))
                .replies(CheckPassword.class, judge(second));
        story.confirms();

        story.succeeds();

        assertThat(person.refusals)
                .containsExactly(
                        "This password is wrong. 2 tries are left.", "Telegram has refused this password already.");
        assertThat(person.passwordQuestions)
                .extracting(PasswordQuestion::repeated)
                .containsExactly(false, true, true);
    }

    @Test
    void theThirdWrongPasswordIsTheLast() {
        person.password("one").password("two").password("three");
        passwordNeeded();
        for (int i = 1; i <= 3; i++) {
            telegram.answers(new GetPassword(), asked(VERIFIER.challenge(i, random)))
                    .replies(CheckPassword.class, wrong());
        }
        telegram.answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence()).isEqualTo("This was the third wrong password.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SRP_ID_INVALID", "SRP_PASSWORD_CHANGED"})
    void aStaleChallengeIsReplacedWithoutAskingThePerson(String error) throws Exception {
        person.password(RIGHT);
        passwordNeeded();
        SrpVerifier.Challenge fresh = VERIFIER.challenge(3, random);
        telegram.answers(new GetPassword(), asked(VERIFIER.challenge(1, random)))
                .replies(CheckPassword.class, fails(400, error))
                .answers(new GetPassword(), asked(VERIFIER.challenge(2, random)))
                .replies(CheckPassword.class, fails(400, error))
                .answers(new GetPassword(), asked(fresh))
                .replies(CheckPassword.class, judge(fresh));
        story.confirms();

        story.succeeds();

        assertThat(person.refusals).isEmpty();
    }

    @Test
    void aChallengeThatIsAlwaysStaleEndsTheLogin() {
        person.password(RIGHT);
        passwordNeeded();
        for (int i = 1; i <= 3; i++) {
            telegram.answers(new GetPassword(), asked(VERIFIER.challenge(i, random)))
                    .replies(CheckPassword.class, fails(400, "SRP_ID_INVALID"));
        }
        telegram.answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence()).contains("400 SRP_ID_INVALID");
    }

    @Test
    void afterAShortWaitTheProofIsMadeAnew() throws Exception {
        person.password(RIGHT);
        passwordNeeded();
        SrpVerifier.Challenge fresh = VERIFIER.challenge(2, random);
        telegram.answers(new GetPassword(), asked(VERIFIER.challenge(1, random)))
                .replies(CheckPassword.class, fails(420, "FLOOD_WAIT_30"))
                .answers(new GetPassword(), asked(fresh))
                .replies(CheckPassword.class, judge(fresh));
        story.confirms();

        story.succeeds();

        assertThat(person.waits).hasSize(31).startsWith("30 Telegram wants us to wait 30 seconds.");
        assertThat(story.clock.instant()).isEqualTo(MovableClock.START.plusSeconds(30));
    }

    @Test
    void aLongWaitEndsTheLogin() {
        person.password("wrong").password("wrong too");
        passwordNeeded();
        telegram.answers(new GetPassword(), asked(VERIFIER.challenge(1, random)))
                .replies(CheckPassword.class, wrong())
                .answers(new GetPassword(), asked(VERIFIER.challenge(2, random)))
                .replies(CheckPassword.class, fails(420, "FLOOD_WAIT_3600"))
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.FLOOD_WAIT);
    }

    @Test
    void aPasswordThatIsGoneMeanwhileLeadsBackToTheCode() throws Exception {
        passwordNeeded();
        telegram.answers(new GetPassword(), withoutPassword()).answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.news).contains(new News(News.Kind.PASSWORD, "The password has been switched off meanwhile."));
    }

    @Test
    void aPasswordThatIsBothThereAndNotEndsTheLogin() {
        passwordNeeded();
        telegram.answers(new GetPassword(), withoutPassword())
                .refuses(signIn(HASH, CODE), 401, "SESSION_PASSWORD_NEEDED")
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().sentence()).contains("asks for a password and says that there is none");
    }

    @Test
    void aTokenOfAnEarlierLogoutMayStillNeedThePassword() throws Exception {
        person.phone(PHONE).password(RIGHT);
        SrpVerifier.Challenge challenge = VERIFIER.challenge(1, random);
        telegram.refuses(sendCode(), 401, "SESSION_PASSWORD_NEEDED")
                .answers(new GetPassword(), asked(challenge))
                .replies(CheckPassword.class, judge(challenge));
        story.confirms();

        story.succeeds();
    }

    @Test
    void aFirstStepThatTelegramHasForgottenStartsAgainOnWish() throws Exception {
        person.password(RIGHT).says(true).code("33333").password(RIGHT);
        passwordNeeded();
        SrpVerifier.Challenge fresh = VERIFIER.challenge(2, random);
        telegram.answers(new GetPassword(), asked(VERIFIER.challenge(1, random)))
                .replies(CheckPassword.class, fails(401, "AUTH_KEY_UNREGISTERED"))
                .answers(sendCode(), byApp("hash-2"))
                .refuses(signIn("hash-2", "33333"), 401, "SESSION_PASSWORD_NEEDED")
                .answers(new GetPassword(), asked(fresh))
                .replies(CheckPassword.class, judge(fresh));
        story.confirms();

        story.succeeds();

        assertThat(person.yesNoQuestions).singleElement().asString().contains("has forgotten the code");
    }

    @Test
    void serverTroubleIsSatOutWithANewProofEachTime() throws Exception {
        person.password(RIGHT);
        passwordNeeded();
        SrpVerifier.Challenge fresh = VERIFIER.challenge(2, random);
        telegram.answers(new GetPassword(), asked(VERIFIER.challenge(1, random)))
                .replies(CheckPassword.class, fails(500, "AUTH_KEY_UNSYNCHRONIZED"))
                .answers(new GetPassword(), asked(fresh))
                .replies(CheckPassword.class, judge(fresh));
        story.confirms();

        story.succeeds();
    }

    @Test
    void anUnknownKindOfPasswordEndsTheLogin() {
        person.password(RIGHT);
        passwordNeeded();
        telegram.answers(new GetPassword(), password(new PasswordKdfAlgoUnknown(), Bytes.EMPTY, 1))
                .answers(cancelCode(HASH), true);

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.sentence()).contains("in a way that tgsession does not know");
        assertThat(refusal.hint()).contains("Update tgsession.");
    }

    @Test
    void anUnsafeChallengeIsNotAnsweredAndNothingMoreIsSent() {
        person.password(RIGHT);
        passwordNeeded();
        SrpParameters good = VERIFIER.challenge(1, random).parameters();
        PasswordKdfAlgo algorithm = new PasswordKdfAlgoModPow(SALT_1, SALT_2, good.g(), good.p());
        telegram.answers(new GetPassword(), password(algorithm, good.p(), 1));

        assertThat(story.fails(FailedCheckException.class)).message().doesNotContain("practice");
    }

    @Test
    void aChallengeWithoutItsNumberIsNotAnswered() {
        person.password(RIGHT);
        passwordNeeded();
        SrpParameters good = VERIFIER.challenge(1, random).parameters();
        telegram.answers(
                new GetPassword(),
                account(
                        true,
                        Optional.of(new PasswordKdfAlgoModPow(SALT_1, SALT_2, good.g(), good.p())),
                        Optional.of(good.b()),
                        Optional.empty(),
                        false,
                        Optional.empty()));

        assertThat(story.fails(FailedCheckException.class).step()).isEqualTo("password check");
    }

    @Test
    void aRunningResetIsShownWithItsDateAndTheHintCannotMoveTheCursor() throws Exception {
        person.password(RIGHT);
        passwordNeeded();
        SrpVerifier.Challenge challenge = VERIFIER.challenge(1, random);
        AccountPassword plain = asked(challenge);
        int end = (int) MovableClock.START.plusSeconds(90_000).getEpochSecond();
        telegram.answers(
                        new GetPassword(),
                        new AccountPassword(
                                false,
                                false,
                                true,
                                plain.currentAlgo(),
                                plain.srpB(),
                                plain.srpId(),
                                Optional.of("\u001b[2Jhint"),
                                Optional.empty(),
                                plain.newAlgo(),
                                plain.newSecureAlgo(),
                                plain.secureRandom(),
                                Optional.of(end),
                                Optional.empty()))
                .replies(CheckPassword.class, judge(challenge));
        story.confirms();

        story.succeeds();

        assertThat(person.passwordQuestions.get(0).describe())
                .contains("A reset of the password is under way and ends at 2026-11-25 13:00 UTC.");
        assertThat(person.passwordQuestions.get(0).hint()).contains("[2Jhint");
    }

    @Test
    void givingUpAtThePasswordCancelsTheCode() {
        person.password(Wish.GIVE_UP);
        passwordNeeded();
        telegram.answers(new GetPassword(), asked(VERIFIER.challenge(1, random)))
                .answers(cancelCode(HASH), true);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
    }

    @Test
    void anotherNumberAtThePassword() throws Exception {
        person.password(Wish.SEND_AGAIN)
                .password(Wish.OTHER_NUMBER)
                .phone(PHONE)
                .code("33333");
        passwordNeeded();
        telegram.answers(new GetPassword(), asked(VERIFIER.challenge(1, random)))
                .answers(cancelCode(HASH), true)
                .answers(sendCode(), byApp("hash-2"))
                .answers(signIn("hash-2", "33333"), authorization());
        story.confirms();

        story.succeeds();

        assertThat(person.refusals).containsExactly("That is not possible here.");
    }

    /** The code is right, and a password is wanted too. Put in front of whatever the person was to say. */
    private void passwordNeeded() {
        person.first(phone -> phone.phone(PHONE).code(CODE));
        telegram.answers(sendCode(), byApp(HASH)).refuses(signIn(HASH, CODE), 401, "SESSION_PASSWORD_NEEDED");
    }

    private static ScriptedTelegram.Reply judge(SrpVerifier.Challenge challenge) {
        return call -> {
            PlainInputCheckPasswordSrp proof = (PlainInputCheckPasswordSrp) ((CheckPassword) call).password();
            if (!challenge.accepts(new SrpProof(proof.srpId(), proof.a(), proof.m1()))) {
                throw new RpcException(400, "PASSWORD_HASH_INVALID");
            }
            return authorization();
        };
    }

    private static ScriptedTelegram.Reply wrong() {
        return fails(400, "PASSWORD_HASH_INVALID");
    }

    private static ScriptedTelegram.Reply fails(int code, String error) {
        return call -> {
            throw new RpcException(code, error);
        };
    }

    static AccountPassword asked(SrpVerifier.Challenge challenge) {
        SrpParameters parameters = challenge.parameters();
        return password(
                new PasswordKdfAlgoModPow(parameters.salt1(), parameters.salt2(), parameters.g(), parameters.p()),
                parameters.b(),
                parameters.srpId());
    }

    private static AccountPassword password(PasswordKdfAlgo algorithm, Bytes b, long srpId) {
        return account(true, Optional.of(algorithm), Optional.of(b), Optional.of(srpId), false, Optional.empty());
    }

    static AccountPassword withoutPassword() {
        return account(false, Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    static AccountPassword account(
            boolean hasPassword,
            Optional<PasswordKdfAlgo> algorithm,
            Optional<Bytes> b,
            Optional<Long> srpId,
            boolean hasRecovery,
            Optional<Integer> pendingResetDate) {
        return new AccountPassword(
                hasRecovery,
                false,
                hasPassword,
                algorithm,
                b,
                srpId,
                Optional.of("the usual"),
                Optional.empty(),
                new PasswordKdfAlgoUnknown(),
                new SecurePasswordKdfAlgoUnknown(),
                Bytes.EMPTY,
                pendingResetDate,
                Optional.empty());
    }
}
