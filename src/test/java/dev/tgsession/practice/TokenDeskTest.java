package dev.tgsession.practice;

import static dev.tgsession.practice.PhoneLoginTest.proof;
import static dev.tgsession.practice.PhoneLoginTest.sendCode;
import static dev.tgsession.practice.PhoneLoginTest.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.practice.PhoneSchema.ScanLoginToken;
import dev.tgsession.schema.AccountSchema.AccountAuthorization;
import dev.tgsession.schema.LoginTokenSchema.AcceptLoginToken;
import dev.tgsession.schema.LoginTokenSchema.ExportLoginToken;
import dev.tgsession.schema.LoginTokenSchema.ImportLoginToken;
import dev.tgsession.schema.LoginTokenSchema.LoginTokenMigrateTo;
import dev.tgsession.schema.LoginTokenSchema.LoginTokenSuccess;
import dev.tgsession.schema.LoginTokenSchema.PlainLoginToken;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.TransferSchema.ImportBotAuthorization;
import dev.tgsession.schema.UpdatesSchema.UpdateLoginToken;
import dev.tgsession.schema.UpdatesSchema.UpdateShort;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainUser;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session is let in by another one that has seen its QR code. */
final class TokenDeskTest {
    private static final ExportLoginToken EXPORT = new ExportLoginToken(1, "hash", List.of());
    private static final String ACCEPT = ScanLoginToken.ACCEPT;

    private Practising practising;

    @BeforeEach
    void start() throws IOException {
        practising = new Practising();
    }

    @AfterEach
    void stop() throws IOException {
        practising.close();
    }

    @Test
    void aPhoneThatIsLoggedInLetsTheWaitingSessionIn() throws Exception {
        TestClient waiting = practising.client(2);
        PlainLoginToken token = waiting.call(EXPORT, PlainLoginToken.class);
        assertThat(token.expires() - practising.clock.instant().getEpochSecond())
                .isBetween(28L, 30L);

        TestClient phone = loggedIn("9996620007");
        AccountAuthorization entry = phone.call(new AcceptLoginToken(token.token()), AccountAuthorization.class);
        assertThat(entry.deviceModel()).isEqualTo("test");
        assertThat(waiting.receive(UpdateShort.class).update()).isEqualTo(new UpdateLoginToken());

        assertThat(user(waiting.call(EXPORT, LoginTokenSuccess.class)).phone()).contains("9996620007");
        assertThat(whoIs(waiting)).isEqualTo(9_996_620_007L);
        assertThat(phone.refusal(new AcceptLoginToken(token.token()))).isEqualTo("400 AUTH_TOKEN_ALREADY_ACCEPTED");
    }

    @Test
    void theTokenStaysTheSameUntilItsTimeIsUp() throws Exception {
        TestClient waiting = practising.client(2);
        PlainLoginToken token = waiting.call(EXPORT, PlainLoginToken.class);
        practising.clock.forward(Duration.ofSeconds(20));
        assertThat(waiting.call(EXPORT)).isEqualTo(token);
        TestClient other = practising.client(2);
        assertThat(other.call(EXPORT, PlainLoginToken.class).token()).isNotEqualTo(token.token());

        practising.clock.forward(Duration.ofSeconds(11));
        assertThat(waiting.call(EXPORT, PlainLoginToken.class).token()).isNotEqualTo(token.token());
        assertThat(other.refusal(scan(token, "", ACCEPT))).isEqualTo("400 AUTH_TOKEN_EXPIRED");
        assertThat(other.refusal(new ImportLoginToken(token.token()))).isEqualTo("400 AUTH_TOKEN_EXPIRED");
    }

    @Test
    void theUpdateReachesEverySessionOfTheWaitingKey() throws Exception {
        TestClient waiting = practising.client(2);
        TestClient second = new TestClient(waiting, practising.server.address(2));
        second.sessionId++;
        second.send(new Ping(1));
        PlainLoginToken token = waiting.call(EXPORT, PlainLoginToken.class);
        practising.client(2).call(scan(token, "", ACCEPT));
        assertThat(waiting.receive(UpdateShort.class).update()).isEqualTo(new UpdateLoginToken());
        assertThat(second.receive(UpdateShort.class).update()).isEqualTo(new UpdateLoginToken());
        second.close();
    }

    @Test
    void thePracticePhoneScansTheCodeAndItsOwnerIsAPlainAccount() throws Exception {
        TestClient waiting = practising.client(3);
        PlainLoginToken token = waiting.call(EXPORT, PlainLoginToken.class);
        String link = "tg://login?token="
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(token.token().toArray());
        assertThat(practising.phone.notes).anyMatch(note -> note.endsWith("tgsession practice scan " + link));

        assertThat(practising.client(1).call(scan(token, "", ACCEPT))).isEqualTo(true);
        assertThat(user(waiting.call(EXPORT, LoginTokenSuccess.class)).phone()).contains("9996630001");
        assertThat(practising.client(1).refusal(scan(token, "", ACCEPT))).isEqualTo("400 AUTH_TOKEN_ALREADY_ACCEPTED");
        assertThat(practising.client(3).refusal(new ImportLoginToken(token.token())))
                .isEqualTo("400 AUTH_TOKEN_ALREADY_ACCEPTED");
    }

