package dev.tgsession.login;

/** What comes back from a question: something {@link Typed}, or a {@link Wish} instead. */
public sealed interface Answer permits Typed, Wish {
    /** An answer in letters, as they were typed. */
    static Answer typed(String text) {
        return new Typed(text);
    }
}
