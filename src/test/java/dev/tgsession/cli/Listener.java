package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.crypto.Password;
import java.util.ArrayList;
import java.util.List;

/** Somebody, or a pipe, that is told things and asked nothing. */
final class Listener implements Conversation {
    final List<String> heard = new ArrayList<>();
    private final boolean person;

    Listener(boolean person) {
        this.person = person;
    }

    @Override
    public String ask(String prompt) {
        throw new AssertionError("asked: " + prompt);
    }

    @Override
    public Password askHidden(String prompt) {
        throw new AssertionError("asked: " + prompt);
    }

    @Override
    public void tell(String line) {
        heard.add(line);
    }

    @Override
    public boolean withPerson() {
        return person;
    }

    @Override
    public void close() {}
}
