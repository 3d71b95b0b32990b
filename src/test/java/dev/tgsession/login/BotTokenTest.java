package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotTokenTest {
    private static final String SECRET = "AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc";

    @Test
    void aTokenIsDigitsAColonAndAbout35Characters() {
        assertThat(BotToken.of(" 123456789:" + SECRET + "\n"))
                .contains(new BotToken("123456789:" + SECRET))
                .get()
                .extracting(BotToken::botId)
                .isEqualTo("123456789");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123456789",
                ":" + SECRET,
                "12a:" + SECRET,
                "123:short",
                "123:" + SECRET + "!",
                "1:2:" + SECRET,
                "123 456:" + SECRET,
                "https://t.me/x"
            })
    void anythingElseIsNone(String typed) {
        assertThat(BotToken.of(typed)).isEmpty();
    }

    @Test
    void whoTypesAColonMeansAToken() {
        assertThat(BotToken.isMeant("123:abc")).isTrue();
        assertThat(BotToken.isMeant("+49 170")).isFalse();
    }

    @Test
    void theSecretHalfDoesNotPrint() {
        assertThat(new BotToken("123456789:" + SECRET)).hasToString("BotToken[123456789:hidden]");
        assertThatThrownBy(() -> new BotToken("123:" + SECRET + "!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }
}
