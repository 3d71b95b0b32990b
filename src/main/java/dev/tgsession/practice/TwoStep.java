package dev.tgsession.practice;

import java.util.Optional;

/**
 * The password an account begins with.
 *
 * @param password letter by letter
 * @param hint what Telegram shows before it is typed
 * @param recovery where a code goes when it is forgotten
 */
record TwoStep(String password, String hint, Optional<Mailbox> recovery) {
    /** It is a practice password, yet passwords do not print in this house. */
    @Override
    public String toString() {
        return "TwoStep[hidden]";
    }
}
