package dev.tgsession.practice;

import static dev.tgsession.practice.PhoneLoginTest.proof;
import static dev.tgsession.practice.PhoneLoginTest.sendCode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.AuthKey;
import dev.tgsession.crypto.BindingMessage;
import dev.tgsession.crypto.NewPasswordHash;
import dev.tgsession.crypto.Password;
import dev.tgsession.crypto.Srp;
import dev.tgsession.practice.PhoneMessage.Way;
import dev.tgsession.practice.PracticeSchema.DifferenceEmpty;
import dev.tgsession.practice.PracticeSchema.GetAppConfig;
import dev.tgsession.practice.PracticeSchema.GetDifference;
import dev.tgsession.practice.PracticeSchema.GetFullUser;
import dev.tgsession.practice.PracticeSchema.GetTermsOfServiceUpdate;
import dev.tgsession.practice.PracticeSchema.OldGetAppConfig;
import dev.tgsession.practice.PracticeSchema.OldLogOut;
import dev.tgsession.practice.PracticeSchema.UpdateStatus;
import dev.tgsession.practice.PracticeSchema.UsersUserFull;
import dev.tgsession.schema.AccountSchema.AccountAuthorization;
import dev.tgsession.schema.AccountSchema.Authorizations;
import dev.tgsession.schema.AccountSchema.GetAuthorizations;
import dev.tgsession.schema.AccountSchema.ResetAuthorization;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.ConnectionSchema.GetNearestDc;
import dev.tgsession.schema.ConnectionSchema.NearestDc;
import dev.tgsession.schema.LoginEmailSchema.EmailVerification;
import dev.tgsession.schema.LoginEmailSchema.EmailVerificationCode;
import dev.tgsession.schema.LoginEmailSchema.EmailVerificationGoogle;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifiedLogin;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifyPurposeLoginSetup;
import dev.tgsession.schema.LoginEmailSchema.EmailVerifyPurposePassport;
import dev.tgsession.schema.LoginEmailSchema.SendVerifyEmailCode;
import dev.tgsession.schema.LoginEmailSchema.SentEmailCode;
import dev.tgsession.schema.LoginEmailSchema.VerifyEmail;
import dev.tgsession.schema.MtprotoSchema.BindAuthKeyInner;
import dev.tgsession.schema.MtprotoSchema.Ping;
import dev.tgsession.schema.MtprotoSchema.RpcError;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.CheckRecoveryPassword;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PasswordSchema.PasswordInputSettings;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoModPow;
import dev.tgsession.schema.PasswordSchema.PasswordRecovery;
import dev.tgsession.schema.PasswordSchema.RecoverPassword;
import dev.tgsession.schema.PasswordSchema.RequestPasswordRecovery;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.ResetLoginEmail;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeEmailCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSetUpEmailRequired;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSms;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.schema.TransferSchema.BindTempAuthKey;
import dev.tgsession.schema.TransferSchema.DropTempAuthKeys;
import dev.tgsession.schema.TransferSchema.ExportAuthorization;
import dev.tgsession.schema.TransferSchema.ExportedAuthorization;
import dev.tgsession.schema.TransferSchema.ImportAuthorization;
import dev.tgsession.schema.TransferSchema.LogOut;
import dev.tgsession.schema.TransferSchema.LoggedOut;
import dev.tgsession.schema.TransferSchema.ResetAuthorizations;
import dev.tgsession.schema.UpdatesSchema.GetState;
import dev.tgsession.schema.UpdatesSchema.UpdateServiceNotification;
import dev.tgsession.schema.UpdatesSchema.UpdateShort;
import dev.tgsession.schema.UpdatesSchema.UpdatesState;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserEmpty;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainInputUser;
import dev.tgsession.schema.UserSchema.PlainUser;
import dev.tgsession.schema.UserSchema.UserEmpty;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the desks answer beside the way through phone, code and password. */
final class DesksTest {
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

    // E-mail.

