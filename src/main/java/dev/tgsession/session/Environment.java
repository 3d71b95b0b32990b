package dev.tgsession.session;

/**
 * Whose servers a session belongs to. A key made with one of them is worthless with the others.
 *
 * <p>Source for the first two: <a href="https://core.telegram.org/api/auth#test-accounts">api/auth</a>.
 */
public enum Environment {
    /** Telegram's servers for everybody. */
    PRODUCTION,
    /** Telegram's test servers: other accounts, wiped from time to time. */
    TEST,
    /** Somebody's own server, such as our practice server: no account of Telegram's. */
    PRACTICE
}
