package dev.tgsession.session.format;

import java.io.IOException;

/** The disk did not take what was to be written; passes through those who hand over rows and know of no disk. */
final class UnwrittenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnwrittenException(IOException cause) {
        super(cause);
    }
}
