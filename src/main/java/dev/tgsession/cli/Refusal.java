package dev.tgsession.cli;

import java.util.Optional;

/** A command does not do what was asked, and knows why: nothing is broken. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String hint;

    /** {@code hint} says what to try next; it may be empty. */
    Refusal(ExitCode code, String sentence, String hint) {
        super(sentence);
        this.code = code;
        this.hint = hint;
    }

    ExitCode code() {
        return code;
    }

    Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }
}
