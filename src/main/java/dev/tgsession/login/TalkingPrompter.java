package dev.tgsession.login;

import dev.tgsession.crypto.Password;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Asks the questions of a login in a talk with a person. Instead of an answer, one letter may say what is wished. */
public final class TalkingPrompter implements Prompter {
    private static final Map<Wish, Key> KEYS = keys();

    /** A wait is counted down in steps of so many seconds: lines, so that a log of it stays readable too. */
    private static final int COUNTED_SECONDS = 10;

    private final Talk talk;
    private Optional<String> phone;
    private String waitingFor = "";

    /**
     * With the given talk.
     *
     * @param phone a number that was given beforehand and need not be asked for
     */
    public TalkingPrompter(Talk talk, Optional<String> phone) {
        this.talk = talk;
        this.phone = phone;
    }

    /** How a wish is typed, and what it does. */
    private record Key(String letter, String words) {}

    private static Map<Wish, Key> keys() {
        Map<Wish, Key> keys = new EnumMap<>(Wish.class);
        keys.put(Wish.SEND_AGAIN, new Key("r", "send another code"));
        keys.put(Wish.OTHER_NUMBER, new Key("n", "use another number"));
        keys.put(Wish.OTHER_ADDRESS, new Key("a", "use another address"));
        keys.put(Wish.RESET_LOGIN_EMAIL, new Key("e", "do without that mailbox"));
        keys.put(Wish.FORGOT_PASSWORD, new Key("f", "say that you forgot it"));
        keys.put(Wish.BACK, new Key("b", "go back"));
        keys.put(Wish.GIVE_UP, new Key("q", "give up"));
        return Map.copyOf(keys);
    }

    @Override
    public Answer phoneOrBotToken() throws IOException {
        if (phone.isPresent()) {
            String given = phone.get();
            // Should it be refused, the person is asked for another.
            phone = Optional.empty();
            return Answer.typed(given);
        }
        return Answer.typed(talk.ask("Phone number with country code, or bot token: "));
    }

    @Override
    public Answer code(CodeQuestion question) throws IOException {
        if (!question.repeated()) {
            tellAll(question.describe());
        }
        tellWishes(question.wishes());
        return answerOrWish(question.name() + " (" + question.delivery().shape().words() + "): ", question.wishes());
    }

    @Override
    public Answer emailAddress(EmailQuestion question) throws IOException {
        if (!question.repeated()) {
            tellAll(question.describe());
        }
        tellWishes(question.wishes());
        return answerOrWish("E-mail address: ", question.wishes());
    }

    @Override
    public PasswordAnswer password(PasswordQuestion question) throws IOException {
        if (!question.repeated()) {
            tellAll(question.describe());
            question.hint().ifPresent(hint -> talk.tell("The hint you once wrote down: " + hint));
        }
        while (true) {
            Password password = talk.askHidden("Password (it does not show while you type): ");
            if (!password.isEmpty()) {
                return PasswordAnswer.typed(password);
            }
            // Any letter could be a password, so wishes are only heard after none was typed.
            tellWishes(question.wishes());
            Optional<Wish> wish = wishOf(talk.ask("Press Enter to type the password: "), question.wishes());
            if (wish.isPresent()) {
                return wish.get();
            }
        }
    }

    @Override
    public boolean agrees(String question) throws IOException {
        talk.tell(question);
        while (true) {
            String answer = talk.ask("Yes or no [y/n]: ").strip().toLowerCase(Locale.ROOT);
            if (answer.equals("y") || answer.equals("yes")) {
                return true;
            }
            if (answer.equals("n") || answer.equals("no")) {
                return false;
            }
        }
    }

    @Override
    public void refused(String why) {
        talk.tell(why);
    }

    @Override
    public void told(News news) {
        talk.tell(news.sentence());
    }

    /** Says once what is waited for and how long: a line that counts down would fill a log. */
    @Override
    public void waiting(String why, Duration left) {
        if (!why.equals(waitingFor)) {
            talk.tell(why);
        } else if (!left.isZero() && left.toSeconds() % COUNTED_SECONDS == 0) {
            talk.tell(left.toSeconds() + " seconds left.");
        }
        waitingFor = left.isZero() ? "" : why;
    }

    private Answer answerOrWish(String prompt, Set<Wish> wishes) throws IOException {
        String typed = talk.ask(prompt);
        return wishOf(typed, wishes).<Answer>map(wish -> wish).orElseGet(() -> Answer.typed(typed));
    }

    private static Optional<Wish> wishOf(String typed, Set<Wish> wishes) {
        String letter = typed.strip().toLowerCase(Locale.ROOT);
        for (Wish wish : wishes) {
            Key key = KEYS.get(wish);
            if (key != null && key.letter().equals(letter)) {
                return Optional.of(wish);
            }
        }
        return Optional.empty();
    }

    private void tellAll(Iterable<String> sentences) {
        for (String sentence : sentences) {
            talk.tell(sentence);
        }
    }

    /** One line, in the order of the wishes: {@code r: send another code, q: give up}. */
    private void tellWishes(Set<Wish> wishes) {
        StringJoiner line = new StringJoiner(", ", "Instead: ", ".").setEmptyValue("");
        for (Wish wish : Wish.values()) {
            Key key = KEYS.get(wish);
            if (key != null && wishes.contains(wish)) {
                line.add(key.letter() + " to " + key.words());
            }
        }
        if (line.length() > 0) {
            talk.tell(line.toString());
        }
    }
}
