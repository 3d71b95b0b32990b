package dev.tgsession.login;

import java.util.function.UnaryOperator;

/**
 * Remembers from one run to the next what logging in has cost a number, so that nobody is locked out by a program that
 * starts again and again.
 *
 * <p>One ledger is for one place: a number at Telegram's test servers, or at somebody's own server, has nothing to do with
 * the same number at Telegram. None of its methods fails: what cannot be remembered does not keep anybody from logging in.
 */
public interface Ledger {
    /** Remembers nothing. */
    Ledger NONE = new Ledger() {
        @Override
        public CodeHistory of(PhoneNumber phone) {
            return CodeHistory.NONE;
        }

        @Override
        public void update(PhoneNumber phone, UnaryOperator<CodeHistory> change) {}
    };

    /** What is remembered of that number; what does not count any more may be among it. */
    CodeHistory of(PhoneNumber phone);

    /** Remembers it otherwise from now on, and before this returns: the process may end at any moment. */
    void update(PhoneNumber phone, UnaryOperator<CodeHistory> change);
}
