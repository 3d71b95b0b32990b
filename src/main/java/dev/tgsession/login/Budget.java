package dev.tgsession.login;

import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.mtproto.rpc.RpcException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may still be asked of Telegram for a number before it locks the person out.
 *
 * <p>Two codes within a day are nobody's business. Before a third one, the person is asked: that is about where Telegram
 * begins to let nobody in for a day. While a wait is running that Telegram has asked for, nothing goes out at all: asking
 * early makes it longer.
 */
final class Budget {
    private static final int CODES_WITHOUT_A_QUESTION = 2;
    private static final List<String> ORDINALS = List.of("third", "fourth", "fifth", "sixth");

    private final Ledger ledger;
    private final Prompter prompter;
    private final Clock clock;
    private final HumanTime time;

    /** Whose login it is; nobody's for a bot, and before a number was typed. */
    private Optional<PhoneNumber> phone = Optional.empty();

    Budget(Ledger ledger, Prompter prompter, Clock clock) {
        this.ledger = ledger;
        this.prompter = prompter;
        this.clock = clock;
        this.time = new HumanTime(clock);
    }

    /**
     * A login with that number begins.
     *
     * @throws LoginRefusedException if Telegram wants to be left alone for longer than somebody would wait here
     */
    void begin(PhoneNumber number) throws LoginRefusedException {
        phone = Optional.of(number);
        refuseWhileWaiting(history());
    }

    /** A login with that number goes on; what it waits for has been asked for and paid. */
    void goOn(PhoneNumber number) {
        phone = Optional.of(number);
    }

    /**
     * Whether another code may be asked for, which may be a question to the person. Waits that Telegram has asked for in the
     * same run are sat out by the line, or have ended it.
     */
    boolean allowsCode() throws IOException {
        CodeHistory history = history();
        if (history.waitEnds().isPresent()) {
            prompter.refused("Telegram has asked to be left alone with this number until "
                    + time.moment(history.waitEnds().get()) + "; asking earlier only makes it longer.");
            return false;
        }
        if (history.refused().isPresent()) {
            return prompter.agrees("At " + time.moment(history.refused().get())
                    + " Telegram said that there had been too many codes or attempts with this number; asking again may"
                    + " keep it locked for longer. Ask for a code all the same?");
        }
        int asked = history.codes().size();
        if (asked < CODES_WITHOUT_A_QUESTION) {
            return true;
        }
        return prompter.agrees(
                "This would be the " + ordinal(asked + 1) + " code for this number within 24 hours; the last"
                        + " one was asked for at " + time.moment(history.codes().get(asked - 1))
                        + ". After a few, Telegram lets nobody in for a day. Ask for it all the same?");
    }

    /** The end of a login for which no further code was wanted. */
    static LoginRefusedException notWanted() {
        return new LoginRefusedException(
                Kind.GIVEN_UP, "No code was asked for.", "A day after the last one, codes are free again.");
    }

    /** A code is about to be asked for; noted before, for nobody can tell what a lost answer said. */
    Instant asking() {
        Instant now = clock.instant();
        phone.ifPresent(
                number -> ledger.update(number, history -> history.at(now).withCode(now)));
        return now;
    }

    /** The code that was asked for then was not sent. */
    void notSent(Instant asked) {
        phone.ifPresent(number -> ledger.update(number, history -> history.withoutCode(asked)));
    }

    /** Telegram wants to be left alone for so long. */
    void waitEarned(Duration wait) {
        Instant now = clock.instant();
        phone.ifPresent(
                number -> ledger.update(number, history -> history.at(now).withWait(now.plus(wait))));
    }

    /** Telegram has refused with an error; some of them count. */
    void refused(RpcException error) {
        if (error.is("PHONE_NUMBER_FLOOD") || error.is("PHONE_PASSWORD_FLOOD")) {
            Instant now = clock.instant();
            phone.ifPresent(
                    number -> ledger.update(number, history -> history.at(now).withRefusal(now)));
        }
    }

    private CodeHistory history() {
        return phone.map(ledger::of).orElse(CodeHistory.NONE).at(clock.instant());
    }

    private void refuseWhileWaiting(CodeHistory history) throws LoginRefusedException {
        if (history.waitEnds().isEmpty()) {
            return;
        }
        Instant end = history.waitEnds().get();
        // Part of a second is rounded up, so that nobody is told to come back in no time.
        Duration left = Duration.between(clock.instant(), end).plusMillis(999);
        throw LoginRefusedException.floodWait(
                left,
                end,
                "Telegram has asked to be left alone with this number until " + time.moment(end) + ", for "
                        + HumanTime.words(left) + " more; so nothing was sent.",
                "Trying earlier only makes it longer.");
    }

    private static String ordinal(int number) {
        int place = number - CODES_WITHOUT_A_QUESTION - 1;
        return place < ORDINALS.size() ? ORDINALS.get(place) : number + "th";
    }
}
