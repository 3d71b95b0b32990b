package dev.tgsession.login;

import java.time.Duration;

/** Lets time pass. A test moves its clock instead. */
@FunctionalInterface
public interface Pause {
    /**
     * Returns when {@code time} is over, never earlier.
     *
     * @throws InterruptedException if the person does not want to wait any longer
     */
    void pause(Duration time) throws InterruptedException;
}
