package dev.tgsession.session.format;

/** Something in a database is not as it is in nearly all; only SQLite itself knows what it means, or what is wrong. */
final class UncommonFileException extends Exception {
    private static final long serialVersionUID = 1;

    UncommonFileException(String what) {
        // Nobody reads where it came from: SQLite takes over.
        super(what, null, false, false);
    }
}
