package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.practice.TestClient.Style;
import dev.tgsession.schema.ConnectionSchema.Config;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server refuses that was told to be strict, and what others put right. */
final class StrictServerTest {
    private static final int AT = 2;

    private Practising practising;

    @BeforeEach
    void start() throws IOException {
        practising = Practising.strict();
    }

    @AfterEach
    void stop() throws IOException {
        practising.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 132})
    void aLayerBelowTheOldestIsRefused(int layer) throws Exception {
        TestClient client = practising.client(AT);
        client.layer = layer;
        assertThat(client.refusal(new GetConfig())).isEqualTo("400 CONNECTION_LAYER_INVALID");
        assertThat(practising.phone.refusals).anyMatch(words -> words.contains("older than 133"));
    }

    /** The key has learned no layer by that, so the client has to introduce itself again. */
    @Test
    void afterARefusalAnotherLayerCanBeTried() throws Exception {
        TestClient client = practising.client(AT);
        client.layer = 132;
        client.refusal(new GetConfig());
        assertThat(client.refusal(new GetConfig())).isEqualTo("400 CONNECTION_NOT_INITED");
        client.layer = 133;
        client.introduced = false;
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {133, 228, 999})
    void theOldestLayerAndThoseToComeAreTaken(int layer) throws Exception {
        TestClient client = practising.client(AT);
        client.layer = layer;
        assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, -3, 9, 0})
    void aKeyForAnotherDataCentreIsRefused(int dc) throws Exception {
        TestClient client = practising.stranger(AT);
        assertThatThrownBy(() -> client.withKey(Style.MODERN, dc))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-444");
        assertThat(client.isHungUp()).isTrue();
        assertThat(practising.phone.refusals).anyMatch(words -> words.contains("at the port of 2"));
    }

    /** Test servers add 10000 and media servers are negative; older clients tell no number at all. */
    @ParameterizedTest
    @EnumSource(Style.class)
    void aKeyForThisOneIsMadeHoweverItIsAskedFor(Style style) throws Exception {
        TestClient client = practising.stranger(AT).withKey(style, AT);
        assertThat(client.key.idAsLong()).isNotZero();
    }

    @Test
    void aServerThatIsNotStrictPutsBothRight() throws Exception {
        try (Practising lenient = new Practising()) {
            TestClient client = lenient.stranger(AT).withKey(Style.MODERN, 4);
            client.layer = 100;
            assertThat(client.call(new GetConfig())).isInstanceOf(Config.class);
            assertThat(lenient.phone.notes)
                    .anyMatch(words -> words.contains("for data centre 4 at the port of 2"))
                    .anyMatch(words -> words.contains("layer 100"));
        }
    }
}
