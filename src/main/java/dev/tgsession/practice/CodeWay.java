package dev.tgsession.practice;

import dev.tgsession.practice.PhoneMessage.Way;
import dev.tgsession.schema.PhoneCodeSchema.CodeType;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeType;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFirebaseSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFlashCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFragmentSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeMissedCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSetUpEmailRequired;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSmsPhrase;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSmsWord;
import java.util.Optional;

/** The ways a code can take, as {@code auth.sentCodeType…} names them. */
enum CodeWay {
    APP(0, Way.APP, "SMS") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeApp(digits.length());
        }
    },
    SMS(0, Way.SMS, "CALL") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeSms(digits.length());
        }
    },
    CALL(0, Way.CALL, "") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeCall(digits.length());
        }
    },
    FLASH_CALL(0, Way.FLASH_CALL, "SMS") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeFlashCall(CALLER + "*".repeat(digits.length()));
        }

        @Override
        String code(String digits) {
            return CALLER + digits;
        }
    },
    MISSED_CALL(135, Way.MISSED_CALL, "SMS") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeMissedCall(CALLER, digits.length());
        }
    },
    /** The type is written by who knows the mailbox: {@link Mailbox#type}. */
    EMAIL(145, Way.EMAIL, "") {
        @Override
        SentCodeType type(String digits) {
            throw new IllegalStateException("the mailbox knows");
        }
    },
    FRAGMENT(150, Way.FRAGMENT, "") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeFragmentSms("https://fragment.com/login", digits.length());
        }
    },
    WORD(179, Way.SMS, "CALL") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeSmsWord(Optional.of(ONE_WORD.substring(0, 1)));
        }

        @Override
        String code(String digits) {
            return ONE_WORD;
        }
    },
    PHRASE(179, Way.SMS, "CALL") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeSmsPhrase(Optional.of(WORDS.substring(0, WORDS.indexOf(' '))));
        }

        @Override
        String code(String digits) {
            return WORDS;
        }
    },
    FIREBASE(152, Way.SMS, "SMS") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeFirebaseSms(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    digits.length());
        }
    },
    /** No code at all before an address is set. */
    EMAIL_SETUP(145, Way.EMAIL, "") {
        @Override
        SentCodeType type(String digits) {
            return new SentCodeTypeSetUpEmailRequired(false, false);
        }
    };

    /** Who rings. */
    private static final String CALLER = "99960";

    private static final String ONE_WORD = "lighthouse";
    private static final String WORDS = "seven quiet lighthouses";

    private final int since;
    private final Way way;
    private final String next;

    /**
     * @param since the first layer that knows this way
     * @param way where the code turns up
     * @param next the way that follows when the code does not arrive; empty for none
     */
    CodeWay(int since, Way way, String next) {
        this.since = since;
        this.way = way;
        this.next = next;
    }

    /** What the client is told, for a code of these digits. */
    abstract SentCodeType type(String digits);

    /** What the person has to type, for a code of these digits. */
    String code(String digits) {
        return digits;
    }

    Way way() {
        return way;
    }

    /** This way, or the SMS that a client too old for it gets instead. */
    CodeWay in(int layer) {
        return layer >= since ? this : SMS;
    }

    Optional<CodeWay> next() {
        return next.isEmpty() ? Optional.empty() : Optional.of(valueOf(next));
    }

    /** How this way is announced as the next one. */
    CodeType announced() {
        return this == CALL ? new CodeTypeCall() : new CodeTypeSms();
    }
}
