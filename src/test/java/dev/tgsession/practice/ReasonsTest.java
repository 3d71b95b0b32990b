package dev.tgsession.practice;

import static dev.tgsession.practice.PhoneLoginTest.sendCode;
import static dev.tgsession.practice.PhoneLoginTest.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.PhoneCodeSchema.PlainSentCode;
import dev.tgsession.schema.UpdatesSchema.GetState;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever writes a client learns on the console why something was refused, and what would have been right. */
final class ReasonsTest {
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
    void anErrorComesWithItsMeaningAndTheNextStep() throws Exception {
        TestClient client = practising.client(2);
        client.refusal(new GetState());
        assertThat(last())
                .isEqualTo("updates.getState: 401 AUTH_KEY_UNREGISTERED (nobody is logged in with this key;"
                        + " before a login, that is the answer to expect)");
        client.refusal(sendCode("9996640001"));
        assertThat(last()).startsWith("auth.sendCode: 303 PHONE_MIGRATE_4 (").contains("make a key there");
        PlainSentCode sent = client.call(sendCode("9996620100"), PlainSentCode.class);
        client.refusal(signIn("9996620100", sent, "22222"));
        assertThat(last()).contains("SESSION_PASSWORD_NEEDED (", "account.getPassword, then auth.checkPassword");
        client.refusal(signIn("9996620001", sent, "22222"));
        assertThat(last()).contains("PHONE_CODE_EXPIRED (the phone_code_hash is unknown");
    }

    @Test
    void whatIsScriptedSaysSo() throws Exception {
        TestClient client = practising.client(2);
        client.refusal(sendCode("9996620300"));
        assertThat(last()).isEqualTo("auth.sendCode: 420 FLOOD_WAIT_3 (this number is there to answer so)");
        client.call(sendCode("9996620602"));
        client.call(sendCode("9996620602"));
        assertThat(practising.phone.notes)
                .containsOnlyOnce("scenario salt-rotate: from now on the server "
                        + "takes another salt every 5 s; the old one is good for 5 s more");
    }

    @Test
    void whatARefusalSaysItselfComesFirst() {
        assertThat(Reasons.of(new Refusal(400, "PHONE_CODE_INVALID", "it was mailed")))
                .contains("it was mailed");
        assertThat(Reasons.of(new Refusal(400, "PHONE_CODE_INVALID"))).isPresent();
        assertThat(Reasons.of(new Refusal(400, "SOMETHING_ELSE"))).isEmpty();
    }

    @Test
    void layersOutsideTheTableAreRemarkedUponOnce() throws Exception {
        for (int layer : List.of(100, 100, 300)) {
            TestClient client = practising.client(2);
            client.layer = layer;
            client.callRaw(new GetConfig());
        }
        assertThat(practising.phone.notes)
                .containsExactly(
                        "a client speaks layer 100; it is answered in layer 133",
                        "a client speaks layer 300; it is answered in layer 228");
    }

    private String last() {
        return practising.phone.refusals.get(practising.phone.refusals.size() - 1);
    }
}
