package dev.tgsession.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.session.Account;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.Conversion;
import dev.tgsession.session.convert.Needs;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.Finding;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.StillSource;
import dev.tgsession.session.format.telethon.TelethonSqlite;
import dev.tgsession.session.store.PrivateFile;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code export} and {@code convert} have in common: what a format asks for, what it loses, where it goes. */
final class Converting {
    @Option(
            names = "--user-id",
            paramLabel = "N",
            description = "Whose session it is, where it does not say and FORMAT wants to know.")
    private @Nullable Long userId;

    @Option(
            names = "--bot",
            negatable = true,
            description = "The account is a bot, or (--no-bot) a person, where the session does not say.")
    private @Nullable Boolean bot;

    @Option(names = "--api-id", paramLabel = "N", description = "The api_id to note, where FORMAT has a place for it.")
    private @Nullable Integer apiId;

    /** Said by every command that has the option. */
    static final String INDEX_HELP = "Add indexes over user names and phone numbers, for files with very many peers.";

    @Option(names = "--index", description = INDEX_HELP)
    private boolean index;

    @Option(names = "--print", description = "Print a line of text on a terminal too.")
    private boolean print;

    @Option(names = "--force", description = "Replace OUT; what was there is kept as OUT.bak.")
    private boolean force;

    @Option(names = "--json", description = "Say for programs what was written and what it has no place for.")
    private boolean json;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "For many files, or folders of them: write each into this folder, under its name.")
    private @Nullable Path into;

    /** Where the session comes from, once it is clear that it can go somewhere. */
    interface Input {
        SessionSource open() throws IOException, Refusal;
    }

    /** A store the session comes from. */
    interface StoreInput {
        Found open() throws IOException, Refusal;
    }

    /**
     * A session that is in no format.
     *
     * @param where for people
     */
    record Found(Session session, String where) {}

    boolean mayReplace() {
        return force;
    }

    boolean wantsJson() {
        return json;
    }

    /** The format of that name, with what else was asked for. */
    SessionFormat target(Given given, SessionFormats formats, String name) throws Refusal {
        SessionFormat format = format(formats, name);
        if (!index) {
            return format;
        }
        if (format != formats.usual()) {
            throw new Refusal(
                    ExitCode.USAGE, "--index is for a " + formats.usual().title() + ".", "Leave it away.");
        }
        return new TelethonSqlite(given.clock()).indexed();
    }

    boolean isForMany() {
        return into != null;
    }

    /** Each of many files into the folder that was named; nobody is asked anything. */
    int runMany(Given given, SessionFormats formats, List<String> names, SessionFormat target)
            throws IOException, Refusal {
        if (print || userId != null) {
            throw new Refusal(
                    ExitCode.USAGE, "--print and --user-id are for one session.", "Leave them away, or --into.");
        }
        Path folder = given.folder().resolve(Objects.requireNonNull(into));
        NamedSource.mustNotBeSecret(given, folder);
        IntoFolder places = new IntoFolder(given, folder, target.form());
        return new ManyFiles(given, formats)
                .run(
                        names,
                        "written",
                        json,
                        Optional.of(places),
                        (source, file, read) -> one(given, formats, source, target, places.file(file)))
                .number();
    }

    private JsonObject one(
            Given given, SessionFormats formats, SessionSource source, SessionFormat target, PrivateFile place)
            throws IOException, Refusal {
        SessionFormat from = formats.recognise(source).orElse(formats.usual());
        Conversion conversion = withOptions(Conversion.of(from, source, target));
        if (!conversion.needs().areMet()) {
            throw unknownUser("Convert it by itself, with --user-id N.");
        }
        Saved saved = OutputFile.write(given, place, conversion::writeTo, force);
        JsonObject report =
                report(new From(source.name(), Optional.of(from.name())), target, conversion.losses(), saved);
        JsonArray behind = new JsonArray();
        from.staysBehind(source).forEach(finding -> behind.add(finding.message()));
        report.put("staysBehind", behind);
        return report;
    }

    /** The format of that name, if it can be written. */
    private static SessionFormat format(SessionFormats formats, String name) throws Refusal {
        SessionFormat format = formats.named(name)
                .orElseThrow(() -> new Refusal(
                        ExitCode.USAGE,
                        "There is no format called " + name + ".",
                        "Try one of " + names(formats) + "."));
        if (!format.isWritten()) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "A " + format.title() + " is only read here, not written.",
                    "Try one of " + names(formats) + ".");
        }
        return format;
    }

    /**
     * Reads, asks, tells, writes, in this order.
     *
     * @param output where to, or empty for standard output
     */
    int run(Given given, SessionFormats formats, Input input, SessionFormat target, Optional<Path> output)
            throws IOException, Refusal {
        checkWay(given, target, output);
        try (ProgressLine progress = new ProgressLine(given);
                StillSource still = StillSource.of(progress.watching(input.open()))) {
            SessionSource source = still.source();
            SessionFormat from = formats.recognise(source).orElse(formats.usual());
            for (Finding finding : from.staysBehind(source)) {
                given.error().println("This does not come along. " + finding.message());
            }
            return run(
                    given,
                    Conversion.of(from, source, target),
                    new From(source.name(), Optional.of(from.name())),
                    target,
                    output);
        }
    }

    /** The same for a session that lives in a store. */
    int run(Given given, StoreInput input, SessionFormat target, Optional<Path> output) throws IOException, Refusal {
        checkWay(given, target, output);
        Found found = input.open();
        return run(
                given,
                Conversion.of(found.session(), target),
                new From(found.where(), Optional.empty()),
                target,
                output);
    }

    /** Where it came from, and the name of the format it was in there. */
    private record From(String where, Optional<String> format) {}

    private int run(Given given, Conversion read, From from, SessionFormat target, Optional<Path> output)
            throws IOException, Refusal {
        Conversion conversion = completed(given, read);
        Set<SessionPart> losses = conversion.losses();
        if (!losses.isEmpty()) {
            given.error().println("A " + target.title() + " has no place for: " + words(losses) + ".");
        }
        if (output.isEmpty()) {
            given.output().println(conversion.write().toText());
        } else {
            Saved saved = OutputFile.write(given, given.folder().resolve(output.get()), conversion::writeTo, force);
            OutputFile.tell(given, saved);
            if (json) {
                given.output().println(JsonWriter.string(report(from, target, losses, saved)));
            }
        }
        given.output().flush();
        return (given.output().checkError() ? ExitCode.FAILED : ExitCode.OK).number();
    }

    private void checkWay(Given given, SessionFormat target, Optional<Path> output) throws Refusal {
        if (apiId != null && apiId <= 0) {
            throw new Refusal(ExitCode.USAGE, "--api-id is no positive number.", "See https://my.telegram.org/apps.");
        }
        if (output.isPresent() && print) {
            throw new Refusal(
                    ExitCode.USAGE, "It is either printed or written to a file.", "Leave --print or OUT away.");
        }
        if (output.isPresent()) {
            NamedSource.mustNotBeSecret(given, output.get());
            return;
        }
        if (target.form() == SessionFormat.Form.FILE) {
            throw new Refusal(ExitCode.USAGE, "A " + target.title() + " needs a place.", "Say where with -o OUT.");
        }
        if (json) {
            throw new Refusal(ExitCode.USAGE, "--json speaks about a file that was written.", "Name one with -o OUT.");
        }
        if (!print && given.streams().isTerminal(StandardStream.OUTPUT)) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "Whoever reads this text can use the account, so it is not put on a screen unasked.",
                    "Say --print to see it here, or -o OUT to write it to a file.");
        }
    }

    /** With everything the format asks for: from the session, from an option, or from a person. Nothing is made up. */
    private Conversion completed(Given given, Conversion read) throws IOException, Refusal {
        Conversion conversion = withOptions(read);
        Needs needs = conversion.needs();
        boolean asksNothing = needs.areMet() && needs.welcome().isEmpty();
        if (asksNothing) {
            return conversion;
        }
        if (given.streams().isTerminal(StandardStream.INPUT)) {
            try (Conversation talk = given.ladder().open()) {
                return asked(talk, conversion, needs);
            }
        }
        if (!needs.areMet()) {
            throw unknownUser("Say --user-id N, and --bot if it is a bot.");
        }
        given.error().println("No api_id is noted; --api-id N would do that.");
        return conversion;
    }

    private static Refusal unknownUser(String hint) {
        return new Refusal(
                ExitCode.USAGE, "This format names the account, and the session does not say whose it is.", hint);
    }

    /** With what the options say. */
    private Conversion withOptions(Conversion read) throws IOException, Refusal {
        Conversion conversion = read;
        if (apiId != null) {
            conversion = conversion.ofApplication(apiId);
        }
        Optional<Account> account = conversion.session().account();
        if (userId != null) {
            conversion = ofUser(
                    conversion,
                    userId,
                    bot != null ? bot : account.map(Account::bot).orElse(false));
        } else if (bot != null && account.isPresent()) {
            conversion = ofUser(conversion, account.get().userId(), bot);
        }
        return conversion;
    }

    private Conversion asked(Conversation talk, Conversion before, Needs needs) throws IOException, Refusal {
        Conversion conversion = before;
        if (!needs.areMet()) {
            talk.tell("This format names the account, and the session does not say whose it is.");
            long user = number(talk, "The account's user id: ", Long.MAX_VALUE)
                    .orElseThrow(() -> new Refusal(
                            ExitCode.USAGE, "Without a user id this format cannot be written.", "Say --user-id N."));
            conversion = ofUser(conversion, user, bot != null ? bot : isYes(talk.ask("Is it a bot? [y/N] ")));
        }
        if (!needs.welcome().isEmpty()) {
            Optional<Long> number =
                    number(talk, "api_id of the program that will use it (Enter leaves it out): ", Integer.MAX_VALUE);
            if (number.isPresent()) {
                conversion = conversion.ofApplication(number.get().intValue());
            }
        }
        return conversion;
    }

    /** A number from 1 on; empty if nothing is typed. */
    private static Optional<Long> number(Conversation talk, String prompt, long most) throws IOException {
        while (true) {
            String typed = talk.ask(prompt).strip();
            if (typed.isEmpty()) {
                return Optional.empty();
            }
            try {
                long number = Long.parseLong(typed);
                if (number > 0 && number <= most) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException noNumber) {
                // Asked again, below.
            }
            talk.tell("This is not such a number.");
        }
    }

    private static boolean isYes(String answer) {
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }

    private static Conversion ofUser(Conversion conversion, long user, boolean isBot) throws IOException, Refusal {
        try {
            return conversion.ofUser(user, isBot);
        } catch (IllegalArgumentException otherUser) {
            throw new Refusal(
                    ExitCode.USAGE, "--user-id does not fit: " + otherUser.getMessage() + ".", "Leave it away.");
        }
    }

    private static JsonObject report(From from, SessionFormat target, Set<SessionPart> losses, Saved saved) {
        JsonArray lost = new JsonArray();
        for (SessionPart part : losses) {
            JsonObject one = new JsonObject();
            one.put("part", part.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            one.put("words", part.words());
            lost.add(one);
        }
        JsonObject report = new JsonObject();
        report.put("source", from.where());
        report.put("from", from.format().orElse(null));
        report.put("to", target.name());
        report.put("losses", lost);
        report.put("written", saved.where());
        report.put("backup", saved.previous().orElse(null));
        return report;
    }

    private static String words(Set<SessionPart> parts) {
        StringJoiner words = new StringJoiner(", ");
        for (SessionPart part : parts) {
            words.add(part.words());
        }
        return words.toString();
    }

    private static String names(SessionFormats formats) {
        StringJoiner names = new StringJoiner(", ");
        for (SessionFormat format : formats.all()) {
            if (format.isWritten()) {
                names.add(format.name());
            }
        }
        return names.toString();
    }
}