    @Test
    void aCodeByMailIsSentBackAsSuch() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620161"), PlainSentCode.class);
        SentCodeTypeEmailCode type = (SentCodeTypeEmailCode) sent.type();
        assertThat(type.emailPattern()).isEqualTo("p***e@example.org");
        assertThat(type.length()).isEqualTo(6);
        assertThat(type.resetAvailablePeriod()).contains(7 * 86_400);
        assertThat(practising.phone.messages.get(0).way()).isEqualTo(Way.EMAIL);
        assertThat(practising.phone.lastCode()).isEqualTo("654321");
        assertThat(client.refusal(signIn("9996620161", sent, "654321"))).isEqualTo("400 PHONE_CODE_INVALID");
        assertThat(practising.phone.refusals).last().asString().contains("email_verification");
        assertThat(client.refusal(signIn("9996620161", sent, new EmailVerificationGoogle("x"))))
                .isEqualTo("400 PHONE_CODE_INVALID");
        assertThat(client.refusal(signIn("9996620161", sent, new EmailVerificationCode("111111"))))
                .isEqualTo("400 PHONE_CODE_INVALID");
        assertThat(client.call(signIn("9996620161", sent, new EmailVerificationCode("654321"))))
                .isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void anAddressCanBeResetAtOnceOrAfterDays() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620162"), PlainSentCode.class);
        assertThat(((SentCodeTypeEmailCode) sent.type()).resetAvailablePeriod()).contains(0);
        PlainSentCode bySms = client.call(reset("9996620162", sent), PlainSentCode.class);
        assertThat(bySms.type()).isEqualTo(new SentCodeTypeSms(5));
        assertThat(client.refusal(reset("9996620162", bySms))).isEqualTo("400 EMAIL_INSTALL_MISSING");
        assertThat(client.call(signIn("9996620162", bySms, "22222"))).isInstanceOf(PlainAuthorization.class);

