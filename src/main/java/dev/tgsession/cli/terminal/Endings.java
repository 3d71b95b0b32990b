package dev.tgsession.cli.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What still has to be put right when the process is told to end in the middle: a code to cancel, a file to remove, an
 * echo to switch on again. Last in, first out, and each at most once.
 */
public final class Endings {
    /** One thing to put right, until it is done in the ordinary way. */
    public interface Duty extends AutoCloseable {
        /** It is settled: nothing to do at the end. */
        @Override
        void close();
    }

    private final Deque<Runnable> duties = new ArrayDeque<>();
    private final Consumer<Endings> listen;
    private boolean listening;
    private boolean over;
    private Optional<Integer> exitCode = Optional.empty();

    /** For a process that is told nothing. */
    public Endings() {
        this(nothing -> {});
    }

    /**
     * For a process that may be told to end.
     *
     * @param listen makes it hear that; called once, with the first thing that has to be put right
     */
    public Endings(Consumer<Endings> listen) {
        this.listen = listen;
    }

    /** Remembers to run this if the process has to end before the duty is closed. */
    public synchronized Duty add(Runnable duty) {
        duties.push(duty);
        if (!listening) {
            listening = true;
            listen.accept(this);
        }
        return () -> settle(duty);
    }

    /** Notes that the process was told to end; only the first call counts. */
    public synchronized void begin(int code) {
        if (exitCode.isEmpty()) {
            exitCode = Optional.of(code);
        }
    }

    /** With which exit code the process was told to end, if it was; then nobody else need explain anything. */
    public synchronized Optional<Integer> begun() {
        return exitCode;
    }

    /** Does everything that is still to do; one that fails does not keep the others. */
    public void run() {
        beOver();
        for (Optional<Runnable> duty = next(); duty.isPresent(); duty = next()) {
            try {
                duty.get().run();
            } catch (RuntimeException failed) {
                // The process is ending and nobody listens; the next duty may still succeed.
            }
        }
    }

    /** Whether the process is ending: what is remembered from now on may never be run. */
    public synchronized boolean isOver() {
        return over;
    }

    private synchronized void beOver() {
        over = true;
    }

    private synchronized Optional<Runnable> next() {
        return Optional.ofNullable(duties.poll());
    }

    private synchronized void settle(Runnable duty) {
        duties.remove(duty);
    }
}
