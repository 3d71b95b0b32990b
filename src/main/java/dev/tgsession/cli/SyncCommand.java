package dev.tgsession.cli;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.Filling.Filled;
import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.login.LoginRefusedException;
import dev.tgsession.mtproto.handshake.ServerKeys;
import dev.tgsession.mtproto.rpc.Dialer;
import dev.tgsession.session.Account;
import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.store.OtherPrograms;
import dev.tgsession.session.store.RewrittenFile;
import dev.tgsession.session.store.Saved;
import dev.tgsession.sync.SyncReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession sync}: whom the account knows, into its session file. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "sync",
        header = "Fill a session file with the peers of its account.",
        description = {
            "",
            "Connects with the session and stores contacts, top peers and everybody there is a dialog with, archived ones"
                    + " too: ids, access hashes, names, user names, numbers. A program that opens the file can then write"
                    + " to all of them without asking Telegram. Peers that were in the file stay; what is there now is"
                    + " kept as FILE.bak.",
            "",
            "Close the program that uses the session first: Telegram ends a key that shows up in two places.",
            ""
        },
        footer = {
            "",
            "Telegram wants to know which program asks: by an api_id, from the session, from",
            "TG_API_ID (or API_ID), or asked for. The api_hash is not needed.",
            "",
            "examples:",
            "  tgsession sync login.session",
            "  TG_API_ID=1234567 tgsession sync login.session --json"
        })
final class SyncCommand implements Callable<Integer> {
    /** Servers of one's own take any application. */
    private static final int ANY_APPLICATION = 1;

    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "A session file that holds peers.")
    private Path file = Path.of("login.session");

    @Option(names = "--api-id", paramLabel = "NUMBER", description = "The api_id.")
    private @Nullable Integer apiId;

    @Mixin
    private final Reach reach = new Reach();

    @Option(names = "--json", description = "For programs; the keys are always the same.")
    private boolean json;

    SyncCommand(Given given) {
        this.given = given;
    }

    /** In this order, so that nothing is asked of Telegram in vain: the options, the file and its place, the api_id. */
    @Override
    public Integer call() throws IOException, Refusal, LoginRefusedException {
        reach.check("sync");
        var apiSource = new ApiCredentialsSource(
                given.environment(), apiId == null ? OptionalInt.empty() : OptionalInt.of(apiId));
        apiSource.check();
        Path found = FoundFile.of(given, file);
        OtherPrograms.mustNotWriteTo(found);
        SessionSource source = SessionSource.ofFile(found);
        SessionFormats formats = SessionFormats.standard(given.clock());
        RewrittenFile target = RewrittenFile.inPlace(found, given.random().get(), given.clock());
        Session session = formats.read(source);
        SessionFormat format = formats.recognise(source).orElse(formats.usual());
        checkUse(format, session);
        format.makeReady();

        Filled filled = new Filling(given).fill(session, dialer(id(apiSource, session)));

        Optional<Saved> saved = Optional.empty();
        if (filled.found() > 0) {
            Session full = filled.session();
            saved = Optional.of(
                    Rewriting.write(given, target, fresh -> SameForm.write(format, formats, source, full, fresh)));
        }
        report(source.name(), session, filled, saved);
        return exitCode(filled);
    }

    private static void checkUse(SessionFormat format, Session session) throws Refusal {
        if (!format.holds().contains(SessionPart.PEERS) || format.form() != SessionFormat.Form.FILE) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "A " + format.title() + " has no room for peers, so there is nothing to fill.",
                    "Make a file of it first: tgsession help export");
        }
        if (session.account().map(Account::bot).orElse(false)) {
            throw Filling.bot();
        }
    }

    private int id(ApiCredentialsSource apiSource, Session session) throws IOException, Refusal {
        Optional<Integer> known = apiSource.knownId(session.apiId());
        if (known.isPresent()) {
            return known.get();
        }
        if (session.dataCenter().environment() == Environment.PRACTICE) {
            return ANY_APPLICATION;
        }
        try (Conversation talk = given.ladder().open()) {
            return apiSource.findId(talk);
        }
    }

    /** No key is made here, so no server has to prove itself by one of these: it has to know the session's. */
    private Dialer dialer(int id) throws Refusal {
        return reach.dialer(
                given,
                ServerKeys.production(),
                id,
                DeviceName.of(given.environment()),
                given.random().get());
    }

    private void report(String name, Session before, Filled filled, Optional<Saved> saved) {
        int after = saved.isPresent()
                ? filled.session().peers().size()
                : before.peers().size();
        saved.flatMap(Saved::previous)
                .ifPresent(old -> given.error().println("The old file is now " + Printable.of(old) + "."));
        if (json) {
            JsonObject facts = new JsonObject();
            Optional<SyncReport> report = filled.report();
            facts.put("source", name);
            facts.put("found", filled.found());
            facts.put("users", report.map(SyncReport::users).orElse(null));
            facts.put("groups", report.map(SyncReport::groups).orElse(null));
            facts.put("channels", report.map(SyncReport::channels).orElse(null));
            facts.put("dialogs", report.map(SyncReport::dialogs).orElse(null));
            facts.put("unread", report.map(SyncReport::unread).orElse(null));
            facts.put("complete", report.map(SyncReport::complete).orElse(false));
            facts.put(
                    "waitSeconds",
                    report.flatMap(SyncReport::longWait)
                            .map(Duration::toSeconds)
                            .orElse(null));
            facts.put("peersBefore", before.peers().size());
            facts.put("peers", after);
            facts.put("written", saved.map(Saved::where).orElse(null));
            facts.put("backup", saved.flatMap(Saved::previous).orElse(null));
            given.output().println(JsonWriter.indent("  ").string().value(facts).done());
        } else {
            given.output()
                    .println(Printable.of(name) + ": " + filled.found() + (filled.found() == 1 ? " peer" : " peers")
                            + " found"
                            + filled.report()
                                    .map(one -> " (" + one.users() + " users, " + one.groups() + " groups, "
                                            + one.channels() + " channels)")
                                    .orElse("")
                            + ", " + after + " in the file");
        }
        given.output().flush();
    }

    /** What ended it early is told last, when the file is safe. */
    private int exitCode(Filled filled) throws IOException, LoginRefusedException {
        Optional<Exception> trouble = filled.trouble();
        if (trouble.isPresent()) {
            given.error()
                    .println(
                            filled.found() > 0
                                    ? "It ended early. What was found is in the file; run it again for the rest."
                                    : "It ended before anybody was found.");
        }
        if (trouble.isPresent() && trouble.get() instanceof LoginRefusedException refusal) {
            throw refusal;
        }
        if (trouble.isPresent() && trouble.get() instanceof IOException failed) {
            throw failed;
        }
        return (given.output().checkError() ? ExitCode.FAILED : ExitCode.OK).number();
    }
}
