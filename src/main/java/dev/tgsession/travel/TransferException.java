package dev.tgsession.travel;

import java.io.IOException;

/**
 * Bytes did not get where they should. Neither the message nor a cause tells more of a URL than its host, so it may be
 * shown with its stack trace.
 */
public final class TransferException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String hint;

    /** Who can do something about it. */
    public enum Kind {
        /** What was given is no address to use: whoever gave it. */
        ADDRESS,
        /** No connection, or none that lasts, or a server in trouble: time. */
        UNREACHABLE,
        /** Whoever answers does not prove to be that host: nobody was told anything. */
        UNTRUSTED,
        /** The server says no. */
        REFUSED,
        /** There is nothing at that place. */
        MISSING,
        /** More than a session can be. */
        TOO_LARGE
    }

    TransferException(Kind kind, String sentence, String hint) {
        super(sentence);
        this.kind = kind;
        this.hint = hint;
    }

    static TransferException address(String sentence, String hint) {
        return new TransferException(Kind.ADDRESS, sentence, hint);
    }

    public Kind kind() {
        return kind;
    }

    /** What to try next; may be empty. */
    public String hint() {
        return hint;
    }
}
