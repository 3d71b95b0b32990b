package dev.tgsession.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortAnswerTest {
    @Test
    void sixteenBytesAreAMessage() throws IOException {
        assertThat(ShortAnswer.isMessage(Bytes.of(new byte[16]))).isTrue();
        assertThat(ShortAnswer.isMessage(Bytes.ofInt(-404).plus(Bytes.of(new byte[12]))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "0000000000000000", "ffffffff4d3c2b9a", "ffffffff4d3c2b9a00000000"})
    void nothingAndQuickAcknowledgementsArePassedOver(String payload) throws IOException {
        assertThat(ShortAnswer.isMessage(Bytes.ofHex(payload))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-404, -429, -444, -403, -1, -500, 7})
    void everyOtherNumberIsARefusal(int code) {
        assertThatThrownBy(() -> ShortAnswer.isMessage(Bytes.ofInt(code)))
                .isInstanceOfSatisfying(
                        TransportRefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(Integer.toString(code));
        assertThatThrownBy(() -> ShortAnswer.isMessage(
                        Bytes.ofInt(code == -1 ? -2 : code).plus(Bytes.ofInt(0))))
                .isInstanceOf(TransportRefusedException.class);
    }
}
