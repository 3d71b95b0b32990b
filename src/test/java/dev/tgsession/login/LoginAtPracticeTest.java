package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tgsession.crypto.RsaPrivateKey;
import dev.tgsession.login.CodeDelivery.Channel;
import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.rpc.ClientIdentity;
import dev.tgsession.mtproto.rpc.KeyMakingDialer;
import dev.tgsession.mtproto.rpc.TcpOpener;
import dev.tgsession.practice.IncomingRequest;
import dev.tgsession.practice.PhoneMessage;
import dev.tgsession.practice.PracticeConsole;
import dev.tgsession.practice.PracticeServer;
import dev.tgsession.practice.PracticeSettings;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.transport.TransportChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same logins over the wire: the practice server on loopback answers, and what it does is not the login's own idea of
 * it. Each test also says which calls went out, because not one may be too many.
 */
class LoginAtPracticeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MovedClock CLOCK = new MovedClock();
    private static final Phone PHONE = new Phone();

    private static PracticeServer server;

    private final ScriptedPerson person = new ScriptedPerson();
    private int seen;

    /** Real time, and as much later as the waiting in these logins adds up to. */
    private static final class MovedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }

        void move(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** What reached the practice phone. */
    private static final class Phone implements PracticeConsole {
        private final List<PhoneMessage> messages = new CopyOnWriteArrayList<>();

        @Override
        public void arrived(PhoneMessage message) {
            messages.add(message);
        }

        @Override
        public void refused(int dc, String reason) {}

        @Override
        public void note(int dc, String what) {}

        Answer lastCode() {
            return Answer.typed(messages.get(messages.size() - 1).code());
        }
    }

    @BeforeAll
    static void open() throws IOException {
        server = PracticeServer.start(PracticeSettings.of(RsaPrivateKey.generate(RANDOM), CLOCK, RANDOM)
                .withConsole(PHONE));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void aPlainNumberLogsIn() throws Exception {
        person.phone("+999 66 2 0001").code("22222");

        Session session = succeeds();

        assertThat(session.dataCenter()).isEqualTo(dataCenter(2));
        assertThat(session.account().orElseThrow().phone()).contains("9996620001");
        assertThat(session.account().orElseThrow().accessHash()).isPresent();
        assertThat(session.updateState()).isPresent();
        assertThat(calls())
                .containsExactly("2 auth.sendCode", "2 auth.signIn", "2 users.getUsers", "2 updates.getState");
    }

    @Test
    void aPasswordIsProven() throws Exception {
        person.phone("9996620100").code("22222").password("wrong").password("practice");

        succeeds();

        assertThat(person.passwordQuestions.get(0).hint()).contains("the usual");
        assertThat(calls())
                .containsExactly(
                        "2 auth.sendCode",
                        "2 auth.signIn",
                        "2 account.getPassword",
                        "2 auth.checkPassword",
                        "2 account.getPassword",
                        "2 auth.checkPassword",
                        "2 users.getUsers",
                        "2 updates.getState");
    }

    @Test
    void aPasswordWithSpacesAtBothEndsIsProvenToTheLetter() throws Exception {
        person.phone("9996620102").code("22222").password("  grüße aus 東京 ");

        succeeds();
    }

    @ParameterizedTest
    @CsvSource({"103", "104"})
    void aStaleChallengeIsReplaced(int number) throws Exception {
        person.phone("9996620" + number).code("22222").password("practice");

        succeeds();

        assertThat(calls()).filteredOn("2 auth.checkPassword"::equals).hasSize(2);
    }

    @Test
    void aPasswordThatHasToWaitIsProvenAnewAfterwards() throws Exception {
        person.phone("9996620105").code("22222").password("wrong").password("practice");

        succeeds();

        assertThat(person.waits).first().asString().startsWith("30 ");
    }

    @Test
    void aForgottenPasswordIsTakenOff() throws Exception {
        person.phone("9996650101").code("55555").password(Wish.FORGOT_PASSWORD).says(true);
        person.code("111111").code("123456");

        assertThat(succeeds().dataCenter()).isEqualTo(dataCenter(5));

        assertThat(calls())
                .containsSubsequence(
                        "5 auth.requestPasswordRecovery",
                        "5 auth.checkRecoveryPassword",
                        "5 auth.checkRecoveryPassword",
                        "5 auth.recoverPassword");
    }

    @ParameterizedTest
    @CsvSource({
        "0150, APP",
        "0151, SMS",
        "0152, CALL",
        "0153, FLASH_CALL",
        "0154, MISSED_CALL",
        "0155, EMAIL",
        "0156, FRAGMENT",
        "0157, SMS_WORD",
        "0158, SMS_PHRASE",
        "0161, EMAIL",
    })
    void aCodeMayComeAnyWay(String number, Channel channel) throws Exception {
        person.phone("999662" + number).atCode(PHONE::lastCode);

        succeeds();

        assertThat(person.codeQuestions.get(0).delivery().channel()).isEqualTo(channel);
    }

    @Test
    void anSmsForOfficialAppsIsPassedOver() throws Exception {
        person.phone("9996620159").atCode(PHONE::lastCode);

        succeeds();

        assertThat(person.codeQuestions.get(0).delivery().channel()).isEqualTo(Channel.SMS);
        assertThat(calls()).startsWith("2 auth.sendCode", "2 auth.resendCode", "2 auth.signIn");
    }

    @Test
    void aLoginEmailIsSetUp() throws Exception {
        person.phone("9996620160")
                .email("ada@example.org")
                .code("111111")
                .code("654321")
                .atCode(PHONE::lastCode);

        succeeds();

        assertThat(calls())
                .startsWith(
                        "2 auth.sendCode",
                        "2 account.sendVerifyEmailCode",
                        "2 account.verifyEmail",
                        "2 account.verifyEmail",
                        "2 auth.signIn");
    }

    @Test
    void aLoginEmailIsTakenOffAtOnce() throws Exception {
        person.phone("9996620162").code(Wish.RESET_LOGIN_EMAIL).says(true).atCode(PHONE::lastCode);

        succeeds();

        assertThat(calls()).startsWith("2 auth.sendCode", "2 auth.resetLoginEmail", "2 auth.signIn");
    }

    @Test
    void aWrongCodeTwiceThenTheRightOne() throws Exception {
        person.phone("9996620201").code("11111").code("33333").code("22222");

        succeeds();

        assertThat(calls()).filteredOn("2 auth.signIn"::equals).hasSize(3);
    }

    @Test
    void anExpiredCodeIsReplaced() throws Exception {
        person.phone("9996620202").code("22222").says(true).code("22222");

        succeeds();

        assertThat(calls()).filteredOn("2 auth.sendCode"::equals).hasSize(2);
    }

    @Test
    void aCodeThatNeverComesIsSentAgainUntilNoWayIsLeft() {
        person.phone("9996620210");
        for (int i = 0; i < 3; i++) {
            person.atCode(() -> {
                CLOCK.move(Duration.ofSeconds(61));
                return Wish.SEND_AGAIN;
            });
        }
        person.code(Wish.GIVE_UP);

        assertThat(isRefused().kind()).isEqualTo(Kind.GIVEN_UP);

        assertThat(person.codeQuestions)
                .extracting(question -> question.delivery().channel())
                .startsWith(Channel.APP, Channel.SMS, Channel.CALL);
        assertThat(calls()).last().isEqualTo("2 auth.cancelCode");
    }

    @Test
    void aShortWaitIsSatOut() throws Exception {
        person.phone("9996620300").code("22222");

        succeeds();

        assertThat(person.waits).first().asString().startsWith("3 ");
        assertThat(calls()).filteredOn("2 auth.sendCode"::equals).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "0301, FLOOD_WAIT",
        "0302, FLOOD_WAIT",
        "0303, FLOOD_WAIT",
        "0304, FLOOD_WAIT",
        "0306, FLOOD_WAIT",
        "0311, BANNED",
        "0312, FAILED",
        "0313, FAILED",
        "0314, API_CREDENTIALS",
        "0315, API_CREDENTIALS",
        "0316, FAILED",
        "0172, FAILED",
        "0221, FAILED",
        "0431, FAILED",
    })
    void aRefusedNumberCostsOneCall(String number, Kind kind) {
        person.phone("999662" + number);

        assertThat(isRefused().kind()).isEqualTo(kind);

        assertThat(calls()).filteredOn(call -> call.endsWith("auth.sendCode")).hasSize(1);
        assertThat(calls()).doesNotContain("2 auth.cancelCode");
    }

    @Test
    void aNumberWithoutAnAccountIsToldSo() {
        person.phone("9996620170").code("22222");

        assertThat(isRefused().sentence()).isEqualTo("There is no Telegram account with this number.");
    }

    @ParameterizedTest
    @CsvSource({"0320, 2", "0322, 3"})
    void troubleThatPassesIsSatOut(String number, int sendCodes) throws Exception {
        person.phone("999662" + number).code("22222");

        succeeds();

        assertThat(calls()).filteredOn("2 auth.sendCode"::equals).hasSize(sendCodes);
    }

    @ParameterizedTest
    @CsvSource({"0404, 4", "0424, 4"})
    void theLoginFollowsTheAccount(String number, int dc) throws Exception {
        person.phone("999662" + number).atCode(PHONE::lastCode);

        Session session = succeeds();

        assertThat(session.dataCenter()).isEqualTo(dataCenter(dc));
        assertThat(calls()).startsWith("2 auth.sendCode", "2 help.getConfig", dc + " auth.sendCode");
    }

    @Test
    void aLoginThatIsSentToAndFroEnds() {
        person.phone("9996620430");

        assertThat(isRefused().sentence()).contains("from one data center to the next");
    }

    @Test
    void aBotLogsIn() throws Exception {
        person.phone("42:" + "A".repeat(35));

        Session session = succeeds();

        assertThat(session.account().orElseThrow().bot()).isTrue();
        assertThat(calls()).containsExactly("2 auth.importBotAuthorization", "2 users.getUsers", "2 updates.getState");
    }

    @Test
    void aBotLogsInElsewhere() throws Exception {
        person.phone("1:EXPIRED" + "A".repeat(28)).phone("4:MIGRATE" + "A".repeat(28));

        assertThat(succeeds().dataCenter()).isEqualTo(dataCenter(4));
    }

    private Session succeeds() throws Exception {
        Session session = login().run();
        person.isDone();
        return session;
    }

    private LoginRefusedException isRefused() {
        LoginRefusedException refusal = catchThrowableOfType(LoginRefusedException.class, () -> login().run());
        person.isDone();
        return refusal;
    }

    private Login login() {
        seen = server.requests().size();
        KeyMakingDialer dialer = new KeyMakingDialer(
                new TcpOpener(TransportChoice.DEFAULT, Duration.ofSeconds(10), RANDOM),
                ServerKeys.own(server.publicKey()),
                new ClientIdentity(1, "a test", "none", "0", "en"),
                RANDOM,
                Runnable::run,
                CLOCK,
                CLOCK::move,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20));
        return new Login(dialer, dataCenter(2), LoginStory.API, person, CLOCK, CLOCK::move, RANDOM);
    }

    private static DataCenter dataCenter(int id) {
        InetSocketAddress address = server.address(id);
        return new DataCenter(id, "127.0.0.1", address.getPort(), Environment.PRACTICE);
    }

    /** The calls of this test's login, each behind the number of its data center; without the first of each line. */
    private List<String> calls() {
        List<String> calls = new ArrayList<>();
        List<IncomingRequest> all = server.requests();
        for (IncomingRequest request : all.subList(seen, all.size())) {
            if (request.kind() == IncomingRequest.Kind.CALL) {
                calls.add(request.dc() + " " + request.name());
            }
        }
        return calls;
    }
}
