package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriesTest {
    private final Tries tries = new Tries("code", new SecureRandom());

    @Test
    void whatWasRefusedIsKnownAgain() throws Exception {
        Bytes mark = tries.mark("12345");
        assertThat(tries.objection(mark, Optional.empty())).isEmpty();

        tries.refusedByTelegram(mark);

        assertThat(tries.objection(tries.mark("12345"), Optional.empty()))
                .contains("Telegram has refused this code already.");
        assertThat(tries.objection(tries.mark("12346"), Optional.empty())).isEmpty();
    }

    @Test
    void theValueItselfIsNotKept() {
        Tries others = new Tries("code", new SecureRandom());
        assertThat(tries.mark("12345")).isNotEqualTo(others.mark("12345"));
        assertThat(tries.mark("12345").toUtf8()).doesNotContain("12345");
    }

    @Test
    void threeTriesAtTelegram() throws Exception {
        assertThat(tries.refusedByTelegram(tries.mark("1"))).isEqualTo("2 tries are left.");
        assertThat(tries.refusedByTelegram(tries.mark("2"))).isEqualTo("One try is left.");
        assertThatThrownBy(() -> tries.refusedByTelegram(tries.mark("3")))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessage("This was the third wrong code.");
    }

    @Test
    void fiveAnswersThatNobodyCouldUse() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(tries.objection(tries.mark(""), Optional.of("Nothing."))).contains("Nothing.");
        }
        assertThatThrownBy(() -> tries.objection(tries.mark(""), Optional.of("Nothing.")))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessage("There was no usable code among the answers.");
    }
}
