package dev.tgsession.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8LinesTest {
    @Test
    void linesEndTheWayOfAnySystem() throws IOException {
        Utf8Lines lines = lines("one\ntwo\r\n\nthree");
        assertThat(lines.next()).containsExactly('o', 'n', 'e');
        assertThat(lines.next()).containsExactly('t', 'w', 'o');
        assertThat(lines.next()).isEmpty();
        assertThat(new String(lines.next())).isEqualTo("three");
        assertThatThrownBy(lines::next).isInstanceOf(EndOfInputException.class);
    }

    @Test
    void nothingIsTrimmed() throws IOException {
        assertThat(new String(lines(" \t tab and blanks  \n").next())).isEqualTo(" \t tab and blanks  ");
    }

    @Test
    void lettersAreUtf8AcrossTheEdgeOfAnyBuffer() throws IOException {
        String line = "x".repeat(8191) + "ü😀" + "y".repeat(300);
        assertThat(new String(lines(line + "\n").next())).isEqualTo(line);
    }

    @Test
    void whatIsNotUtf8IsNoAnswer() {
        Utf8Lines lines = new Utf8Lines(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\n'}));
        assertThatThrownBy(lines::next).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void aByteOrderMarkIsSkippedInFrontOnly() throws IOException {
        Utf8Lines lines = lines("\ufeff+1\n\ufeff2\n");
        assertThat(new String(lines.next())).isEqualTo("+1");
        assertThat(new String(lines.next())).isEqualTo("\ufeff2");
    }

    @Test
    void aLineWithoutEndIsRefusedAt64KiB() throws IOException {
        assertThat(lines("z".repeat(65_536) + "\n").next()).hasSize(65_536);
        Utf8Lines endless = new Utf8Lines(new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        });
        assertThatThrownBy(endless::next).isInstanceOf(IOException.class).hasMessageContaining("64 KiB");
    }

    @Test
    void lookingAheadTakesNothingAway() throws IOException {
        Utf8Lines lines = lines("a\n");
        assertThat(lines.hasMore()).isTrue();
        assertThat(lines.isReady()).isTrue();
        assertThat(new String(lines.next())).isEqualTo("a");
        assertThat(lines.hasMore()).isFalse();
    }

    private static Utf8Lines lines(String text) {
        return new Utf8Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aLineMayEndAtAKeyAndWhatIsBehindItIsHandedOver() throws IOException {
        Utf8Lines lines = new Utf8Lines(
                new ByteArrayInputStream("one\ntw\u001b[Dö\nmore".getBytes(StandardCharsets.UTF_8)), (byte) 0x1b);
        assertThat(lines.next()).containsExactly('o', 'n', 'e');
        assertThat(lines.end()).isEqualTo('\n');
        assertThat(lines.next()).containsExactly('t', 'w');
        assertThat(lines.end()).isEqualTo(0x1b);
        assertThat(lines.rest()).isEqualTo("[Dö\nmore");
        assertThatThrownBy(lines::next).isInstanceOf(EndOfInputException.class);
        assertThat(lines.end()).isEqualTo(-1);
    }
}
