package dev.tgsession.hostile;

import dev.tgsession.crypto.Password;
import dev.tgsession.login.Answer;
import dev.tgsession.login.CodeQuestion;
import dev.tgsession.login.EmailQuestion;
import dev.tgsession.login.News;
import dev.tgsession.login.PasswordAnswer;
import dev.tgsession.login.PasswordQuestion;
import dev.tgsession.login.Prompter;
import dev.tgsession.login.Wish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Somebody with one number, its code and some passwords to try, who gives up when the answers run out. */
final class Person implements Prompter {
    /** What was asked: {@code phone}, {@code code}, {@code password}. */
    final List<String> asked = new ArrayList<>();

    private final Deque<String> phones = new ArrayDeque<>();
    private final Deque<String> codes = new ArrayDeque<>();
    private final Deque<String> passwords = new ArrayDeque<>();

    Person(String phone, String code, List<String> passwords) {
        this.phones.add(phone);
        this.codes.add(code);
        this.passwords.addAll(passwords);
    }

    @Override
    public Answer phoneOrBotToken() {
        asked.add("phone");
        return next(phones);
    }

    @Override
    public Answer code(CodeQuestion question) {
        asked.add("code");
        return next(codes);
    }

    private static Answer next(Deque<String> answers) {
        return answers.isEmpty() ? Wish.GIVE_UP : Answer.typed(answers.remove());
    }

    @Override
    public PasswordAnswer password(PasswordQuestion question) {
        asked.add("password");
        return passwords.isEmpty() ? Wish.GIVE_UP : PasswordAnswer.typed(Password.of(passwords.remove()));
    }

    @Override
    public Answer emailAddress(EmailQuestion question) {
        asked.add("e-mail");
        return Wish.GIVE_UP;
    }

    @Override
    public boolean agrees(String question) {
        asked.add("yes or no");
        return false;
    }

    @Override
    public void refused(String why) {}

    @Override
    public void told(News news) {}

    @Override
    public void waiting(String why, Duration left) {}
}
