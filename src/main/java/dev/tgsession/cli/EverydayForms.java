package dev.tgsession.cli;

import dev.tgsession.login.LoginRefusedException;
import java.io.IOException;
import java.util.List;

/**
 * The command lines that people type every day, understood without the parser: to load that takes longer than most of them
 * run. It would understand them in the same way.
 */
final class EverydayForms {
    private final Given given;

    EverydayForms(Given given) {
        this.given = given;
    }

    /** Whether these words are one of them: nothing at all, a call for help, one file to inspect, a plain login. */
    static boolean include(List<String> arguments) {
        if (arguments.isEmpty()) {
            return true;
        }
        return switch (arguments.get(0)) {
            case "--version", "-V", "--help", "-h", "help" -> arguments.size() == 1;
            case "inspect" -> arguments.size() == 2 && isPlain(arguments.get(1));
            case "login" -> arguments.size() == 1 || (arguments.size() == 2 && isPlain(arguments.get(1)));
            default -> false;
        };
    }

    /** Neither an option, nor standard input, nor a file of arguments. */
    private static boolean isPlain(String word) {
        return !word.startsWith("-") && !word.startsWith("@");
    }

    /** Runs one of them and gives the exit code. */
    int run(List<String> arguments) throws IOException, Refusal, LoginRefusedException {
        if (arguments.isEmpty()) {
            Help.printShort(given.error());
            return ExitCode.USAGE.number();
        }
        switch (arguments.get(0)) {
            case "--version", "-V" ->
                given.output().println(Versions.ofThisBuild().describe());
            case "inspect" -> {
                FetchedAhead.begin();
                return new InspectCommand(given).lookAt(arguments.get(1));
            }
            case "login" -> {
                return new LoginCommand(given).login(arguments.subList(1, arguments.size()));
            }
            default -> Help.printShort(given.output());
        }
        return ExitCode.OK.number();
    }
}
