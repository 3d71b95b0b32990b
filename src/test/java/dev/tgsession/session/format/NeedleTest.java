package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {
    @Test
    void itIsFoundWhereverItStandsAndNowhereElse() {
        Random dice = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            String hay = text(dice, dice.nextInt(40));
            String letters = text(dice, 1 + dice.nextInt(4));
            int from = dice.nextInt(hay.length() + 1);
            int end = from + dice.nextInt(hay.length() - from + 1);
            boolean there =
                    hay.substring(from, end).toLowerCase(Locale.ROOT).contains(letters.toLowerCase(Locale.ROOT));

            assertThat(new Needle(letters).isIn(hay.getBytes(StandardCharsets.UTF_8), from, end))
                    .as("%s in %s from %d to %d", letters, hay, from, end)
                    .isEqualTo(there);
        }
    }

    @Test
    void bytesThatAreNoLettersAreNoTrouble() {
        byte[] bytes = "Müller 李 @Anna_1".getBytes(StandardCharsets.UTF_8);
        assertThat(new Needle("ANNA_1").isIn(bytes, 0, bytes.length)).isTrue();
        assertThat(new Needle("anna_2").isIn(bytes, 0, bytes.length)).isFalse();
    }

    private static String text(Random dice, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abAB".charAt(dice.nextInt(4)));
        }
        return text.toString();
    }
}
