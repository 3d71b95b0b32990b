package dev.tgsession.session.store;

/** There is no session of that name. */
public final class NoSuchSessionException extends StoreException {
    private static final long serialVersionUID = 1L;

    public NoSuchSessionException(String where) {
        super(where + " is not there", "Check the name, or log in to make a new session.");
    }
}
