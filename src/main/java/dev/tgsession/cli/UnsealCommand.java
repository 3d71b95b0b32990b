package dev.tgsession.cli;

import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession unseal}: what is in a sealed file, whatever it is. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "unseal",
        header = "Open what was sealed.",
        description = {
            "",
            "Opens what --seal and --seal-for made, and what `gpg --symmetric` and `gpg --encrypt` make, in bytes or as text."
                    + " It need not be a session. Nothing comes out if a single byte was changed on the way.",
            ""
        },
        footer = {
            "",
            "The passphrase is taken from TGSESSION_PASSPHRASE, or asked for.",
            "",
            "examples:",
            "  tgsession unseal login.session.gpg -o login.session",
            "  tgsession unseal - -o login.session             paste the text",
            "  tgsession unseal sealed.asc --key my-key.gpg >login.session"
        })
final class UnsealCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "IN", description = Arrival.HELP)
    private String input = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The file to write, readable for you alone; standard output if you do not say.")
    private @Nullable Path output;

    @Option(names = "--print", description = "Print it on a terminal too, if it is text.")
    private boolean print;

    @Option(names = "--force", description = "Replace OUT; what was there is kept as OUT.bak.")
    private boolean force;

    @Mixin
    private final Opening opening = new Opening();

    UnsealCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        boolean screen = output == null && given.streams().isTerminal(StandardStream.OUTPUT);
        if (screen && !print) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "What was sealed is not put on a screen unasked.",
                    "Say -o OUT to write it to a file, or --print if it is text.");
        }
        if (output != null) {
            NamedSource.mustNotBeSecret(given, output);
            OutputFile.mustHaveRoom(given.folder().resolve(output), force);
        }
        Arrival arrival = Arrival.of(given, input);
        byte[] content = opening.unseal(given, arrival.content(), arrival.asking());
        if (output != null) {
            Saved saved =
                    OutputFile.write(given, given.folder().resolve(output), out -> Files.write(out, content), force);
            OutputFile.tell(given, saved);
            return ExitCode.OK.number();
        }
        if (screen && !isText(content)) {
            throw new Refusal(ExitCode.USAGE, "It is no text, so it does not go to a screen.", "Say -o OUT.");
        }
        given.output().write(content, 0, content.length);
        given.output().flush();
        return (given.output().checkError() ? ExitCode.FAILED : ExitCode.OK).number();
    }

    /** Letters, blanks and line ends, nothing that could steer a terminal. */
    private static boolean isText(byte[] content) {
        for (byte b : content) {
            boolean shown = b >= ' ' && b < 0x7f || b == '\n' || b == '\r' || b == '\t';
            if (!shown) {
                return false;
            }
        }
        return true;
    }
}
