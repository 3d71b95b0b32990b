package dev.tgsession.practice;

import static dev.tgsession.practice.PhoneLoginTest.proof;
import static dev.tgsession.practice.PhoneLoginTest.sendCode;
import static dev.tgsession.practice.PhoneLoginTest.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.practice.PhoneMessage.Way;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PhoneCodeSchema.CancelCode;
import dev.tgsession.schema.PhoneCodeSchema.CodeSettings;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.ReportMissingCode;
import dev.tgsession.schema.PhoneCodeSchema.ResendCode;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodePaymentRequired;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeSuccess;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeType;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFirebaseSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFlashCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeFragmentSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeMissedCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSmsPhrase;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSmsWord;
import dev.tgsession.schema.SignInSchema.AcceptTermsOfService;
import dev.tgsession.schema.SignInSchema.AuthorizationSignUpRequired;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.schema.SignInSchema.SignUp;
import dev.tgsession.schema.TransferSchema.ImportBotAuthorization;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainUser;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every number does what the table says. */
final class ScenariosTest {
    private static final GetUsers WHO_AM_I = new GetUsers(List.of(new InputUserSelf()));

    private Practising practising;

    @BeforeEach
    void start() throws IOException {
        practising = new Practising();
    }

    @AfterEach
    void stop() throws IOException {
        practising.close();
    }

    // Where numbers live.

    @Test
    void numbersThatAreNotListedArePlainAccountsOfTheirDataCentre() throws Exception {
        for (int dc = 1; dc <= 5; dc++) {
            TestClient client = practising.client(dc);
            logIn(client, "99966" + dc + "7777", Integer.toString(dc).repeat(5));
        }
        assertThat(practising.client(2).refusal(sendCode("9996637777"))).isEqualTo("303 PHONE_MIGRATE_3");
    }

    @Test
    void otherNumbersAreNoPracticeNumbers() throws Exception {
        TestClient client = practising.client(2);
        for (String each :
                List.of("", "12345678901", "9996601234", "9996661234", "999662123", "99966212345", "8996621234")) {
            assertThat(client.refusal(sendCode(each))).isEqualTo("406 PHONE_NUMBER_INVALID");
        }
        assertThat(practising.phone.refusals).last().asString().contains("practice numbers are");
        assertThat(client.refusal(new SendCode("9996620001", 0, "", CodeSettings.none())))
                .isEqualTo("400 API_ID_INVALID");
    }

    @Test
    void migrationsLeadToTheDataCentreThatTheLastDigitNames() throws Exception {
        assertThat(practising.client(2).refusal(sendCode("9996620404"))).isEqualTo("303 PHONE_MIGRATE_4");
        logIn(practising.client(4), "9996620404", "22222");
        assertThat(practising.client(2).refusal(sendCode("9996620421"))).isEqualTo("303 NETWORK_MIGRATE_1");
        logIn(practising.client(1), "9996620421", "22222");

        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620413"), PlainSentCode.class);
        assertThat(client.refusal(signIn("9996620413", sent, "22222"))).isEqualTo("303 USER_MIGRATE_3");
        TestClient there = practising.client(3);
        assertThat(there.call(signIn("9996620413", sent, "22222"))).isInstanceOf(PlainAuthorization.class);
        logIn(practising.client(3), "9996620413", "22222");
    }

    @Test
    void someMigrationsLeadNowhere() throws Exception {
        assertThat(practising.client(2).refusal(sendCode("9996620430"))).isEqualTo("303 PHONE_MIGRATE_4");
        assertThat(practising.client(4).refusal(sendCode("9996620430"))).isEqualTo("303 PHONE_MIGRATE_2");
        assertThat(practising.client(2).refusal(sendCode("9996620431"))).isEqualTo("303 PHONE_MIGRATE_9");
    }

    // Refusals when a code is asked for.

    @TestFactory
    Stream<DynamicTest> numbersThatAreRefusedEveryTime() {
        return Stream.of(
                        "0172 406 PHONE_NUMBER_APP_SIGNUP_FORBIDDEN",
                        "0303 400 PHONE_NUMBER_FLOOD",
                        "0304 406 PHONE_PASSWORD_FLOOD",
                        "0310 406 PHONE_NUMBER_INVALID",
                        "0311 400 PHONE_NUMBER_BANNED",
                        "0312 400 PHONE_PASSWORD_PROTECTED",
                        "0313 406 UPDATE_APP_TO_LOGIN",
                        "0314 400 API_ID_INVALID",
                        "0315 400 API_ID_PUBLISHED_FLOOD",
                        "0316 400 SMS_CODE_CREATE_FAILED",
                        "0323 -503 Timeout")
                .map(line -> dynamicTest(line, () -> {
                    TestClient client = practising.client(2);
                    for (int i = 0; i < 3; i++) {
                        assertThat(client.refusal(sendCode("999662" + line.substring(0, 4))))
                                .isEqualTo(line.substring(5));
                    }
                    assertThat(practising.phone.messages).isEmpty();
                }));
    }

