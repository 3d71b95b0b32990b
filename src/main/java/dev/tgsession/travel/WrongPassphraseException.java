package dev.tgsession.travel;

import java.io.IOException;

/** The passphrase does not fit; another one may. */
public final class WrongPassphraseException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    WrongPassphraseException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do next. */
    public String hint() {
        return hint;
    }
}
