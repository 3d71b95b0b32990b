package dev.tgsession.cli.terminal;

/** The terminal went away while we waited for an answer; nothing can be said to anybody. */
public final class HungUpException extends NoMoreAnswersException {
    public HungUpException() {
        super("the terminal went away");
    }
}
