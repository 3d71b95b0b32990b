package dev.tgsession.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.Password;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LateConversationTest {
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @Test
    void whatIsOnlyToldNeedsNobody() {
        try (Conversation talk = talk(InputStream.nullInputStream())) {
            talk.tell("sent \u001b[31mto you");
            assertThat(talk.withPerson()).isFalse();
        }
        assertThat(said()).isEqualTo("sent ?[31mto you\n");
    }

    @Test
    void aQuestionFindsItsAnswerOnAPipe() throws Exception {
        InputStream answers = new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
        try (Conversation talk = talk(answers)) {
            talk.tell("before");
            assertThat(talk.ask("Number: ")).isEqualTo("one");
            try (Password password = talk.askHidden("Password: ")) {
                assertThat(password.isEmpty()).isFalse();
            }
            talk.tell("after");
        }
        assertThat(said()).contains("before", "Number: ", "Password: ", "after").doesNotContain("two");
    }

    @Test
    void aQuestionWithNobodyThereSaysSo() {
        try (Conversation talk = talk(InputStream.nullInputStream())) {
            assertThatThrownBy(() -> talk.ask("Number: ")).isInstanceOf(NoConsoleException.class);
        }
    }

    private Conversation talk(InputStream input) {
        PrintStream log = new PrintStream(error, true, StandardCharsets.UTF_8);
        return new Ladder(Map.of(), false, new StandardStreams(), input, log, new Endings(), () -> {}).whenAsked();
    }

    private String said() {
        return error.toString(StandardCharsets.UTF_8);
    }
}
