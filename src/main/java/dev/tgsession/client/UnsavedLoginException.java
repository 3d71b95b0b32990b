package dev.tgsession.client;

import dev.tgsession.session.Session;
import java.io.IOException;

/** A login was won, and the store did not take it. It was paid for with a code, so it is handed over here. */
public final class UnsavedLoginException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Session session;

    UnsavedLoginException(Session session, IOException cause) {
        super("the login was won, but could not be stored: " + cause.getMessage(), cause);
        this.session = session;
    }

    /** The session that is logged in; keep it elsewhere, or end it. */
    public Session session() {
        return session;
    }
}