    @Test
    void anAccountWithAPasswordIsAskedForItAfterwards() throws Exception {
        TestClient waiting = practising.client(2);
        PlainLoginToken token = waiting.call(EXPORT, PlainLoginToken.class);
        practising.client(2).call(scan(token, "2fa", ACCEPT));
        assertThat(waiting.refusal(EXPORT)).isEqualTo("401 SESSION_PASSWORD_NEEDED");
        assertThat(waiting.call(proof(waiting, "practice"))).isInstanceOf(PlainAuthorization.class);
        assertThat(whoIs(waiting)).isEqualTo(9_996_620_100L);
    }

    @Test
    void anAccountOfAnotherDataCentreIsWaitedForThere() throws Exception {
        TestClient waiting = practising.client(2);
        PlainLoginToken token = waiting.call(EXPORT, PlainLoginToken.class);
        practising.client(2).call(scan(token, "+9996640001", ACCEPT));
        LoginTokenMigrateTo moved = waiting.call(EXPORT, LoginTokenMigrateTo.class);
        assertThat(moved).isEqualTo(new LoginTokenMigrateTo(4, token.token()));
        assertThat(practising.client(3).call(new ImportLoginToken(token.token())))
                .isEqualTo(moved);

        TestClient there = practising.client(4);
        assertThat(user(there.call(new ImportLoginToken(moved.token()), LoginTokenSuccess.class))
                        .phone())
                .contains("9996640001");
        assertThat(whoIs(there)).isEqualTo(9_996_640_001L);
    }

    @Test
    void aCodeCanExpireUnderTheCameraOrBeRejected() throws Exception {
        TestClient phone = practising.client(2);
        TestClient waiting = practising.client(2);
        PlainLoginToken expired = waiting.call(EXPORT, PlainLoginToken.class);
        phone.call(scan(expired, "", ScanLoginToken.EXPIRE));
        assertThat(phone.refusal(scan(expired, "", ACCEPT))).isEqualTo("400 AUTH_TOKEN_EXPIRED");

        PlainLoginToken rejected = waiting.call(EXPORT, PlainLoginToken.class);
        assertThat(rejected.token()).isNotEqualTo(expired.token());
        phone.call(scan(rejected, "", ScanLoginToken.REJECT));
        assertThat(phone.refusal(scan(rejected, "", ACCEPT))).isEqualTo("400 AUTH_TOKEN_INVALIDX");
        assertThat(waiting.call(EXPORT, PlainLoginToken.class).token()).isNotEqualTo(rejected.token());
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        TestClient client = practising.client(2);
        assertThat(client.refusal(new ExportLoginToken(0, "hash", List.of()))).isEqualTo("400 API_ID_INVALID");
        assertThat(client.refusal(new ImportLoginToken(Bytes.of((byte) 7)))).isEqualTo("400 AUTH_TOKEN_INVALIDX");
        assertThat(client.refusal(new AcceptLoginToken(Bytes.EMPTY))).isEqualTo("401 AUTH_KEY_UNREGISTERED");
        PlainLoginToken token = client.call(EXPORT, PlainLoginToken.class);
        assertThat(client.refusal(new ImportLoginToken(token.token()))).isEqualTo("400 AUTH_TOKEN_INVALID");
        assertThat(client.refusal(scan(token, "12345", ACCEPT))).isEqualTo("400 PHONE_NUMBER_INVALID");
        assertThat(client.refusal(scan(token, "", "shred"))).isEqualTo("400 INPUT_METHOD_INVALID");

        TestClient bot = practising.client(2);
        bot.call(new ImportBotAuthorization(1, "hash", "42:" + "A".repeat(35)), PlainAuthorization.class);
        assertThat(bot.refusal(new AcceptLoginToken(token.token()))).isEqualTo("400 BOT_METHOD_INVALID");
    }

    @Test
    void whoIsLoggedInThereAlreadyIsNotLetInASecondTime() throws Exception {
        TestClient waiting = practising.client(2);
        var except = new ExportLoginToken(1, "hash", List.of(9_996_620_007L));
        PlainLoginToken token = waiting.call(except, PlainLoginToken.class);
        assertThat(loggedIn("9996620007").refusal(new AcceptLoginToken(token.token())))
                .isEqualTo("400 AUTH_TOKEN_EXCEPTION");
        practising.client(2).call(scan(token, "9996620008", ACCEPT));
        assertThat(user(waiting.call(except, LoginTokenSuccess.class)).phone()).contains("9996620008");
    }

    private static ScanLoginToken scan(PlainLoginToken token, String phone, String verdict) {
        return new ScanLoginToken(token.token(), phone, verdict);
    }

    private TestClient loggedIn(String phone) throws IOException {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
        client.call(signIn(phone, sent, "22222"), PlainAuthorization.class);
        return client;
    }

    private static PlainUser user(LoginTokenSuccess success) {
        return (PlainUser) ((PlainAuthorization) success.authorization()).user();
    }

    private static long whoIs(TestClient client) throws IOException {
        var self = (List<?>) client.call(new GetUsers(List.of(new InputUserSelf())));
        return ((PlainUser) self.get(0)).id();
    }
}
