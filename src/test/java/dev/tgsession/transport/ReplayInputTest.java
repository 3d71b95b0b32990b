package dev.tgsession.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReplayInputTest {
    @Test
    void goesBackToTheFirstByteThatWasNotForgotten() throws IOException {
        ReplayInput input = input("0102", "0304050607");

        assertThat(take(input, 3)).isEqualTo("010203");
        input.rewind();
        assertThat(take(input, 4)).isEqualTo("01020304");
        input.forget();
        assertThat(take(input, 2)).isEqualTo("0506");
        input.rewind();
        assertThat(take(input, 3)).isEqualTo("050607");
        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.read(new byte[1])).isEqualTo(-1);
        input.rewind();
        assertThat(input.read()).isEqualTo(5);
    }

    @Test
    void keepsMoreThanItsUsualSize() throws IOException {
        String large = "0123456789abcdef".repeat(10_000);
        ReplayInput input = input("", large + "aabb" + large);

        assertThat(take(input, 80_000)).isEqualTo(large);
        input.rewind();
        assertThat(take(input, 80_000)).isEqualTo(large);
        input.forget();
        assertThat(take(input, 2)).isEqualTo("aabb");
        assertThat(take(input, 80_001)).isEqualTo(large);
    }

    @Test
    void takesNothingWhenNothingIsAskedFor() throws IOException {
        assertThat(input("", "").read(new byte[0])).isEqualTo(0);
    }

    private static ReplayInput input(String alreadyRead, String stream) {
        return new ReplayInput(
                Bytes.ofHex(alreadyRead),
                new ByteArrayInputStream(Bytes.ofHex(stream).toArray()));
    }

    private static String take(ReplayInput input, int count) throws IOException {
        return Bytes.of(input.readNBytes(count)).toHex();
    }
}
