package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Hashes;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeCall;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeType;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeEmailCode;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeMissedCall;
import dev.tgsession.session.DataCenter;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingLoginTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00.123456789Z");

    @Test
    void itsTextIsReadBack() throws IOException {
        for (SentCodeType type : List.of(
                new SentCodeTypeApp(5),
                new SentCodeTypeMissedCall("+4915", 6),
                new SentCodeTypeEmailCode(
                        false, false, "a**@example.org", 6, Optional.of(3600), Optional.of(1_800_000_000)))) {
            PendingLogin pending = pending(type);
            assertThat(PendingLogin.ofText(pending.toText())).isEqualTo(pending);
            PendingLogin typed = pending.withRefused(refused(2));
            assertThat(PendingLogin.ofText(typed.toText())).isEqualTo(typed);
            assertThat(typed.withPasswordDue().refused()).isEqualTo(refused(2));
            assertThat(PendingLogin.ofText(pending.withPasswordDue().toText()).passwordDue())
                    .isTrue();
        }
    }

    /** No RSA key is asked for where an auth key is stored. */
    @Test
    void nobodyElseStandsInForTelegram() throws IOException {
        PendingLogin here = pending(new SentCodeTypeApp(5));
        String atTelegram = here.toText()
                .replaceFirst("environment .*", "environment PRODUCTION")
                .replaceFirst("host .*", "host 149.154.167.50")
                .replaceFirst("port .*", "port 443");
        assertThat(PendingLogin.ofText(atTelegram.replace(
                                "149.154.167.50",
                                DataCenters.builtIn(
                                                Environment.PRODUCTION,
                                                here.dataCenter().id(),
                                                false)
                                        .host()))
                        .dataCenter()
                        .environment())
                .isEqualTo(Environment.PRODUCTION);
        for (String forged : List.of("host evil.example", "host 149.154.167.99")) {
            assertThatThrownBy(() -> PendingLogin.ofText(atTelegram.replaceFirst("host .*", forged)))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("evil");
        }
    }

    @Test
    void itSaysWhereTheCodeIsAndNothingSecret() {
        PendingLogin pending = pending(new SentCodeTypeApp(5));

        assertThat(pending.whereTheCodeIs(new MovableClock())).contains("as a message in Telegram", "+9996620001");
        assertThat(pending.toString())
                .contains("+9996620001")
                .doesNotContain("a hash")
                .doesNotContain(pending.authKey().secret().toHex().substring(0, 16));
    }

    @Test
    void damageIsSaidWithoutQuotingIt() {
        String text = pending(new SentCodeTypeApp(5)).withRefused(refused(2)).toText();
        for (String line : text.lines().toList()) {
            for (String damaged : List.of(
                    text.replace(line + "\n", ""),
                    text.replace(line, line.substring(0, line.length() - 1) + "?"),
                    text.substring(0, text.indexOf(line)))) {
                if (line.startsWith("due ")) {
                    continue;
                }
                assertThatThrownBy(() -> PendingLogin.ofText(damaged))
                        .as(line)
                        .isInstanceOf(IOException.class)
                        .message()
                        .doesNotContain("0202", "9996620001", "127.0.0.1");
            }
        }
        assertThatThrownBy(() -> PendingLogin.ofText("")).isInstanceOf(IOException.class);
    }

    @Test
    void marksThatAreMissingOrTooManyAreDamage() {
        String text = pending(new SentCodeTypeApp(5)).withRefused(refused(2)).toText();
        String line = "refused " + refused(2).toText();
        for (String damaged : List.of(
                line.substring(0, line.lastIndexOf(' ')),
                line + " " + "00".repeat(32),
                line.replace("refused 2", "refused 3"),
                "refused 1",
                "refused x",
                "refused 0 ")) {
            assertThatThrownBy(() -> PendingLogin.ofText(text.replace(line, damaged)))
                    .as(damaged)
                    .isInstanceOf(IOException.class);
        }
    }

    private static RefusedCodes refused(int marks) {
        byte[] salt = new byte[32];
        Arrays.fill(salt, (byte) 1);
        return new RefusedCodes(
                Bytes.of(salt),
                IntStream.range(0, marks)
                        .mapToObj(i -> Hashes.sha256(Bytes.ofUtf8("code " + i)))
                        .toList());
    }

    private static PendingLogin pending(SentCodeType type) {
        return new PendingLogin(
                new DataCenter(2, "127.0.0.1", 4430, Environment.PRACTICE),
                ScriptedTelegram.keyOf(2),
                12345,
                new PhoneNumber("9996620001"),
                LoginStory.sent(type, "a hash", new CodeTypeCall(), 60),
                AT,
                false);
    }
}
