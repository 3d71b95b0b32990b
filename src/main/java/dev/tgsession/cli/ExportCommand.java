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

/** {@code tgsession export}: the same login in another form. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "export",
        header = "Write a session in another form.",
        description = {
            "",
            "What comes out opens the account just as the file does, so it does not go to a screen unless you say"
                    + " --print. Use each login in one place only: Telegram ends both when a key is used twice at once.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession export login.session --to telethon-string --print",
            "  tgsession export login.session --to pyrogram -o my_account.session",
            "  heroku config:set TG_SESSION=\"$(tgsession export login.session --to telethon-string)\""
        })
final class ExportCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = NamedSource.HELP)
    private String file = "login.session";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            description = "Such as telethon-string; `tgsession formats` names all.")
    private String to = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Write this file, readable for you alone.")
    private @Nullable Path output;

    @Mixin
    private final Converting converting = new Converting();

    ExportCommand(Given given) {
        this.given = given;
    }

    CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        SessionFormat target = Converting.format(formats, to);
        return converting.run(given, formats, () -> NamedSource.of(given, file), target, Optional.ofNullable(output));
    }
}
