package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.Password;
import dev.tgsession.crypto.Srp;
import dev.tgsession.crypto.SrpParameters;
import dev.tgsession.crypto.SrpProof;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.CheckPassword;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoModPow;
import dev.tgsession.schema.PasswordSchema.PlainInputCheckPasswordSrp;
import dev.tgsession.schema.PhoneCodeSchema.CodeSettings;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.SignInSchema.PlainAuthorization;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.schema.UserSchema.GetUsers;
import dev.tgsession.schema.UserSchema.InputUserSelf;
import dev.tgsession.schema.UserSchema.PlainUser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PhoneLoginTest {
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
    void aPlainNumberLogsInWithTheCodeFromThePhone() throws Exception {
        TestClient client = practising.client(2);
        assertThat(client.refusal(new GetUsers(List.of(new InputUserSelf())))).isEqualTo("401 AUTH_KEY_UNREGISTERED");

        PlainSentCode sent = client.call(sendCode("+99966 2 0001"), PlainSentCode.class);
        assertThat(sent.type()).isEqualTo(new SentCodeTypeApp(5));
        assertThat(sent.phoneCodeHash()).isNotEmpty();
        assertThat(practising.phone.lastCode()).isEqualTo("22222");

        var authorization = client.call(signIn("9996620001", sent, "22222"), PlainAuthorization.class);
        PlainUser user = (PlainUser) authorization.user();
        assertThat(user.self()).isTrue();
        assertThat(user.id()).isEqualTo(9_996_620_001L);
        assertThat(user.phone()).contains("9996620001");
        assertThat(user.accessHash()).isPresent();
        assertThat(client.call(new GetUsers(List.of(new InputUserSelf())))).isEqualTo(List.of(user));
    }

    @Test
    void aPasswordIsAskedForAndProven() throws Exception {
        TestClient client = practising.client(2);
        PlainSentCode sent = client.call(sendCode("9996620100"), PlainSentCode.class);
        assertThat(client.refusal(signIn("9996620100", sent, "22222"))).isEqualTo("401 SESSION_PASSWORD_NEEDED");
        assertThat(client.refusal(proof(client, "practise"))).isEqualTo("400 PASSWORD_HASH_INVALID");
        assertThat(client.call(proof(client, "practice"))).isInstanceOf(PlainAuthorization.class);
    }

    @Test
    void theConfigurationNamesThePortsOfAllDataCentres() throws Exception {
        TestClient client = practising.client(3);
        Config config = client.call(new GetConfig(), Config.class);
        assertThat(config.thisDc()).isEqualTo(3);
        assertThat(config.testMode()).isFalse();
        assertThat(config.dcOptions()).hasSize(5).allSatisfy(option -> {
            assertThat(option.ipAddress()).isEqualTo("127.0.0.1");
            assertThat(option.port())
                    .isEqualTo(practising.server.address(option.id()).getPort());
        });
    }

    static SendCode sendCode(String phone) {
        return new SendCode(phone, 1, "0123456789abcdef0123456789abcdef", CodeSettings.none());
    }

    static SignIn signIn(String phone, PlainSentCode sent, String code) {
        return new SignIn(phone, sent.phoneCodeHash(), Optional.of(code), Optional.empty());
    }

    static CheckPassword proof(TestClient client, String password) throws IOException {
        AccountPassword question = client.call(new GetPassword(), AccountPassword.class);
        var algorithm = (PasswordKdfAlgoModPow) question.currentAlgo().orElseThrow();
        var parameters = new SrpParameters(
                question.srpId().orElseThrow(),
                algorithm.salt1(),
                algorithm.salt2(),
                algorithm.g(),
                algorithm.p(),
                question.srpB().orElseThrow());
        SrpProof proof = Srp.prove(parameters, Password.of(password), client.random);
        return new CheckPassword(new PlainInputCheckPasswordSrp(proof.srpId(), proof.a(), proof.m1()));
    }
}
