package dev.tgsession.crypto;

import java.io.IOException;

/**
 * The other side failed a security check: it is not who it says it is, somebody in between changed its words, or its
 * numbers are not safe to compute with. Nothing that came with it may be used.
 *
 * <p>Never holds a secret, neither in the message nor in the fields.
 */
public final class FailedCheckException extends IOException {
    private final String step;
    private final String what;

    /**
     * @param step the step of the protocol that was being taken, such as {@code "key exchange"}
     * @param what which check failed, such as {@code "resPQ answers another nonce"}
     */
    public FailedCheckException(String step, String what) {
        super(step + ": " + what);
        this.step = step;
        this.what = what;
    }

    /** The step of the protocol that was being taken. */
    public String step() {
        return step;
    }

    /** Which check failed. */
    public String what() {
        return what;
    }

    /** The same failure, told as part of a larger step; this one is its cause. */
    FailedCheckException during(String largerStep) {
        FailedCheckException retold = new FailedCheckException(largerStep, what);
        retold.initCause(this);
        return retold;
    }
}
