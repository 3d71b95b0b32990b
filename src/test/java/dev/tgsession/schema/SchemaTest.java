package dev.tgsession.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.schema.ConnectionSchema.GetConfig;
import dev.tgsession.schema.ConnectionSchema.InitConnection;
import dev.tgsession.schema.ConnectionSchema.InvokeWithLayer;
import dev.tgsession.schema.ConnectionSchema.JsonNumber;
import dev.tgsession.schema.ConnectionSchema.JsonObject;
import dev.tgsession.schema.ConnectionSchema.JsonObjectValue;
import dev.tgsession.schema.DialogSchema.GetDialogs;
import dev.tgsession.schema.MtprotoSchema.GzipPacked;
import dev.tgsession.schema.MtprotoSchema.PqInnerData;
import dev.tgsession.schema.MtprotoSchema.PqInnerDataDc;
import dev.tgsession.schema.PasswordSchema.AccountPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoModPow;
import dev.tgsession.schema.PasswordSchema.SecurePasswordKdfAlgoUnknown;
import dev.tgsession.schema.PhoneCodeSchema.CodeSettings;
import dev.tgsession.schema.PhoneCodeSchema.SendCode;
import dev.tgsession.schema.SignInSchema.SignIn;
import dev.tgsession.schema.UpdatesSchema.UpdateLoginToken;
import dev.tgsession.schema.UpdatesSchema.UpdateShort;
import dev.tgsession.schema.UserSchema.InputPeerEmpty;
import dev.tgsession.tl.TlCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SchemaTest {
    private final TlCodec codec = Schema.codec();

    @Test
    void aCallLooksOnTheWireAsTelegramSays() {
        SendCode call = new SendCode("9996621234", 12345, "0123456789abcdef0123456789abcdef", CodeSettings.none());
        assertThat(codec.write(call))
                .isEqualTo(Bytes.ofHex("4f2477a60a393939363632313233340039300000203031323334353637383961626364656630"
                        + "313233343536373839616263646566000000783d25ad00000000"));
    }

    @Test
    void aWrappedCallComesBackAsItWas() throws Exception {
        var zone = new JsonObject(List.of(new JsonObjectValue("tz_offset", new JsonNumber(7200))));
        var call = new InvokeWithLayer<>(
                Schema.LAYER,
                new InitConnection<>(
                        1,
                        "Desktop",
                        "Linux",
                        "1.0",
                        "en",
                        "",
                        "en",
                        Optional.empty(),
                        Optional.of(zone),
                        new GetConfig()));
        assertThat(codec.read(codec.write(call))).isEqualTo(call);
    }

    @Test
    void aSecretDoesNotPrintHoweverDeepItLies() {
        var call = new InvokeWithLayer<>(
                Schema.LAYER, new SignIn("15550100", "f1e2d3c4", Optional.of("77310"), Optional.empty()));
        assertThat(call.toString()).contains("SignIn[hidden]").doesNotContain("77310", "f1e2d3c4");
        assertThat(new GzipPacked(Bytes.ofHex("c0ffee00")).toString()).isEqualTo("GzipPacked[4 bytes]");
    }

    @Test
    void theInnerDataOfAKeyExchangeIsReadByItsType() throws Exception {
        Bytes small = Bytes.of(new byte[16]);
        PqInnerDataDc inner = new PqInnerDataDc(
                Bytes.ofHex("15"), Bytes.ofHex("03"), Bytes.ofHex("07"), small, small, Bytes.of(new byte[32]), -10002);
        assertThat(codec.read(codec.write(inner)))
                .isInstanceOf(PqInnerData.class)
                .isEqualTo(inner);
    }

    @Test
    void aPasswordChallengeIsCompleteOrNotThere() {
        AccountPassword half = new AccountPassword(
                false,
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new PasswordKdfAlgoModPow(Bytes.EMPTY, Bytes.EMPTY, 3, Bytes.EMPTY),
                new SecurePasswordKdfAlgoUnknown(),
                Bytes.EMPTY,
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> codec.write(half))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("current_algo");
    }

    @Test
    void anAcceptedLoginTokenIsUnderstood() throws Exception {
        assertThat(codec.read(Bytes.ofHex("c1ded47891e64f568ae14e68")))
                .isEqualTo(new UpdateShort(new UpdateLoginToken(), 1750000010));
    }

    @Test
    void theAnswerToGetDialogsIsLeftAsItCame() throws Exception {
        var call = new GetDialogs(false, Optional.of(0), 0, 0, new InputPeerEmpty(), 100, 0);
        Bytes answer = Bytes.ofHex("c06cba1501020304");
        assertThat(codec.readResult(call, answer)).isEqualTo(answer);
        assertThat(codec.write(call))
                .isEqualTo(
                        Bytes.ofHex("4fcbf4a002000000000000000000000000000000ea183b7f" + "640000000000000000000000"));
    }

    @Test
    void noTwoRecordsShareAName() {
        // So an import says enough.
        Set<String> names = new HashSet<>();
        for (Class<?> topic : Schema.topics()) {
            for (Class<?> member : topic.getDeclaredClasses()) {
                assertThat(names.add(member.getSimpleName()))
                        .as(member.getSimpleName())
                        .isTrue();
            }
        }
    }

    @Test
    void thereIsOneCodec() {
        assertThat(Schema.codec()).isSameAs(codec);
    }
}
