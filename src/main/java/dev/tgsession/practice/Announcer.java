package dev.tgsession.practice;

/** Tells something to all sessions of a key, unasked. */
@FunctionalInterface
interface Announcer {
    /** @param update a record of type {@code Updates} */
    void tell(KnownKey owner, Object update);
}
