package dev.tgsession.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "  tgsession convert login.session anna --store env:DATABASE_URL",
            "  tgsession convert old/ --to pyrogram --into new/",
            "  tgsession convert env:STRING_SESSION pyro.session --to pyrogram --api-id 12345"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "IN", description = NamedSource.HELP)
    private String input = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "OUT",
            description = "The file to write; - for standard output. With --store, what to call the session there. With"
                    + " --into, more files and folders to read.")
    private List<String> more = List.of();

    @Option(names = "--store", paramLabel = "URL", description = "Put it there. " + NamedStore.HELP)
    private @Nullable String store;

    @Option(names = "--steal", description = "With --store: even if another program uses the session there.")
    private boolean steal;

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

    @Override
    public Integer call() throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        SessionFormat target =
                converting.target(given, formats, to == null ? formats.usual().name() : to);
        if (converting.isForMany()) {
            if (store != null) {
                throw new Refusal(ExitCode.USAGE, "--into and --store do not go together.", "Choose one.");
            }
            List<String> all = new ArrayList<>(List.of(input));
            all.addAll(more);
            return converting.runMany(given, formats, all, target);
        }
        if (more.size() > 1) {
            throw new Refusal(ExitCode.USAGE, "Where to is said twice.", "For many files: --into FOLDER");
        }
        Optional<String> output = more.stream().findFirst();
        if (store != null) {
            return putInto(store, formats, output);
        }
        if (output.isEmpty()) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "OUT is missing: where to?",
                    "Name a file as OUT, or - for standard output, or --store URL. More: tgsession help convert");
        }
        try {
            return converting.run(
                    given,
                    formats,
                    () -> NamedSource.of(given, input),
                    target,
                    output.filter(name -> !name.equals("-")).map(Path::of));
        } catch (InvalidPathException noName) {
            throw new Refusal(ExitCode.USAGE, "OUT is no name for a file.", "");
        }
    }

    /** A store has room for all of a session, or says what it has not. */
    private int putInto(String url, SessionFormats formats, Optional<String> output) throws IOException, Refusal {
        if (to != null) {
            throw new Refusal(ExitCode.USAGE, "A store has a form of its own.", "Leave --to away.");
        }
        SessionSource source = NamedSource.of(given, input);
        Session session = formats.read(source);
        try (StoreTarget target = StoreTarget.open(given, url, output, converting.mayReplace(), steal)) {
            target.reserve(session.dataCenter().environment());
            target.save(session);
            given.error().println("Kept in " + Printable.of(target.place()) + ".");
            if (converting.wantsJson()) {
                JsonObject report = new JsonObject();
                report.put("source", source.name());
                report.put(
                        "from",
                        formats.recognise(source).map(SessionFormat::name).orElse(null));
                report.put("written", target.place());
                given.output().println(JsonWriter.string(report));
            }
        }
        return ExitCode.OK.number();
    }
}
