package dev.tgsession.login;

import java.io.IOException;

/**
 * Where a login stands that waits for its code, kept so that another process can go on with it.
 *
 * <p>A login with a bookmark that holds leaves its code open at Telegram when it ends for want of a line or of an answer;
 * one without cancels the code then. Given up, interrupted or refused, it cancels the code in either case, and the bookmark
 * is removed.
 */
public interface Bookmark {
    /** Keeps nothing: a login ends with the process. */
    Bookmark NONE = new Bookmark() {
        @Override
        public boolean keep(PendingLogin pending) {
            return false;
        }

        @Override
        public void remove() {}
    };

    /**
     * Keeps this in the place of what was kept before. It has to last through the end of the process at any moment from
     * here on.
     *
     * @return whether it is kept
     * @throws IOException if it cannot be kept; the login goes on without, and says so
     */
    boolean keep(PendingLogin pending) throws IOException;

    /** Removes what was kept, if anything was: that login has been won, or is over. */
    void remove();
}
