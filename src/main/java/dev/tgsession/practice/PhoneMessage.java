package dev.tgsession.practice;

import java.time.Instant;

/**
 * Something reached the practice phone, or the mailbox that goes with it.
 *
 * @param phone the number it is for, digits only
 * @param way how it came
 * @param text what it says, in words, the code included
 * @param code what to type
 * @param at when it came, by the practice server's clock
 */
public record PhoneMessage(String phone, Way way, String text, String code, Instant at) {
    /** How a code travels. */
    public enum Way {
        /** A message in Telegram, on another device of the account. */
        APP,
        SMS,
        /** A voice that reads the code out. */
        CALL,
        /** A call to hang up on: the calling number is the code. */
        FLASH_CALL,
        /** A call to hang up on: the last digits of the calling number are the code. */
        MISSED_CALL,
        /** The page fragment.com, for numbers bought there. */
        FRAGMENT,
        /** The mailbox. */
        EMAIL
    }
}
