package dev.tgsession.cli;

import dev.tgsession.cli.terminal.StandardStream;
import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionContent;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.format.SessionPart;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.store.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession export}: the same login in another form. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "export",
        header = "Write a session in another form.",
        description = {
            "",
            "What comes out opens the account just as the file does, so it does not go to a screen unless you say"
                    + " --print. Use each login in one place only: Telegram ends both when a key is used twice at once.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession export login.session --to telethon-string --print",
            "  tgsession export login.session --to telethon-string -o login.txt",
            "  heroku config:set TG_SESSION=\"$(tgsession export login.session --to telethon-string)\""
        })
final class ExportCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "The session file.")
    private Path file = Path.of("login.session");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            description = "Such as telethon-string; `tgsession formats` names all.")
    private String to = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Write this file, readable for you alone.")
    private @Nullable Path output;

    @Option(names = "--print", description = "Print it, on a terminal too.")
    private boolean print;

    @Option(names = "--force", description = "Replace OUT; what was there is kept as OUT.bak.")
    private boolean force;

    ExportCommand(Given given) {
        this.given = given;
    }

    CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        SessionFormat target = formats.named(to)
                .orElseThrow(() -> new Refusal(
                        ExitCode.USAGE, "There is no format called " + to + ".", "Try one of " + names(formats) + "."));
        checkWay(target);
        Session session = formats.read(SessionSource.ofFile(FoundFile.of(given, file)));
        SessionContent content = target.write(session);
        if (output != null) {
            write(given.folder().resolve(output), content);
        } else {
            given.output().println(content.toText());
        }
        tellLosses(target, session);
        given.output().flush();
        return given.output().checkError() ? ExitCode.FAILED.number() : ExitCode.OK.number();
    }

    private void checkWay(SessionFormat target) throws Refusal {
        if (output == null && target.form() == SessionFormat.Form.FILE) {
            throw new Refusal(ExitCode.USAGE, "A " + target.title() + " needs a place.", "Say where with -o OUT.");
        }
        if (output == null && !print && given.streams().isTerminal(StandardStream.OUTPUT)) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "Whoever reads this text can use the account, so it is not put on a screen unasked.",
                    "Say --print to see it here, or -o OUT to write it to a file.");
        }
        if (output != null && print) {
            throw new Refusal(ExitCode.USAGE, "-o and --print do not go together.", "Choose one.");
        }
    }

    private void write(Path target, SessionContent content) throws IOException, Refusal {
        PrivateFile out = new PrivateFile(target, given.random().get(), given.clock());
        Optional<Path> kept = Optional.empty();
        try {
            if (force) {
                kept = out.replace(content.toFileBytes());
            } else {
                out.create(content.toFileBytes());
            }
        } catch (FileAlreadyExistsException taken) {
            throw new Refusal(
                    ExitCode.WOULD_OVERWRITE, target + " is there already.", "Choose another name, or say --force.");
        }
        given.error().println("Written to " + target.toAbsolutePath().normalize() + ".");
        kept.ifPresent(old -> given.error().println("What was there before is now " + old + "."));
    }

    private void tellLosses(SessionFormat target, Session session) {
        StringJoiner lost = new StringJoiner(", ").setEmptyValue("");
        for (SessionPart part : target.loses(session)) {
            lost.add(part.words());
        }
        if (lost.length() > 0) {
            given.error().println("This form has no place for: " + lost + ".");
        }
    }

    private static String names(SessionFormats formats) {
        StringJoiner names = new StringJoiner(", ");
        for (SessionFormat format : formats.all()) {
            names.add(format.name());
        }
        return names.toString();
    }
}
