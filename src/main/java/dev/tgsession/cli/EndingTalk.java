package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.NoMoreAnswersException;
import dev.tgsession.crypto.Password;
import dev.tgsession.login.PersonInterruptedException;
import dev.tgsession.login.Talk;
import java.io.IOException;

/**
 * The same talk, where an answer that does not come because the process was told to end is an interruption: a terminal that
 * is given back then looks as if it had gone away by itself.
 */
record EndingTalk(Talk talk, Endings endings) implements Talk {
    @Override
    public String ask(String prompt) throws IOException {
        try {
            return talk.ask(prompt);
        } catch (NoMoreAnswersException none) {
            throw reason(none);
        }
    }

    @Override
    public Password askHidden(String prompt) throws IOException {
        try {
            return talk.askHidden(prompt);
        } catch (NoMoreAnswersException none) {
            throw reason(none);
        }
    }

    @Override
    public void tell(String line) {
        talk.tell(line);
    }

    private IOException reason(NoMoreAnswersException none) {
        boolean told = endings.begun()
                .filter(code -> code != ExitCode.HUNG_UP.number())
                .isPresent();
        return told ? new PersonInterruptedException() : none;
    }
}
