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
import java.util.Optional;

/** The file that {@code import} and {@code fetch} make of what arrived. */
final class ArrivedFile {
    private static final String NAME = "login";

    private ArrivedFile() {}

    /** Whether there is room for it, before anybody is asked for anything; a name that is not said shows only later. */
    static void mustHaveRoom(Given given, Optional<Path> output, boolean force) throws Refusal {
        if (output.isPresent()) {
            NamedSource.mustNotBeSecret(given, output.get());
            OutputFile.mustHaveRoom(given.folder().resolve(output.get()), force);
        }
    }

    /** Writes the session file, to the byte, and says whose it is and where. */
    static void write(Given given, byte[] file, Optional<Path> output, boolean force) throws IOException, Refusal {
        Session session =
                SessionFormats.standard(given.clock()).read(SessionSource.ofBytes("what arrived", file), peer -> {});
        String usual = SessionFileName.of(NAME, session.dataCenter().environment());
        Path target = given.folder().resolve(output.orElse(Path.of(usual)));
        Saved saved = OutputFile.write(given, target, out -> Files.write(out, file), force);
        session.account()
                .ifPresent(account ->
                        given.error().println("It is logged in as " + Printable.of(Words.about(account)) + "."));
        given.error().println("Written to " + Printable.of(saved.where()) + ".");
        saved.previous()
                .ifPresent(old -> given.error().println("What was there before is now " + Printable.of(old) + "."));
    }
}
