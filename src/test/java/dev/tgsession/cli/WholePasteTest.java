package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tgsession.crypto.AuthKey;
import dev.tgsession.session.DataCenters;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.travel.Armor;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholePasteTest {
    private final WholePaste paste = new WholePaste(SessionFormats.standard(Clock.systemUTC()));

    @ParameterizedTest
    @ValueSource(ints = {20, 76, 80, 132, 5000})
    void armorEndsWithItsLastLineWhereverTheTerminalBroke(int columns) {
        String joined = "$ tgsession login" + Armor.wrap(new byte[3000]).replace("\n", "");
        for (int i = 0; i < joined.length(); i += columns) {
            boolean last = i + columns >= joined.length();
            assertThat(paste.test("  " + joined.substring(i, Math.min(joined.length(), i + columns)) + " "))
                    .isEqualTo(last);
        }
    }

    @Test
    void anEmptyLineWithinArmorIsNoEnd() {
        for (String line : List.of("", "-----BEGIN PGP MESSAGE-----", "", "jA0ECQMC", "=A1Vx", "")) {
            assertThat(paste.test(line)).isFalse();
        }
        assertThat(paste.test("-----END PGP MESSAGE-----\r")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 132, 1000})
    void aStringEndsWhenItIsWhole(int columns) throws IOException {
        String line = string();
        assertThat(paste.test("")).isFalse();
        for (int i = 0; i < line.length(); i += columns) {
            boolean last = i + columns >= line.length();
            assertThat(paste.test(line.substring(i, Math.min(line.length(), i + columns))))
                    .isEqualTo(last);
        }
    }

    @Test
    void whatIsNeitherEndsWithAnEmptyLine() {
        assertThat(paste.test("")).isFalse();
        assertThat(paste.test("hello")).isFalse();
        assertThat(paste.test(" ")).isTrue();
    }

    @Test
    void nothingIsTakenInWithoutEnd() {
        boolean ended = false;
        for (int i = 0; i < 100 && !ended; i++) {
            ended = paste.test("x".repeat(100));
        }
        assertThat(ended).isTrue();
    }

    private static String string() throws IOException {
        byte[] key = new byte[256];
        java.util.Arrays.fill(key, (byte) 7);
        Session session = Session.of(DataCenters.builtIn(Environment.PRODUCTION, 2, false), AuthKey.of(key));
        return SessionFormats.standard(Clock.systemUTC())
                .named("telethon-string")
                .orElseThrow()
                .write(session)
                .toText();
    }
}
