package dev.tgsession.practice;

import dev.tgsession.practice.Scenario.Answer;
import dev.tgsession.practice.Scenario.Delivery;
import dev.tgsession.practice.Scenario.Registration;
import dev.tgsession.practice.faults.NamedFaults;
import dev.tgsession.practice.faults.Repertoire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which number behaves how: the last four digits of {@code 99966XYYYY}, and their story. */
final class Scenarios {
    /** Of every number whose password is not another one. */
    static final String PASSWORD = "practice";

    /** Of 0102: blanks at both ends and letters of three alphabets, to be kept to the letter. */
    static final String ODD_PASSWORD = "  grüße aus 東京 ";

    static final String EMAIL_CODE = "654321";
    static final String RECOVERY_CODE = "123456";

    /** How many dialogs a big account has. */
    static final int MANY = 3000;

    private static final String HINT = "the usual";
    private static final Scenario PLAIN = Scenario.of("plain account, code in the app");

    private final SortedMap<Integer, Scenario> table = new TreeMap<>();

    Scenarios() {
        plain();
        passwords();
        waysOfTheCode();
        registrations();
        codeErrors();
        deliveries();
        waits();
        refusals();
        endings();
        protocol();
        circles();
    }

    /** The scenario of the numbers that end so, 0 to 9999. */
    Scenario of(int lastFour) {
        return table.getOrDefault(lastFour, PLAIN);
    }

    /** All numbers that are more than plain, with their stories, in order. */
    Map<Integer, Scenario> table() {
        return Collections.unmodifiableSortedMap(table);
    }

    /** Numbers of a data centre and bot tokens to type, each with its story; every story once. */
    static List<PracticeExample> examples(int dc) {
        List<PracticeExample> examples = new ArrayList<>();
        String before = "";
        for (Map.Entry<Integer, Scenario> each : new Scenarios().table.entrySet()) {
            String story = each.getValue().story();
            if (!story.equals(before)) {
                examples.add(new PracticeExample(number(dc, each.getKey()), story));
                before = story;
            }
        }
        int other = dc == 4 ? 3 : 4;
        examples.add(new PracticeExample(number(dc, 400 + other), "PHONE_MIGRATE_" + other + ", then a plain account"));
        examples.add(new PracticeExample(number(dc, 410 + other), "USER_MIGRATE_" + other + " when signing in"));
        examples.add(
                new PracticeExample(number(dc, 420 + other), "NETWORK_MIGRATE_" + other + ", then a plain account"));
        examples.add(new PracticeExample(number(dc, 430), "sent to and fro between data centres 2 and 4 without end"));
        examples.add(new PracticeExample(number(dc, 431), "sent to data centre 9, which does not exist"));
        examples.add(new PracticeExample("42:" + "A".repeat(35), "a bot"));
        examples.add(new PracticeExample("1:EXPIRED" + "A".repeat(28), "ACCESS_TOKEN_EXPIRED"));
        examples.add(new PracticeExample("2:INVALID" + "A".repeat(28), "ACCESS_TOKEN_INVALID"));
        examples.add(new PracticeExample("4:MIGRATE" + "A".repeat(28), "USER_MIGRATE_4, then a bot"));
        return examples;
    }

    private static String number(int dc, int lastFour) {
        String digits = Integer.toString(lastFour);
        return "+99966" + dc + "0".repeat(4 - digits.length()) + digits;
    }

    private void plain() {
        table.put(1, PLAIN);
    }

    private void passwords() {
        for (int number = 100; number < 150; number++) {
            table.put(number, twoStep("password \"" + PASSWORD + "\"", PASSWORD, Optional.empty()));
        }
        var recovery = new Mailbox("practice@example.org", RECOVERY_CODE, Duration.ZERO);
        table.put(
                101,
                twoStep(
                        "password \"" + PASSWORD + "\", or recovery by e-mail with code " + RECOVERY_CODE,
                        PASSWORD,
                        Optional.of(recovery)));
        table.put(102, twoStep("password \"" + ODD_PASSWORD + "\", blanks included", ODD_PASSWORD, Optional.empty()));
        table.put(
                103,
                twoStep("password; the first proof is answered SRP_ID_INVALID", PASSWORD, Optional.empty())
                        .onCheckPassword(Hurdle.first(1, 400, "SRP_ID_INVALID")));
        table.put(
                104,
                twoStep("password; the first proof is answered SRP_PASSWORD_CHANGED", PASSWORD, Optional.empty())
                        .onCheckPassword(Hurdle.first(1, 400, "SRP_PASSWORD_CHANGED")));
        table.put(
                105,
                twoStep("password; the first proof is wrong, the second has to wait 30 s", PASSWORD, Optional.empty())
                        .onCheckPassword(Hurdle.first(1, 400, "PASSWORD_HASH_INVALID"))
                        .onCheckPassword(Hurdle.wait("FLOOD_WAIT", Duration.ofSeconds(30))));
    }

