package dev.tgsession.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final ArrivedFile file = new ArrivedFile();

    @Mixin
    private final Opening opening = new Opening();

    ImportCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        file.mustHaveRoom(given);
        Arrival arrival = Arrival.of(given, input);
        file.write(given, opening.open(given, arrival.content(), arrival.asking()));
        return ExitCode.OK.number();
    }
}
