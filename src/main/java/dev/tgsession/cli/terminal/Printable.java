package dev.tgsession.cli.terminal;

/** Makes a text safe to show: what a stranger wrote cannot move the cursor, ring the bell or reverse the line. */
public final class Printable {
    private Printable() {}

    /** The text with each control or direction-changing character replaced by {@code ?}. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || isDirection(c) ? '?' : c);
        }
        return shown.toString();
    }

    /** The line and paragraph separators, and the marks that override the direction of writing. */
    private static boolean isDirection(char c) {
        return (c >= '\u2028' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }
}
