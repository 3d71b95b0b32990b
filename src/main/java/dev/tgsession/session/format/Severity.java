package dev.tgsession.session.format;

/** How much a finding matters. */
public enum Severity {
    /** Good to know; nothing to do. */
    NOTE,
    /** The session works, but not everywhere, or not for long. */
    WARNING,
    /** The session cannot be used as it is. */
    ERROR;

    /** In lower case, as it stands in JSON. */
    public String word() {
        return switch (this) {
            case NOTE -> "note";
            case WARNING -> "warning";
            case ERROR -> "error";
        };
    }
}
