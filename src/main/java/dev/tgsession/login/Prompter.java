package dev.tgsession.login;

import java.io.IOException;
import java.time.Duration;

/**
 * What a login has to ask or tell a person.
 *
 * <p>All calls come from the thread that called {@link Login#run()}. A question that cannot be answered any more throws
 * {@link EndOfAnswersException} (end of input, terminal gone) or {@link PersonInterruptedException} (Ctrl+C); any other
 * {@link IOException} ends the login too. The login then cancels a code that is still open at Telegram before it lets the
 * exception pass; where a {@link Bookmark} holds, it does so only after an interruption.
 *
 * <p>Answers may be asked for again: {@link #refused} says why, then the same question follows. The login counts the tries
 * and ends by itself, so a prompter that always gives the same answer does no harm.
 */
public interface Prompter {
    /** Nobody: the first question throws {@link EndOfAnswersException}, before anything has reached Telegram. */
    static Prompter nobody() {
        return Nobody.THERE;
    }

    /**
     * The phone number of the account, in any writing, or a bot token. {@link Wish#GIVE_UP} ends the login.
     *
     * <p>The token is a secret, the number is not.
     */
    Answer phoneOrBotToken() throws IOException;

    /** A code that Telegram has sent; {@link CodeQuestion#describe()} says where it is. */
    Answer code(CodeQuestion question) throws IOException;

    /** The e-mail address that Telegram wants before it lets this account in. */
    Answer emailAddress(EmailQuestion question) throws IOException;

    /** The password of two-step verification, hidden while it is typed and kept to the letter. */
    PasswordAnswer password(PasswordQuestion question) throws IOException;

    /** A question to be answered with yes or no. {@code question} is one or more whole sentences. */
    boolean agrees(String question) throws IOException;

    /** Says why the last answer was not taken; the question comes again. */
    void refused(String why);

    /** Passes on something that needs no answer. */
    void told(News news);

    /**
     * The login waits by itself. Called once a second with what is left, the last time with zero.
     *
     * @param why a whole sentence, the same for the whole wait
     */
    void waiting(String why, Duration left);
}
