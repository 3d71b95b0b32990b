package dev.tgsession.cli;

import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "Say this and stop.")
    private boolean help;

    @Option(names = "--debug", order = 101, description = "If it goes wrong, also say where in the program.")
    private boolean debug;
}
