package dev.tgsession.cli;

import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.Severity;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession inspect}: tells everything about a session file but its secrets. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "inspect",
        header = "Say what a session file holds, without its secrets.",
        description = {
            "",
            "The file is only read, and Telegram is not asked. Exit code 6 if nothing can log in with it.",
            ""
        },
        footer = {"", "examples:", "  tgsession inspect login.session", "  tgsession inspect login.session --json"})
final class InspectCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "A session file, or a file with a string session.")
    private Path file = Path.of("login.session");

    @Option(names = "--json", description = "For programs; the keys are always the same.")
    private boolean json;

    InspectCommand(Given given) {
        this.given = given;
    }

    CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        return inspect(file, json).number();
    }

    /** Looks at one file and prints what there is to say. */
    ExitCode inspect(Path named, boolean asJson) {
        Inspection found =
                SessionFormats.standard(given.clock()).inspect(SessionSource.ofFile(FoundFile.of(given, named)));
        if (asJson) {
            given.output()
                    .println(JsonWriter.indent("  ")
                            .string()
                            .value(found.toJson())
                            .done());
        } else {
            print(found);
        }
        given.output().flush();
        return found.worst() == Severity.ERROR ? ExitCode.BAD_FILE : ExitCode.OK;
    }

    private void print(Inspection found) {
        line("file", found.source());
        line("format", found.what());
        found.layout().ifPresent(this::print);
        found.server().ifPresent(this::print);
        line(
                "key",
                found.key()
                        .id()
                        .map(id -> "id " + id)
                        .orElse(found.key().state().word()));
        line("login", words(found.login()));
        found.account().ifPresent(account -> line("account", Words.about(account)));
        found.peers()
                .ifPresent(peers -> line(
                        "peers",
                        peers.users() + " users, " + peers.groups() + " groups, " + peers.channels() + " channels"));
        for (Finding finding : found.findings()) {
            line(finding.severity().word(), finding.message());
            if (!finding.hint().isEmpty()) {
                line("", finding.hint());
            }
        }
    }

    private void print(Inspection.Layout layout) {
        String shape = layout.shape().map(number -> "version " + number).orElse("unknown");
        boolean differs = layout.stamp().isPresent()
                && layout.shape().isPresent()
                && layout.stamp().get() != layout.shape().get().longValue();
        line("schema", differs ? shape + ", though it says " + layout.stamp().get() : shape);
        layout.opensInOldSqlite()
                .ifPresent(opens -> line("SQLite", opens ? "any, also below 3.8.2" : "3.8.2 or later only"));
    }

    private void print(Inspection.Server server) {
        StringBuilder words = new StringBuilder();
        server.dcId().ifPresent(id -> words.append("data center ").append(id));
        server.address().ifPresent(address -> words.append(" at ").append(address));
        server.port().ifPresent(port -> words.append(" port ").append(port));
        server.environment()
                .ifPresent(one -> words.append(" (")
                        .append(one.name().toLowerCase(Locale.ROOT))
                        .append(')'));
        line("server", words.toString().strip());
    }

    private static String words(Inspection.Login login) {
        return switch (login) {
            case LIKELY -> "yes, as far as the file tells";
            case NEVER -> "no, nobody has logged in with this file";
            case UNCLEAR -> "the file does not say";
        };
    }

    private void line(String name, String value) {
        PrintStream out = given.output();
        out.println(name + " ".repeat(Math.max(1, 10 - name.length())) + Printable.of(value));
    }
}
