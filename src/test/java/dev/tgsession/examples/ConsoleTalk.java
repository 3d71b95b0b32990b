package dev.tgsession.examples;

import dev.tgsession.crypto.Password;
import dev.tgsession.login.EndOfAnswersException;
import dev.tgsession.login.Talk;
import java.io.Console;
import java.io.IOException;

public record ConsoleTalk(Console console) implements Talk {
    @Override
    public String ask(String prompt) throws IOException {
        String line = console.readLine("%s", prompt);
        if (line == null) {
            throw new EndOfAnswersException(prompt);
        }
        return line;
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        char[] typed = console.readPassword("%s", prompt);
        if (typed == null) {
            throw new EndOfAnswersException(prompt);
        }
        return new Password(typed);
    }

    @Override
    public void tell(String line) {
        console.printf("%s%n", line);
    }
}
