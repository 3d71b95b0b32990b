package dev.tgsession.practice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an account is like and what happens to who logs in to it. Made of small parts, each of which may be left out. */
final class Scenario {
    /** Whether the number has an account. */
    enum Registration {
        THERE,
        /** Nobody has registered it. */
        FREE,
        /** The same, and one has to agree to terms. */
        FREE_WITH_TERMS
    }

    /** How the practice phone gets its messages. */
    enum Delivery {
        AT_ONCE,
        NEVER,
        /** After three quarters of a minute. */
        LATE,
        TWICE
    }

    /** What {@code auth.sendCode} leads to. */
    enum Answer {
        CODE,
        /** Logged in without a code, as if with a token of an earlier log-out. */
        LOGGED_IN,
        /** A code would have to be paid for. */
        PAYMENT
    }

    private final String story;
    private final List<Hurdle> sendCode = new ArrayList<>();
    private final List<Hurdle> signIn = new ArrayList<>();
    private final List<Hurdle> checkPassword = new ArrayList<>();
    private final List<Hurdle> getDialogs = new ArrayList<>();
    private OptionalInt dialogs = OptionalInt.empty();
    private CodeWay way = CodeWay.APP;
    private Duration codeLives = Duration.ofMinutes(5);
    private Registration registration = Registration.THERE;
    private Delivery delivery = Delivery.AT_ONCE;
    private Answer answer = Answer.CODE;
    private Optional<TwoStep> twoStep = Optional.empty();
    private Optional<Mailbox> mailbox = Optional.empty();
    private Optional<Fate> fate = Optional.empty();

    private Scenario(String story) {
        this.story = story;
    }

    /** A plain account that lives where its number says, with a code in the app. */
    static Scenario of(String story) {
        return new Scenario(story);
    }

    Scenario codeBy(CodeWay first) {
        way = first;
        return this;
    }

    Scenario codeLives(Duration duration) {
        codeLives = duration;
        return this;
    }

    Scenario registration(Registration state) {
        registration = state;
        return this;
    }

    Scenario delivery(Delivery how) {
        delivery = how;
        return this;
    }

    Scenario answering(Answer what) {
        answer = what;
        return this;
    }

    Scenario password(TwoStep password) {
        twoStep = Optional.of(password);
        return this;
    }

    Scenario mailbox(Mailbox box) {
        mailbox = Optional.of(box);
        return this;
    }

    Scenario ends(Fate how) {
        fate = Optional.of(how);
        return this;
    }

    Scenario onSendCode(Hurdle hurdle) {
        sendCode.add(hurdle);
        return this;
    }

    Scenario onSignIn(Hurdle hurdle) {
        signIn.add(hurdle);
        return this;
    }

    Scenario onCheckPassword(Hurdle hurdle) {
        checkPassword.add(hurdle);
        return this;
    }

    Scenario onGetDialogs(Hurdle hurdle) {
        getDialogs.add(hurdle);
        return this;
    }

    /** With so many talks, whatever the server gives to others. */
    Scenario dialogs(int number) {
        dialogs = OptionalInt.of(number);
        return this;
    }

    /** In one line, for who looks for a number to practise with. */
    String story() {
        return story;
    }

    CodeWay way() {
        return way;
    }

    Duration codeLives() {
        return codeLives;
    }

    Registration registration() {
        return registration;
    }

    Delivery delivery() {
        return delivery;
    }

    Answer answer() {
        return answer;
    }

    Optional<TwoStep> twoStep() {
        return twoStep;
    }

    Optional<Mailbox> mailbox() {
        return mailbox;
    }

    Optional<Fate> fate() {
        return fate;
    }

    List<Hurdle> sendCode() {
        return sendCode;
    }

    List<Hurdle> signIn() {
        return signIn;
    }

    List<Hurdle> checkPassword() {
        return checkPassword;
    }

    List<Hurdle> getDialogs() {
        return getDialogs;
    }

    OptionalInt dialogs() {
        return dialogs;
    }
}
