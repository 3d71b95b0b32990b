package dev.tgsession.cli.terminal;

/** Ctrl+C at a prompt. */
public final class InterruptedByUserException extends NoMoreAnswersException {
    public InterruptedByUserException() {
        super("interrupted");
    }
}
