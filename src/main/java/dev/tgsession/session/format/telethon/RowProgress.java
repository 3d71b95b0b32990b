package dev.tgsession.session.format.telethon;

/** Told now and then how far a long copying has come. */
@FunctionalInterface
public interface RowProgress {
    /** For those who do not want to know. */
    RowProgress UNWATCHED = (done, total) -> {};

    /** So many rows are written, of so many expected. */
    void onRows(long done, long total);
}
