package dev.tgsession.session.store;

import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens the home of a session by its name or URL.
 *
 * <table>
 * <caption>What may be opened</caption>
 * <tr><td>{@code anon}</td><td>the file {@code anon.session} in the working folder, as Telethon has it: the ending is added
 * unless it is there, a path is a path, and nothing else is read into a name</td></tr>
 * <tr><td>the empty text</td><td>memory: gone with the program, as with Telethon</td></tr>
 * <tr><td>{@code sqlite:///data/anon.session}</td><td>a file, to the letter, as SQLAlchemy has it: three slashes and a path
 * that starts at the working folder, or four and one that starts at the root; without a path, memory</td></tr>
 * <tr><td>{@code string:1BVts...}</td><td>a string session of any library, or none yet; a {@link StringStore}</td></tr>
 * <tr><td>{@code postgres://user:password@host/database#login}, {@code postgresql://...}</td><td>a session in a PostgreSQL
 * database; a {@link PostgresStore}</td></tr>
 * </table>
 *
 * <p>A name with {@code ://} in it that is none of these is refused rather than taken for a file's.
 */
public final class SessionStores {
    private static final String SQLITE = "sqlite:";
    private static final String STRING = "string:";

    private SessionStores() {}

    /**
     * Opens a store, with the working folder, clock and variables of this program. Nothing is written yet.
     *
     * @throws dev.tgsession.session.format.MalformedSessionException if the string after {@code string:} is no session
     * @throws StoreException if there can be no such store
     */
    public static SessionStore open(String nameOrUrl) throws IOException {
        return open(nameOrUrl, Surroundings.ofThisProgram());
    }

    /**
     * Opens a store in these surroundings.
     *
     * @throws dev.tgsession.session.format.MalformedSessionException if the string after {@code string:} is no session
     * @throws StoreException if there can be no such store
     */
    public static SessionStore open(String nameOrUrl, Surroundings surroundings) throws IOException {
        if (nameOrUrl.isEmpty()) {
            return inMemory();
        }
        if (nameOrUrl.startsWith(STRING)) {
            return ofString(nameOrUrl.substring(STRING.length()), surroundings);
        }
        if (nameOrUrl.startsWith(SQLITE)) {
            return sqlite(nameOrUrl.substring(SQLITE.length()), surroundings);
        }
        if (PostgresAddress.isOne(nameOrUrl)) {
            return PostgresStore.open(nameOrUrl, surroundings);
        }
        if (nameOrUrl.contains("://")) {
            // Not repeated: it may hold a password.
            throw new StoreException(
                    "there is no store for a URL of this kind",
                    "Try a name, sqlite:///PATH, string:TEXT or postgres://...");
        }
        String fileName = nameOrUrl.endsWith(SessionFileName.SUFFIX) ? nameOrUrl : nameOrUrl + SessionFileName.SUFFIX;
        return ofFile(fileName, surroundings);
    }

    /**
     * Whether this holds a session or a password, so that it must stand neither on a command line nor on a screen.
     *
     * @param nameOrUrl as for {@link #open(String)}
     */
    public static boolean isSecret(String nameOrUrl) {
        if (nameOrUrl.startsWith(STRING)) {
            return nameOrUrl.length() > STRING.length();
        }
        int start = nameOrUrl.indexOf("://");
        if (start < 0 || nameOrUrl.startsWith(SQLITE)) {
            return false;
        }
        int at = nameOrUrl.lastIndexOf('@');
        // An at sign that belongs to something else than a password does no harm here.
        boolean afterColon =
                at >= start + 3 && nameOrUrl.substring(start + 3, at).indexOf(':') >= 0;
        return afterColon || nameOrUrl.contains("password=");
    }

    /** A store that lasts as long as the program. */
    public static SessionStore inMemory() {
        return new MemoryStore();
    }

    /**
     * A store around a string session of any library; around none yet, if the text is empty.
     *
     * @throws dev.tgsession.session.format.MalformedSessionException if it is no session
     */
    public static StringStore ofString(String text) throws IOException {
        return ofString(text, Surroundings.ofThisProgram());
    }

    private static StringStore ofString(String text, Surroundings surroundings) throws IOException {
        return StringStore.of(text, SessionFormats.standard(surroundings.clock()));
    }

    private static SessionStore sqlite(String rest, Surroundings surroundings) throws StoreException {
        if (!rest.startsWith("//")) {
            throw new StoreException("this is no URL of a file", "Write sqlite:///PATH.");
        }
        String afterSlashes = rest.substring(2);
        if (afterSlashes.isEmpty() || afterSlashes.equals("/") || afterSlashes.equals("/:memory:")) {
            return inMemory();
        }
        if (afterSlashes.charAt(0) != '/') {
            throw new StoreException(
                    "a file is not on a host",
                    "Three slashes for a path from here, sqlite:///PATH; four for one from the root, sqlite:////PATH.");
        }
        String path = afterSlashes.substring(1);
        if (path.indexOf('?') >= 0) {
            throw new StoreException("the URL of a file has no parameters here", "Leave away what is behind the path.");
        }
        return ofFile(path, surroundings);
    }

    private static FileStore ofFile(String path, Surroundings surroundings) throws StoreException {
        try {
            Path file = surroundings.folder().resolve(Path.of(path));
            if (file.getFileName() == null) {
                throw new StoreException("this is no name for a session", "Choose another name.");
            }
            return new FileStore(
                    file, SessionFormats.standard(surroundings.clock()), surroundings.random(), surroundings.clock());
        } catch (InvalidPathException noName) {
            throw new StoreException("this is no name for a session", "Choose another name.", noName);
        }
    }
}
