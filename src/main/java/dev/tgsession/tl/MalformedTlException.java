package dev.tgsession.tl;

import java.io.IOException;

/** The bytes are not what was due. The message says where, what was due and what came; never the content of a string. */
public final class MalformedTlException extends IOException {
    /** @param complaint what is wrong with an object as a whole */
    public MalformedTlException(String complaint) {
        super(complaint);
    }

    /**
     * @param position offset in bytes from the start of what was being read
     * @param complaint such as {@code "Bool was due, #c0ffee came"}
     */
    public MalformedTlException(int position, String complaint) {
        super("at byte " + position + ": " + complaint);
    }
}
