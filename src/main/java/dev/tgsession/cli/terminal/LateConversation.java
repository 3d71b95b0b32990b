package dev.tgsession.cli.terminal;

import dev.tgsession.crypto.Password;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** A talk that looks for somebody who can answer only once there is a question; until then it talks to a log. */
final class LateConversation implements Conversation {
    private final Ladder ladder;
    private final PrintStream log;
    private Optional<Conversation> found = Optional.empty();

    LateConversation(Ladder ladder, PrintStream log) {
        this.ladder = ladder;
        this.log = log;
    }

    @Override
    public String ask(String prompt) throws IOException {
        return opened().ask(prompt);
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        return opened().askHidden(prompt);
    }

    @Override
    public synchronized void tell(String line) {
        if (found.isPresent()) {
            found.get().tell(line);
        } else {
            log.println(Printable.of(line));
            log.flush();
        }
    }

    @Override
    public synchronized boolean withPerson() {
        return found.map(Conversation::withPerson).orElse(false);
    }

    @Override
    public synchronized void close() {
        found.ifPresent(Conversation::close);
        found = Optional.empty();
    }

    private synchronized Conversation opened() throws IOException {
        if (found.isEmpty()) {
            found = Optional.of(ladder.open());
        }
        return found.get();
    }
}
