package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.fuzz.Fuzzed;
import java.nio.charset.StandardCharsets;

/** Whatever a person types or pastes where a number or a token is due. */
class TypedFuzzTest implements Fuzzed {
    void numbersAndTokens(byte[] input) {
        String typed = new String(input, StandardCharsets.UTF_8);
        PhoneNumber.of(typed).ifPresent(phone -> {
            assertThat(phone.digits()).matches("[0-9]+");
            PhoneWords.of(phone);
            PhoneWords.doubt(phone);
        });
        BotToken.of(typed).ifPresent(token -> assertThat(token.text()).contains(":"));
        BotToken.isMeant(typed);
        CleanText.of(typed);
    }
}
