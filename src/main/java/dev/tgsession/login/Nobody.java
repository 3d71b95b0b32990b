package dev.tgsession.login;

import java.io.IOException;
import java.time.Duration;

/** Where there is nobody to ask: the first question ends the login, before anything has reached Telegram. */
enum Nobody implements Prompter {
    THERE;

    @Override
    public Answer phoneOrBotToken() throws IOException {
        throw new EndOfAnswersException("a phone number or bot token");
    }

    @Override
    public Answer code(CodeQuestion question) throws IOException {
        throw new EndOfAnswersException("the code");
    }

    @Override
    public Answer emailAddress(EmailQuestion question) throws IOException {
        throw new EndOfAnswersException("an e-mail address");
    }

    @Override
    public PasswordAnswer password(PasswordQuestion question) throws IOException {
        throw new EndOfAnswersException("the password");
    }

    @Override
    public boolean agrees(String question) throws IOException {
        throw new EndOfAnswersException("yes or no");
    }

    @Override
    public void refused(String why) {}

    @Override
    public void told(News news) {}

    @Override
    public void waiting(String why, Duration left) {}
}
