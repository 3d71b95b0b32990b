package dev.tgsession.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession import}: what came from another machine becomes a session file again. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "import",
        header = "Make a session file of what came from another machine.",
        description = {
            "",
            "Takes armor (the lines from -----BEGIN to -----END), a sealed file or its text, a session file, or a string"
                    + " session. It is checked before it is written. What was a file is the same file again, to the byte;"
                    + " a string becomes a file of Telethon's.",
            ""
        },
        footer = {
            "",
            "The passphrase of what is sealed is taken from TGSESSION_PASSPHRASE, or asked for.",
            "",
            "examples:",
            "  tgsession import -                     paste it; writes login.session",
            "  tgsession import env:TG_SESSION -o anna.session",
            "  tgsession import sealed.gpg --key my-key.gpg"
        })
final class ImportCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "IN", description = Arrival.HELP)
    private String input = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The file to write, readable for you alone; login.session if you do not say.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replace OUT; what was there is kept as OUT.bak.")
    private boolean force;

    @Mixin
    private final Opening opening = new Opening();

    ImportCommand(Given given) {
        this.given = given;
    }

    CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        Optional<Path> out = Optional.ofNullable(output);
        ArrivedFile.mustHaveRoom(given, out, force);
        Arrival arrival = Arrival.of(given, input);
        byte[] file = opening.open(given, arrival.content(), arrival.asking());
        ArrivedFile.write(given, file, out, force);
        return ExitCode.OK.number();
    }
}
