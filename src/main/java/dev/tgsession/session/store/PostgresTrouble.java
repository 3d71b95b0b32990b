package dev.tgsession.session.store;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the database said, in sentences. Codes are from
 * <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">errcodes-appendix</a>.
 */
final class PostgresTrouble {
    private static final int LONGEST = 300;

    private PostgresTrouble() {}

    /** Whether the connection is gone, so that another one has to be made. */
    static boolean isBroken(SQLException failed) {
        String state = state(failed);
        // 57P: the server was told to stop, or another session told it to end ours.
        return state.startsWith("08") || state.startsWith("57P");
    }

    /**
     * Says it.
     *
     * @param what was not done, as the beginning of a sentence; empty if that goes without saying
     * @param place host and port
     */
    static StoreException explained(String what, String place, SQLException failed) {
        String[] said = words(place, failed);
        String sentence = what.isEmpty() ? said[0] : what + ": " + said[0];
        return isBroken(failed)
                ? new StoreUnreachableException(sentence, said[1], failed)
                : new StoreException(sentence, said[1], failed);
    }

    private static String[] words(String place, SQLException failed) {
        String state = state(failed);
        String again = "Try again; what is kept there is whole.";
        return switch (state) {
            case "08001", "08004" -> {
                boolean noTls = isAboutTls(failed);
                yield new String[] {
                    noTls
                            ? "the database at " + place + " does not speak TLS"
                            : "the database at " + place + " cannot be reached",
                    noTls
                            ? "If it is on a network of your own, say ?sslmode=disable in its URL."
                            : "Check host and port, and whether it runs."
                };
            }
            case "28000", "28P01" ->
                new String[] {
                    "the database at " + place + " does not let us in: " + serverWords(failed),
                    "Check user and password in the URL, or PGPASSWORD; some servers want ?sslmode=require."
                };
            case "3D000" ->
                new String[] {
                    "there is no database of that name at " + place, "Check what stands behind the slash in the URL."
                };
            case "42501" ->
                new String[] {
                    "the database does not allow that: " + serverWords(failed),
                    "The user needs the right to make a schema called tgsession and to write to it."
                };
            case "25006" ->
                new String[] {
                    "the database at " + place + " takes no changes, it is read-only",
                    "Name the one that does; a copy that follows another cannot be written to."
                };
            case "53100", "53200" ->
                new String[] {
                    "the database has no room left: " + serverWords(failed), "Make room there, then try again."
                };
            case "53300" ->
                new String[] {"the database has too many connections", "Close a program that uses it, then try again."};
            case "55P03", "57014" ->
                new String[] {
                    "another program has been busy with this session for too long", "Wait for it, then try again."
                };
            case "57P01", "57P02" ->
                new String[] {"the database at " + place + " ended the connection; it may be stopping", again};
            case "57P03" -> new String[] {"the database at " + place + " is stopping or starting", again};
            default ->
                state.startsWith("08")
                        ? new String[] {"the connection to the database at " + place + " broke", again}
                        : new String[] {"the database said: " + serverWords(failed), again};
        };
    }

    private static boolean isAboutTls(SQLException failed) {
        String message = String.valueOf(failed.getMessage());
        return message.contains("does not support SSL");
    }

    /** Only the first line the server gave, without details: those may quote what was to be written. */
    private static String serverWords(SQLException failed) {
        ServerErrorMessage said = failed instanceof PSQLException known ? known.getServerErrorMessage() : null;
        String words = said == null ? null : said.getMessage();
        return words == null ? "error " + state(failed) : Foreign.words(words, LONGEST);
    }

    private static String state(SQLException failed) {
        String state = failed.getSQLState();
        return state == null ? "" : state;
    }
}
