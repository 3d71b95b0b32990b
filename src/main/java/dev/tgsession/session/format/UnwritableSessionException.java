package dev.tgsession.session.format;

import java.io.IOException;

/** A format has no way to write this session down. The message says what does not fit. */
public final class UnwritableSessionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    public UnwritableSessionException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public UnwritableSessionException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What to do next. */
    public String hint() {
        return hint;
    }
}
