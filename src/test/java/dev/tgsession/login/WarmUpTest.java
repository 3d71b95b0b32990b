package dev.tgsession.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WarmUpTest {
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void nothingHappensBeforeAQuestion() throws InterruptedException {
        WarmUp warmUp = new WarmUp(steps(3));
        Thread.sleep(200);
        assertThat(done).hasValue(0);
        assertThat(warmUp.isOver()).isFalse();
    }

    @Test
    void aQuestionThatStaysOpenSeesAllSteps() throws InterruptedException {
        WarmUp warmUp = new WarmUp(steps(3));
        warmUp.begin();
        awaitEnd(warmUp);
        assertThat(done).hasValue(3);
    }

    @Test
    void whatIsOverDoesNotBeginAgain() throws InterruptedException {
        WarmUp warmUp = new WarmUp(steps(3));
        warmUp.begin();
        awaitEnd(warmUp);
        warmUp.pause();
        warmUp.begin();
        Thread.sleep(200);
        assertThat(done).hasValue(3);
    }

    @Test
    void anAnswerThatIsThereAtOnceLeavesNoTime() throws InterruptedException {
        WarmUp warmUp = new WarmUp(steps(3));
        warmUp.begin();
        warmUp.pause();
        Thread.sleep(300);
        assertThat(done).hasValue(0);
    }

    @Test
    void anAnswerEndsItAfterTheStepThatIsUnderWay() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Semaphore may = new Semaphore(0);
        WarmUp warmUp = new WarmUp(() -> {
            begun.countDown();
            may.acquireUninterruptibly();
            return done.incrementAndGet() < 5;
        });
        warmUp.begin();
        begun.await();
        warmUp.pause();
        may.release(5);
        Thread.sleep(200);
        assertThat(done).hasValue(1);

        // The next question sees the rest of it, each step once.
        warmUp.begin();
        awaitEnd(warmUp);
        assertThat(done).hasValue(5);
    }

    @Test
    void aQuestionRightBehindTheOtherHasNoSecondThread() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Semaphore may = new Semaphore(0);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        WarmUp warmUp = new WarmUp(() -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            begun.countDown();
            may.acquireUninterruptibly();
            atOnce.decrementAndGet();
            return done.incrementAndGet() < 3;
        });
        warmUp.begin();
        begun.await();
        warmUp.pause();
        warmUp.begin();
        may.release(3);
        awaitEnd(warmUp);
        assertThat(most).hasValue(1);
        assertThat(done).hasValue(3);
    }

    @Test
    void aStepThatFailsIsTheLastOneAndNobodyHears() throws InterruptedException {
        AtomicReference<Throwable> heard = new AtomicReference<>();
        WarmUp warmUp = new WarmUp(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failed) -> heard.set(failed));
            done.incrementAndGet();
            throw new IllegalStateException("no such cipher");
        });
        warmUp.begin();
        awaitEnd(warmUp);
        warmUp.begin();
        Thread.sleep(200);
        assertThat(done).hasValue(1);
        assertThat(heard).hasNullValue();
    }

    @Test
    void itKeepsNobodyFromEndingTheProgram() throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        WarmUp warmUp = new WarmUp(() -> {
            thread.set(Thread.currentThread());
            return false;
        });
        warmUp.begin();
        awaitEnd(warmUp);
        assertThat(thread.get()).matches(Thread::isDaemon).matches(one -> one.getPriority() == Thread.MIN_PRIORITY);
    }

    private BooleanSupplier steps(int count) {
        return () -> done.get() < count && done.incrementAndGet() < count;
    }

    private static void awaitEnd(WarmUp warmUp) throws InterruptedException {
        while (!warmUp.isOver()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
