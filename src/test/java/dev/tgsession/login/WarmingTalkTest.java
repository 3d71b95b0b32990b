package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.Password;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WarmingTalkTest {
    private final CountDownLatch warm = new CountDownLatch(1);
    private final AtomicInteger steps = new AtomicInteger();
    private final List<String> said = new ArrayList<>();

    private boolean gone;

    /** A person who answers when the first step was made. */
    private final Talk slow = new Talk() {
        @Override
        public String ask(String prompt) throws IOException {
            think(prompt);
            return "22222";
        }

        @Override
        public Password askHidden(String prompt) throws IOException {
            think(prompt);
            return Password.of("practice");
        }

        @Override
        public void tell(String line) {
            said.add(line);
        }

        private void think(String prompt) throws IOException {
            if (gone) {
                throw new EndOfAnswersException(prompt);
            }
            said.add(prompt);
            try {
                warm.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    };

    private final Talk talk = new WarmingTalk(slow, new WarmUp(() -> {
        steps.incrementAndGet();
        warm.countDown();
        return true;
    }));

    @Test
    void itIsTheSameTalk() throws IOException {
        assertThat(talk.ask("Code: ")).isEqualTo("22222");
        try (Password password = talk.askHidden("Password: ")) {
            assertThat(password.utf8()).isEqualTo("practice".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        talk.tell("Done.");
        assertThat(said).containsExactly("Code: ", "Password: ", "Done.");
    }

    @Test
    void thereAreStepsOnlyWhileAQuestionIsOpen() throws IOException, InterruptedException {
        talk.ask("Code: ");
        Thread.sleep(50);
        int then = steps.get();
        Thread.sleep(200);
        assertThat(steps).hasValue(then);
    }

    @Test
    void whoeverIsGoneStopsItToo() throws InterruptedException {
        gone = true;
        assertThatThrownBy(() -> talk.ask("Code: ")).isInstanceOf(EndOfAnswersException.class);
        assertThatThrownBy(() -> talk.askHidden("Password: ")).isInstanceOf(EndOfAnswersException.class);
        Thread.sleep(300);
        assertThat(steps).hasValue(0);
    }
}
