package dev.tgsession.login;

/**
 * What a person may want instead of answering a question. Each question says which wishes it can grant.
 *
 * <p>How a wish is typed (a letter, an empty line, a word) is the terminal's affair.
 */
public enum Wish implements Answer, PasswordAnswer {
    /** Send another code, the next way Telegram offers. */
    SEND_AGAIN,
    /** Log in with another number: the code that was sent is cancelled. */
    OTHER_NUMBER,
    /** Take another e-mail address. */
    OTHER_ADDRESS,
    /** No access to the mailbox: take the login e-mail off the account. */
    RESET_LOGIN_EMAIL,
    /** The password is forgotten. */
    FORGOT_PASSWORD,
    /** Back to the question before this one. */
    BACK,
    /** End the login: the code that was sent is cancelled. */
    GIVE_UP
}
