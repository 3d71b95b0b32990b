package dev.tgsession.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Work that begins in a moment, in a thread of its own that keeps nobody from ending the program; at once, if somebody wants
 * what comes of it. In that moment a question gets on the screen, which would come later for the work.
 */
final class InAMoment<V> {
    private static final long MOMENT_MILLIS = 50;

    private final FutureTask<V> task;
    private final CountDownLatch wanted = new CountDownLatch(1);

    private InAMoment(Callable<V> work) {
        this.task = new FutureTask<>(work);
    }

    /** {@code name} is what the thread is called. */
    static <V> InAMoment<V> begin(String name, Callable<V> work) {
        InAMoment<V> begun = new InAMoment<>(work);
        Thread thread = new Thread(begun::run, name);
        thread.setDaemon(true);
        thread.start();
        return begun;
    }

    private void run() {
        try {
            wanted.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
            task.run();
        } catch (InterruptedException stop) {
            task.cancel(false);
        }
    }

    boolean isDone() {
        return task.isDone();
    }

    /** Waits for what comes of it. */
    V get() throws ExecutionException, InterruptedException {
        wanted.countDown();
        return task.get();
    }
}
