package dev.tgsession.session.format;

/**
 * Something worth saying about a session that was looked at.
 *
 * @param code names the finding for programs, such as {@code without-rowid}; stays the same from release to release
 * @param message one plain sentence for people; never holds a secret or text taken from the file
 * @param hint what to do next; empty when there is nothing to do
 */
public record Finding(String code, Severity severity, String message, String hint) {
    public static Finding note(String code, String message) {
        return new Finding(code, Severity.NOTE, message, "");
    }

    public static Finding warning(String code, String message, String hint) {
        return new Finding(code, Severity.WARNING, message, hint);
    }

    public static Finding error(String code, String message, String hint) {
        return new Finding(code, Severity.ERROR, message, hint);
    }
}
