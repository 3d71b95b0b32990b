package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.RowProgress;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.StillSource;
import dev.tgsession.session.format.telethon.TelethonReleases;
import dev.tgsession.session.format.telethon.TelethonSqlite;
import dev.tgsession.session.format.telethon.TelethonStep;
import dev.tgsession.session.format.telethon.TelethonUpgrade;
import dev.tgsession.session.store.FileState;
import dev.tgsession.session.store.PrivateBatch;
import dev.tgsession.session.store.RewrittenFile;
import dev.tgsession.session.store.Saved;
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

/** {@code tgsession upgrade}: the same Telethon file for another release, newer or older. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "upgrade",
        header = "Rewrite a Telethon file for another release, newer or older.",
        description = {
            "",
            "Telethon changes the tables of its files from time to time, and opens only some of the others. This writes"
                    + " a new file with the tables of the version you name, in a way that every SQLite reads. The old"
                    + " file is kept as FILE.bak. Exit code 6 if another program is using the file.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession upgrade login.session",
            "  tgsession upgrade login.session --for telethon==1.24",
            "  tgsession upgrade login.session --to 6 --dry-run",
            "  tgsession upgrade sessions/ --into new/",
            "  tgsession upgrade old.session -o new.session --keep-entities"
        })
final class UpgradeCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "A Telethon session file; or several, or folders of them.")
    private List<String> files = List.of();

    @Option(
            names = "--to",
            paramLabel = "N",
            description = "The version of the tables, 1 to 8; 7 if nothing is said, which most releases open.")
    private @Nullable Integer to;

    @Option(
            names = "--for",
            paramLabel = "RELEASE",
            description = "The release that will open it, such as telethon==1.24.")
    private @Nullable String release;

    @Option(
            names = "--keep-entities",
            description = "Keep the peers where Telethon would drop them, on the way from 5 to 6.")
    private boolean keepEntities;

    @Option(names = "--index", description = Converting.INDEX_HELP)
    private boolean index;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "For many files: write each into this folder, under its name, and leave it as it is.")
    private @Nullable Path into;

    @Mixin
    private final Rewriting rewriting = new Rewriting();

    UpgradeCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        ManyFiles many = new ManyFiles(given, SessionFormats.standard(given.clock())).rewritten();
        if (into != null || files.size() > 1 || many.anyFolder(files)) {
            return upgradeMany(many).number();
        }
        try (ProgressLine progress = new ProgressLine(given)) {
            return upgrade(progress).number();
        }
    }

    /** Each by itself, in its place or in the folder; nobody is asked anything. */
    private ExitCode upgradeMany(ManyFiles many) throws IOException, Refusal {
        if (rewriting.goesElsewhere()) {
            throw new Refusal(ExitCode.USAGE, "-o is for one file.", "For many: --into FOLDER");
        }
        Optional<IntoFolder> places = Optional.ofNullable(into)
                .map(folder -> new IntoFolder(given, given.folder().resolve(folder), SessionFormat.Form.FILE));
        PrivateBatch batch = places.map(IntoFolder::batch)
                .orElseGet(() -> new PrivateBatch(given.random().get(), given.clock()));
        String done = rewriting.isDryRun() ? "could be rewritten" : "are as they should be";
        return many.run(files, done, rewriting.asJson(), places, (source, file, read) -> {
            rewriting.requireNoWriter(file.file());
            TelethonUpgrade upgrade = planned(source);
            TelethonUpgrade.Plan plan = upgrade.plan();
            Optional<Saved> saved = Optional.empty();
            if (!rewriting.isDryRun() && (plan.changesAnything() || index || places.isPresent())) {
                if (!plan.losses().isEmpty() && !rewriting.isAgreed()) {
                    throw new Refusal(
                            ExitCode.NO_CONSOLE,
                            "This cannot come along: " + losses(plan) + ". Nothing was changed.",
                            "Say --yes if that is all right.");
                }
                RewrittenFile target = places.isPresent()
                        ? rewriting.elsewhere(given, file.file(), places.get().place(file))
                        : rewriting.target(given, file.file());
                target.asOf(read).among(batch);
                saved = Optional.of(
                        Rewriting.write(given, target, fresh -> upgrade.writeTo(fresh, index, RowProgress.UNWATCHED)));
            }
            return Rewriting.withPlaces(given, plan.toJson(), saved);
        });
    }

    private ExitCode upgrade(ProgressLine progress) throws IOException, Refusal {
        Path found = NamedSource.rewritten(given, files.get(0));
        rewriting.requireNoWriter(found);
        FileState read = FileState.of(found);
        try (StillSource still = StillSource.of(progress.watching(SessionSource.ofFile(found)))) {
            return upgrade(found, read, still.source(), progress);
        }
    }

    private ExitCode upgrade(Path found, FileState read, SessionSource source, ProgressLine progress)
            throws IOException, Refusal {
        TelethonUpgrade upgrade = planned(source);
        TelethonUpgrade.Plan plan = upgrade.plan();
        if (!rewriting.asJson()) {
            print(plan);
        }
        Optional<Saved> saved = Optional.empty();
        if (!rewriting.isDryRun() && (plan.changesAnything() || index || rewriting.goesElsewhere())) {
            RewrittenFile target = rewriting.target(given, found).asOf(read);
            if (!plan.losses().isEmpty()) {
                rewriting.confirm(given, "This cannot come along: " + losses(plan) + ".");
            }
            saved = Optional.of(Rewriting.write(given, target, fresh -> upgrade.writeTo(fresh, index, progress)));
        }
        rewriting.report(given, plan.toJson(), saved);
        return given.output().checkError() ? ExitCode.FAILED : ExitCode.OK;
    }

    /** The JSON of 0.10 to 0.15 and the tables of Telethon 2 first become those of Telethon 1. */
    private TelethonUpgrade planned(SessionSource source) throws IOException, Refusal {
        Optional<SessionSource> renewed = new TelethonSqlite(given.clock()).inTablesOfOne(source);
        return renewed.isPresent()
                ? TelethonUpgrade.plan(renewed.get(), target(renewed.get()), keepEntities)
                        .ofOtherTables()
                : TelethonUpgrade.plan(source, target(source), keepEntities);
    }

    private int target(SessionSource source) throws IOException, Refusal {
        if (to != null && release != null) {
            throw new Refusal(ExitCode.USAGE, "--to and --for do not go together.", "Choose one.");
        }
        if (release != null) {
            return TelethonReleases.named(release)
                    .orElseThrow(() -> new Refusal(
                            ExitCode.USAGE,
                            "There is no release " + release + " of Telethon that keeps sessions in SQLite.",
                            "For example: --for telethon==1.24"))
                    .schema();
        }
        if (to == null) {
            // Nobody asked for an older file.
            return Math.max(TelethonUpgrade.USUAL, TelethonUpgrade.schemaOf(source));
        }
        if (to < TelethonUpgrade.LOWEST || to > TelethonUpgrade.HIGHEST) {
            throw new Refusal(ExitCode.USAGE, "There is no version " + to + " to write.", "Name one from 1 to 8.");
        }
        return to;
    }

    private void print(TelethonUpgrade.Plan plan) {
        line("file", plan.source());
        line("schema", plan.from() == plan.to() ? "version " + plan.from() : from(plan.from()) + plan.to());
        for (TelethonStep step : plan.steps()) {
            line("step", step.from() + " to " + step.to() + ": " + step.change());
        }
        if (!plan.withoutRowid().isEmpty()) {
            line("tables", "made WITHOUT ROWID, become plain: " + String.join(", ", plan.withoutRowid()));
        }
        if (!plan.losses().isEmpty()) {
            line("lost", losses(plan));
        }
        if (!plan.changesAnything()) {
            line("change", "none: the file is already as it should be");
        }
        TelethonReleases.writing(plan.to()).ifPresent(words -> line("opens in", "Telethon " + words));
    }

    private static String from(int version) {
        return version == 0 ? "none of Telethon 1's, becomes version " : "version " + version + " to ";
    }

    private static String losses(TelethonUpgrade.Plan plan) {
        StringBuilder words = new StringBuilder();
        for (TelethonUpgrade.Loss loss : plan.losses()) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(loss.part().words())
                    .append(" (")
                    .append(loss.count())
                    .append(loss.count() == 1 ? " row)" : " rows)");
        }
        return words.toString();
    }

    private void line(String name, String value) {
        given.output().println(name + " ".repeat(Math.max(1, 10 - name.length())) + Printable.of(value));
    }
}
