package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "",
                "  spaces at both ends \t",
                "tab\tnewline\n",
                "\u0000 zero",
                // composed and decomposed: not the same password
                "\u00e9",
                "e\u0301",
                "\ufb01 ligature",
                "пароль",
                "密码",
                "\ud83d\udd11 key",
                "\uffff\u07ff\u0800\u007f\u0080"
            })
    void isEncodedToTheLetter(String text) {
        try (Password password = Password.of(text)) {
            assertThat(password.utf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            assertThat(password.isEmpty()).isEqualTo(text.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "x\udd11", "\ud83dx", "\udd11\ud83d"})
    void halfALetterIsRefusedRatherThanReplaced(String text) {
        char[] letters = text.toCharArray();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Password(letters))
                .withMessage("the password holds half a letter, which cannot be sent");
        assertThat(letters).containsOnly('\0');
    }

    @Test
    void closingWipesTheVeryArrayThatWasGiven() {
        char[] letters = "secret".toCharArray();
        Password password = new Password(letters);
        assertThat(letters).isEqualTo("secret".toCharArray());
        password.close();
        assertThat(letters).containsOnly('\0');
    }

    @Test
    void isOfNoUseOnceClosed() {
        Password password = Password.of("secret");
        password.close();
        password.close();
        assertThatIllegalStateException().isThrownBy(password::utf8);
    }

    @Test
    void hidesItself() {
        assertThat(Password.of("secret")).hasToString("Password[hidden]");
    }

    @Test
    void copiesATextThatIsNotItsOwn() {
        StringBuilder text = new StringBuilder("secret");
        Password password = Password.of(text);
        text.setLength(0);
        assertThat(password.utf8()).asString(StandardCharsets.UTF_8).isEqualTo("secret");
    }
}
