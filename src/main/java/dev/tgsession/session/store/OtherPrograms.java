package dev.tgsession.session.store;

import dev.tgsession.session.format.SqliteLocks;
import dev.tgsession.session.format.SqliteLocks.Use;
import java.nio.file.Path;

/** The programs beside ours that use a session file, and what they must not be doing while we do something with it. */
public final class OtherPrograms {
    private static final String CLOSE = "Close the program that uses this session, then try again.";

    private OtherPrograms() {}

    /**
     * For a file that is only read: what it says may be half of something.
     *
     * @throws StoreException if somebody is in the middle of writing to it
     */
    public static void mustNotWriteTo(Path file) throws StoreException {
        refuseIfWritten(SqliteLocks.of(file), file);
    }

    /**
     * For a file that is going to be replaced: who has it open would go on with the old one, and in WAL mode leave its
     * pages beside the new one.
     *
     * @throws StoreException if somebody writes to it, or can be seen to have it open
     */
    public static void mustNotUse(Path file) throws StoreException {
        Use use = SqliteLocks.of(file);
        refuseIfWritten(use, file);
        if (use == Use.OPEN) {
            throw new StoreException("another program has " + file + " open", CLOSE);
        }
    }

    private static void refuseIfWritten(Use use, Path file) throws StoreException {
        if (use == Use.WRITTEN) {
            throw new StoreException("another program is writing to " + file, CLOSE);
        }
    }
}
