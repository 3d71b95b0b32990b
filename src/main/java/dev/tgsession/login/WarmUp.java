package dev.tgsession.login;

import java.util.function.BooleanSupplier;

/**
 * Goes through some steps while a person types, each of them once in all: in a thread of its own that stops between two
 * steps when the answer is there, goes on at the next question, and keeps nobody from ending the program.
 */
final class WarmUp {
    /** The question is on the screen first: whatever that takes, the person's eyes take longer. */
    private static final long HEAD_START_MILLIS = 100;

    private final BooleanSupplier steps;
    private boolean open;
    private boolean working;
    private boolean over;

    /** {@code steps} does the next one each time, and says whether there was one. */
    WarmUp(BooleanSupplier steps) {
        this.steps = steps;
    }

    /** A person has been asked something. */
    synchronized void begin() {
        open = true;
        if (!working && !over) {
            working = true;
            Thread thread = new Thread(this::work, "warm-up");
            thread.setDaemon(true);
            // Few systems heed it.
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        }
    }

    /** The answer is there; at most one step is still under way. */
    synchronized void pause() {
        open = false;
        notifyAll();
    }

    /** Whether nothing is left to do. */
    synchronized boolean isOver() {
        return over;
    }

    private void work() {
        try {
            giveHeadStart();
            while (goesOn()) {
                if (!steps.getAsBoolean()) {
                    end();
                }
            }
        } catch (InterruptedException | RuntimeException | Error notNow) {
            // Nothing hangs on it. What cannot be done here says so where it is wanted.
            end();
        }
    }

    private synchronized void giveHeadStart() throws InterruptedException {
        long end = System.nanoTime() + HEAD_START_MILLIS * 1_000_000;
        for (long left = HEAD_START_MILLIS; open && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private synchronized boolean goesOn() {
        working = open && !over;
        return working;
    }

    private synchronized void end() {
        over = true;
        working = false;
    }
}
