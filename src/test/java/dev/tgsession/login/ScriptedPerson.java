package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.Password;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A person who expects certain questions in a certain order, has an answer to each, and remembers what was said. */
final class ScriptedPerson implements Prompter {
    private final Deque<Step> script = new ArrayDeque<>();
    private final List<Throwable> surprises = new ArrayList<>();

    final List<CodeQuestion> codeQuestions = new ArrayList<>();
    final List<PasswordQuestion> passwordQuestions = new ArrayList<>();
    final List<EmailQuestion> emailQuestions = new ArrayList<>();
    final List<String> yesNoQuestions = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();
    final List<News> news = new ArrayList<>();
    final List<String> waits = new ArrayList<>();
    final List<Password> passwords = new ArrayList<>();

    private enum Question {
        PHONE,
        CODE,
        EMAIL,
        PASSWORD,
        AGREES
    }

    /** Gives an answer, or fails to. */
    @FunctionalInterface
    interface Reply {
        Object give() throws IOException;
    }

    private record Step(Question question, Reply reply) {}

    ScriptedPerson phone(String typed) {
        return on(Question.PHONE, () -> Answer.typed(typed));
    }

    ScriptedPerson phone(Wish wish) {
        return on(Question.PHONE, () -> wish);
    }

    ScriptedPerson code(String typed) {
        return on(Question.CODE, () -> Answer.typed(typed));
    }

    ScriptedPerson code(Wish wish) {
        return on(Question.CODE, () -> wish);
    }

    ScriptedPerson atCode(Reply reply) {
        return on(Question.CODE, reply);
    }

    ScriptedPerson email(String typed) {
        return on(Question.EMAIL, () -> Answer.typed(typed));
    }

    ScriptedPerson email(Wish wish) {
        return on(Question.EMAIL, () -> wish);
    }

    ScriptedPerson password(String typed) {
        return on(Question.PASSWORD, () -> {
            Password password = Password.of(typed);
            passwords.add(password);
            return PasswordAnswer.typed(password);
        });
    }

    ScriptedPerson password(Wish wish) {
        return on(Question.PASSWORD, () -> wish);
    }

    ScriptedPerson atPassword(Reply reply) {
        return on(Question.PASSWORD, reply);
    }

    ScriptedPerson says(boolean yes) {
        return on(Question.AGREES, () -> yes);
    }

    /** Puts answers in front of those that stand in the script already. */
    ScriptedPerson first(Consumer<ScriptedPerson> answers) {
        List<Step> later = new ArrayList<>(script);
        script.clear();
        answers.accept(this);
        script.addAll(later);
        return this;
    }

    private ScriptedPerson on(Question question, Reply reply) {
        script.add(new Step(question, reply));
        return this;
    }

    /** Every question has come. */
    void isDone() {
        assertThat(surprises).as("surprises").isEmpty();
        assertThat(script).as("questions that never came").isEmpty();
    }

    /** Everything that was said, for a search for secrets. */
    String everythingSaid() {
        return "" + codeQuestions + passwordQuestions + emailQuestions + yesNoQuestions + refusals + news + waits;
    }

    private Object answer(Question question) throws IOException {
        Step step = script.peek();
        if (step == null || step.question != question) {
            AssertionError surprise = new AssertionError("was asked " + question + " instead of "
                    + (step == null ? "nothing" : step.question) + "; refusals so far: " + refusals);
            surprises.add(surprise);
            throw surprise;
        }
        script.remove();
        return step.reply.give();
    }

    @Override
    public Answer phoneOrBotToken() throws IOException {
        return (Answer) answer(Question.PHONE);
    }

    @Override
    public Answer code(CodeQuestion question) throws IOException {
        codeQuestions.add(question);
        return (Answer) answer(Question.CODE);
    }

    @Override
    public Answer emailAddress(EmailQuestion question) throws IOException {
        emailQuestions.add(question);
        return (Answer) answer(Question.EMAIL);
    }

    @Override
    public PasswordAnswer password(PasswordQuestion question) throws IOException {
        passwordQuestions.add(question);
        return (PasswordAnswer) answer(Question.PASSWORD);
    }

    @Override
    public boolean agrees(String question) throws IOException {
        yesNoQuestions.add(question);
        return (boolean) answer(Question.AGREES);
    }

    @Override
    public void refused(String why) {
        refusals.add(why);
    }

    @Override
    public void told(News piece) {
        news.add(piece);
    }

    @Override
    public void waiting(String why, Duration left) {
        waits.add(left.toSeconds() + " " + why);
    }
}
