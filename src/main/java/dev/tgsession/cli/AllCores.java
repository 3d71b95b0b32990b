package dev.tgsession.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does the same with each of many things, on as many threads as there are cores, and takes the results in order.
 *
 * <p>Who waits for the disk keeps no core busy; and of several who wait at once for their files to be safe, the disk serves all
 * with one turn. So there are more threads for those who write: a thousand small files then take half the time.
 */
final class AllCores {
    /** For each thread so many results may wait for the one before them: enough to be busy, little to remember. */
    private static final int AHEAD = 16;

    private static final int WRITERS_PER_CORE = 4;

    private AllCores() {}

    /**
     * Works through all.
     *
     * @param work runs on any thread
     * @param taker gets the results on this thread, in the order of the things
     */
    static <I, O> void inOrder(List<I> things, Function<I, O> work, Consumer<O> taker) {
        inOrder(things, Runtime.getRuntime().availableProcessors(), work, taker);
    }

    /** The same for work that writes files. */
    static <I, O> void writing(List<I> things, Function<I, O> work, Consumer<O> taker) {
        inOrder(things, WRITERS_PER_CORE * Runtime.getRuntime().availableProcessors(), work, taker);
    }

    private static <I, O> void inOrder(List<I> things, int most, Function<I, O> work, Consumer<O> taker) {
        int threads = Math.min(most, things.size());
        if (threads < 2) {
            things.forEach(thing -> taker.accept(work.apply(thing)));
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, AllCores::daemon);
        try {
            Deque<Future<O>> waiting = new ArrayDeque<>();
            for (I thing : things) {
                waiting.add(pool.submit(() -> work.apply(thing)));
                if (waiting.size() > AHEAD * threads) {
                    taker.accept(result(waiting.remove()));
                }
            }
            while (!waiting.isEmpty()) {
                taker.accept(result(waiting.remove()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static <O> O result(Future<O> future) {
        try {
            return future.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while others were at work", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the work on one of many failed", failed.getCause());
        }
    }

    /** The process does not wait for it. */
    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        return thread;
    }
}
