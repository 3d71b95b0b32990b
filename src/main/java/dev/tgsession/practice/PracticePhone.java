package dev.tgsession.practice;

import dev.tgsession.practice.PhoneMessage.Way;
import dev.tgsession.schema.UpdatesSchema.MessageMediaEmpty;
import dev.tgsession.schema.UpdatesSchema.UpdateServiceNotification;
import dev.tgsession.schema.UpdatesSchema.UpdateShort;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Brings codes to where a person would find them: phone, mailbox, and other sessions of the same account. */
final class PracticePhone {
    private static final Duration LATE = Duration.ofSeconds(45);

    private final PracticeConsole console;
    private final InstantSource clock;
    private final Later later;
    private final Announcer announcer;

    PracticePhone(PracticeConsole console, InstantSource clock, Later later, Announcer announcer) {
        this.console = console;
        this.clock = clock;
        this.later = later;
        this.announcer = announcer;
    }

    /** Brings a login code, at the pace and as often as the account's scenario wants. */
    void bring(PracticeAccount account, PendingCode code, KnownKey asker) {
        Runnable ring = () -> {
            arrive(account, code.way().way(), words(code), code.code());
            if (code.way() == CodeWay.APP) {
                tellOtherSessions(account, words(code), asker);
            }
        };
        switch (account.scenario().delivery()) {
            case AT_ONCE -> ring.run();
            case TWICE -> {
                ring.run();
                ring.run();
            }
            case LATE -> later.after(LATE, ring);
            case NEVER -> {
                // That is what this number is for.
            }
        }
    }

    /** Brings a mail with a code in it. */
    void mail(PracticeAccount account, String address, String subject, String code) {
        arrive(account, Way.EMAIL, "To " + address + ": " + subject + ": " + code, code);
    }

    private void arrive(PracticeAccount account, Way way, String text, String code) {
        console.arrived(new PhoneMessage(account.phone().orElse(""), way, text, code, clock.instant()));
    }

    private static String words(PendingCode code) {
        return switch (code.way()) {
            case APP -> "Login code: " + code.code() + ". Do not give it to anyone.";
            case SMS, FIREBASE -> "SMS: Telegram code: " + code.code();
            case CALL ->
                "A voice reads: " + String.join(" ", code.code().split("", -1)).strip();
            case FLASH_CALL -> "A call from +" + code.code() + " that rings once; the number is the code";
            case MISSED_CALL -> "A missed call whose number ends in " + code.code();
            case FRAGMENT -> "fragment.com shows the code " + code.code();
            case WORD -> "SMS: your word is " + code.code();
            case PHRASE -> "SMS: your phrase is \"" + code.code() + "\"";
            case EMAIL, EMAIL_SETUP -> "Mail: Telegram code: " + code.code();
        };
    }

    /** As Telegram's own account does, though here as a service notification, which every layer reads. */
    private void tellOtherSessions(PracticeAccount account, String text, KnownKey asker) {
        int now = (int) clock.instant().getEpochSecond();
        var update = new UpdateShort(
                new UpdateServiceNotification(false, Optional.of(now), "auth_code", text, new MessageMediaEmpty()),
                now);
        for (KnownKey key : account.logins()) {
            if (key != asker) {
                announcer.tell(key, update);
            }
        }
    }
}
