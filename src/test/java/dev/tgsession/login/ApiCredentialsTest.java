package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiCredentialsTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef";

    @Test
    void theIdIsReadAsPeopleWriteIt() {
        assertThat(ApiCredentials.idOf(" 12345\n")).contains(12345);
        assertThat(ApiCredentials.idOf("2147483647")).contains(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "12x", "2147483648", "99999999999", "1 2"})
    void whatIsNoIdIsRefused(String typed) {
        assertThat(ApiCredentials.idOf(typed)).isEmpty();
    }

    @Test
    void theHashIsReadInEitherCase() {
        assertThat(ApiCredentials.hashOf(" 0123456789ABCDEF0123456789abcdef ")).contains(HASH);
        assertThat(new ApiCredentials(1, HASH.toUpperCase(java.util.Locale.ROOT)).hash())
                .isEqualTo(HASH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdeg"})
    void whatIsNoHashIsRefusedWithoutPrintingIt(String typed) {
        assertThat(ApiCredentials.hashOf(typed)).isEmpty();
        assertThatThrownBy(() -> new ApiCredentials(1, typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an api_hash is 32 hexadecimal digits");
    }

    @Test
    void theHashDoesNotPrint() {
        assertThat(new ApiCredentials(12345, HASH)).hasToString("ApiCredentials[12345, hidden]");
        assertThatThrownBy(() -> new ApiCredentials(0, HASH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(HASH);
    }
}
