package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailedCheckExceptionTest {
    @Test
    void saysAtWhichStepWhatFailed() {
        FailedCheckException failure = new FailedCheckException("key exchange", "resPQ answers another nonce");
        assertThat(failure)
                .isInstanceOf(IOException.class)
                .hasMessage("key exchange: resPQ answers another nonce")
                .hasNoCause();
        assertThat(failure.step()).isEqualTo("key exchange");
        assertThat(failure.what()).isEqualTo("resPQ answers another nonce");
    }

    @Test
    void canBeToldAsPartOfALargerStep() {
        FailedCheckException failure = new FailedCheckException("prime", "too small");
        assertThat(failure.during("password check"))
                .hasMessage("password check: too small")
                .hasCause(failure);
    }
}
