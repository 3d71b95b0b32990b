package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.session.Session;
import java.io.IOException;

/** Somewhere the session of a new login is kept, and kept again when it has learned something. */
interface LoginHome {
    void save(Session session) throws IOException, Refusal;

    /** In words, and for programs. */
    String place();

    /** The end of the sentence that names the place. */
    String advice();

    /** What else there is to say about it. */
    default void tellMore(Conversation talk) {}
}
