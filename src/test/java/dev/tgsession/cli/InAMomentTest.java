package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InAMomentTest {
    @Test
    void itIsDoneOnceAlsoWhereNobodyAsks() throws Exception {
        AtomicInteger times = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        InAMoment<Integer> work = InAMoment.begin("work", () -> {
            done.countDown();
            return times.incrementAndGet();
        });
        done.await();
        assertThat(work.get()).isEqualTo(1);
        assertThat(work.get()).isEqualTo(1);
        assertThat(work.isDone()).isTrue();
    }

    @Test
    void itKeepsNobodyFromEndingTheProgram() throws Exception {
        InAMoment<Thread> work = InAMoment.begin("work", Thread::currentThread);
        assertThat(work.get())
                .matches(Thread::isDaemon)
                .matches(thread -> thread.getName().equals("work"));
    }

    @Test
    void whatGoesWrongIsSaidToWhoeverWantsIt() {
        InAMoment<Integer> work = InAMoment.begin("work", () -> {
            throw new IOException("no library");
        });
        assertThatThrownBy(work::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("no library");
        assertThat(work.isDone()).isTrue();
    }

    @Test
    void itIsNotDoneBeforeItIsDone() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        InAMoment<Boolean> work = InAMoment.begin("work", () -> {
            mayEnd.await();
            return true;
        });
        assertThat(work.isDone()).isFalse();
        mayEnd.countDown();
        assertThat(work.get()).isTrue();
    }
}
