package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanTextTest {
    @Test
    void nothingMovesTheCursorOrTurnsTheLineAround() {
        assertThat(CleanText.of("a\u001b[2Jb\rc\nd\u202ee\u2028f\u0007")).isEqualTo("a [2Jb c de f");
    }

    @Test
    void lettersOfAllScriptsStay() {
        assertThat(CleanText.of("Käse \u5bc6\u7801 \ud83e\uddc0")).isEqualTo("Käse \u5bc6\u7801 \ud83e\uddc0");
    }

    @Test
    void halfALetterAndAFloodOfThemAreCut() {
        assertThat(CleanText.of("x\ud83ey")).isEqualTo("x y");
        assertThat(CleanText.of("x".repeat(10_000))).hasSize(200);
    }
}
