package dev.tgsession.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tgsession.bytes.Bytes;
import org.junit.jupiter.api.Test;

class ScriptedRandomTest {
    @Test
    void handsOutTheScriptInOrder() {
        ScriptedRandom random = ScriptedRandom.of(Bytes.ofHex("0102"), Bytes.ofHex("03040506"));
        assertThat(Chance.bytes(random, 3)).isEqualTo(Bytes.ofHex("010203"));
        assertThat(random.remaining()).isEqualTo(3);
        assertThat(Chance.bytes(random, 3)).isEqualTo(Bytes.ofHex("040506"));
    }

    @Test
    void numbersComeFromTheScriptToo() {
        assertThat(ScriptedRandom.of(Bytes.ofHex("01020304")).nextInt()).isEqualTo(0x01020304);
    }

    @Test
    void failsLoudlyAtItsEnd() {
        ScriptedRandom random = ScriptedRandom.of(Bytes.ofHex("0102"));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> random.nextBytes(new byte[3]))
                .withMessage("3 random bytes asked for where the script has 2 left");
    }
}
