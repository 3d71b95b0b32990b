package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.NoConsoleException;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.crypto.Password;
import dev.tgsession.session.store.Saved;
import dev.tgsession.travel.Courier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession fetch}: a session from where it was sent to. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "fetch",
        header = "Fetch a session from a place on the web, or from a variable.",
        description = {
            "",
            "For a program that starts on a machine that forgets: what arrives is opened, checked to be a session, and"
                    + " written for you alone, to the byte. A line of text becomes a Telethon file.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession fetch env:SESSION_URL -o login.session",
            "  tgsession fetch env:TG_SESSION -o login.session   a variable with the session itself",
            "  tgsession fetch s3://my-bucket/login.session -o login.session",
            "  tgsession fetch - -o login.session                asks for URL or text"
        })
final class FetchCommand implements Callable<Integer> {
    private static final String VARIABLE = "env:";

    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            paramLabel = "WHERE",
            description =
                    "- to be asked for a URL; env:NAME, a variable with a URL or with the session; s3://BUCKET/KEY,"
                            + " with the usual AWS variables; or an https:// URL that is no secret.")
    private String where = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The file to write; login.session if you do not say.")
    private Path output = Path.of("login.session");

    @Option(names = "--force", description = "Replace OUT; what was there is kept as OUT.bak.")
    private boolean force;

    @Mixin
    private final Opening opening = new Opening();

    FetchCommand(Given given) {
        this.given = given;
    }

    CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        NamedSource.mustNotBeSecret(given, output);
        Path target = given.folder().resolve(output);
        if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new Refusal(
                    ExitCode.WOULD_OVERWRITE, output + " is there already.", "Choose another name, or say --force.");
        }
        byte[] session = opening.open(given, arrived(), this::passphrase);
        Saved saved = OutputFile.write(given, target, file -> Files.write(file, session), force);
        given.error().println("Written to " + Printable.of(saved.where()) + ".");
        saved.previous()
                .ifPresent(old -> given.error().println("What was there before is now " + Printable.of(old) + "."));
        return ExitCode.OK.number();
    }

    private byte[] arrived() throws IOException, Refusal {
        Post post = new Post(given);
        if (where.equals("-")) {
            return asked(post);
        }
        if (where.startsWith(VARIABLE)) {
            String value = given.environment()
                    .getOrDefault(where.substring(VARIABLE.length()), "")
                    .strip();
            if (!value.isEmpty() && !WebPlace.isMeant(value)) {
                return value.getBytes(StandardCharsets.UTF_8);
            }
        }
        return fetched(post, WebPlace.named(given.environment(), where));
    }

    /** What comes through a pipe or is pasted: a URL to be asked, or the session itself. */
    private byte[] asked(Post post) throws IOException, Refusal {
        byte[] content = NamedSource.of(given, "-").bytes(Courier.LARGEST);
        String text = new String(content, StandardCharsets.UTF_8).strip();
        return WebPlace.isMeant(text) ? fetched(post, WebPlace.ofText(given.environment(), text)) : content;
    }

    private static byte[] fetched(Post post, WebPlace place) throws IOException, Refusal {
        if (place.isFolder()) {
            throw new Refusal(ExitCode.USAGE, place + " is a folder.", "Name the file in it.");
        }
        return post.fetch(place);
    }

    private Optional<Password> passphrase(String prompt) throws IOException {
        try (Conversation talk = given.ladder().open()) {
            return Optional.of(talk.askHidden(prompt));
        } catch (NoConsoleException nobody) {
            return Optional.empty();
        }
    }
}
