package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
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
    private static final String NAME = "login";

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
        if (output != null) {
            NamedSource.mustNotBeSecret(given, output);
            OutputFile.mustHaveRoom(given.folder().resolve(output), force);
        }
        Arrival arrival = Arrival.of(given, input);
        byte[] file = opening.open(given, arrival.content(), arrival.asking());
        Session session =
                SessionFormats.standard(given.clock()).read(SessionSource.ofBytes("what arrived", file), peer -> {});
        Path target = given.folder()
                .resolve(
                        output != null
                                ? output
                                : Path.of(SessionFileName.of(
                                        NAME, session.dataCenter().environment())));
        Saved saved = OutputFile.write(given, target, out -> Files.write(out, file), force);
        session.account()
                .ifPresent(account ->
                        given.error().println("It is logged in as " + Printable.of(Words.about(account)) + "."));
        given.error().println("Written to " + Printable.of(saved.where()) + ".");
        saved.previous()
                .ifPresent(old -> given.error().println("What was there before is now " + Printable.of(old) + "."));
        return ExitCode.OK.number();
    }
}
