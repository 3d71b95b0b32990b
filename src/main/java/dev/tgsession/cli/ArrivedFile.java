package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file that {@code import} and {@code fetch} make of what arrived, and how a person names it. */
final class ArrivedFile {
    private static final String NAME = "login";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The file to write, readable for you alone; login.session if you do not say.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replace OUT; what was there is kept as OUT.bak.")
    private boolean force;

    /** Whether there is room for it, before anybody is asked for anything; a name that is not said shows only later. */
    void mustHaveRoom(Given given) throws Refusal {
        if (output != null) {
            NamedSource.mustNotBeSecret(given, output);
            OutputFile.mustHaveRoom(given.folder().resolve(output), force);
        }
    }

    /** Writes the session file, to the byte, and says whose it is and where. */
    void write(Given given, byte[] file) throws IOException, Refusal {
        Session session =
                SessionFormats.standard(given.clock()).read(SessionSource.ofBytes("what arrived", file), peer -> {});
        Path name = output != null
                ? output
                : Path.of(SessionFileName.of(NAME, session.dataCenter().environment()));
        Saved saved = OutputFile.write(given, given.folder().resolve(name), out -> Files.write(out, file), force);
        session.account()
                .ifPresent(account ->
                        given.error().println("It is logged in as " + Printable.of(Words.about(account)) + "."));
        OutputFile.tell(given, saved);
    }
}
