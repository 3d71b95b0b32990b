package dev.tgsession.session.store;

/** What to do with a session of the same name. */
public enum IfPresent {
    /** Leave it, and say so with {@link SessionExistsException}. */
    REFUSE,
    /** Put the new one in its place and keep the old one under another name. */
    REPLACE
}
