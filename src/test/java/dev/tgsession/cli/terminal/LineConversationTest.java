package dev.tgsession.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Password;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineConversationTest {
    private static final Bytes SALT = Bytes.ofUtf8("salt");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    private final List<String> story = new ArrayList<>();

    @Test
    void onAPipeEachPromptGetsItsLine() throws IOException {
        Conversation talk = LineConversation.withPipe(lines("+1\n secret \n"), out);
        assertThat(talk.ask("Phone: ")).isEqualTo("+1");
        try (Password password = talk.askHidden("Password: ")) {
            assertThat(password.markedWith(SALT))
                    .isEqualTo(Password.of(" secret ").markedWith(SALT));
        }
        assertThat(said()).isEqualTo("Phone: \nPassword: \n");
        assertThat(talk.withPerson()).isFalse();
    }

    @Test
    void onATerminalTheEchoIsOffBeforeThePromptAndOnAfterTheAnswer() throws IOException {
        Conversation talk = LineConversation.withTerminal(lines("secret\n"), out, new ToldEcho(false));
        talk.askHidden("Password: ").close();
        assertThat(story).containsExactly("off after ''", "on after 'Password: \n'");
    }

    @Test
    void theEchoComesBackWhenTheAnswerDoesNotCome() {
        Conversation talk = LineConversation.withTerminal(lines(""), out, new ToldEcho(false));
        assertThatThrownBy(() -> talk.askHidden("Password: ")).isInstanceOf(EndOfInputException.class);
        assertThat(story).last().asString().startsWith("on");
    }

    @Test
    void theEchoIsOffFromTheFirstPastedLineToTheLast() throws IOException {
        Conversation talk = LineConversation.withTerminal(lines("one\r\n\ntwo\nEND\nmore\n"), out, new ToldEcho(false));
        try (Password text = talk.paste("Paste: ", line -> line.equals("END"))) {
            assertThat(new String(text.utf8(), StandardCharsets.UTF_8)).isEqualTo("one\n\ntwo\nEND\n");
        }
        assertThat(story).containsExactly("off after ''", "on after 'Paste: \n'");
        assertThat(talk.ask("Next: ")).isEqualTo("more");
    }

    @Test
    void aPasteThatBreaksOffIsWhatThereIs() throws IOException {
        Conversation talk = LineConversation.withTerminal(lines("one\ntw"), out, new ToldEcho(false));
        try (Password text = talk.paste("Paste: ", line -> false)) {
            assertThat(new String(text.utf8(), StandardCharsets.UTF_8)).isEqualTo("one\ntw\n");
        }
        assertThatThrownBy(() -> talk.paste("Paste: ", line -> false)).isInstanceOf(EndOfInputException.class);
        assertThat(story).last().asString().startsWith("on");
    }

    @Test
    void anEndOfInputOnATerminalThatIsGoneIsAHangUp() {
        Conversation talk = LineConversation.withTerminal(lines(""), out, new ToldEcho(true));
        assertThatThrownBy(() -> talk.ask("Phone: ")).isInstanceOf(HungUpException.class);
        assertThat(said()).isEqualTo("Phone: ");
    }

    @Test
    void aTerminalThatCannotBeReadIsAHangUpAndAPipeIsATrouble() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }
        };
        Conversation terminal = LineConversation.withTerminal(new Utf8Lines(broken), out, new ToldEcho(false));
        assertThatThrownBy(() -> terminal.ask("Phone: ")).isInstanceOf(HungUpException.class);
        Conversation pipe = LineConversation.withPipe(new Utf8Lines(broken), out);
        assertThatThrownBy(() -> pipe.ask("Phone: ")).hasMessage("Input/output error");
    }

    @Test
    void whatAStrangerWroteCannotMoveTheCursor() throws IOException {
        Conversation talk = LineConversation.withPipe(lines("x\n"), out);
        talk.tell("Hint: \u001b[2J\u0007me\u202e");
        talk.ask("\u001b]0;title\u0007? ");
        assertThat(said()).isEqualTo("Hint: ?[2J?me?\n?]0;title?? \n");
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static Utf8Lines lines(String text) {
        return new Utf8Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Notes when it was switched. */
    private final class ToldEcho implements Echo {
        private final boolean gone;

        ToldEcho(boolean gone) {
            this.gone = gone;
        }

        @Override
        public void off() {
            story.add("off after '" + said() + "'");
        }

        @Override
        public void on() {
            story.add("on after '" + said() + "'");
        }

        @Override
        public boolean isGone() {
            return gone;
        }
    }
}
