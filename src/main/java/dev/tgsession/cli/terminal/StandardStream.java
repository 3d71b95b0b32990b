package dev.tgsession.cli.terminal;

/** The three streams every process starts with. */
public enum StandardStream {
    INPUT,
    OUTPUT,
    ERROR
}