    private static Scenario twoStep(String story, String password, Optional<Mailbox> recovery) {
        return Scenario.of(story).password(new TwoStep(password, HINT, recovery));
    }

    private void waysOfTheCode() {
        table.put(150, Scenario.of("code in the app").codeBy(CodeWay.APP));
        table.put(151, Scenario.of("code by SMS").codeBy(CodeWay.SMS));
        table.put(152, Scenario.of("code by a call").codeBy(CodeWay.CALL));
        table.put(153, Scenario.of("the calling number is the code").codeBy(CodeWay.FLASH_CALL));
        table.put(
                154,
                Scenario.of("the last digits of a missed call are the code").codeBy(CodeWay.MISSED_CALL));
        table.put(155, byMail("code by e-mail", Duration.ofDays(7)));
        table.put(156, Scenario.of("code on fragment.com").codeBy(CodeWay.FRAGMENT));
        table.put(157, Scenario.of("the code is a word").codeBy(CodeWay.WORD));
        table.put(158, Scenario.of("the code is a phrase").codeBy(CodeWay.PHRASE));
        table.put(
                159,
                Scenario.of("code by Firebase, for official apps; resend for an SMS")
                        .codeBy(CodeWay.FIREBASE));
        table.put(
                160,
                Scenario.of("a login e-mail has to be set up first; its code is " + EMAIL_CODE)
                        .codeBy(CodeWay.EMAIL_SETUP));
        table.put(
                161,
                byMail("code " + EMAIL_CODE + " by e-mail; a reset of the address takes 7 days", Duration.ofDays(7)));
        table.put(162, byMail("code " + EMAIL_CODE + " by e-mail; the address can be reset at once", Duration.ZERO));
    }

    private static Scenario byMail(String story, Duration resetTakes) {
        return Scenario.of(story)
                .codeBy(CodeWay.EMAIL)
                .mailbox(new Mailbox("practice@example.org", EMAIL_CODE, resetTakes));
    }

    private void registrations() {
        table.put(170, Scenario.of("no account with this number").registration(Registration.FREE));
        table.put(
                171,
                Scenario.of("no account with this number, and terms of service to agree to")
                        .registration(Registration.FREE_WITH_TERMS));
        table.put(
                172,
                Scenario.of("no account, and other people's apps may not open one: PHONE_NUMBER_APP_SIGNUP_FORBIDDEN")
                        .registration(Registration.FREE)
                        .onSendCode(Hurdle.always(406, "PHONE_NUMBER_APP_SIGNUP_FORBIDDEN")));
    }

    private void codeErrors() {
        table.put(200, Scenario.of("every code is wrong").onSignIn(Hurdle.always(400, "PHONE_CODE_INVALID")));
        table.put(
                201,
                Scenario.of("the first two codes are refused, whatever they are")
                        .onSignIn(Hurdle.first(2, 400, "PHONE_CODE_INVALID")));
        table.put(
                202,
                Scenario.of("the first code has expired, the next one works")
                        .onSignIn(Hurdle.first(1, 400, "PHONE_CODE_EXPIRED")));
        table.put(203, Scenario.of("PHONE_CODE_EMPTY").onSignIn(Hurdle.always(400, "PHONE_CODE_EMPTY")));
        table.put(204, Scenario.of("PHONE_CODE_HASH_EMPTY").onSignIn(Hurdle.always(400, "PHONE_CODE_HASH_EMPTY")));
        table.put(205, Scenario.of("the code is good for 10 seconds only").codeLives(Duration.ofSeconds(10)));
    }

    private void deliveries() {
        table.put(
                210,
                Scenario.of("the code never arrives, whichever way it goes").delivery(Delivery.NEVER));
        table.put(211, Scenario.of("the code arrives after 45 seconds").delivery(Delivery.LATE));
        table.put(212, Scenario.of("the code arrives twice").delivery(Delivery.TWICE));
        table.put(220, Scenario.of("logged in without a code").answering(Answer.LOGGED_IN));
        table.put(221, Scenario.of("a code would have to be paid for").answering(Answer.PAYMENT));
    }

