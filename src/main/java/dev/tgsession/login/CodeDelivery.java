package dev.tgsession.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a code is, what it looks like, and what comes if it does not.
 *
 * <p>Source: <a href="https://core.telegram.org/api/auth">core.telegram.org/api/auth</a>, {@code auth.SentCodeType}.
 *
 * @param channel the way it went
 * @param where a whole sentence
 * @param shape what the code looks like
 * @param advice further whole sentences, such as what helps when the mailbox is out of reach
 * @param next how another one could be sent
 */
public record CodeDelivery(
        Channel channel, String where, CodeShape shape, List<String> advice, Optional<NextCode> next) {
    private static final String ONLY_HERE =
            "Type it here and nowhere else. Never send it to anyone, not even through Telegram: that cancels it.";

    /** The way a code goes. The first eleven are Telegram's, the last two are codes for an e-mail address. */
    public enum Channel {
        /** A message in an app that is logged in already. */
        APP,
        SMS,
        /** A voice reads it out. */
        CALL,
        /** A call that hangs up; the whole calling number is the code. */
        FLASH_CALL,
        /** A call that hangs up; the end of the calling number is the code. */
        MISSED_CALL,
        /** fragment.com, where anonymous numbers live. */
        FRAGMENT,
        EMAIL,
        /** No code yet: an e-mail address must be given first. */
        EMAIL_SET_UP_REQUIRED,
        /** An SMS that only Telegram's own apps can ask for. */
        FIREBASE,
        SMS_WORD,
        SMS_PHRASE,
        /** A mail that proves a new login e-mail. */
        EMAIL_SET_UP,
        /** A mail that takes a forgotten password off the account. */
        RECOVERY_EMAIL;

        String codeName() {
            return switch (this) {
                case EMAIL, EMAIL_SET_UP, EMAIL_SET_UP_REQUIRED -> "E-mail code";
                case RECOVERY_EMAIL -> "Recovery code";
                case SMS_WORD -> "Secret word";
                case SMS_PHRASE -> "Secret phrase";
                case APP, SMS, CALL, FLASH_CALL, MISSED_CALL, FRAGMENT, FIREBASE -> "Login code";
            };
        }
    }

    public CodeDelivery {
        advice = List.copyOf(advice);
    }

    /** All of it in whole sentences, one a line: where it is, what it looks like, what not to do, what comes next. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add(where);
        lines.add(looks());
        lines.add(ONLY_HERE);
        lines.addAll(advice);
        next.ifPresent(code -> lines.add(code.words()));
        return List.copyOf(lines);
    }

    private String looks() {
        return (shape.length().isPresent() ? "It has " : "It is ") + shape.words() + ".";
    }
}
