package dev.tgsession.session.format;

import java.io.IOException;

/**
 * The session given is not what it was taken for, or holds no login. The message is a sentence for people; it never
 * holds any part of a key.
 */
public final class MalformedSessionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    public MalformedSessionException(Finding finding) {
        super(finding.message());
        this.finding = finding;
    }

    /** What was found. */
    public Finding finding() {
        return finding;
    }

    /** What to do next; empty when there is nothing to do. */
    public String hint() {
        return finding.hint();
    }
}