        PlainSentCode slow = client.call(sendCode("9996620161"), PlainSentCode.class);
        PlainSentCode still = client.call(reset("9996620161", slow), PlainSentCode.class);
        SentCodeTypeEmailCode type = (SentCodeTypeEmailCode) still.type();
        assertThat(type.resetAvailablePeriod()).isEmpty();
        assertThat(type.resetPendingDate().orElseThrow().longValue())
                .isGreaterThan(practising.clock.instant().getEpochSecond() + 6 * 86_400);
        assertThat(client.refusal(reset("9996620161", still))).isEqualTo("400 TASK_ALREADY_EXISTS");
    }

    @Test
    void anAddressIsSetUpBeforeTheCodeComes() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620160"), PlainSentCode.class);
        assertThat(sent.type()).isInstanceOf(SentCodeTypeSetUpEmailRequired.class);
        assertThat(practising.phone.messages).isEmpty();
        var purpose = new EmailVerifyPurposeLoginSetup("9996620160", sent.phoneCodeHash());
        for (String bad :
                List.of("", "ann", "ann@", "@example.org", "a@b@c.d", "ann@example", "ann@example.", "a n@e.org")) {
            assertThat(client.refusal(new SendVerifyEmailCode(purpose, bad))).isEqualTo("400 EMAIL_INVALID");
        }
        assertThat(client.refusal(new SendVerifyEmailCode(purpose, "ann@example.invalid")))
                .isEqualTo("400 EMAIL_NOT_ALLOWED");
        assertThat(client.refusal(new SendVerifyEmailCode(new EmailVerifyPurposePassport(), "ann@example.org")))
                .isEqualTo("400 EMAIL_NOT_SETUP");
        assertThat(client.refusal(new VerifyEmail(purpose, new EmailVerificationCode("654321"))))
                .isEqualTo("400 EMAIL_VERIFY_EXPIRED");

        SentEmailCode mailed = client.call(new SendVerifyEmailCode(purpose, "ann@example.org"), SentEmailCode.class);
        assertThat(mailed).isEqualTo(new SentEmailCode("a***n@example.org", 6));
        assertThat(practising.phone.messages.get(0).text()).contains("ann@example.org");
        assertThat(client.refusal(new VerifyEmail(purpose, new EmailVerificationCode("1"))))
                .isEqualTo("400 CODE_INVALID");
        assertThat(client.refusal(new VerifyEmail(purpose, new EmailVerificationGoogle("1"))))
                .isEqualTo("400 EMAIL_TOKEN_INVALID");
        var verified = client.call(
                new VerifyEmail(purpose, new EmailVerificationCode(practising.phone.lastCode())),
                EmailVerifiedLogin.class);
        PlainSentCode next = (PlainSentCode) verified.sentCode();
        assertThat(next.type()).isEqualTo(new SentCodeTypeSms(5));
        assertThat(client.call(signIn("9996620160", next, "22222"))).isInstanceOf(PlainAuthorization.class);
        // From now on the address is there.
        assertThat(client.call(sendCode("9996620160"), PlainSentCode.class).type())
                .isInstanceOf(SentCodeTypeEmailCode.class);
    }

    @Test
    void anAddressIsOnlySetUpWhereItWasAskedFor() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620001"), PlainSentCode.class);
        var purpose = new EmailVerifyPurposeLoginSetup("9996620001", sent.phoneCodeHash());
        assertThat(client.refusal(new SendVerifyEmailCode(purpose, "ann@example.org")))
                .isEqualTo("400 EMAIL_NOT_ALLOWED");
    }

    private static SignIn signIn(String phone, PlainSentCode sent, EmailVerification mail) {
        return new SignIn(phone, sent.phoneCodeHash(), Optional.empty(), Optional.of(mail));
    }

    private static SignIn signIn(String phone, PlainSentCode sent, String code) {
        return PhoneLoginTest.signIn(phone, sent, code);
    }

    private static ResetLoginEmail reset(String phone, PlainSentCode sent) {
        return new ResetLoginEmail(phone, sent.phoneCodeHash());
    }

    // Recovery.

    @Test
    void aForgottenPasswordIsRecoveredAndGone() throws Exception {
        TestClient client = practising.client(2);
        assertThat(client.refusal(new GetPassword())).isEqualTo("401 AUTH_KEY_UNREGISTERED");
        assertThat(client.refusal(new RequestPasswordRecovery())).isEqualTo("401 AUTH_KEY_UNREGISTERED");
        needPassword(client, "9996620101");
        assertThat(client.call(new GetPassword(), AccountPassword.class).hasRecovery())
                .isTrue();
        assertThat(client.call(new RequestPasswordRecovery())).isEqualTo(new PasswordRecovery("p***e@example.org"));
        String code = practising.phone.lastCode();
        assertThat(code).isEqualTo("123456");
        assertThat(client.refusal(new CheckRecoveryPassword("1"))).isEqualTo("400 CODE_INVALID");
        assertThat(client.refusal(new CheckRecoveryPassword(""))).isEqualTo("400 CODE_EMPTY");
        assertThat(client.call(new CheckRecoveryPassword(code))).isEqualTo(true);
        assertThat(client.refusal(new RecoverPassword("1", Optional.empty()))).isEqualTo("400 CODE_INVALID");
        assertThat(client.call(new RecoverPassword(code, Optional.empty()))).isInstanceOf(PlainAuthorization.class);
        AccountPassword none = client.call(new GetPassword(), AccountPassword.class);
        assertThat(none.hasPassword()).isFalse();
        assertThat(none.srpB()).isEmpty();
        assertThat(none.hint()).isEmpty();
        logIn(practising.client(2), "9996620101");
    }

    @Test
    void aNewPasswordTakesThePlaceOfAForgottenOne() throws Exception {
        TestClient client = practising.client(2);
        needPassword(client, "9996620101");
        AccountPassword question = client.call(new GetPassword(), AccountPassword.class);
        PasswordKdfAlgoModPow algorithm = (PasswordKdfAlgoModPow) question.newAlgo();
        NewPasswordHash fresh;
        try (Password password = Password.of("fresh")) {
            fresh = Srp.newPasswordHash(
                    password, algorithm.salt1(), algorithm.salt2(), algorithm.g(), algorithm.p(), client.random);
        }
        var settings = new PasswordInputSettings(
                Optional.of(new PasswordKdfAlgoModPow(fresh.salt1(), algorithm.salt2(), algorithm.g(), algorithm.p())),
                Optional.of(fresh.hash()),
                Optional.of("new hint"),
                Optional.empty(),
                Optional.empty());
        assertThat(client.call(new RecoverPassword("123456", Optional.of(settings))))
                .isInstanceOf(PlainAuthorization.class);
        TestClient next = practising.client(2);
        needPassword(next, "9996620101");
        assertThat(next.call(new GetPassword(), AccountPassword.class).hint()).contains("new hint");
        assertThat(next.refusal(proof(next, "practice"))).isEqualTo("400 PASSWORD_HASH_INVALID");
        assertThat(next.call(proof(next, "fresh"))).isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void withoutAnAddressThereIsNoRecovery() throws Exception {
        TestClient client = practising.client(2);
        needPassword(client, "9996620100");
        assertThat(client.refusal(new RequestPasswordRecovery())).isEqualTo("400 PASSWORD_RECOVERY_NA");
        logIn(client, "9996620001");
        assertThat(client.refusal(new RequestPasswordRecovery())).isEqualTo("400 PASSWORD_EMPTY");
    }

    @Test
    void severalQuestionsAreOpenAtOnceAndEachIsGoodForOneAnswer() throws Exception {
        TestClient client = practising.client(2);
        needPassword(client, "9996620100");
        client.call(new GetPassword());
        var proof = proof(client, "practice");
        client.call(new GetPassword());
        assertThat(client.call(proof)).isInstanceOf(PlainAuthorization.class);
        assertThat(client.refusal(proof)).isEqualTo("400 SRP_ID_INVALID");
    }

    // Sessions of an account.

    @Test
    void sessionsAreListedAndEnded() throws Exception {
        TestClient one = practising.client(2);
        TestClient two = practising.client(2);
        TestClient three = practising.client(2);
        for (TestClient each : List.of(one, two, three)) {
            logIn(each, "9996620001");
        }
        Authorizations all = one.call(new GetAuthorizations(), Authorizations.class);
        assertThat(all.authorizations())
                .hasSize(3)
                .extracting(AccountAuthorization::deviceModel)
                .containsOnly("test");
        assertThat(all.authorizations())
                .filteredOn(AccountAuthorization::current)
                .hasSize(1)
                .first()
                .extracting(AccountAuthorization::hash)
                .isEqualTo(0L);
        long hash = all.authorizations().get(1).hash();
        assertThat(one.call(new ResetAuthorization(hash))).isEqualTo(true);
        assertThat(one.refusal(new ResetAuthorization(hash))).isEqualTo("400 HASH_INVALID");
        assertThat(two.refusal(WHO_AM_I)).isEqualTo("401 SESSION_REVOKED");
        assertThat(one.call(new ResetAuthorizations())).isEqualTo(true);
        assertThat(three.refusal(WHO_AM_I)).isEqualTo("401 SESSION_REVOKED");
        assertThat(one.call(WHO_AM_I)).isInstanceOf(List.class);
        assertThat(one.call(new UpdateStatus(true))).isEqualTo(true);
    }

    @Test
    void whoHasLoggedOutIsUnknown() throws Exception {
        TestClient client = practising.client(2);
        logIn(client, "9996620001");
        assertThat(client.call(new LogOut())).isInstanceOf(LoggedOut.class);
        assertThat(client.refusal(WHO_AM_I)).isEqualTo("401 AUTH_KEY_UNREGISTERED");
        logIn(client, "9996620001");
        assertThat(client.call(new OldLogOut())).isEqualTo(true);
        assertThat(client.refusal(new LogOut())).isEqualTo("401 AUTH_KEY_UNREGISTERED");
    }

    @Test
    void aCodeInTheAppReachesOtherSessionsOfTheAccount() throws Exception {
        TestClient old = practising.client(2);
        logIn(old, "9996620001");
        TestClient client = practising.client(2);
        client.call(sendCode("9996620001"));
        UpdateShort update = old.receive(UpdateShort.class);
        assertThat(((UpdateServiceNotification) update.update()).message()).contains("22222");
    }

    // To another data centre.

    @Test
    void aTicketCarriesALoginOnce() throws Exception {
        TestClient client = practising.client(2);
        logIn(client, "9996620001");
        assertThat(client.refusal(new ExportAuthorization(6))).isEqualTo("400 DC_ID_INVALID");
        ExportedAuthorization ticket = client.call(new ExportAuthorization(4), ExportedAuthorization.class);
        assertThat(practising.client(3).refusal(new ImportAuthorization(ticket.id(), ticket.bytes())))
                .isEqualTo("400 AUTH_BYTES_INVALID");
        ticket = client.call(new ExportAuthorization(4), ExportedAuthorization.class);
        TestClient there = practising.client(4);
        assertThat(there.call(new ImportAuthorization(ticket.id(), ticket.bytes())))
                .isInstanceOf(PlainAuthorization.class);
        assertThat(there.call(WHO_AM_I)).isInstanceOf(List.class);
        assertThat(there.refusal(new ImportAuthorization(ticket.id(), ticket.bytes())))
                .isEqualTo("400 AUTH_BYTES_INVALID");
        ticket = client.call(new ExportAuthorization(4), ExportedAuthorization.class);
        assertThat(there.refusal(new ImportAuthorization(1, ticket.bytes()))).isEqualTo("400 USER_ID_INVALID");
        ticket = client.call(new ExportAuthorization(4), ExportedAuthorization.class);
        practising.clock.forward(Duration.ofSeconds(61));
        there.clockError += 61;
        assertThat(there.refusal(new ImportAuthorization(ticket.id(), ticket.bytes())))
                .isEqualTo("400 AUTH_BYTES_INVALID");
    }

    // Who and where.

    @Test
    void peopleAreToldWhoTheyAre() throws Exception {
        TestClient client = practising.client(2);
        logIn(client, "9996620001");
        List<?> users = client.call(
                new GetUsers(List.of(
                        new InputUserSelf(),
                        new PlainInputUser(9_996_620_001L, 0),
                        new PlainInputUser(5, 0),
                        new InputUserEmpty())),
                List.class);
        assertThat(users.get(1)).isEqualTo(users.get(0));
        assertThat(((PlainUser) users.get(0)).username()).contains("practice_9996620001");
        assertThat(users.get(2)).isEqualTo(new UserEmpty(5));
        assertThat(users.get(3)).isEqualTo(new UserEmpty(0));
        UsersUserFull full = client.call(new GetFullUser(new InputUserSelf()), UsersUserFull.class);
        assertThat(full.fullUser().id()).isEqualTo(9_996_620_001L);
        assertThat(full.users()).hasSize(1);
        assertThat(client.refusal(new GetFullUser(new PlainInputUser(5, 0)))).isEqualTo("400 USER_ID_INVALID");
        assertThat(client.call(new GetState())).isInstanceOf(UpdatesState.class);
        assertThat(client.call(new GetDifference(1, 1, 1))).isInstanceOf(DifferenceEmpty.class);
        assertThat(client.call(new GetNearestDc())).isEqualTo(new NearestDc("US", 2, 2));
        for (var each : List.of(new GetAppConfig(0), new OldGetAppConfig(), new GetTermsOfServiceUpdate())) {
            assertThat(client.call(each)).isNotInstanceOf(RpcError.class);
        }
        long unknown = client.send(Bytes.ofInt(0xd6b94df2), true);
        assertThat(TestClient.CODEC.read(client.receiveResult(unknown)).toString())
                .contains("INPUT_METHOD_INVALID");
    }

    // Temporary keys.

    @Test
    void aTemporaryKeySpeaksForItsPermanentOneOnceBound() throws Exception {
        TestClient permanent = practising.client(2);
        logIn(permanent, "9996620001");
        TestClient temporary = practising.stranger(2).withKey(TestClient.Style.TEMPORARY, 2);
        assertThat(temporary.call(new GetConfig())).isInstanceOf(Config.class);
        assertThat(temporary.refusal(WHO_AM_I)).isEqualTo("401 AUTH_KEY_PERM_EMPTY");

        // Bare, as the first call of a session.
        TestClient bare = practising.stranger(2).withKey(TestClient.Style.TEMPORARY, 2);
        Binding good = new Binding(bare, permanent.key);
        assertThat(good.send(bare)).isEqualTo(true);
        assertThat(bare.call(WHO_AM_I)).isEqualTo(permanent.call(WHO_AM_I));
        assertThat(new Binding(temporary, permanent.key).send(temporary)).isEqualTo(true);
        assertThat(bare.call(new DropTempAuthKeys(List.of()))).isEqualTo(true);
        temporary.send(new Ping(1));
        assertThat(temporary.receiveRefusal()).isEqualTo(-404);

        practising.clock.forward(Duration.ofHours(2));
        bare.clockError += 7200;
        bare.send(new Ping(1));
        assertThat(bare.receiveRefusal()).isEqualTo(-404);
    }

    @Test
    void everyFieldOfABindingIsChecked() throws Exception {
        TestClient permanent = practising.client(2);
        permanent.call(new GetConfig());
        TestClient temporary = practising.stranger(2).withKey(TestClient.Style.TEMPORARY, 2);
        String invalid = "400 ENCRYPTED_MESSAGE_INVALID";
        Binding binding = new Binding(temporary, permanent.key);
        binding.innerNonce++;
        assertThat(binding.refusal(temporary)).isEqualTo(invalid);
        binding = new Binding(temporary, permanent.key);
        binding.temporaryId++;
        assertThat(binding.refusal(temporary)).isEqualTo(invalid);
        binding = new Binding(temporary, permanent.key);
        binding.sessionId++;
        assertThat(binding.refusal(temporary)).isEqualTo(invalid);
        binding = new Binding(temporary, permanent.key);
        binding.innerExpiry++;
        assertThat(binding.refusal(temporary)).isEqualTo(invalid);
        binding = new Binding(temporary, permanent.key);
        binding.messageIdOffset = 4;
        assertThat(binding.refusal(temporary)).isEqualTo(invalid);
        binding = new Binding(temporary, AuthKey.of(temporary.chance(256)));
        assertThat(binding.refusal(temporary)).isEqualTo(invalid);
        binding = new Binding(temporary, temporary.key);
        assertThat(binding.refusal(temporary)).isEqualTo(invalid);
        binding = new Binding(temporary, permanent.key);
        binding.expiry = 5;
        assertThat(binding.refusal(temporary)).isEqualTo("400 EXPIRES_AT_INVALID");
        binding = new Binding(permanent, permanent.key);
        assertThat(binding.refusal(permanent)).isEqualTo("400 TEMP_AUTH_KEY_EMPTY");
    }

    /** What a client says to bind its key, with everything right until a test changes it. */
    private static final class Binding {
        private final AuthKey permanent;
        private final long nonce;
        long innerNonce;
        long temporaryId;
        long sessionId;
        int expiry = (int) Instant.now().getEpochSecond() + 3600;
        int innerExpiry = expiry;
        long messageIdOffset;

        Binding(TestClient client, AuthKey permanent) {
            this.permanent = permanent;
            nonce = client.random.nextLong();
            innerNonce = nonce;
            temporaryId = client.key.idAsLong();
            sessionId = client.sessionId;
        }

        Object send(TestClient client) throws IOException {
            long id = client.nextId();
            Bytes inner = TestClient.CODEC.write(
                    new BindAuthKeyInner(innerNonce, temporaryId, permanent.idAsLong(), sessionId, innerExpiry));
            Bytes sealed = new BindingMessage(id + messageIdOffset, inner).seal(permanent, client.random);
            client.send(
                    id,
                    client.nextSequenceNumber(true),
                    TestClient.CODEC.write(new BindTempAuthKey(permanent.idAsLong(), nonce, expiry, sealed)));
            Bytes result = client.receiveResult(id);
            return result.intAt(0) == 0x997275b5 ? true : TestClient.CODEC.read(result);
        }

        String refusal(TestClient client) throws IOException {
            var error = (RpcError) send(client);
            return error.errorCode() + " " + error.errorMessage();
        }
    }

    // Hands.

    private static void logIn(TestClient client, String phone) throws IOException {
        PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
        client.call(signIn(phone, sent, "22222"), PlainAuthorization.class);
    }

    private static void needPassword(TestClient client, String phone) throws IOException {
        PlainSentCode sent = client.call(sendCode(phone), PlainSentCode.class);
        assertThat(client.refusal(signIn(phone, sent, "22222"))).isEqualTo("401 SESSION_PASSWORD_NEEDED");
    }
}
