package dev.tgsession.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.session.store.OtherPrograms;
import dev.tgsession.session.store.PrivateFile;
import dev.tgsession.session.store.RewrittenFile;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code upgrade} and {@code repair} have in common: where the new file goes, and what is asked before. */
final class Rewriting {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Write this file and leave FILE as it is.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replace OUT; what was there is kept as OUT.bak.")
    private boolean force;

    @Option(names = "--dry-run", description = "Only say what would change and what would be lost.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before something is lost.")
    private boolean yes;

    @Option(names = "--json", description = "For programs; the keys are always the same.")
    private boolean json;

    boolean isDryRun() {
        return dryRun;
    }

    boolean asJson() {
        return json;
    }

    boolean goesElsewhere() {
        return output != null;
    }

    /** Whether that something gets lost was said to be all right. */
    boolean isAgreed() {
        return yes;
    }

    /**
     * Refuses a file that somebody is writing to, before anything is said about it: it would be old at once. A dry run
     * says what is to be said of the state before.
     */
    void requireNoWriter(Path file) throws IOException {
        if (!dryRun) {
            OtherPrograms.mustNotWriteTo(file);
        }
    }

    /** The file to be, once nothing stands in its way. */
    RewrittenFile target(Given given, Path file) throws IOException, Refusal {
        if (output != null) {
            NamedSource.mustNotBeSecret(given, output);
        }
        return output == null
                ? RewrittenFile.inPlace(file, given.random().get(), given.clock())
                : elsewhere(given, file, output);
    }

    /** A new file beside the old one. */
    RewrittenFile elsewhere(Given given, Path file, Path place) throws IOException {
        return RewrittenFile.elsewhere(
                file, given.folder().resolve(place), force, given.random().get(), given.clock());
    }

    /** Makes the new file; if the process is told to end meanwhile, nothing half-written stays. */
    static Saved write(Given given, RewrittenFile target, PrivateFile.Content content) throws IOException {
        Endings.Duty cleared = given.endings().add(target::abandon);
        try {
            return target.write(content);
        } finally {
            cleared.close();
        }
    }

    /** Asks whether to go on, unless that was said on the command line. */
    void confirm(Given given, String question) throws IOException, Refusal {
        if (yes) {
            return;
        }
        if (!given.streams().isTerminal(StandardStream.INPUT)) {
            throw new Refusal(
                    ExitCode.NO_CONSOLE,
                    "Something would be lost, and nobody is there to ask. Nothing was changed.",
                    "See what with --dry-run; say --yes if that is all right.");
        }
        try (Conversation talk = given.ladder().open()) {
            String answer = talk.ask(question + " Go on? [y/N] ").strip().toLowerCase(Locale.ROOT);
            if (!answer.equals("y") && !answer.equals("yes")) {
                throw new Refusal(ExitCode.FAILED, "Nothing was changed.", "");
            }
        }
    }

    private static String whole(Given given, String path) {
        return given.folder().resolve(path).normalize().toString();
    }

    /** Says where things went, for people or for programs. */
    void report(Given given, JsonObject plan, Optional<Saved> saved) {
        saved.map(one -> whole(given, one.where()))
                .ifPresent(path -> given.error().println("Written to " + Printable.of(path) + "."));
        saved.flatMap(Saved::previous)
                .map(old -> whole(given, old))
                .ifPresent(path -> given.error().println("The old file is now " + Printable.of(path) + "."));
        if (json) {
            given.output()
                    .println(JsonWriter.indent("  ")
                            .string()
                            .value(withPlaces(given, plan, saved))
                            .done());
        }
        given.output().flush();
    }

    /** The report, with where things went. */
    static JsonObject withPlaces(Given given, JsonObject plan, Optional<Saved> saved) {
        plan.put("written", saved.map(one -> whole(given, one.where())).orElse(null));
        plan.put(
                "backup",
                saved.flatMap(Saved::previous).map(old -> whole(given, old)).orElse(null));
        return plan;
    }
}
