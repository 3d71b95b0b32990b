package dev.tgsession.cli;

import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession convert}: a session of any kind into a file of another. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "convert",
        header = "Turn a session of any kind into another.",
        description = {
            "",
            "What IN is, is seen by looking. IN stays as it is. What the new form has no place for is said before it is"
                    + " written.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession convert my_account.session login.session",
            "  tgsession convert - login.session",
            "  tgsession convert env:STRING_SESSION pyro.session --to pyrogram --api-id 12345"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "IN", description = NamedSource.HELP)
    private String input = "";

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write; - for standard output.")
    private Path output = Path.of("-");

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description = "What to write; telethon if you do not say. `tgsession formats` names all.")
    private @Nullable String to;

    @Mixin
    private final Converting converting = new Converting();

    ConvertCommand(Given given) {
        this.given = given;
    }

    CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        SessionFormat target = to == null ? formats.usual() : Converting.format(formats, to);
        boolean toOutput = output.toString().equals("-");
        return converting.run(
                given,
                formats,
                () -> NamedSource.of(given, input),
                target,
                toOutput ? Optional.empty() : Optional.of(output));
    }
}
