package dev.tgsession.login;

/** Makes text that came from outside safe to print: it can no longer move a cursor, ring a bell or turn the line around. */
final class CleanText {
    private static final int LONGEST = 200;

    private CleanText() {}

    /** Without control and format characters, at most 200 characters long. */
    static String of(String foreign) {
        StringBuilder clean = new StringBuilder();
        foreign.codePoints().limit(LONGEST).forEach(c -> {
            int type = Character.getType(c);
            boolean moves = type == Character.CONTROL
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            if (type != Character.FORMAT) {
                clean.appendCodePoint(moves ? ' ' : c);
            }
        });
        return clean.toString().strip();
    }
}
