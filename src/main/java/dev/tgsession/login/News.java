package dev.tgsession.login;

/**
 * Something a person should know that needs no answer.
 *
 * @param kind for programs
 * @param sentence for people: one or two whole sentences, safe to print (nothing from outside in it can move a cursor)
 */
public record News(Kind kind, String sentence) {
    /** What a piece of news is about. */
    public enum Kind {
        /** The account lives in another data center and the login goes there. */
        DATA_CENTER,
        /** A code is on its way. */
        CODE_SENT,
        /** The login starts again from the beginning by itself. */
        RESTARTED,
        /** Something about the second step, the password. */
        PASSWORD,
        /** Something about the login e-mail. */
        EMAIL,
        /** Telegram now tells the account's other devices about this login. */
        NEW_DEVICE,
        /** The login is done, and something about it deserves attention. */
        WARNING
    }
}
