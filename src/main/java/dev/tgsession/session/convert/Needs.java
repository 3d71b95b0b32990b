package dev.tgsession.session.convert;

import dev.tgsession.session.format.SessionPart;
import java.util.Set;

/**
 * What a format asks for and a session does not know. Nobody can make these up: they come from whoever wants the
 * session, or from the server.
 *
 * @param required without it nothing can be written: the user id, and whether it is a bot
 * @param welcome what the library would otherwise ask its user for: the api id
 */
public record Needs(Set<SessionPart> required, Set<SessionPart> welcome) {
    /** Takes copies. */
    public Needs {
        required = Set.copyOf(required);
        welcome = Set.copyOf(welcome);
    }

    /** Whether the session can be written as it is. */
    public boolean areMet() {
        return required.isEmpty();
    }
}
