package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import java.io.Console;
import java.io.IOError;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A talk through Java's own console: the terminal edits the line, Java switches its echo off and on. */
final class ConsoleConversation implements Conversation {
    private final Console console;
    private final BooleanSupplier gone;

    /**
     * With the given console.
     *
     * @param gone whether the terminal has gone away, asked when the input ends
     */
    ConsoleConversation(Console console, BooleanSupplier gone) {
        this.console = console;
        this.gone = gone;
    }

    @Override
    public String ask(String prompt) throws IOException {
        try {
            return Optional.ofNullable(console.readLine("%s", Printable.of(prompt)))
                    .orElseThrow(this::noAnswer);
        } catch (IOError unreadable) {
            throw new HungUpException();
        }
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        try {
            return new Password(Optional.ofNullable(console.readPassword("%s", Printable.of(prompt)))
                    .orElseThrow(this::noAnswer));
        } catch (IOError | NullPointerException unreadable) {
            // Java 17 falls over its own feet when a terminal goes away during readPassword.
            throw new HungUpException();
        }
    }

    @Override
    public void tell(String line) {
        console.writer().println(Printable.of(line));
        console.flush();
    }

    @Override
    public boolean withPerson() {
        return true;
    }

    @Override
    public void close() {
        console.flush();
    }

    private NoMoreAnswersException noAnswer() {
        if (gone.getAsBoolean()) {
            return new HungUpException();
        }
        console.writer().println();
        return new EndOfInputException();
    }
}