    @Test
    void numbersThatAreRefusedAFewTimes() throws Exception {
        TestClient client = practising.client(2);
        assertThat(client.refusal(sendCode("9996620320"))).isEqualTo("500 AUTH_RESTART");
        logIn(client, "9996620320", "22222");
        assertThat(client.refusal(sendCode("9996620322"))).isEqualTo("500 RPC_CALL_FAIL");
        // It is the account that remembers, whoever asks and over whichever line.
        TestClient other = practising.client(2);
        assertThat(other.refusal(sendCode("9996620322"))).isEqualTo("500 RPC_CALL_FAIL");
        logIn(other, "9996620322", "22222");
        // After a login the story begins anew.
        assertThat(other.refusal(sendCode("9996620322"))).isEqualTo("500 RPC_CALL_FAIL");
    }

    @Test
    void waitsCountDownForEverybodyAndEnd() throws Exception {
        for (String each : List.of(
                "0300 FLOOD_WAIT 3",
                "0301 FLOOD_WAIT 120",
                "0302 FLOOD_WAIT 86400",
                "0305 FLOOD_PREMIUM_WAIT 5",
                "0306 FLOOD_TEST_PHONE_WAIT 5")) {
            String[] words = each.split(" ");
            String phone = "999662" + words[0];
            int seconds = Integer.parseInt(words[2]);
            TestClient client = practising.client(2);
            client.clockError = practising.clock.ahead().toSeconds();
            assertThat(client.refusal(sendCode(phone))).isEqualTo("420 " + words[1] + "_" + seconds);
            practising.clock.forward(Duration.ofSeconds(seconds - 1));
            TestClient other = practising.client(2);
            other.clockError = practising.clock.ahead().toSeconds();
            assertThat(other.refusal(sendCode(phone))).isEqualTo("420 " + words[1] + "_1");
            practising.clock.forward(Duration.ofSeconds(1));
            TestClient last = practising.client(2);
            last.clockError = practising.clock.ahead().toSeconds();
            logIn(last, phone, "22222");
        }
    }

    // Codes.

    @TestFactory
    Stream<DynamicTest> theWaysOfTheCode() {
        return Stream.of(
                way("0001", new SentCodeTypeApp(5), Way.APP, "22222"),
                way("0150", new SentCodeTypeApp(5), Way.APP, "22222"),
                way("0151", new SentCodeTypeSms(5), Way.SMS, "22222"),
                way("0152", new SentCodeTypeCall(5), Way.CALL, "22222"),
                way("0153", new SentCodeTypeFlashCall("99960*****"), Way.FLASH_CALL, "9996022222"),
                way("0154", new SentCodeTypeMissedCall("99960", 5), Way.MISSED_CALL, "22222"),
                way("0156", new SentCodeTypeFragmentSms("https://fragment.com/login", 5), Way.FRAGMENT, "22222"),
                way("0157", new SentCodeTypeSmsWord(Optional.of("l")), Way.SMS, "lighthouse"),
                way("0158", new SentCodeTypeSmsPhrase(Optional.of("seven")), Way.SMS, "seven quiet lighthouses"),
                way(
                        "0159",
                        new SentCodeTypeFirebaseSms(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                5),
                        Way.SMS,
                        "22222"));
    }

    private DynamicTest way(String lastFour, SentCodeType type, Way way, String code) {
        return dynamicTest(lastFour + " " + type.getClass().getSimpleName(), () -> {
            String phone = "999662" + lastFour;
            TestClient client = practising.client(2);
            PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
            assertThat(sent.type()).isEqualTo(type);
            PhoneMessage message = practising.phone.messages.get(practising.phone.messages.size() - 1);
            assertThat(message.way()).isEqualTo(way);
            assertThat(message.phone()).isEqualTo(phone);
            assertThat(message.code()).isEqualTo(code);
            assertThat(client.call(signIn(phone, sent, code))).isInstanceOf(PlainAuthorization.class);
        });
    }

