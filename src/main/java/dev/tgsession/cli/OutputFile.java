package dev.tgsession.cli;

import dev.tgsession.cli.terminal.Endings;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.store.OtherPrograms;
import dev.tgsession.session.store.PrivateFile;
import dev.tgsession.session.store.Saved;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a person named for the result: theirs alone, whole or not there, and nobody else's by accident. */
final class OutputFile {
    private OutputFile() {}

    /** Whether it can be written as far as one can tell, so that nobody is asked anything in vain. */
    static void mustHaveRoom(Path target, boolean force) throws Refusal {
        if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(target);
        }
    }

    static Saved write(Given given, Path target, PrivateFile.Content content, boolean force)
            throws IOException, Refusal {
        return write(given, new PrivateFile(target, given.random().get(), given.clock()), content, force);
    }

    /** The same for a file that comes with others. */
    static Saved write(Given given, PrivateFile out, PrivateFile.Content content, boolean force)
            throws IOException, Refusal {
        Path target = out.path();
        boolean there = force && Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (there && Files.isRegularFile(target)) {
            OtherPrograms.mustNotUse(target);
        }
        Endings.Duty cleared = given.endings().add(out::abandon);
        try {
            Optional<Path> previous = Optional.empty();
            if (force) {
                previous = out.replace(content);
            } else {
                out.create(content);
            }
            Path where = target.toAbsolutePath().normalize();
            return new Saved(where.toString(), previous.map(Path::toString));
        } catch (FileAlreadyExistsException already) {
            throw taken(target);
        } finally {
            cleared.close();
        }
    }

    /** Says where it is, and where is what was there before. */
    static void tell(Given given, Saved saved) {
        given.error().println("Written to " + Printable.of(saved.where()) + ".");
        saved.previous()
                .ifPresent(old -> given.error().println("What was there before is now " + Printable.of(old) + "."));
    }

    private static Refusal taken(Path target) {
        return new Refusal(
                ExitCode.WOULD_OVERWRITE, target + " is there already.", "Choose another name, or say --force.");
    }
}
