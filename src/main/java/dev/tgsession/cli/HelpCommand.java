package dev.tgsession.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tgsession help}: about one command, or in short about all. */
@Command(sortOptions = false, abbreviateSynopsis = true, name = "help", header = "Explain a command.", description = "")
final class HelpCommand implements Callable<Integer> {
    private static final int LONGEST_COMMAND = 30;

    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..2", paramLabel = "COMMAND", description = "A command, or exit-codes.")
    private List<String> words = List.of();

    HelpCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws Refusal {
        if (words.isEmpty()) {
            Help.printShort(given.output());
        } else if (words.get(0).equals("exit-codes")) {
            Help.printExitCodes(given.output());
        } else {
            command().usage(given.output());
        }
        return ExitCode.OK.number();
    }

    /** The second word may name a command of a command, or be one that the first one takes, as in {@code login start}. */
    private CommandLine command() throws Refusal {
        String topic = words.get(0);
        CommandLine command = spec == null || spec.parent() == null
                ? null
                : spec.parent().subcommands().get(topic);
        if (command == null) {
            // Long words may be secrets that got into the wrong place.
            String word = topic.length() > LONGEST_COMMAND ? "that" : topic;
            throw new Refusal(ExitCode.USAGE, "There is no command called " + word + ".", "Try: tgsession help");
        }
        CommandLine inner = words.size() > 1 ? command.getSubcommands().get(words.get(1)) : null;
        return inner == null ? command : inner;
    }
}
