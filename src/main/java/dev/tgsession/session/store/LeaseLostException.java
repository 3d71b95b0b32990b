package dev.tgsession.session.store;

/** The session was ours to use and is not any more: somebody took it over, or we were not heard of for too long. */
public final class LeaseLostException extends StoreException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String session) {
        super(
                "the session " + Foreign.words(session, 100)
                        + " is not ours any more: we were not heard of in time, or another program took it over",
                "Stop using it here; Telegram takes back a key that is used in two places.");
    }
}
