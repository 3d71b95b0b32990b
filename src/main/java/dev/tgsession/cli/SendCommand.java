package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Conversation;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.travel.Courier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tgsession send}: session files to a place on the web. */
@Command(
        sortOptions = false,
        abbreviateSynopsis = true,
        name = "send",
        header = "Send session files to a place on the web.",
        description = {
            "",
            "The bytes of each file, over https, to a presigned URL or into a bucket; `fetch` brings them back, to the"
                    + " byte. Whoever can read them there can use the account, unless they are sealed.",
            ""
        },
        footer = {
            "",
            "examples:",
            "  tgsession send login.session --to -             asks for the URL",
            "  tgsession send login.session --to env:UPLOAD_URL --seal",
            "  tgsession send *.session --to s3://my-bucket/sessions/",
            "",
            "For s3:// set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION; for buckets",
            "that are not Amazon's, AWS_ENDPOINT_URL."
        })
final class SendCommand implements Callable<Integer> {
    private final Given given;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0..*", arity = "1..*", paramLabel = "FILE", description = "A session file, or several.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "WHERE",
            description = "- to be asked for the URL, one for each file; " + WebPlace.HELP
                    + " With a slash at its end that is a folder, for several files.")
    private String to = "";

    @Mixin
    private final Sealing sealing = new Sealing();

    /** A file that was looked at, and what it is called there. */
    private record Parcel(Path file, String name, byte[] content) {}

    SendCommand(Given given) {
        this.given = given;
    }

    /** Everything is looked at before the first byte leaves. */
    @Override
    public Integer call() throws IOException, Refusal {
        boolean asking = to.equals("-");
        List<WebPlace> places = new ArrayList<>();
        if (!asking) {
            WebPlace place = WebPlace.named(given.environment(), to);
            if (files.size() > 1 && !place.isFolder()) {
                throw new Refusal(
                        ExitCode.USAGE,
                        "That is a place for one file, and here are " + files.size() + ".",
                        "Name a folder, s3://BUCKET/FOLDER/; or say - to be asked for a URL for each.");
            }
            files.forEach(file -> places.add(place));
        }
        List<Parcel> parcels = parcels();
        Post post = new Post(given);
        post.prepare();
        if (asking) {
            try (Conversation talk = given.ladder().open()) {
                for (Parcel parcel : parcels) {
                    places.add(WebPlace.asked(talk, "Upload URL for " + parcel.name() + " (it does not show): "));
                }
                sealing.prepare(given, talk);
            }
        } else {
            sealing.prepare(given);
        }
        for (int i = 0; i < parcels.size(); i++) {
            send(post, parcels.get(i), places.get(i));
        }
        return ExitCode.OK.number();
    }

    private void send(Post post, Parcel parcel, WebPlace place) throws IOException, Refusal {
        byte[] content = sealing.isAsked() ? sealing.seal(parcel.content()) : parcel.content();
        post.send(place, parcel.name(), content);
        given.error()
                .println(Printable.of(parcel.file() + " is in " + place.words(parcel.name())
                        + (sealing.isAsked() ? ", sealed." : "; whoever reads it there can use the account.")));
    }

    private List<Parcel> parcels() throws IOException, Refusal {
        SessionFormats formats = SessionFormats.standard(given.clock());
        List<Parcel> parcels = new ArrayList<>();
        for (Path named : files) {
            NamedSource.mustNotBeSecret(given, named);
            Path file = FoundFile.of(given, named);
            WholeFile.mustBe(file);
            SessionSource source = SessionSource.ofFile(file);
            byte[] content = source.bytes(Courier.LARGEST);
            // Something that is no session would be found out only where it is needed.
            formats.read(SessionSource.ofBytes(source.name(), content), peer -> {});
            String name = file.getFileName() + (sealing.isAsked() ? Words.SEALED : "");
            if (parcels.stream().anyMatch(other -> other.name().equals(name))) {
                throw new Refusal(
                        ExitCode.USAGE, "Two files are called " + name + ".", "Send one of them somewhere else.");
            }
            parcels.add(new Parcel(file, name, content));
        }
        return parcels;
    }
}