    @Test
    void aClientTooOldForAWayGetsAnSms() throws Exception {
        for (String each :
                List.of("0154 134", "0155 144", "0156 149", "0157 178", "0158 178", "0159 151", "0160 144")) {
            TestClient client = practising.client(2);
            client.layer = Integer.parseInt(each.substring(5));
            PlainSentCode sent = client.call(sendCode("999662" + each.substring(0, 4)), PlainSentCode.class);
            assertThat(sent.type()).isEqualTo(new SentCodeTypeSms(5));
            assertThat(practising.phone.lastCode()).isEqualTo("22222");
        }
    }

    @Test
    void aCodeCanBeSentAgainByTheWayThatWasAnnounced() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode one = client.call(sendCode("9996620001"), PlainSentCode.class);
        assertThat(one.nextType()).contains(new CodeTypeSms());
        assertThat(one.timeout()).contains(5);
        PlainSentCode two = client.call(resend("9996620001", one), PlainSentCode.class);
        assertThat(two.type()).isEqualTo(new SentCodeTypeSms(5));
        assertThat(two.nextType()).contains(new CodeTypeCall());
        assertThat(two.phoneCodeHash()).isNotEqualTo(one.phoneCodeHash());
        assertThat(client.refusal(signIn("9996620001", one, "22222"))).isEqualTo("400 PHONE_CODE_EXPIRED");
        PlainSentCode three = client.call(resend("9996620001", two), PlainSentCode.class);
        assertThat(three.type()).isEqualTo(new SentCodeTypeCall(5));
        assertThat(three.nextType()).isEmpty();
        assertThat(client.refusal(resend("9996620001", three))).isEqualTo("406 SEND_CODE_UNAVAILABLE");
        assertThat(client.call(signIn("9996620001", three, "22222"))).isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void aCodeThatWasCancelledIsWorthNothing() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620001"), PlainSentCode.class);
        assertThat(client.call(new ReportMissingCode("9996620001", sent.phoneCodeHash(), "01")))
                .isEqualTo(true);
        assertThat(client.call(new CancelCode("9996620001", sent.phoneCodeHash())))
                .isEqualTo(true);
        assertThat(client.refusal(new CancelCode("9996620001", sent.phoneCodeHash())))
                .isEqualTo("400 PHONE_CODE_EXPIRED");
        assertThat(client.refusal(signIn("9996620001", sent, "22222"))).isEqualTo("400 PHONE_CODE_EXPIRED");
    }

    @Test
    void twoClientsHaveTwoCodesOfOneNumber() throws Exception {
        TestClient one = practising.client(2);
        TestClient other = practising.client(2);
        PlainSentCode first = one.call(sendCode("9996620001"), PlainSentCode.class);
        PlainSentCode second = other.call(sendCode("9996620001"), PlainSentCode.class);
        assertThat(one.call(signIn("9996620001", first, "22222"))).isInstanceOf(PlainAuthorization.class);
        assertThat(other.call(signIn("9996620001", second, "22222"))).isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void aNewCodeOfTheSameClientTakesThePlaceOfTheOldOne() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode one = client.call(sendCode("9996620001"), PlainSentCode.class);
        PlainSentCode two = client.call(sendCode("9996620001"), PlainSentCode.class);
        assertThat(client.refusal(signIn("9996620001", one, "22222"))).isEqualTo("400 PHONE_CODE_EXPIRED");
        assertThat(client.call(signIn("9996620001", two, "22222"))).isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void aWrongCodeMayBeFollowedByTheRightOne() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620001"), PlainSentCode.class);
        assertThat(client.refusal(signIn("9996620001", sent, "11111"))).isEqualTo("400 PHONE_CODE_INVALID");
        assertThat(client.refusal(signIn("9996620001", sent, ""))).isEqualTo("400 PHONE_CODE_EMPTY");
        assertThat(client.refusal(new SignIn("9996620001", "", Optional.of("22222"), Optional.empty())))
                .isEqualTo("400 PHONE_CODE_HASH_EMPTY");
        assertThat(client.call(signIn("9996620001", sent, "22222"))).isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void fiveWrongCodesMakeACodeWorthless() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620001"), PlainSentCode.class);
        for (int i = 0; i < 5; i++) {
            assertThat(client.refusal(signIn("9996620001", sent, "1111" + i))).isEqualTo("400 PHONE_CODE_INVALID");
        }
        assertThat(client.refusal(signIn("9996620001", sent, "22222"))).isEqualTo("400 PHONE_CODE_EXPIRED");
    }

    @Test
    void scriptedErrorsOfTheCode() throws Exception {
        TestClient client = practising.client(2);
        assertThat(tries(client, "9996620200", 3)).containsOnly("400 PHONE_CODE_INVALID");
        assertThat(tries(client, "9996620201", 3))
                .containsExactly("400 PHONE_CODE_INVALID", "400 PHONE_CODE_INVALID", "logged in");
        assertThat(tries(client, "9996620203", 2)).containsOnly("400 PHONE_CODE_EMPTY");
        assertThat(tries(client, "9996620204", 2)).containsOnly("400 PHONE_CODE_HASH_EMPTY");
        assertThat(tries(client, "9996620321", 2)).containsOnly("500 AUTH_RESTART");
        assertThat(tries(client, "9996620324", 2)).containsOnly("500 SIGN_IN_FAILED");
    }

    @Test
    void anExpiredCodeIsFollowedByOneThatWorks() throws Exception {
        TestClient client = practising.client(2);
        assertThat(tries(client, "9996620202", 2)).containsOnly("400 PHONE_CODE_EXPIRED");
        assertThat(tries(client, "9996620202", 1)).containsExactly("logged in");
    }

    @Test
    void codesGrowOld() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode brief = client.call(sendCode("9996620205"), PlainSentCode.class);
        PlainSentCode plain = client.call(sendCode("9996620001"), PlainSentCode.class);
        practising.clock.forward(Duration.ofSeconds(11));
        client.clockError += 11;
        assertThat(client.refusal(signIn("9996620205", brief, "22222"))).isEqualTo("400 PHONE_CODE_EXPIRED");
        practising.clock.forward(Duration.ofMinutes(5));
        client.clockError += 300;
        assertThat(client.refusal(signIn("9996620001", plain, "22222"))).isEqualTo("400 PHONE_CODE_EXPIRED");
    }

    @Test
    void deliveryCanFailOrStutter() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620210"), PlainSentCode.class);
        sent = client.call(resend("9996620210", sent), PlainSentCode.class);
        sent = client.call(resend("9996620210", sent), PlainSentCode.class);
        assertThat(sent.type()).isEqualTo(new SentCodeTypeCall(5));
        assertThat(client.refusal(resend("9996620210", sent))).isEqualTo("406 SEND_CODE_UNAVAILABLE");
        assertThat(practising.phone.messages).isEmpty();

        client.call(sendCode("9996620212"));
        assertThat(practising.phone.messages).hasSize(2);
        assertThat(practising.phone.messages.get(0).code())
                .isEqualTo(practising.phone.messages.get(1).code());
    }

    @Test
    void aLateCodeIsBroughtByTheTimer() throws Exception {
        List<Duration> delays = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        var phone = new PracticePhone(
                practising.phone,
                practising.clock,
                (delay, task) -> {
                    delays.add(delay);
                    tasks.add(task);
                },
                (owner, update) -> {});
        PracticeAccount account =
                new PracticeAccounts(new SecureRandom()).ofPhone("9996620211").orElseThrow();
        var code = new PendingCode("hash", 1, CodeWay.APP, "22222", practising.clock.instant());
        phone.bring(account, code, keyOf(practising));
        assertThat(practising.phone.messages).isEmpty();
        assertThat(delays).containsExactly(Duration.ofSeconds(45));
        tasks.get(0).run();
        assertThat(practising.phone.lastCode()).isEqualTo("22222");
    }

    private static KnownKey keyOf(Practising practising) {
        return new KnownKey(AuthKey.of(new byte[256]), 2, false, 0, practising.clock.instant(), Optional.empty());
    }

    @Test
    void someAnswersAreNoCodes() throws Exception {
        TestClient client = practising.client(2);
        SentCodeSuccess success = client.call(sendCode("9996620220"), SentCodeSuccess.class);
        assertThat(success.authorization()).isInstanceOf(PlainAuthorization.class);
        assertThat(client.call(WHO_AM_I)).isInstanceOf(List.class);
        assertThat(client.call(sendCode("9996620221"))).isInstanceOf(SentCodePaymentRequired.class);

        TestClient old = practising.client(2);
        old.layer = 151;
        assertThat(old.call(sendCode("9996620220"))).isInstanceOf(PlainSentCode.class);
        assertThat(old.refusal(sendCode("9996620221"))).isEqualTo("406 UPDATE_APP_TO_LOGIN");
    }

    // Numbers without an account.

    @Test
    void aNumberWithoutAnAccountHasToSignUp() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620170"), PlainSentCode.class);
        assertThat(client.refusal(signUp("9996620170", sent, "A"))).isEqualTo("400 PHONE_CODE_INVALID");
        assertThat(client.refusal(signIn("9996620170", sent, "11111"))).isEqualTo("400 PHONE_CODE_INVALID");
        assertThat(client.call(signIn("9996620170", sent, "22222")))
                .isEqualTo(new AuthorizationSignUpRequired(Optional.empty()));
        assertThat(client.refusal(WHO_AM_I)).isEqualTo("401 AUTH_KEY_UNREGISTERED");
        assertThat(client.refusal(signUp("9996620170", sent, " "))).isEqualTo("400 FIRSTNAME_INVALID");
        PlainAuthorization authorization = client.call(signUp("9996620170", sent, "Ann"), PlainAuthorization.class);
        assertThat(((PlainUser) authorization.user()).firstName()).contains("Ann");

        TestClient next = practising.client(2);
        PlainSentCode again = next.call(sendCode("9996620170"), PlainSentCode.class);
        assertThat(next.call(signIn("9996620170", again, "22222"))).isInstanceOf(PlainAuthorization.class);
        PlainSentCode third = next.call(sendCode("9996620170"), PlainSentCode.class);
        assertThat(next.refusal(signUp("9996620170", third, "Bob"))).isEqualTo("400 PHONE_NUMBER_OCCUPIED");
    }

    @Test
    void termsOfServiceComeWithIt() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620171"), PlainSentCode.class);
        var required = client.call(signIn("9996620171", sent, "22222"), AuthorizationSignUpRequired.class);
        var terms = required.termsOfService().orElseThrow();
        assertThat(terms.text()).isNotEmpty();
        client.call(signUp("9996620171", sent, "Ann"), PlainAuthorization.class);
        assertThat(client.call(new AcceptTermsOfService(terms.id()))).isEqualTo(true);
    }

    // Passwords.

    @Test
    void passwordsAreKeptToTheLetter() throws Exception {
        TestClient client = practising.client(2);
        needPassword(client, "9996620102");
        AccountPassword question = client.call(new GetPassword(), AccountPassword.class);
        assertThat(question.hint()).contains("the usual");
        assertThat(question.hasRecovery()).isFalse();
        assertThat(client.refusal(proof(client, Scenarios.ODD_PASSWORD.strip())))
                .isEqualTo("400 PASSWORD_HASH_INVALID");
        assertThat(client.call(proof(client, Scenarios.ODD_PASSWORD))).isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void scriptedErrorsOfThePassword() throws Exception {
        TestClient client = practising.client(2);
        needPassword(client, "9996620103");
        assertThat(client.refusal(proof(client, "practice"))).isEqualTo("400 SRP_ID_INVALID");
        assertThat(client.call(proof(client, "practice"))).isInstanceOf(PlainAuthorization.class);
        needPassword(client, "9996620104");
        assertThat(client.refusal(proof(client, "practice"))).isEqualTo("400 SRP_PASSWORD_CHANGED");
        assertThat(client.call(proof(client, "practice"))).isInstanceOf(PlainAuthorization.class);
        needPassword(client, "9996620105");
        assertThat(client.refusal(proof(client, "practice"))).isEqualTo("400 PASSWORD_HASH_INVALID");
        assertThat(client.refusal(proof(client, "practice"))).isEqualTo("420 FLOOD_WAIT_30");
        practising.clock.forward(Duration.ofSeconds(30));
        client.clockError += 30;
        assertThat(client.call(proof(client, "practice"))).isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void allOtherNumbersOfTheFamilyHaveTheUsualPassword() throws Exception {
        TestClient client = practising.client(2);
        for (String lastFour : List.of("0100", "0101", "0106", "0149")) {
            needPassword(client, "999662" + lastFour);
            assertThat(client.call(proof(client, "practice"))).isInstanceOf(PlainAuthorization.class);
        }
    }

    // Ends.

    @Test
    void loginsEndAsScripted() throws Exception {
        for (String each :
                List.of("0500 401 SESSION_REVOKED", "0501 401 USER_DEACTIVATED_BAN", "0503 401 SESSION_EXPIRED")) {
            TestClient client = practising.client(2);
            client.clockError = practising.clock.ahead().toSeconds();
            logIn(client, "999662" + each.substring(0, 4), "22222");
            practising.clock.forward(Duration.ofSeconds(9));
            client.clockError += 9;
            assertThat(client.call(WHO_AM_I)).isInstanceOf(List.class);
            practising.clock.forward(Duration.ofSeconds(2));
            client.clockError += 2;
            assertThat(client.refusal(WHO_AM_I)).isEqualTo(each.substring(5));
            assertThat(client.refusal(WHO_AM_I)).isEqualTo(each.substring(5));
            logIn(client, "999662" + each.substring(0, 4), "22222");
        }
    }

    @Test
    void aKeyThatIsUsedTwiceIsLost() throws Exception {
        TestClient client = practising.client(2);
        logIn(client, "9996620502", "22222");
        try (TestClient twin = new TestClient(client, practising.server.address(2))) {
            twin.sessionId = 99;
            assertThat(twin.refusal(WHO_AM_I)).isEqualTo("406 AUTH_KEY_DUPLICATED");
        }
        assertThat(client.refusal(WHO_AM_I)).isEqualTo("406 AUTH_KEY_DUPLICATED");
    }

    // Bots.

    @Test
    void botsLogInByTokensOfTheRightForm() throws Exception {
        TestClient client = practising.client(3);
        PlainAuthorization authorization = client.call(bot("123456789:" + "aB3_-".repeat(7)), PlainAuthorization.class);
        PlainUser user = (PlainUser) authorization.user();
        assertThat(user.bot()).isTrue();
        assertThat(user.id()).isEqualTo(123_456_789);
        assertThat(user.phone()).isEmpty();
        assertThat(user.botInfoVersion()).isPresent();
        String rest = "A".repeat(28);
        assertThat(client.refusal(bot("1:EXPIRED" + rest))).isEqualTo("400 ACCESS_TOKEN_EXPIRED");
        assertThat(client.refusal(bot("2:INVALID" + rest))).isEqualTo("400 ACCESS_TOKEN_INVALID");
        assertThat(client.refusal(bot("4:MIGRATE" + rest))).isEqualTo("303 USER_MIGRATE_4");
        assertThat(practising.client(4).call(bot("4:MIGRATE" + rest))).isInstanceOf(PlainAuthorization.class);
        for (String wrong : List.of(
                "",
                ":",
                "1",
                "1:",
                ":" + "A".repeat(35),
                "1:" + "A".repeat(34),
                "x:" + "A".repeat(35),
                "1:" + "A".repeat(36),
                "1:" + "ä".repeat(35),
                "1".repeat(16) + ":" + "A".repeat(35))) {
            assertThat(client.refusal(bot(wrong))).as(wrong).isEqualTo("400 ACCESS_TOKEN_INVALID");
        }
    }

    private static ImportBotAuthorization bot(String token) {
        return new ImportBotAuthorization(1, "hash", token);
    }

    // The list for people.

    @Test
    void everyExampleBeginsAsItsStorySays() throws Exception {
        List<PracticeExample> examples = PracticeServer.examples(2);
        assertThat(examples).extracting(PracticeExample::answer).doesNotHaveDuplicates();
        assertThat(examples).hasSizeGreaterThan(55);
        TestClient client = practising.client(2);
        client.call(new GetConfig());
        for (PracticeExample example : examples) {
            // What those from 0600 on do is ProtocolScenariosTest's.
            if (!example.answer().startsWith("+") || example.answer().startsWith("+99966206")) {
                continue;
            }
            Object answer = client.call(sendCode(example.answer()));
            if (answer instanceof RpcError error && !example.story().contains("data centre")) {
                assertThat(example.story()).contains(error.errorMessage());
            }
        }
    }

    // Hands.

    private void logIn(TestClient client, String phone, String code) throws IOException {
        PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
        assertThat(client.call(signIn(phone, sent, code))).isInstanceOf(PlainAuthorization.class);
    }

    private static List<String> tries(TestClient client, String phone, int times) throws IOException {
        PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Object answer = client.call(signIn(phone, sent, "22222"));
            outcomes.add(
                    answer instanceof RpcError error ? error.errorCode() + " " + error.errorMessage() : "logged in");
        }
        return outcomes;
    }

    private static void needPassword(TestClient client, String phone) throws IOException {
        PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
        assertThat(client.refusal(signIn(phone, sent, "22222"))).isEqualTo("401 SESSION_PASSWORD_NEEDED");
    }

    private static ResendCode resend(String phone, PlainSentCode sent) {
        return new ResendCode(phone, sent.phoneCodeHash(), Optional.empty());
    }

    private static SignUp signUp(String phone, PlainSentCode sent, String name) {
        return new SignUp(false, phone, sent.phoneCodeHash(), name, "");
    }
}
