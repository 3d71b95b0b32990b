package dev.tgsession.practice;

import java.time.Duration;

/** Does something later. */
@FunctionalInterface
interface Later {
    /** Runs the task once, on a thread of its own choice, unless the server is closed first. */
    void after(Duration delay, Runnable task);
}
