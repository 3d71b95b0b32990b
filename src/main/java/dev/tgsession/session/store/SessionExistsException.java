package dev.tgsession.session.store;

/** There is a session of that name already, and nobody said that it may be replaced. */
public final class SessionExistsException extends StoreException {
    private static final long serialVersionUID = 1L;

    public SessionExistsException(String where) {
        super(
                where + " is there already",
                "Choose another name, or have it replaced: the old one is then kept beside it.");
    }
}
