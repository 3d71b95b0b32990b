package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.Password;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TalkingPrompterTest {
    private static final Bytes SALT = Bytes.ofUtf8("salt");
    private static final CodeDelivery BY_SMS = new CodeDelivery(
            CodeDelivery.Channel.SMS,
            "Telegram has sent the code by SMS.",
            new CodeShape(CodeShape.Kind.DIGITS, OptionalInt.of(5), Optional.empty()),
            List.of(),
            Optional.empty());

    private final ScriptedTalk talk = new ScriptedTalk();

    @Test
    void aNumberGivenBeforehandIsNotAskedForUnlessItIsRefused() throws IOException {
        var prompter = new TalkingPrompter(talk, Optional.of("+1"));
        assertThat(prompter.phoneOrBotToken()).isEqualTo(Answer.typed("+1"));
        assertThat(talk.screen).isEmpty();
        talk.answers.add("+2");
        assertThat(prompter.phoneOrBotToken()).isEqualTo(Answer.typed("+2"));
        assertThat(talk.screen).containsExactly("Phone number with country code, or bot token: ");
    }

    @Test
    void aCodeIsAskedForWithWhereItIsAndHowLongItIs() throws IOException {
        talk.answers.add("22222");
        assertThat(code(false, Set.of(Wish.GIVE_UP))).isEqualTo(Answer.typed("22222"));
        assertThat(talk.screen)
                .startsWith("Telegram has sent the code by SMS.")
                .contains("Instead: q to give up.")
                .endsWith("Login code (5 digits): ");
    }

    @Test
    void theSecondTimeTheStoryIsNotToldAgain() throws IOException {
        talk.answers.add("22222");
        code(true, Set.of());
        assertThat(talk.screen).containsExactly("Login code (5 digits): ");
    }

    @ParameterizedTest
    @CsvSource({"r, SEND_AGAIN", "' R ', SEND_AGAIN", "n, OTHER_NUMBER", "e, RESET_LOGIN_EMAIL", "q, GIVE_UP"})
    void aLetterSaysAWish(String letter, Wish wish) throws IOException {
        talk.answers.add(letter);
        assertThat(code(false, Set.of(Wish.values()))).isEqualTo(wish);
    }

    @Test
    void aLetterThatIsNoWishHereIsAnAnswer() throws IOException {
        talk.answers.add("r");
        assertThat(code(false, Set.of(Wish.GIVE_UP))).isEqualTo(Answer.typed("r"));
    }

    @Test
    void anAddressIsAskedForWithItsReason() throws IOException {
        talk.answers.add("anna@example.org");
        var question = new EmailQuestion(List.of("Telegram wants an address."), Set.of(Wish.OTHER_NUMBER), false);
        assertThat(prompter().emailAddress(question)).isEqualTo(Answer.typed("anna@example.org"));
        assertThat(talk.screen)
                .containsExactly("Telegram wants an address.", "Instead: n to use another number.", "E-mail address: ");
    }

    @Test
    void aPasswordIsHiddenAndTakenToTheLetter() throws IOException {
        talk.answers.add(" q ");
        PasswordAnswer answer = password(Optional.of("the usual"));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        TypedPassword.class,
                        typed -> assertThat(typed.password().markedWith(SALT))
                                .isEqualTo(Password.of(" q ").markedWith(SALT)));
        assertThat(talk.screen)
                .containsExactly(
                        "This account has a password.",
                        "The hint you once wrote down: the usual",
                        "hidden: Password (it does not show while you type): ");
    }

    @Test
    void afterNoPasswordAtAllAWishIsHeard() throws IOException {
        talk.answers.addAll(List.of("", "", "", "f"));
        assertThat(password(Optional.empty())).isEqualTo(Wish.FORGOT_PASSWORD);
        assertThat(talk.screen)
                .endsWith(
                        "hidden: Password (it does not show while you type): ",
                        "Instead: f to say that you forgot it, q to give up.",
                        "Press Enter to type the password: ");
    }

    @Test
    void yesAndNoAreAskedForUntilTheyCome() throws IOException {
        talk.answers.addAll(List.of("perhaps", "YES", "n"));
        assertThat(prompter().agrees("Shall it?")).isTrue();
        assertThat(prompter().agrees("Shall it?")).isFalse();
        assertThat(talk.screen).startsWith("Shall it?", "Yes or no [y/n]: ", "Yes or no [y/n]: ");
    }

    @Test
    void aWaitIsSaidOnce() {
        var prompter = prompter();
        for (int left = 3; left >= 0; left--) {
            prompter.waiting("Telegram wants us to wait.", Duration.ofSeconds(left));
        }
        prompter.waiting("Telegram wants us to wait.", Duration.ofSeconds(1));
        assertThat(talk.screen).containsExactly("Telegram wants us to wait.", "Telegram wants us to wait.");
    }

    @Test
    void aLongerWaitIsCountedDown() {
        var prompter = prompter();
        for (int left = 25; left >= 0; left--) {
            prompter.waiting("Telegram wants us to wait.", Duration.ofSeconds(left));
        }
        assertThat(talk.screen).containsExactly("Telegram wants us to wait.", "20 seconds left.", "10 seconds left.");
    }

    @Test
    void newsAndRefusalsAreTold() {
        prompter().told(new News(News.Kind.WARNING, "Something."));
        prompter().refused("Not that.");
        assertThat(talk.screen).containsExactly("Something.", "Not that.");
    }

    @Test
    void theEndOfTheAnswersPassesThrough() {
        assertThatThrownBy(() -> prompter().phoneOrBotToken()).isInstanceOf(EndOfAnswersException.class);
    }

    private TalkingPrompter prompter() {
        return new TalkingPrompter(talk, Optional.empty());
    }

    private Answer code(boolean repeated, Set<Wish> wishes) throws IOException {
        return prompter().code(new CodeQuestion(BY_SMS, wishes, repeated));
    }

    private PasswordAnswer password(Optional<String> hint) throws IOException {
        return prompter()
                .password(new PasswordQuestion(
                        hint,
                        List.of("This account has a password."),
                        Set.of(Wish.FORGOT_PASSWORD, Wish.GIVE_UP),
                        false));
    }

    /** Gives the answers one by one, and keeps what was said. */
    private static final class ScriptedTalk implements Talk {
        private final Deque<String> answers = new ArrayDeque<>();
        private final List<String> screen = new ArrayList<>();

        @Override
        public String ask(String prompt) throws IOException {
            screen.add(prompt);
            if (answers.isEmpty()) {
                throw new EndOfAnswersException("the answer");
            }
            return answers.remove();
        }

        @Override
        public Password askHidden(String prompt) throws IOException {
            return Password.of(ask("hidden: " + prompt));
        }

        @Override
        public void tell(String line) {
            screen.add(line);
        }
    }
}
