package dev.tgsession.cli;

import dev.tgsession.login.LoginRefusedException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the command somebody typed, runs it, and says what went wrong. */
final class Program {
    /** In the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "login",
            "inspect",
            "upgrade",
            "repair",
            "export",
            "convert",
            "send",
            "fetch",
            "import",
            "unseal",
            "entities",
            "sync",
            "strip",
            "list",
            "formats",
            "practice",
            "help");

    private final Given given;
    private final Complaints complaints;
    private final Colours colours;

    Program(Given given) {
        this.given = given;
        this.colours = new Colours(given.environment(), given.streams());
        this.complaints = new Complaints(given.error(), colours);
    }

    /** The root of the command line, which does nothing by itself. */
    @Command(name = "tgsession")
    private static final class Root {}

    /** Runs it and gives the exit code. */
    int run(List<String> arguments) {
        int code = EverydayForms.include(arguments) ? runEverydayForm(arguments) : parseAndRun(arguments);
        given.error().flush();
        // What could not be said on a full disk was not said.
        boolean unsaid = code == ExitCode.OK.number() && given.output().checkError();
        return unsaid ? ExitCode.FAILED.number() : code;
    }

    private int runEverydayForm(List<String> arguments) {
        try {
            return new EverydayForms(given).run(arguments);
        } catch (IOException | Refusal | LoginRefusedException | RuntimeException trouble) {
            return complain(trouble, false);
        }
    }

    private int parseAndRun(List<String> arguments) {
        CommandLine root = new CommandLine(new Root());
        String first = arguments.get(0);
        // To set a command up takes longer than most of them run; the others are needed only to be listed or not found.
        boolean alone = COMMANDS.contains(first) && !first.equals("help");
        for (String name : alone ? List.of(first) : COMMANDS) {
            root.addSubcommand(command(name));
        }
        root.setOut(new java.io.PrintWriter(given.output(), true));
        root.setErr(new java.io.PrintWriter(given.error(), true));
        root.setExpandAtFiles(false);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        root.setParameterExceptionHandler((wrong, all) -> misread(wrong));
        root.setExecutionExceptionHandler((trouble, command, result) ->
                complain(trouble, command.getParseResult().hasMatchedOption("--debug")));
        return root.execute(arguments.toArray(String[]::new));
    }

    private Object command(String name) {
        return switch (name) {
            case "login" -> new LoginCommand(given);
            case "inspect" -> new InspectCommand(given);
            case "upgrade" -> new UpgradeCommand(given);
            case "repair" -> new RepairCommand(given);
            case "export" -> new ExportCommand(given);
            case "convert" -> new ConvertCommand(given);
            case "send" -> new SendCommand(given);
            case "fetch" -> new FetchCommand(given);
            case "import" -> new ImportCommand(given);
            case "unseal" -> new UnsealCommand(given);
            case "entities" -> new EntitiesCommand(given);
            case "sync" -> new SyncCommand(given);
            case "strip" -> new StripCommand(given);
            case "list" -> new ListCommand(given);
            case "formats" -> new FormatsCommand(given);
            case "practice" ->
                new CommandLine(new PracticeCommand(given))
                        .addSubcommand(new PracticeScanCommand(given))
                        .addSubcommand(new PracticeShowCommand(given));
            case "help" -> new HelpCommand(given);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private int misread(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName().replaceFirst("^tgsession ?", "");
        boolean root = wrong.getCommandLine().getParent() == null;
        String sentence = root && wrong instanceof UnmatchedArgumentException unknown
                ? "There is no command called " + unknown.getUnmatched().get(0) + "."
                : withFullStop(String.valueOf(wrong.getMessage()));
        return complain(
                new Refusal(
                        ExitCode.USAGE,
                        withoutSecrets(sentence),
                        root
                                ? "Try: tgsession help"
                                : "Try: tgsession "
                                        + (command.contains(" ") ? command + " --help" : "help " + command)),
                false);
    }

    /** Somebody may have put a session where another word belongs; it is not repeated. */
    private static String withoutSecrets(String sentence) {
        // A URL may be presigned, and the shortest string session has 263 letters.
        return sentence.replaceAll("(?i)https?:/\\S+", "(a URL)")
                .replaceAll("[A-Za-z0-9+/_=-]{200,}", "(something as long as a session string)");
    }

    private static String withFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    /** Nothing is said any more once the process has been told to end: whoever told it knows why. */
    private int complain(Throwable trouble, boolean debug) {
        if (given.endings().begun().isPresent()) {
            return given.endings().begun().get();
        }
        return complaints.complain(trouble, given.host(), debug).number();
    }
}
