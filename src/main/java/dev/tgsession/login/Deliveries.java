package dev.tgsession.login;

import dev.tgsession.login.CodeDelivery.Channel;
import dev.tgsession.schema.PhoneCodeSchema.CodeType;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeFlashCall;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeFragmentSms;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeMissedCall;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts into words what Telegram says about a code it has sent. */
final class Deliveries {
    private static final String NO_OTHER_WAY = "Telegram offers no other way to get a code for this login.";

    /** The rule since 2023 for everybody's api_id but Telegram's own. */
    private static final String APP_ONLY = "No SMS will follow: Telegram sends those to its own apps only."
            + " If this account is logged in nowhere, log in with Telegram's own app first; the code then comes there.";

    private final Clock clock;
    private final HumanTime time;

    Deliveries(Clock clock) {
        this.clock = clock;
        this.time = new HumanTime(clock);
    }

    /** Of a code that has just been sent for this number. */
    CodeDelivery of(PhoneNumber phone, PlainSentCode sent) {
        return of(phone, sent, clock.instant());
    }

    /** Of a code that was sent for this number at that moment. */
    CodeDelivery of(PhoneNumber phone, PlainSentCode sent, Instant at) {
        Optional<NextCode> next = sent.nextType().map(type -> next(type, sent.timeout(), at));
        SentCodeType type = sent.type();
        CodeDelivery delivery = byType(phone, type, next);
        if (next.isPresent()) {
            return delivery;
        }
        List<String> advice = new ArrayList<>(delivery.advice());
        advice.add(type instanceof SentCodeTypeApp ? APP_ONLY : NO_OTHER_WAY);
        return new CodeDelivery(delivery.channel(), delivery.where(), delivery.shape(), advice, next);
    }

    /** Of the mail that proves a new login e-mail. */
    CodeDelivery emailSetUp(String pattern, int length) {
        return plain(
                Channel.EMAIL_SET_UP,
                "Telegram has sent a code to " + CleanText.of(pattern) + " to see whether the address is yours.",
                CodeShape.characters(length),
                Optional.empty());
    }

    /** Of the mail that takes a forgotten password off. */
    CodeDelivery recovery(String pattern) {
        return plain(
                Channel.RECOVERY_EMAIL,
                "Telegram has sent a recovery code by e-mail to " + CleanText.of(pattern) + ".",
                CodeShape.characters(0),
                Optional.empty());
    }

    private CodeDelivery byType(PhoneNumber phone, SentCodeType type, Optional<NextCode> next) {
        if (type instanceof SentCodeTypeApp app) {
            return plain(
                    Channel.APP,
                    "Telegram has sent the code as a message in Telegram, to the devices where " + phone
                            + " is logged in.",
                    CodeShape.digits(app.length()),
                    next);
        }
        if (type instanceof SentCodeTypeSms sms) {
            return plain(
                    Channel.SMS,
                    "Telegram has sent the code to " + phone + " by SMS.",
                    CodeShape.digits(sms.length()),
                    next);
        }
        if (type instanceof SentCodeTypeCall call) {
            return plain(
                    Channel.CALL,
                    "Telegram calls " + phone + ", and a voice reads the code out.",
                    CodeShape.digits(call.length()),
                    next);
        }
        if (type instanceof SentCodeTypeFlashCall flash) {
            return plain(
                    Channel.FLASH_CALL,
                    "Telegram calls " + phone
                            + " and hangs up. The code is the whole number that called; it looks like "
                            + CleanText.of(flash.pattern()) + ".",
                    CodeShape.digits(0),
                    next);
        }
        if (type instanceof SentCodeTypeMissedCall missed) {
            return plain(
                    Channel.MISSED_CALL,
                    "Telegram calls " + phone + " and hangs up. The number that called begins with "
                            + CleanText.of(missed.prefix()) + "; the code is the end of it.",
                    CodeShape.digits(missed.length()),
                    next);
        }
        if (type instanceof SentCodeTypeFragmentSms fragment) {
            return plain(
                    Channel.FRAGMENT,
                    "The code waits where this anonymous number was bought: " + CleanText.of(fragment.url()) + " .",
                    CodeShape.digits(fragment.length()),
                    next);
        }
        if (type instanceof SentCodeTypeSmsWord word) {
            return plain(
                    Channel.SMS_WORD,
                    "Telegram has sent a secret word to " + phone + " by SMS.",
                    CodeShape.word(word.beginning()),
                    next);
        }
        if (type instanceof SentCodeTypeSmsPhrase phrase) {
            return plain(
                    Channel.SMS_PHRASE,
                    "Telegram has sent a secret phrase to " + phone + " by SMS.",
                    CodeShape.phrase(phrase.beginning()),
                    next);
        }
        if (type instanceof SentCodeTypeEmailCode mail) {
            return new CodeDelivery(
                    Channel.EMAIL,
                    "Telegram has sent the code by e-mail to " + CleanText.of(mail.emailPattern()) + ".",
                    CodeShape.characters(mail.length()),
                    withoutMailbox(mail),
                    next);
        }
        if (type instanceof SentCodeTypeSetUpEmailRequired) {
            return plain(
                    Channel.EMAIL_SET_UP_REQUIRED,
                    "Telegram sends no code to " + phone + " before the account has a login e-mail.",
                    CodeShape.characters(0),
                    next);
        }
        SentCodeTypeFirebaseSms firebase = (SentCodeTypeFirebaseSms) type;
        return plain(
                Channel.FIREBASE,
                "Telegram would send an SMS to " + phone + ", but only to its own app on a phone.",
                CodeShape.digits(firebase.length()),
                next);
    }

    /** What helps somebody who cannot read that mail. */
    private List<String> withoutMailbox(SentCodeTypeEmailCode mail) {
        if (mail.resetPendingDate().isPresent()) {
            Instant end = Instant.ofEpochSecond(mail.resetPendingDate().get());
            return List.of("This e-mail is being taken off the account; that is done at " + time.moment(end)
                    + ", and codes then come another way.");
        }
        Duration period = resetPeriod(mail);
        return List.of("Is that mailbox out of reach? The e-mail can be taken off the account"
                + (period.isZero() ? " at once." : ", which takes " + HumanTime.words(period) + "."));
    }

    /** How long it takes to take the login e-mail off; zero if it happens at once. */
    static Duration resetPeriod(SentCodeTypeEmailCode mail) {
        return Duration.ofSeconds(Math.max(0, mail.resetAvailablePeriod().orElse(0)));
    }

    private static NextCode next(CodeType type, Optional<Integer> timeout, Instant sentAt) {
        Duration after = Duration.ofSeconds(Math.max(0, timeout.orElse(0)));
        return new NextCode(way(type), after, sentAt.plus(after));
    }

    private static String way(CodeType type) {
        if (type instanceof CodeTypeCall) {
            return "by a phone call";
        }
        if (type instanceof CodeTypeFlashCall) {
            return "by a call that hangs up at once";
        }
        if (type instanceof CodeTypeMissedCall) {
            return "by a missed call";
        }
        return type instanceof CodeTypeFragmentSms ? "at fragment.com" : "by SMS";
    }

    private static CodeDelivery plain(Channel channel, String where, CodeShape shape, Optional<NextCode> next) {
        return new CodeDelivery(channel, where, shape, List.of(), next);
    }
}
