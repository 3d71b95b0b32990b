package dev.tgsession.login;

/**
 * What a login remembers beyond the end of its process.
 *
 * @param ledger what logging in has cost the number
 * @param bookmark where a login stands that waits for its code
 */
public record LoginMemory(Ledger ledger, Bookmark bookmark) {
    /** Nothing. */
    public static final LoginMemory NONE = new LoginMemory(Ledger.NONE, Bookmark.NONE);
}
