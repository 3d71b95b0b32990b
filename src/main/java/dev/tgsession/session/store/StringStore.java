package dev.tgsession.session.store;

import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonString;
import java.io.IOException;
import java.util.Optional;

/**
 * A session that is a line of text, for programs that keep it in a variable of their own. What is saved is read back with
 * {@link #text()}; nothing is written anywhere.
 *
 * <p>A line of any library is taken. It stays one of that library; where there is none yet, Telethon's
 * {@code StringSession} is written. A line has room for server and key, and in some libraries for the account; peers and
 * update states do not fit in. Whoever has the line is logged in, so a store does not print.
 */
public final class StringStore implements SessionStore {
    private final SessionFormats formats;
    private final SessionFormat format;
    private Optional<String> line;

    private StringStore(SessionFormats formats, SessionFormat format, Optional<String> line) {
        this.formats = formats;
        this.format = format;
        this.line = line;
    }

    /** A store in which there is no line yet. */
    static StringStore empty(SessionFormats formats) {
        return new StringStore(formats, new TelethonString(), Optional.empty());
    }

    /**
     * A store with a line in it.
     *
     * @param line blanks and line breaks are left out; without anything else it stands for no session
     * @throws MalformedSessionException if no library wrote it, or it holds no login
     */
    static StringStore of(String line, SessionFormats formats) throws IOException {
        if (line.isBlank()) {
            return empty(formats);
        }
        SessionSource source = SessionSource.ofText(line);
        Optional<SessionFormat> format = formats.recognise(source).filter(one -> one.form() == SessionFormat.Form.TEXT);
        if (format.isEmpty()) {
            throw new MalformedSessionException(Finding.error(
                    "no-string-session",
                    "This is no string session of any library that is known here.",
                    "Copy the whole string and nothing else."));
        }
        // Now rather than at the first use.
        format.get().read(source);
        return new StringStore(formats, format.get(), Optional.of(line.strip()));
    }

    /**
     * The line as it was given or, once something was saved, as it is now; empty if there is none. It is as secret as a
     * password.
     */
    public synchronized Optional<String> text() {
        return line;
    }

    @Override
    public synchronized Optional<Session> load() throws IOException {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(formats.read(SessionSource.ofText(line.get())));
    }

    /**
     * Keeps a session as a line of the same library.
     *
     * @throws dev.tgsession.session.format.UnwritableSessionException if it does not fit into one
     */
    @Override
    public synchronized void save(Session session) throws IOException {
        line = Optional.of(format.write(session).toText());
    }

    @Override
    public synchronized boolean delete() {
        boolean wasThere = line.isPresent();
        line = Optional.empty();
        return wasThere;
    }

    @Override
    public String toString() {
        return "a string session";
    }
}
