package dev.tgsession.cli;

import dev.tgsession.login.Answer;
import dev.tgsession.login.CodeQuestion;
import dev.tgsession.login.EmailQuestion;
import dev.tgsession.login.News;
import dev.tgsession.login.PasswordAnswer;
import dev.tgsession.login.PasswordQuestion;
import dev.tgsession.login.Prompter;
import dev.tgsession.login.Talk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Goes with a login as far as its code has been sent, says where it is, and leaves the rest to another process. */
final class UntilTheCode implements Prompter {
    private final Prompter before;
    private final Talk talk;

    /** {@code before} answers what comes before the code. */
    UntilTheCode(Prompter before, Talk talk) {
        this.before = before;
        this.talk = talk;
    }

    /** The login has come as far as it was meant to. */
    static final class ReachedException extends IOException {
        private static final long serialVersionUID = 1L;

        ReachedException() {
            super("the rest of the login is for another process");
        }
    }

    @Override
    public Answer phoneOrBotToken() throws IOException {
        return before.phoneOrBotToken();
    }

    @Override
    public boolean agrees(String question) throws IOException {
        return before.agrees(question);
    }

    @Override
    public Answer code(CodeQuestion question) throws IOException {
        throw reached(question.describe());
    }

    @Override
    public Answer emailAddress(EmailQuestion question) throws IOException {
        throw reached(question.describe());
    }

    @Override
    public PasswordAnswer password(PasswordQuestion question) throws IOException {
        throw reached(question.describe());
    }

    private ReachedException reached(List<String> sentences) {
        sentences.forEach(talk::tell);
        return new ReachedException();
    }

    @Override
    public void refused(String why) {
        before.refused(why);
    }

    @Override
    public void told(News news) {
        before.told(news);
    }

    @Override
    public void waiting(String why, Duration left) {
        before.waiting(why, left);
    }
}
