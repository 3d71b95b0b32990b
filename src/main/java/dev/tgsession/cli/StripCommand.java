package dev.tgsession.cli;

import com.grack.nanojson.JsonObject;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.store.RewrittenFile;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tgsession strip}: the same login without the peers it has met. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "strip",
        header = "Remove the remembered peers from a session file.",
        description = {
            "",
            "Whom the account has met (names, numbers, user names) is nobody's business where a session is only used to"
                    + " send. The login and whose it is stay. What was there before is kept as FILE.bak: delete that"
                    + " too if nobody shall see it.",
            ""
        },
        footer = {"", "examples:", "  tgsession strip login.session", "  tgsession strip login.session -o lean.session"
        })
final class StripCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "A session file that holds peers.")
    private Path file = Path.of("login.session");

    @Mixin
    private final Rewriting rewriting = new Rewriting();

    StripCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        try (ProgressLine progress = new ProgressLine(given)) {
            return strip(progress).number();
        }
    }

    private ExitCode strip(ProgressLine progress) throws IOException, Refusal {
        Path found = NamedSource.rewritten(given, file);
        rewriting.requireNoWriter(found);
        SessionSource source = progress.watching(SessionSource.ofFile(found));
        SessionFormats formats = SessionFormats.standard(given.clock());
        SessionFormat format = formats.recognise(source).orElse(formats.usual());
        long[] peers = new long[1];
        Session lean = format.read(source, peer -> peers[0]++);
        if (!format.holds().contains(SessionPart.PEERS)) {
            throw new Refusal(ExitCode.USAGE, "A " + format.title() + " never holds peers.", "There is nothing to do.");
        }
        long count = peers[0];
        if (!rewriting.asJson()) {
            given.output().println(Printable.of(source.name()) + ": " + count + (count == 1 ? " peer" : " peers"));
        }
        Optional<Saved> saved = Optional.empty();
        if (!rewriting.isDryRun() && (count > 0 || rewriting.goesElsewhere())) {
            RewrittenFile target = rewriting.target(given, found);
            saved = Optional.of(
                    Rewriting.write(given, target, fresh -> SameForm.write(format, formats, source, lean, fresh)));
        }
        JsonObject report = new JsonObject();
        report.put("source", source.name());
        report.put("peers", count);
        rewriting.report(given, report, saved);
        return given.output().checkError() ? ExitCode.FAILED : ExitCode.OK;
    }
}
