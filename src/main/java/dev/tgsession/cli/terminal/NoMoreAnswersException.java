package dev.tgsession.cli.terminal;

import java.io.IOException;

/** A question will get no answer any more. */
public abstract sealed class NoMoreAnswersException extends IOException permits EndOfInputException, HungUpException {
    NoMoreAnswersException(String message) {
        super(message);
    }
}
