package dev.tgsession.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Paragraph.wrap("1234 678", 8)).isEqualTo("1234 678");
        assertThat(Paragraph.wrap("", 8)).isEmpty();
    }

    @Test
    void longTextBreaksBetweenWords() {
        assertThat(Paragraph.wrap("the code is in the app", 9)).isEqualTo("the code\nis in the\napp");
    }

    @Test
    void aWordWiderThanTheScreenStaysWhole() {
        assertThat(Paragraph.wrap("in /home/anna/login.session now", 10))
                .isEqualTo("in\n/home/anna/login.session\nnow");
        assertThat(Paragraph.wrap("/home/anna/login.session", 10)).isEqualTo("/home/anna/login.session");
    }

    @Test
    void aScreenOfUnknownWidthBreaksNothing() {
        assertThat(Paragraph.wrap("the code is in the app", 0)).isEqualTo("the code is in the app");
    }
}
