package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.login.CodeDelivery.Channel;
import dev.tgsession.schema.PhoneCodeSchema.CodeType;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeFlashCall;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeFragmentSms;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeMissedCall;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeType;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeEmailCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFirebaseSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFlashCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFragmentSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeMissedCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSetUpEmailRequired;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSmsPhrase;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSmsWord;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveriesTest {
    private static final PhoneNumber PHONE = new PhoneNumber("491701234567");

    private final Deliveries deliveries = new Deliveries(new MovableClock());

    /** Type, then: the channel, where the code is, what it looks like. */
    static Stream<Arguments> allTypes() {
        return Stream.of(
                Arguments.of(
                        new SentCodeTypeApp(5),
                        Channel.APP,
                        "Telegram has sent the code as a message in Telegram, to the devices where +491701234567 is"
                                + " logged in.",
                        "It has 5 digits."),
                Arguments.of(
                        new SentCodeTypeSms(6),
                        Channel.SMS,
                        "Telegram has sent the code to +491701234567 by SMS.",
                        "It has 6 digits."),
                Arguments.of(
                        new SentCodeTypeCall(5),
                        Channel.CALL,
                        "Telegram calls +491701234567, and a voice reads the code out.",
                        "It has 5 digits."),
                Arguments.of(
                        new SentCodeTypeFlashCall("+7 925 ***"),
                        Channel.FLASH_CALL,
                        "Telegram calls +491701234567 and hangs up. The code is the whole number that called; it looks"
                                + " like +7 925 ***.",
                        "It is a number."),
                Arguments.of(
                        new SentCodeTypeMissedCall("+7925", 4),
                        Channel.MISSED_CALL,
                        "Telegram calls +491701234567 and hangs up. The number that called begins with +7925; the code"
                                + " is the end of it.",
                        "It has 4 digits."),
                Arguments.of(
                        new SentCodeTypeFragmentSms("https://fragment.com/x", 5),
                        Channel.FRAGMENT,
                        "The code waits where this anonymous number was bought: https://fragment.com/x .",
                        "It has 5 digits."),
                Arguments.of(
                        new SentCodeTypeEmailCode(
                                true, true, "a***@g***.com", 6, Optional.of(604_800), Optional.empty()),
                        Channel.EMAIL,
                        "Telegram has sent the code by e-mail to a***@g***.com.",
                        "It has 6 characters."),
                Arguments.of(
                        new SentCodeTypeSetUpEmailRequired(true, false),
                        Channel.EMAIL_SET_UP_REQUIRED,
                        "Telegram sends no code to +491701234567 before the account has a login e-mail.",
                        "It is letters or digits."),
                Arguments.of(
                        new SentCodeTypeFirebaseSms(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                5),
                        Channel.FIREBASE,
                        "Telegram would send an SMS to +491701234567, but only to its own app on a phone.",
                        "It has 5 digits."),
                Arguments.of(
                        new SentCodeTypeSmsWord(Optional.of("b")),
                        Channel.SMS_WORD,
                        "Telegram has sent a secret word to +491701234567 by SMS.",
                        "It is a word beginning with \"b\"."),
                Arguments.of(
                        new SentCodeTypeSmsPhrase(Optional.of("three")),
                        Channel.SMS_PHRASE,
                        "Telegram has sent a secret phrase to +491701234567 by SMS.",
                        "It is a phrase beginning with \"three\"."));
    }

    @ParameterizedTest
    @MethodSource("allTypes")
    void everyTypeSaysWhereTheCodeIsAndWhatItLooksLike(SentCodeType type, Channel channel, String where, String looks) {
        CodeDelivery delivery = deliveries.of(PHONE, sent(type, "h", new CodeTypeSms(), 60));

        assertThat(delivery.channel()).isEqualTo(channel);
        assertThat(delivery.describe()).startsWith(where, looks);
    }

    @ParameterizedTest
    @MethodSource("allTypes")
    void everyTypeWarnsAgainstSendingTheCodeOn(SentCodeType type, Channel channel, String where, String looks) {
        assertThat(deliveries.of(PHONE, sent(type, "h")).describe())
                .as(channel + where + looks)
                .contains("Type it here and nowhere else. Never send it to anyone, not even through Telegram: that"
                        + " cancels it.");
    }

    static Stream<Arguments> nextTypes() {
        return Stream.of(
                Arguments.of(new CodeTypeSms(), "by SMS"),
                Arguments.of(new CodeTypeCall(), "by a phone call"),
                Arguments.of(new CodeTypeFlashCall(), "by a call that hangs up at once"),
                Arguments.of(new CodeTypeMissedCall(), "by a missed call"),
                Arguments.of(new CodeTypeFragmentSms(), "at fragment.com"));
    }

    @ParameterizedTest
    @MethodSource("nextTypes")
    void whatComesNextIsSaidWithItsTime(CodeType type, String way) {
        CodeDelivery delivery = deliveries.of(PHONE, sent(new SentCodeTypeApp(5), "h", type, 90));

        assertThat(delivery.describe())
                .last()
                .isEqualTo(
                        "If it does not arrive, Telegram can send another one " + way + ", after 1 minute 30 seconds.");
        assertThat(delivery.next())
                .contains(new NextCode(way, Duration.ofSeconds(90), MovableClock.START.plusSeconds(90)));
    }

    @Test
    void withoutATimeoutTheNextCodeMayBeAskedForAtOnce() {
        CodeDelivery delivery = deliveries.of(
                PHONE,
                new dev.tgsession.schema.PhoneCodeSchema.PlainSentCode(
                        new SentCodeTypeSms(5), "h", Optional.of(new CodeTypeCall()), Optional.empty()));

        assertThat(delivery.describe())
                .last()
                .isEqualTo("If it does not arrive, Telegram can send another one by a phone call, at once.");
    }

    @Test
    void whoWaitsForAnSmsInVainIsTold() {
        assertThat(deliveries.of(PHONE, sent(new SentCodeTypeApp(5), "h")).describe())
                .last()
                .asString()
                .startsWith("No SMS will follow: Telegram sends those to its own apps only.")
                .contains("log in with Telegram's own app first");
        assertThat(deliveries.of(PHONE, sent(new SentCodeTypeSms(5), "h")).describe())
                .last()
                .isEqualTo("Telegram offers no other way to get a code for this login.");
    }

    @Test
    void aMailboxOutOfReachCanBeTakenOff() {
        assertThat(deliveries
                        .of(PHONE, sent(mail(Optional.of(604_800), Optional.empty()), "h"))
                        .advice())
                .first()
                .isEqualTo(
                        "Is that mailbox out of reach? The e-mail can be taken off the account, which takes 7 days.");
        assertThat(deliveries
                        .of(PHONE, sent(mail(Optional.empty(), Optional.empty()), "h"))
                        .advice())
                .first()
                .isEqualTo("Is that mailbox out of reach? The e-mail can be taken off the account at once.");
    }

    @Test
    void aMailboxThatIsBeingTakenOffHasADate() {
        int end = (int) MovableClock.START.plusSeconds(3600).getEpochSecond();
        assertThat(deliveries
                        .of(PHONE, sent(mail(Optional.empty(), Optional.of(end)), "h"))
                        .advice())
                .first()
                .isEqualTo("This e-mail is being taken off the account; that is done at 13:00 UTC, and codes then come"
                        + " another way.");
    }

    @Test
    void textFromOutsideCannotMoveTheCursor() {
        CodeDelivery delivery =
                deliveries.of(PHONE, sent(new SentCodeTypeFragmentSms("https://fragment.com/\u001b[2J\r", 5), "h"));
        assertThat(delivery.where()).doesNotContain("\u001b", "\r");
    }

    @Test
    void eachCodeHasAName() {
        assertThat(deliveries
                        .of(PHONE, sent(new SentCodeTypeApp(5), "h"))
                        .channel()
                        .codeName())
                .isEqualTo("Login code");
        assertThat(deliveries.emailSetUp("a***@b.c", 6).channel().codeName()).isEqualTo("E-mail code");
        assertThat(deliveries.recovery("a***@b.c").channel().codeName()).isEqualTo("Recovery code");
    }

    private static SentCodeTypeEmailCode mail(Optional<Integer> period, Optional<Integer> pending) {
        return new SentCodeTypeEmailCode(false, false, "a***@b.c", 6, period, pending);
    }
}
