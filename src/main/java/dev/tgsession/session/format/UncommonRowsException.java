package dev.tgsession.session.format;

/** A table or a row that only SQLite's own library knows how to put into a file. */
final class UncommonRowsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UncommonRowsException(String what) {
        // Nobody reads where it came from: the library takes over.
        super(what, null, false, false);
    }
}
