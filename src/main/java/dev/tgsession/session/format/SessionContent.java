package dev.tgsession.session.format;

import java.nio.charset.StandardCharsets;

/** A session as some format wrote it: the bytes of a file, or a line of text. Holds the key, so it does not print. */
public final class SessionContent {
    private final byte[] bytes;
    private final SessionFormat.Form form;

    private SessionContent(byte[] bytes, SessionFormat.Form form) {
        this.bytes = bytes;
        this.form = form;
    }

    /** The bytes of a file; taken over, not copied. */
    public static SessionContent ofFile(byte[] bytes) {
        return new SessionContent(bytes, SessionFormat.Form.FILE);
    }

    /** A line of ASCII text without line end. */
    public static SessionContent ofText(String line) {
        return new SessionContent(line.getBytes(StandardCharsets.US_ASCII), SessionFormat.Form.TEXT);
    }

    public SessionFormat.Form form() {
        return form;
    }

    /** The size in bytes. */
    public int size() {
        return bytes.length;
    }

    /** What to write into a file; a line of text gets its line end. */
    public byte[] toFileBytes() {
        if (form == SessionFormat.Form.FILE) {
            return bytes.clone();
        }
        byte[] line = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, line, 0, bytes.length);
        line[bytes.length] = '\n';
        return line;
    }

    /**
     * The line of text, without line end.
     *
     * @throws IllegalStateException if this is a file
     */
    public String toText() {
        if (form != SessionFormat.Form.TEXT) {
            throw new IllegalStateException("a session file is no line of text");
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** To read it back. */
    public SessionSource toSource(String name) {
        return SessionSource.ofBytes(name, bytes);
    }

    @Override
    public String toString() {
        return "SessionContent[" + form + ", " + bytes.length + " bytes hidden]";
    }
}
