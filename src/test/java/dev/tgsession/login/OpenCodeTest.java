package dev.tgsession.login;

import static dev.tgsession.login.LoginStory.CODE;
import static dev.tgsession.login.LoginStory.HASH;
import static dev.tgsession.login.LoginStory.PHONE;
import static dev.tgsession.login.LoginStory.byApp;
import static dev.tgsession.login.LoginStory.cancelCode;
import static dev.tgsession.login.LoginStory.sendCode;
import static dev.tgsession.login.LoginStory.sent;
import static dev.tgsession.login.LoginStory.signIn;
import static dev.tgsession.login.TwoStepCheckTest.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.crypto.FailedCheckException;
import dev.tgsession.login.LoginRefusedException.Kind;
import dev.tgsession.mtproto.rpc.RpcException;
import dev.tgsession.schema.PasswordSchema.GetPassword;
import dev.tgsession.schema.PasswordSchema.PasswordKdfAlgoUnknown;
import dev.tgsession.schema.PhoneCodeSchema.CodeTypeSms;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeApp;
import dev.tgsession.schema.PhoneCodeSchema.SentCodeTypeSms;
import dev.tgsession.tl.MalformedTlException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The code is cancelled exactly when a login ends with it open, and the end itself is not changed by that. */
class OpenCodeTest {
    private final LoginStory story = new LoginStory();
    private final ScriptedTelegram telegram = story.telegram;
    private final ScriptedPerson person = story.person;

    @Test
    void givingUpAtTheCodeCancelsItInBoundedTime() {
        person.phone(PHONE).code(Wish.GIVE_UP);
        telegram.answers(sendCode(), byApp(HASH)).answers(cancelCode(HASH), true);

        LoginRefusedException refusal = story.isRefused();

        assertThat(refusal.kind()).isEqualTo(Kind.GIVEN_UP);
        assertThat(refusal.hint()).isEmpty();
        assertThat(telegram.patience()).containsExactly(story.cancelPatience);
    }

    @Test
    void givingUpBeforeACodeWasSentSendsNothing() {
        person.phone(Wish.SEND_AGAIN).phone(Wish.GIVE_UP);

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
        assertThat(telegram.dialled()).isEmpty();
    }

    @Test
    void theEndOfTheInputCancels() {
        EndOfAnswersException end = new EndOfAnswersException("the login code");
        person.phone(PHONE).atCode(() -> {
            throw end;
        });
        telegram.answers(sendCode(), byApp(HASH)).answers(cancelCode(HASH), true);

        assertThat(story.fails(EndOfAnswersException.class))
                .isSameAs(end)
                .hasMessage("the input ended before the login code was given");
    }

