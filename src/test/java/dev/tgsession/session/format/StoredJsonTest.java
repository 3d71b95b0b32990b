package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTest {
    @Test
    void anObjectIsRead() throws Exception {
        assertThat(StoredJson.parse(bytes("{\"dc_id\": 2, \"name\": \"\u00e4\"}"), "somebody")
                        .getString("name"))
                .isEqualTo("\u00e4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"a\": 1", "{\"secret\": abc}", "{} {}"})
    void whatIsNoWholeObjectIsNotQuoted(String text) {
        assertThatThrownBy(() -> StoredJson.parse(bytes(text), "Telethon 0.10"))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("session of Telethon 0.10")
                .hasMessageNotContaining("abc");
    }

    @Test
    void aTowerOfBracketsIsRefusedBeforeItIsClimbed() {
        String tower = "{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}";
        assertThatThrownBy(() -> StoredJson.parse(bytes(tower), "anybody"))
                .isInstanceOf(MalformedSessionException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
