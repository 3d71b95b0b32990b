package dev.tgsession.cli.terminal;

import java.io.IOException;

/** Nobody can answer: standard input is no terminal and holds not a single byte. Found out before anything is sent. */
public final class NoConsoleException extends IOException {
    public NoConsoleException() {
        super("there is no console to ask on, and standard input is empty");
    }
}