    @Test
    void anInterruptionAtThePasswordCancelsTheCodeThatIsStillGood() {
        person.phone(PHONE).code(CODE).atPassword(() -> {
            throw new PersonInterruptedException();
        });
        telegram.answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, CODE), 401, "SESSION_PASSWORD_NEEDED")
                .answers(
                        new GetPassword(),
                        account(
                                true,
                                Optional.of(new PasswordKdfAlgoUnknown()),
                                Optional.of(Bytes.EMPTY),
                                Optional.of(1L),
                                false,
                                Optional.empty()))
                .answers(cancelCode(HASH), true);

        story.fails(PersonInterruptedException.class);
    }

    @Test
    void theLatestCodeIsTheOneToCancel() {
        person.phone(PHONE).code(Wish.SEND_AGAIN).code(Wish.GIVE_UP);
        telegram.answers(sendCode(), sent(new SentCodeTypeApp(5), "old", new CodeTypeSms(), 0))
                .answers(LoginStory.resendCode("old"), sent(new SentCodeTypeSms(5), HASH))
                .answers(cancelCode(HASH), true);

        story.isRefused();
    }

    @Test
    void aFaultOfTheTerminalOrOursCancels() {
        person.phone(PHONE).atCode(() -> {
            throw new IllegalStateException("a bug");
        });
        telegram.answers(sendCode(), byApp(HASH)).answers(cancelCode(HASH), true);

        story.fails(IllegalStateException.class);
    }

    @Test
    void aLineThatBrokeIsTriedOnceMore() {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH))
                .replies(signIn(HASH, CODE), call -> {
                    throw new SocketTimeoutException("no answer");
                })
                .answers(cancelCode(HASH), true);

        story.fails(SocketTimeoutException.class);
    }

    @Test
    void aCodeThatMayHaveBeenSentIsNotAskedForTwice() {
        person.phone(PHONE);
        telegram.replies(sendCode(), call -> {
            throw new SocketTimeoutException("no answer");
        });

        story.fails(SocketTimeoutException.class);
    }

    @Test
    void afterAFailedCheckNothingMoreIsSent() {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH)).replies(signIn(HASH, CODE), call -> {
            throw new FailedCheckException("message", "its msg_key is wrong");
        });

        story.fails(FailedCheckException.class);
    }

    @Test
    void afterNonsenseNothingMoreIsSent() {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH)).replies(signIn(HASH, CODE), call -> {
            throw new MalformedTlException(0, "nonsense");
        });

        story.fails(MalformedTlException.class);
    }

    @Test
    void aCancellationThatFailsChangesNothing() {
        for (Throwable failure : new Throwable[] {
            new RpcException(400, "PHONE_CODE_EXPIRED"), new IOException("gone"), new IllegalStateException("a bug")
        }) {
            LoginStory other = new LoginStory();
            other.person.phone(PHONE).code(Wish.GIVE_UP);
            other.telegram.answers(sendCode(), byApp(HASH)).replies(cancelCode(HASH), call -> {
                throw sneaky(failure);
            });

            assertThat(other.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
        }
    }

    @Test
    void aCancellationThatHangsDoesNotHoldUpTheEnd() {
        CountDownLatch never = new CountDownLatch(1);
        story.cancelPatience = Duration.ofMillis(50);
        person.phone(PHONE).code(Wish.GIVE_UP);
        telegram.answers(sendCode(), byApp(HASH)).replies(cancelCode(HASH), call -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });

        assertThat(story.isRefused().kind()).isEqualTo(Kind.GIVEN_UP);
        never.countDown();
    }

    @Test
    void whoIsInterruptedWhileWaitingStillCancels() {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH))
                .refuses(signIn(HASH, CODE), 420, "FLOOD_WAIT_30")
                .answers(cancelCode(HASH), true);
        Login login = story.login(time -> {
            throw new InterruptedException();
        });

        assertThat(catchThrowable(login::run)).isInstanceOf(PersonInterruptedException.class);
        assertThat(Thread.interrupted())
                .as("the interruption stays on the thread")
                .isTrue();
        story.isDone();
    }

    @Test
    void abandoningAtThePromptCancelsOnceAndLetsNothingElseOut() {
        Login[] login = new Login[1];
        person.phone(PHONE).atCode(() -> {
            inAnotherThread(() -> {
                login[0].abandon();
                login[0].abandon();
            });
            return Answer.typed(CODE);
        });
        telegram.answers(sendCode(), byApp(HASH)).answers(cancelCode(HASH), true);
        login[0] = story.login();

        assertThat(catchThrowable(login[0]::run)).isInstanceOf(PersonInterruptedException.class);
        story.isDone();
    }

    @Test
    void abandoningWhileTheCodeIsBeingSentWaitsForIt() {
        Login[] login = new Login[1];
        Thread[] signal = new Thread[1];
        person.phone(PHONE).atCode(() -> {
            join(signal[0]);
            return Answer.typed(CODE);
        });
        telegram.replies(sendCode(), call -> {
                    signal[0] = new Thread(login[0]::abandon);
                    signal[0].start();
                    // Until the other thread waits for the one that cancels, which waits for this call.
                    while (signal[0].getState() != Thread.State.TIMED_WAITING) {
                        Thread.onSpinWait();
                    }
                    return byApp(HASH);
                })
                .answers(cancelCode(HASH), true);
        login[0] = story.login();

        assertThat(catchThrowable(login[0]::run)).isInstanceOf(PersonInterruptedException.class);
        story.isDone();
    }

    @Test
    void abandoningWithoutACodeSendsNothing() {
        Login login = story.login();

        login.abandon();

        assertThat(telegram.dialled()).isEmpty();
    }

    @Test
    void abandoningAfterTheEndSendsNothing() throws Exception {
        person.phone(PHONE).code(CODE);
        telegram.answers(sendCode(), byApp(HASH)).answers(signIn(HASH, CODE), LoginStory.authorization());
        story.confirms();
        Login login = story.login();
        login.run();

        login.abandon();

        story.isDone();
    }

    private static void inAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        join(thread);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T sneaky(Throwable failure) throws T {
        throw (T) failure;
    }
}