    private void waits() {
        table.put(300, waiting("FLOOD_WAIT", Duration.ofSeconds(3)));
        table.put(301, waiting("FLOOD_WAIT", Duration.ofMinutes(2)));
        table.put(302, waiting("FLOOD_WAIT", Duration.ofDays(1)));
        table.put(303, refused(400, "PHONE_NUMBER_FLOOD"));
        table.put(304, refused(406, "PHONE_PASSWORD_FLOOD"));
        table.put(305, waiting("FLOOD_PREMIUM_WAIT", Duration.ofSeconds(5)));
        table.put(306, waiting("FLOOD_TEST_PHONE_WAIT", Duration.ofSeconds(5)));
    }

    private static Scenario waiting(String type, Duration duration) {
        return Scenario.of(type + "_" + duration.toSeconds() + ", then a plain account")
                .onSendCode(Hurdle.wait(type, duration));
    }

    private void refusals() {
        table.put(310, refused(406, "PHONE_NUMBER_INVALID"));
        table.put(311, refused(400, "PHONE_NUMBER_BANNED"));
        table.put(312, refused(400, "PHONE_PASSWORD_PROTECTED"));
        table.put(313, refused(406, "UPDATE_APP_TO_LOGIN"));
        table.put(314, refused(400, "API_ID_INVALID"));
        table.put(315, refused(400, "API_ID_PUBLISHED_FLOOD"));
        table.put(316, refused(400, "SMS_CODE_CREATE_FAILED"));
        table.put(
                320,
                Scenario.of("AUTH_RESTART once, when the code is asked for")
                        .onSendCode(Hurdle.first(1, 500, "AUTH_RESTART")));
        table.put(
                321,
                Scenario.of("AUTH_RESTART at every code that is brought back")
                        .onSignIn(Hurdle.always(500, "AUTH_RESTART")));
        table.put(322, Scenario.of("RPC_CALL_FAIL twice").onSendCode(Hurdle.first(2, 500, "RPC_CALL_FAIL")));
        table.put(323, refused(-503, "Timeout"));
        table.put(324, Scenario.of("SIGN_IN_FAILED").onSignIn(Hurdle.always(500, "SIGN_IN_FAILED")));
    }

    private static Scenario refused(int code, String text) {
        return Scenario.of(text + " (" + code + ")").onSendCode(Hurdle.always(code, text));
    }

    private void endings() {
        Duration soon = Duration.ofSeconds(10);
        table.put(500, Scenario.of("revoked 10 s after the login").ends(Fate.after(soon, 401, "SESSION_REVOKED")));
        table.put(501, Scenario.of("banned 10 s after the login").ends(Fate.after(soon, 401, "USER_DEACTIVATED_BAN")));
        table.put(
                502,
                Scenario.of("AUTH_KEY_DUPLICATED once the key is used over two connections")
                        .ends(Fate.whenTwice(406, "AUTH_KEY_DUPLICATED")));
        table.put(503, Scenario.of("expired 10 s after the login").ends(Fate.after(soon, 401, "SESSION_EXPIRED")));
    }

    /** What happens on the line from the moment on in which the code is asked for. */
    private void protocol() {
        int number = Repertoire.FIRST_NUMBER;
        for (NamedFaults scenario : Repertoire.scenarios()) {
            table.put(number++, Scenario.of(scenario.name() + ": the server " + scenario.story()));
        }
    }

    /** Accounts that know many people, to fill a session from. */
    private void circles() {
        table.put(
                700,
                Scenario.of("has " + MANY + " dialogs, of every kind there is").dialogs(MANY));
        table.put(
                701,
                Scenario.of("has " + MANY + " dialogs; FLOOD_WAIT_3 at the third page of them")
                        .dialogs(MANY)
                        .onGetDialogs(Hurdle.waitAt(3, "FLOOD_WAIT", Duration.ofSeconds(3))));
        table.put(
                702,
                Scenario.of("has " + MANY + " dialogs; FLOOD_WAIT_300 at the third page of them")
                        .dialogs(MANY)
                        .onGetDialogs(Hurdle.waitAt(3, "FLOOD_WAIT", Duration.ofMinutes(5))));
        table.put(703, Scenario.of("has 60 dialogs, of every kind there is").dialogs(60));
    }
}
