package dev.tgsession.session.store;

/** The database that keeps the session cannot be reached, or the line to it broke. */
public final class StoreUnreachableException extends StoreException {
    private static final long serialVersionUID = 1L;

    StoreUnreachableException(String message, String hint, Throwable cause) {
        super(message, hint, cause);
    }
}
