package dev.tgsession.login;

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
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSms;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is locked out by a program that is started again and again; each story is one run, the ledger outlives it. */
class BudgetTest {
    private static final PhoneNumber NUMBER = new PhoneNumber(PHONE);
    private static final Instant NOON = MovableClock.START;

    private final MemoryLedger ledger = new MemoryLedger();

    @Test
    void twoCodesADayAreNobodysBusinessAndTheThirdIsAskedAbout() throws Exception {
        run(at(Duration.ZERO));
        run(at(Duration.ofHours(1)));
        LoginStory third = at(Duration.ofHours(2));
        third.person.says(true);

        run(third);

        assertThat(third.person.yesNoQuestions)
                .singleElement()
                .asString()
                .contains("the third code for this number within 24 hours", "asked for at 13:00 UTC");
        assertThat(ledger.of(NUMBER).codes()).hasSize(3);
        LoginStory fourth = at(Duration.ofHours(3));
        fourth.person.says(true);
        run(fourth);
        assertThat(fourth.person.yesNoQuestions).singleElement().asString().contains("the fourth code");
        // A day after the first two, the others count as two.
        LoginStory nextDay = at(Duration.ofHours(25).plusMinutes(1));
        nextDay.person.says(true);
        run(nextDay);
        assertThat(nextDay.person.yesNoQuestions).singleElement().asString().contains("the third code");
        run(at(Duration.ofHours(48)));
    }

    @Test
    void whoDoesNotWantTheThirdCodeCausesNoCall() {
        ledger.update(NUMBER, history -> history.withCode(NOON).withCode(NOON));
        LoginStory story = at(Duration.ofHours(1));
        story.person.phone(PHONE).says(false);

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.kind()).isEqualTo(Kind.GIVEN_UP);
        assertThat(refusal.sentence()).isEqualTo("No code was asked for.");
        assertThat(story.telegram.dialled()).isEmpty();
        assertThat(ledger.of(NUMBER).codes()).hasSize(2);
    }

    @Test
    void aCodeSentAgainCountsToo() {
        ledger.update(NUMBER, history -> history.withCode(NOON));
        LoginStory story = at(Duration.ZERO);
        story.person
                .phone(PHONE)
                .code(Wish.SEND_AGAIN)
                .says(false)
                .code(Wish.SEND_AGAIN)
                .says(true);
        story.person.code(Wish.GIVE_UP);
        story.telegram
                .answers(sendCode(), sent(new SentCodeTypeApp(5), "old", new CodeTypeSms(), 0))
                .answers(resendCode("old"), sent(new SentCodeTypeSms(5), HASH))
                .answers(cancelCode(HASH), true);

        story.isRefused();

        assertThat(ledger.of(NUMBER).codes()).hasSize(3);
        assertThat(story.person.yesNoQuestions).hasSize(2).allMatch(question -> question.contains("the third code"));
    }

    @Test
    void aWaitIsRememberedAndKeptWithoutACall() {
        LoginStory first = at(Duration.ZERO);
        first.person.phone(PHONE);
        first.telegram.refuses(sendCode(), 420, "FLOOD_WAIT_3600");
        assertThat(first.isRefused().until()).contains(NOON.plusSeconds(3600));
        assertThat(ledger.of(NUMBER).codes()).as("no code was sent").isEmpty();

        LoginStory second = at(Duration.ofMinutes(20));
        second.person.phone(PHONE);
        LoginRefusedException refusal = second.isRefused();

        assertThat(refusal.kind()).isEqualTo(Kind.FLOOD_WAIT);
        assertThat(refusal.until()).contains(NOON.plusSeconds(3600));
        assertThat(refusal.sentence()).contains("until 13:00 UTC", "for 40 minutes more", "nothing was sent");
        assertThat(second.telegram.dialled()).isEmpty();
    }

    @Test
    void aWaitThatIsOverHindersNobody() throws Exception {
        ledger.update(NUMBER, history -> history.withWait(NOON.plusSeconds(60)));
        run(at(Duration.ofSeconds(60)));
    }

    @Test
    void aWaitThatIsSatOutIsNotedBeforeItIsSatOut() throws Exception {
        LoginStory story = at(Duration.ZERO);
        story.person.phone(PHONE).code(CODE);
        story.telegram
                .refuses(sendCode(), 420, "FLOOD_WAIT_30")
                .answers(sendCode(), byApp(HASH))
                .answers(signIn(HASH, CODE), authorization());
        story.confirms();

        story.succeeds();

        assertThat(ledger.of(NUMBER).waitEnds()).contains(NOON.plusSeconds(30));
        assertThat(ledger.of(NUMBER).codes()).hasSize(1);
    }

    @Test
    void aWaitAtTheCodeIsTheNumbersToo() {
        LoginStory story = at(Duration.ZERO);
        story.person.phone(PHONE).code(CODE);
        story.telegram
                .answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, CODE), 420, "FLOOD_WAIT_600")
                .answers(cancelCode(HASH), true);

        story.isRefused();

        assertThat(ledger.of(NUMBER).waitEnds()).contains(NOON.plusSeconds(600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PHONE_NUMBER_FLOOD", "PHONE_PASSWORD_FLOOD"})
    void aRefusalWithoutATimeIsAskedAboutForADay(String error) {
        LoginStory first = at(Duration.ZERO);
        first.person.phone(PHONE);
        first.telegram.refuses(sendCode(), 406, error);
        assertThat(first.isRefused().kind()).isEqualTo(Kind.FLOOD_WAIT);

        LoginStory second = at(Duration.ofHours(3));
        second.person.phone(PHONE).says(false);
        second.isRefused();

        assertThat(second.person.yesNoQuestions).singleElement().asString().contains("At 12:00 UTC", "too many");
        assertThat(second.telegram.dialled()).isEmpty();
    }

    @Test
    void aCodeThatTelegramDoesNotSendDoesNotCount() {
        LoginStory story = at(Duration.ZERO);
        story.person.phone(PHONE).phone(Wish.GIVE_UP);
        story.telegram.refuses(sendCode(), 400, "PHONE_NUMBER_INVALID");

        story.isRefused();

        assertThat(ledger.of(NUMBER).isEmpty()).isTrue();
    }

    @Test
    void aCodeOfWhichNobodyKnowsCounts() {
        LoginStory story = at(Duration.ZERO);
        story.person.phone(PHONE);
        story.telegram.replies(sendCode(), call -> {
            assertThat(ledger.of(NUMBER).codes()).as("noted before the answer").hasSize(1);
            throw new SocketTimeoutException("no answer");
        });

        story.fails(SocketTimeoutException.class);

        assertThat(ledger.of(NUMBER).codes()).hasSize(1);
    }

    @Test
    void anotherNumberIsAnotherMatter() throws Exception {
        ledger.update(new PhoneNumber("9996620009"), history -> history.withWait(NOON.plusSeconds(60)));
        run(at(Duration.ZERO));
    }

    private LoginStory at(Duration later) {
        LoginStory story = new LoginStory();
        story.memory = new LoginMemory(ledger, Bookmark.NONE);
        story.clock.move(later);
        return story;
    }

    /** A plain login; answers that the person should give before the code stand in the script already. */
    private static void run(LoginStory story) throws Exception {
        story.person.first(person -> person.phone(PHONE));
        story.person.code(CODE);
        story.telegram.answers(sendCode(), byApp(HASH)).answers(signIn(HASH, CODE), authorization());
        story.confirms();
        story.succeeds();
    }
}
