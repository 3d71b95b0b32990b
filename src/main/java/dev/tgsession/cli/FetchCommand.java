package dev.tgsession.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  tgsession fetch env:TG_SESSION -o login.session   the session as text",
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

    @Mixin
    private final ArrivedFile file = new ArrivedFile();

    @Mixin
    private final Opening opening = new Opening();

    FetchCommand(Given given) {
        this.given = given;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        file.mustHaveRoom(given);
        file.write(given, opened());
        return ExitCode.OK.number();
    }

    private byte[] opened() throws IOException, Refusal {
        if (where.equals("-")) {
            Arrival arrival = Arrival.of(given, where);
            String text = new String(arrival.content(), StandardCharsets.UTF_8).strip();
            return WebPlace.isMeant(text)
                    ? fetched(WebPlace.ofText(given.environment(), text))
                    : opening.open(given, arrival.content(), arrival.asking());
        }
        Optional<String> text = variable().filter(value -> !WebPlace.isMeant(value));
        return text.isPresent()
                ? opening.open(given, text.get().getBytes(StandardCharsets.UTF_8), Opening.at(given))
                : fetched(WebPlace.named(given.environment(), where));
    }

    private byte[] fetched(WebPlace place) throws IOException, Refusal {
        if (place.isFolder()) {
            throw new Refusal(ExitCode.USAGE, place + " is a folder.", "Name the file in it.");
        }
        return opening.open(given, new Post(given).fetch(place), Opening.at(given));
    }

    private Optional<String> variable() {
        return where.startsWith(VARIABLE)
                ? Optional.ofNullable(given.environment().get(where.substring(VARIABLE.length())))
                        .filter(value -> !value.isBlank())
                : Optional.empty();
    }
}
