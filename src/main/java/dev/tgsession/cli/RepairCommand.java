package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.telethon.TelethonRepair;
import dev.tgsession.session.store.RewrittenFile;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tgsession repair}: mends a Telethon file as far as that goes without a new login. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "repair",
        header = "Mend a Telethon file that a program refuses.",
        description = {
            "",
            "Says what is wrong and what would be done, then writes a new file; the old one is kept as FILE.bak. Of a"
                    + " damaged file, all rows are saved that can still be found. Exit code 6 if there is nothing to"
                    + " save, or another program is using the file.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession repair login.session --dry-run",
            "  tgsession repair login.session",
            "  tgsession repair broken.session -o login.session"
        })
final class RepairCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "A Telethon session file.")
    private Path file = Path.of("login.session");

    @Mixin
    private final Rewriting rewriting = new Rewriting();

    RepairCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        try (ProgressLine progress = new ProgressLine(given)) {
            return repair(progress).number();
        }
    }

    private ExitCode repair(ProgressLine progress) throws IOException, Refusal {
        Path found = NamedSource.rewritten(given, file);
        rewriting.requireNoWriter(found);
        SessionSource source = SessionSource.ofFile(found);
        TelethonRepair repair = TelethonRepair.examine(progress.watching(source), given.clock());
        TelethonRepair.Report report = repair.report();
        if (!rewriting.asJson()) {
            print(report, source);
        }
        Optional<Saved> saved = Optional.empty();
        if (report.verdict() == TelethonRepair.Verdict.MENDABLE && !rewriting.isDryRun()) {
            RewrittenFile target = rewriting.target(given, found);
            if (!report.losses().isEmpty()) {
                rewriting.confirm(given, "This cannot be saved: " + String.join(", ", report.losses()) + ".");
            }
            saved = Optional.of(Rewriting.write(given, target, fresh -> repair.writeTo(fresh, progress)));
        }
        rewriting.report(given, report.toJson(), saved);
        if (given.output().checkError()) {
            return ExitCode.FAILED;
        }
        boolean hopeless = report.verdict() == TelethonRepair.Verdict.NOTHING_TO_SAVE;
        return hopeless ? ExitCode.BAD_FILE : ExitCode.OK;
    }

    private void print(TelethonRepair.Report report, SessionSource source) {
        line("file", report.source());
        for (Finding finding : report.before().findings()) {
            line("found", finding.message());
        }
        switch (report.verdict()) {
            case SOUND -> line("repair", "nothing to repair");
            case NOTHING_TO_SAVE -> printHopeless(report, source);
            case MENDABLE -> {
                for (TelethonRepair.Mend mend : report.mends()) {
                    line("repair", mend.words());
                }
                for (String loss : report.losses()) {
                    line("lost", loss);
                }
                line("before", before(report.before()));
                report.after().ifPresent(after -> line("after", after(report, after)));
            }
        }
    }

    /** Another program's session is not lost, only none for us to mend. */
    private void printHopeless(TelethonRepair.Report report, SessionSource source) {
        SessionFormats formats = SessionFormats.standard(given.clock());
        Optional<SessionFormat> other = formats.recognise(source).filter(one -> one != formats.usual());
        if (other.isPresent()) {
            line("repair", "not for a " + other.get().title());
            line("", "To make a file for Telethon of it: tgsession convert FILE OUT");
            return;
        }
        String why = String.join(" ", report.losses());
        String hint = "Log in again: tgsession login";
        for (Finding finding : report.before().findings()) {
            hint = finding.message().equals(why) && !finding.hint().isEmpty() ? finding.hint() : hint;
        }
        boolean foreign = hint.contains("tgsession export");
        // Whoever asked has just heard that this command finds nothing to save.
        hint = hint.replace("To save what is left: tgsession repair FILE", "").strip();
        line("repair", (foreign ? "not for a session of another library: " : "nothing can be saved: ") + why);
        line("", hint);
    }

    private static String before(Inspection found) {
        StringBuilder words = new StringBuilder();
        found.layout()
                .ifPresent(layout -> words.append("version ")
                        .append(layout.stamp().map(String::valueOf).orElse("missing"))
                        .append(", "));
        found.server()
                .ifPresent(server -> words.append("data center ")
                        .append(server.dcId().map(String::valueOf).orElse("missing"))
                        .append(" at ")
                        .append(server.address().orElse("no address"))
                        .append(" port ")
                        .append(server.port().map(String::valueOf).orElse("missing"))
                        .append(", "));
        words.append("key ").append(found.key().id().orElse(found.key().state().word()));
        found.peers()
                .ifPresent(peers -> words.append(", ").append(peers.total()).append(" peers"));
        return words.toString();
    }

    private static String after(TelethonRepair.Report report, TelethonRepair.After after) {
        return "version " + report.schema().orElse(0) + ", data center " + after.dcId() + " at " + after.address()
                + " port " + after.port() + ", key " + after.keyId() + ", "
                + report.entities().orElse(0L) + " rows of peers";
    }

    private void line(String name, String value) {
        given.output().println(name + " ".repeat(Math.max(1, 10 - name.length())) + Printable.of(value));
    }
}
