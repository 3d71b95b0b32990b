package dev.tgsession.session.store;

/** Words of strangers in our sentences. */
final class Foreign {
    private Foreign() {}

    /** The words without what steers a terminal or turns the line around, and not longer than so many characters. */
    static String words(String text, int most) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < text.length() && words.length() < most; ) {
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            int type = Character.getType(letter);
            boolean plain = !Character.isISOControl(letter)
                    && type != Character.FORMAT
                    && type != Character.SURROGATE
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR;
            words.appendCodePoint(plain ? letter : '?');
        }
        return words.toString();
    }
}
