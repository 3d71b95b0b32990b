package dev.tgsession.login;

import dev.tgsession.crypto.Password;

/** What comes back when a password was asked for: a {@link TypedPassword}, or a {@link Wish} instead. */
public sealed interface PasswordAnswer permits TypedPassword, Wish {
    /** A password to the letter, spaces at both ends included. The login wipes it after use. */
    static PasswordAnswer typed(Password password) {
        return new TypedPassword(password);
    }
}
