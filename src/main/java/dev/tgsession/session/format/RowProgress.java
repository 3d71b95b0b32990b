package dev.tgsession.session.format;

/** Told now and then how far a long reading or copying has come. */
@FunctionalInterface
public interface RowProgress {
    /** For those who do not want to know. */
    RowProgress UNWATCHED = (done, total) -> {};

    /** How many rows pass between one telling and the next. */
    int STEP = 1000;

    /**
     * So many rows are done, of so many expected: none when it begins, all when it is over. A file may be gone through
     * several times.
     */
    void onRows(long done, long total);
}
