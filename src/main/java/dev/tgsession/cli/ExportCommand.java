package dev.tgsession.cli;

import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
            "  tgsession export --store env:DATABASE_URL anna --to telethon -o anna.session",
            "  tgsession export sessions/ --to telethon-string --into strings/",
            "  heroku config:set TG_SESSION=\"$(tgsession export login.session --to telethon-string)\""
        })
final class ExportCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = NamedSource.HELP + " With --store, the name of a session there. With --into, many files and"
                    + " folders.")
    private List<String> files = List.of();

    @Option(names = "--store", paramLabel = "URL", description = NamedStore.HELP)
    private @Nullable String store;

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

    @Override
    public Integer call() throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        SessionFormat target = converting.target(given, formats, to);
        Optional<Path> out = Optional.ofNullable(output);
        if (converting.isForMany()) {
            if (store != null || output != null) {
                throw new Refusal(ExitCode.USAGE, "--into goes without --store and -o.", "Choose one.");
            }
            return converting.runMany(given, formats, files, target);
        }
        if (files.size() > 1) {
            for (String name : files) {
                NamedSource.mustNotBeSecret(given, Path.of(name));
            }
            throw new Refusal(ExitCode.USAGE, "These are several files.", "Say where to with --into FOLDER.");
        }
        Optional<String> file = files.stream().findFirst();
        if (store != null) {
            String url = store;
            return converting.run(given, () -> NamedStore.read(given, url, file), target, out);
        }
        if (file.isEmpty()) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "FILE is missing: which session?",
                    "Name a file, or --store URL. More: tgsession help export");
        }
        String named = file.get();
        return converting.run(given, formats, () -> NamedSource.of(given, named), target, out);
    }
}
