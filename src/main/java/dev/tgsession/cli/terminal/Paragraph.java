package dev.tgsession.cli.terminal;

/** A sentence as wide as the screen: broken between words, where a terminal would break in the middle of one. */
final class Paragraph {
    private Paragraph() {}

    /**
     * The text with line breaks in place of some spaces, so that no line is longer than {@code width}, as far as its
     * words are not. Letters count as one column each.
     */
    static String wrap(String text, int width) {
        StringBuilder all = new StringBuilder(text.length() + 8);
        int start = 0;
        while (width > 0 && text.length() - start > width) {
            int space = text.lastIndexOf(' ', start + width);
            if (space <= start) {
                // A word wider than the screen: the terminal breaks it, we go on behind it.
                space = text.indexOf(' ', start + width);
            }
            if (space < 0) {
                break;
            }
            all.append(text, start, space).append('\n');
            start = space + 1;
        }
        return all.append(text, start, text.length()).toString();
    }
}
