package dev.tgsession.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.session.format.MalformedSessionException;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmorTest {
    private static final byte[] FILE = file();

    @Test
    void itComesOutToTheByte() throws Exception {
        assertThat(Armor.unwrap(Armor.wrap(FILE))).contains(FILE);
        assertThat(Armor.unwrap(Armor.wrap(new byte[0]))).contains(new byte[0]);
    }

    @Test
    void itIsShortAndFitsAConsole() {
        String text = Armor.wrap(FILE);
        assertThat(text.lines()).allMatch(line -> line.length() <= 76).hasSizeLessThan(20);
        assertThat(text.lines()).first().isEqualTo("-----BEGIN TELEGRAM SESSION-----");
        assertThat(text).endsWith("-----END TELEGRAM SESSION-----\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 80, 132})
    void itSurvivesATerminalThatWrapsElsewhere(int columns) throws Exception {
        String text = Armor.wrap(FILE).replace("\n", "");
        StringBuilder wrapped = new StringBuilder("$ tgsession send --to armor\r\n");
        for (int i = 0; i < text.length(); i += columns) {
            wrapped.append("  ")
                    .append(text, i, Math.min(text.length(), i + columns))
                    .append(" \r\n");
        }
        wrapped.append("done\n");
        assertThat(Armor.isOne(wrapped.toString())).isTrue();
        assertThat(Armor.unwrap(wrapped.toString())).contains(FILE);
    }

    @Test
    void itSurvivesBlanksThatAreNone() throws Exception {
        assertThat(Armor.unwrap("\ufeff" + Armor.wrap(FILE).replace("\n", "\u00a0\u200b\r\n\t")))
                .contains(FILE);
    }

    @Test
    void eachChangedOrMissingLetterIsNoticedUnlessItMeansNothing() {
        String text = Armor.wrap(FILE);
        int begin = text.indexOf('\n') + 1;
        int end = text.lastIndexOf("\n-----END");
        int unnoticed = 0;
        for (int i = begin; i < end; i++) {
            if (text.charAt(i) == '\n' || text.charAt(i) == '=') {
                continue;
            }
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            unnoticed += isExact(text.substring(0, i) + other + text.substring(i + 1)) ? 1 : 0;
            unnoticed += isExact(text.substring(0, i) + text.substring(i + 1)) ? 1 : 0;
        }
        assertThat(unnoticed).isLessThan(10);
    }

    @Test
    void aLineTooFewIsNoticed() {
        String text = Armor.wrap(FILE);
        assertDamaged(text.substring(0, text.indexOf("-----END")));
        assertDamaged(text.replaceFirst("\n[^\n]{76}\n", "\n"));
        assertDamaged("-----BEGIN TELEGRAM SESSION-----\n-----END TELEGRAM SESSION-----");
    }

    @Test
    void whatGrowsBeyondMeasureIsStopped() throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0});
        try (DeflaterOutputStream bomb = new DeflaterOutputStream(content)) {
            for (int i = 0; i <= Armor.LARGEST >> 20; i++) {
                bomb.write(new byte[1 << 20]);
            }
        }
        assertThatThrownBy(() -> Armor.unwrap("-----BEGIN TELEGRAM SESSION-----"
                        + Base64.getEncoder().encodeToString(content.toByteArray())
                        + "-----END TELEGRAM SESSION-----"))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("far more");
    }

    @Test
    void anotherTextIsNone() throws Exception {
        assertThat(Armor.unwrap("1BVts")).isEmpty();
        assertThat(Armor.isOne("-----BEGIN PGP MESSAGE-----")).isFalse();
    }

    /** At its end the text has a few bits that nobody reads; otherwise the damage has to show. */
    private static boolean isExact(String text) {
        try {
            assertThat(Armor.unwrap(text)).contains(FILE);
            return true;
        } catch (MalformedSessionException damaged) {
            return false;
        }
    }

    private static void assertDamaged(String text) {
        assertThatThrownBy(() -> Armor.unwrap(text))
                .isInstanceOf(MalformedSessionException.class)
                .hasMessageContaining("cannot be unpacked");
    }

    /** As compressible as a session file: a key in a lot of nothing. */
    private static byte[] file() {
        byte[] file = new byte[28_672];
        byte[] key = new byte[256];
        new Random(1).nextBytes(key);
        System.arraycopy(key, 0, file, 9000, key.length);
        return file;
    }
}
