package dev.tgsession.login;

import dev.tgsession.crypto.Password;

/**
 * A password as it was typed.
 *
 * @param password wiped by the login as soon as it has been used
 */
public record TypedPassword(Password password) implements PasswordAnswer {
    @Override
    public String toString() {
        return "TypedPassword[hidden]";
    }
}
