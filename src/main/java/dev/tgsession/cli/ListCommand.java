package dev.tgsession.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.Severity;
import dev.tgsession.session.format.StoredKey;
import dev.tgsession.session.store.PostgresSessions;
import dev.tgsession.session.store.SessionFolder;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession list}: the sessions in a folder or a database. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "list",
        header = "Show the sessions in a folder or a database.",
        description = {
            "",
            "Name, account, data center and state, a line each. In a database also who uses a session, and since when."
                    + " Nothing is changed, and Telegram is not asked.",
            ""
        },
        footer = {"", "examples:", "  tgsession list", "  tgsession list --store env:DATABASE_URL --json"})
final class ListCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "A folder, or the URL of a database; the working folder if you do not say.")
    private @Nullable String place;

    @Option(names = "--store", paramLabel = "URL", description = NamedStore.HELP)
    private @Nullable String store;

    @Option(names = "--json", description = "For programs; an object a line, the keys are always the same.")
    private boolean json;

    ListCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        if (store != null && place != null) {
            throw new Refusal(ExitCode.USAGE, "A folder or a store, not both.", "Leave one of them away.");
        }
        String named = store != null ? store : place == null ? "." : place;
        boolean database = store != null || named.contains("://") || named.startsWith("env:");
        List<Row> rows = database ? ofDatabase(named) : ofFolder(named);
        if (json) {
            rows.forEach(row -> given.output().println(JsonWriter.string(row.toJson())));
        } else if (rows.isEmpty()) {
            given.error().println("There are no sessions.");
        } else {
            print(rows);
        }
        given.output().flush();
        return (given.output().checkError() ? ExitCode.FAILED : ExitCode.OK).number();
    }

    private List<Row> ofFolder(String named) throws IOException {
        SessionFormats formats = SessionFormats.standard(given.clock());
        var folder = new SessionFolder(
                given.folder().resolve(named), formats, given.random().get(), given.clock());
        List<Row> rows = new ArrayList<>();
        for (String name : folder.names()) {
            Inspection found = formats.inspect(SessionSource.ofFile(folder.file(name)));
            rows.add(new Row(
                    name,
                    found.server().flatMap(Inspection.Server::dcId),
                    found.server().flatMap(Inspection.Server::environment),
                    found.account(),
                    state(found),
                    Optional.empty()));
        }
        return rows;
    }

    private List<Row> ofDatabase(String named) throws IOException, Refusal {
        String url = NamedStore.url(given, named);
        if (!NamedStore.isDatabase(url)) {
            throw new Refusal(ExitCode.USAGE, "A file holds one session.", "Look at it: tgsession inspect FILE");
        }
        List<Row> rows = new ArrayList<>();
        try (PostgresSessions sessions = PostgresSessions.open(url, NamedStore.surroundings(given))) {
            for (PostgresSessions.Entry entry : sessions.entries()) {
                rows.add(new Row(
                        entry.name(),
                        entry.dataCenter().map(server -> (long) server.id()),
                        entry.dataCenter().map(server -> server.environment()),
                        entry.account(),
                        state(entry),
                        entry.lease()));
            }
        }
        return rows;
    }

    private static State state(Inspection found) {
        if (found.login() == Inspection.Login.NEVER) {
            return State.NO_LOGIN;
        }
        if (found.worst() == Severity.ERROR) {
            return State.UNUSABLE;
        }
        return found.login() == Inspection.Login.LIKELY ? State.LOGGED_IN : State.UNCLEAR;
    }

    private static State state(PostgresSessions.Entry entry) {
        if (entry.key().isEmpty()) {
            return State.RESERVED;
        }
        boolean whole = entry.key().flatMap(StoredKey::authKey).isPresent()
                && entry.dataCenter().isPresent();
        if (!whole) {
            return State.UNUSABLE;
        }
        return entry.account().isPresent() ? State.LOGGED_IN : State.UNCLEAR;
    }

    private void print(List<Row> rows) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("NAME", "ACCOUNT", "DC", "STATE"));
        for (Row row : rows) {
            String use = row.lease.map(this::use).orElse("");
            table.add(List.of(
                    Printable.of(row.name),
                    Printable.of(row.account.map(Words::about).orElse("-")),
                    row.server(),
                    row.state.words + Printable.of(use)));
        }
        int[] widths = new int[3];
        for (List<String> line : table) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : table) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            given.output().println(text.append(line.get(3)));
        }
    }

    /** By the clock on this wall; with the date, if that is another one. */
    private String use(PostgresSessions.Holder holder) {
        ZonedDateTime since = holder.since().atZone(given.clock().getZone());
        boolean today = since.toLocalDate()
                .equals(given.clock().instant().atZone(given.clock().getZone()).toLocalDate());
        String time = since.toLocalTime().toString().substring(0, 5);
        return ", in use by " + holder.owner() + " since " + (today ? time : since.toLocalDate() + " " + time);
    }

    private enum State {
        LOGGED_IN("logged in"),
        NO_LOGIN("nobody has logged in"),
        UNCLEAR("does not say whose it is"),
        UNUSABLE("cannot be used; see inspect"),
        RESERVED("reserved, no session yet");

        private final String words;

        State(String words) {
            this.words = words;
        }
    }

    private record Row(
            String name,
            Optional<Long> dc,
            Optional<Environment> environment,
            Optional<Account> account,
            State state,
            Optional<PostgresSessions.Holder> lease) {
        String server() {
            String number = dc.map(String::valueOf).orElse("-");
            return environment
                    .filter(one -> one != Environment.PRODUCTION)
                    .map(one -> number + " " + one.name().toLowerCase(Locale.ROOT))
                    .orElse(number);
        }

        JsonObject toJson() {
            JsonObject object = new JsonObject();
            object.put("name", name);
            object.put("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            object.put("dcId", dc.orElse(null));
            object.put(
                    "environment",
                    environment.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse(null));
            object.put("account", account.map(Inspection::toJson).orElse(null));
            object.put("lease", lease.map(Row::toJson).orElse(null));
            return object;
        }

        private static JsonObject toJson(PostgresSessions.Holder holder) {
            JsonObject object = new JsonObject();
            object.put("owner", holder.owner());
            object.put("since", holder.since().toString());
            object.put("expires", holder.expires().toString());
            return object;
        }
    }
}
