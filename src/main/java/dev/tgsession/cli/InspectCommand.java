package dev.tgsession.cli;

import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.Severity;
import dev.tgsession.session.format.StillSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession inspect}: tells everything about a session file but its secrets. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "inspect",
        header = "Say what session files hold, without their secrets.",
        description = {
            "",
            "Files are only read, and Telegram is not asked. Exit code 0 if all is well, 11 if there is something to"
                    + " mend, 6 if nothing can log in with it; of several files the worst counts.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession inspect login.session",
            "  tgsession inspect --store env:DATABASE_URL anna",
            "  tgsession inspect sessions/            all that are sessions by what is in them",
            "  tgsession inspect *.session --json      an object a line, one for each file"
        })
final class InspectCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    NamedSource.HELP + " Of a folder, all sessions in it. With --store, the names of sessions there.")
    private List<String> files = List.of();

    @Option(names = "--store", paramLabel = "URL", description = NamedStore.HELP)
    private @Nullable String store;

    @Option(names = "--json", description = "For programs; the keys are always the same.")
    private boolean json;

    InspectCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        if (store != null) {
            String url = store;
            List<Optional<String>> names = files.isEmpty()
                    ? List.of(Optional.empty())
                    : files.stream().map(Optional::of).toList();
            return inspect(names, name -> NamedStore.inspect(given, url, name), json)
                    .number();
        }
        if (files.isEmpty()) {
            throw new Refusal(
                    ExitCode.USAGE, "Which session?", "Name a FILE, or --store URL. More: tgsession help inspect");
        }
        return (files.size() > 1 || many().anyFolder(files) ? inspectMany() : inspect(files, json)).number();
    }

    /** What {@code call} does for one name. */
    int lookAt(String name) throws IOException, Refusal {
        files = List.of(name);
        return call();
    }

    private ManyFiles many() {
        return new ManyFiles(given, SessionFormats.standard(given.clock()));
    }

    /** On all cores, and told in their order; of folders those files that are sessions. */
    private ExitCode inspectMany() throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        ManyFiles many = new ManyFiles(given, formats);
        List<Looked> named = new ArrayList<>();
        for (String name : files) {
            NamedSource.mustNotHoldSecret(given, name);
            if (many.anyFolder(List.of(name))) {
                many.found(List.of(name))
                        .forEach(one -> named.add(new Looked(one.file().toString(), true)));
            } else {
                named.add(new Looked(name, false));
            }
        }
        int[] counts = new int[Severity.values().length + 1];
        // A line of progress among the lines of results would be in nobody's way but a reader's.
        boolean shows = !given.streams().isTerminal(StandardStream.OUTPUT);
        try (ProgressLine progress = ProgressLine.ofFiles(given)) {
            progress.onRows(0, shows ? named.size() : 0);
            AllCores.inOrder(named, one -> lookAtOne(many, formats, one), found -> {
                int place = found.map(one -> one.worst().ordinal()).orElse(Severity.values().length);
                counts[place]++;
                found.ifPresent(one -> tell(one, json, sum(counts) - counts[Severity.values().length] > 1));
                progress.onRows(sum(counts), shows ? named.size() : 0);
            });
        }
        if (many.anyFolder(files)) {
            int others = counts[Severity.values().length];
            given.error()
                    .println(named.size() + " files: " + counts[Severity.NOTE.ordinal()] + " in order, "
                            + counts[Severity.WARNING.ordinal()] + " with something to mend, "
                            + counts[Severity.ERROR.ordinal()] + " that cannot be used"
                            + (others == 0 ? "." : ", " + others + " no sessions."));
        }
        return ended(
                counts[Severity.ERROR.ordinal()] > 0
                        ? Severity.ERROR
                        : counts[Severity.WARNING.ordinal()] > 0 ? Severity.WARNING : Severity.NOTE);
    }

    /** What is to be looked at, and whether it was only found in a folder. */
    private record Looked(String name, boolean inFolder) {}

    private Optional<Inspection> lookAtOne(ManyFiles many, SessionFormats formats, Looked one) {
        try {
            if (!one.inFolder()) {
                return Optional.of(look(formats, one.name(), source -> source));
            }
            // Both looks see the same moment.
            try (StillSource still = StillSource.of(SessionSource.ofFile(Path.of(one.name())))) {
                return many.isSession(still.source()) ? Optional.of(formats.inspect(still.source())) : Optional.empty();
            }
        } catch (IOException
                | Refusal
                | RuntimeException
                | StackOverflowError
                | OutOfMemoryError
                | LinkageError refused) {
            Complaint complaint = Complaint.about(refused);
            return Optional.of(unreadable(
                    one.name(),
                    complaint.sentence().orElse(""),
                    complaint.hint().orElse("")));
        }
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    /** A look at what somebody named. */
    private interface Look<T> {
        Inspection at(T named) throws IOException, Refusal;
    }

    /** Looks at each and prints what there is to say; the worst of them decides. */
    private ExitCode inspect(List<String> all, boolean asJson) throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        return inspect(
                all,
                file -> {
                    try (ProgressLine progress = new ProgressLine(given)) {
                        return look(formats, file, progress::watching);
                    }
                },
                asJson);
    }

    private <T> ExitCode inspect(List<T> all, Look<T> look, boolean asJson) throws IOException, Refusal {
        Severity worst = Severity.NOTE;
        for (int i = 0; i < all.size(); i++) {
            Inspection found = look.at(all.get(i));
            worst = found.worst().compareTo(worst) > 0 ? found.worst() : worst;
            tell(found, asJson, i > 0);
        }
        return ended(worst);
    }

    private void tell(Inspection found, boolean asJson, boolean another) {
        if (asJson) {
            given.output().println(JsonWriter.string(found.toJson()));
            return;
        }
        if (another) {
            given.output().println();
        }
        print(found);
    }

    private ExitCode ended(Severity worst) {
        given.output().flush();
        if (given.output().checkError()) {
            return ExitCode.FAILED;
        }
        return switch (worst) {
            case NOTE -> ExitCode.OK;
            case WARNING -> ExitCode.FINDINGS;
            case ERROR -> ExitCode.BAD_FILE;
        };
    }

    /** A name that leads nowhere is a finding too, and does not keep the others. */
    private Inspection look(SessionFormats formats, String named, UnaryOperator<SessionSource> watching)
            throws IOException, Refusal {
        SessionSource source;
        try {
            source = NamedSource.of(given, named);
        } catch (Refusal refusal) {
            if (refusal.code() != ExitCode.BAD_FILE) {
                throw refusal;
            }
            return unreadable(
                    named, String.valueOf(refusal.getMessage()), refusal.hint().orElse(""));
        }
        return formats.inspect(watching.apply(source));
    }

    private static Inspection unreadable(String named, String sentence, String hint) {
        return Inspection.ofUnreadable(
                named, "nothing that can be read", List.of(Finding.error("not-found", sentence, hint)));
    }

    // Without lambdas: each takes a program that has just begun a quarter of a millisecond.

    private void print(Inspection found) {
        line("file", found.source());
        line("format", found.what());
        if (found.layout().isPresent()) {
            print(found.layout().get());
        }
        if (found.server().isPresent()) {
            print(found.server().get());
        }
        Optional<String> key = found.key().id();
        line("key", key.isPresent() ? "id " + key.get() : found.key().state().word());
        line("login", words(found));
        if (found.account().isPresent()) {
            line("account", Words.about(found.account().get()));
        }
        if (found.peers().isPresent()) {
            Inspection.PeerCounts peers = found.peers().get();
            line("peers", peers.users() + " users, " + peers.groups() + " groups, " + peers.channels() + " channels");
        }
        for (Finding finding : found.findings()) {
            line(finding.severity().word(), finding.message());
            if (!finding.hint().isEmpty()) {
                line("", finding.hint());
            }
        }
    }

    private void print(Inspection.Layout layout) {
        String shape = "unknown";
        if (layout.shape().isPresent()) {
            shape = "version " + layout.shape().get();
        } else if (layout.stamp().isPresent()) {
            shape = "of another kind, with version " + layout.stamp().get();
        }
        boolean differs = layout.stamp().isPresent()
                && layout.shape().isPresent()
                && layout.stamp().get() != layout.shape().get().longValue();
        line("schema", differs ? shape + ", though it says " + layout.stamp().get() : shape);
        if (layout.opensInOldSqlite().isPresent()) {
            line("SQLite", layout.opensInOldSqlite().get() ? "any, also below 3.8.2" : "3.8.2 or later only");
        }
    }

    private void print(Inspection.Server server) {
        StringBuilder words = new StringBuilder();
        if (server.dcId().isPresent()) {
            words.append("data center ").append(server.dcId().get());
        }
        if (server.address().isPresent()) {
            words.append(" at ").append(server.address().get());
        }
        if (server.port().isPresent()) {
            words.append(" port ").append(server.port().get());
        }
        if (server.environment().isPresent()) {
            String which = server.environment().get().name().toLowerCase(Locale.ROOT);
            words.append(" (").append(which).append(')');
        }
        line("server", words.toString().strip());
    }

    private static String words(Inspection found) {
        Inspection.Key.State key = found.key().state();
        boolean spoilt = key == Inspection.Key.State.WRONG_LENGTH || key == Inspection.Key.State.UNREADABLE;
        return switch (found.login()) {
            case LIKELY -> "yes, as far as the file tells";
            case NEVER -> spoilt ? "no, its key cannot be used" : "no, nobody has logged in with this file";
            case UNCLEAR -> "the file does not say";
        };
    }

    private void line(String name, String value) {
        PrintStream out = given.output();
        out.println(name + " ".repeat(Math.max(1, 10 - name.length())) + Printable.of(value));
    }
}
