package dev.tgsession.session.store;

import java.io.IOException;

/** A session cannot be kept, or is not there. The message is a sentence for people. */
public class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    public StoreException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public StoreException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What to do next; empty when there is nothing to do. */
    public String hint() {
        return hint;
    }
}
