package dev.tgsession.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.ConnectionSchema.InitConnection;
import dev.tgsession.schema.ConnectionSchema.InvokeWithLayer;
import dev.tgsession.schema.PhoneCodeSchema.CodeSettings;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchemaTest {
    @Test
    void aCallLooksOnTheWireAsTelegramSays() {
        SendCode call = new SendCode("9996621234", 12345, "0123456789abcdef0123456789abcdef", CodeSettings.none());
        assertThat(Schema.codec().write(call))
                .isEqualTo(Bytes.ofHex("4f2477a60a393939363632313233340039300000203031323334353637383961626364656630"
                        + "313233343536373839616263646566000000783d25ad00000000"));
    }

    @Test
    void aWrappedCallComesBackAsItWas() throws Exception {
        var call = new InvokeWithLayer<>(
                Schema.LAYER,
                new InitConnection<>(
                        1, "d", "s", "a", "en", "", "en", Optional.empty(), Optional.empty(), new GetConfig()));
        assertThat(Schema.codec().read(Schema.codec().write(call))).isEqualTo(call);
    }
}
