package dev.tgsession.travel;

/** Text that went through terminals, mails and hands: blanks of all kinds may have got into it anywhere. */
final class PastedText {
    private PastedText() {}

    /** Whether this is a character that nobody sees and no text of ours needs. */
    static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\u200b' || c == '\ufeff';
    }

    /** Without any of them. */
    static String squeezed(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isBlank(text.charAt(i))) {
                letters.append(text.charAt(i));
            }
        }
        return letters.toString();
    }
}
