package dev.tgsession.cli.terminal;

/** The answers ended before the questions did: Ctrl+D, or the end of a pipe. */
public final class EndOfInputException extends NoMoreAnswersException {
    public EndOfInputException() {
        super("the input ended where an answer was due");
    }
}
