package dev.tgsession.cli;

import dev.tgsession.session.Environment;
import dev.tgsession.session.Session;
import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.store.IfPresent;
import dev.tgsession.session.store.Saved;
import dev.tgsession.session.store.SessionExistsException;
import dev.tgsession.session.store.SessionFolder;
import java.io.IOException;
import java.nio.file.Path;

/** The file a new login goes into, {@code NAME.session}: whether there is room for it is known before anybody is asked. */
final class NewFile {
    private static final int MOST_NUMBERS = 100;

    private final SessionFolder folder;
    private final SessionFormats formats;
    private final String name;
    private final String fileName;
    private final Path path;
    private final Environment environment;
    private final boolean force;

    /**
     * The file of that name in the folder where we are.
     *
     * @param force whether a file that is there may be replaced
     * @throws Refusal if that is no name
     */
    NewFile(Given given, SessionFormats formats, String name, Environment environment, boolean force) throws Refusal {
        this.folder = new SessionFolder(given.folder(), formats, given.random().get(), given.clock());
        this.formats = formats;
        this.name = name;
        this.fileName = fileName(name, environment);
        this.path = given.folder().resolve(fileName);
        this.environment = environment;
        this.force = force;
    }

    /** Where it will be, if nobody puts another one there meanwhile. */
    Path path() {
        return path;
    }

    /** Its name, without a folder. */
    String fileName() {
        return Words.lastOf(path());
    }

    void checkRoom() throws IOException, Refusal {
        try {
            folder.checkRoom(fileName, environment, ifPresent());
        } catch (SessionExistsException exists) {
            var found = formats.inspect(SessionSource.ofFile(folder.file(fileName)));
            String whose = found.account()
                    .map(account -> " and logged in as " + Words.about(account))
                    .orElse("");
            throw new Refusal(
                    ExitCode.WOULD_OVERWRITE,
                    fileName + " is there already" + whose + ".",
                    "Give another NAME; or say --force, and the old file is kept beside the new one.");
        }
    }

    /** A login that was won is not lost to a file that somebody put there meanwhile: it gets a number. */
    Saved save(Session session) throws IOException {
        String target = fileName;
        for (int number = 1; ; number++) {
            try {
                return folder.save(target, session, ifPresent());
            } catch (SessionExistsException taken) {
                if (number > MOST_NUMBERS) {
                    throw taken;
                }
                target = numbered(number, session.dataCenter().environment());
            }
        }
    }

    private String numbered(int number, Environment environment) {
        String plain =
                Words.withoutSuffix(Words.withoutSuffix(name, SessionFileName.PRACTICE_SUFFIX), SessionFileName.SUFFIX);
        return SessionFileName.of(plain + "-" + number, environment);
    }

    private IfPresent ifPresent() {
        return force ? IfPresent.REPLACE : IfPresent.REFUSE;
    }

    private static String fileName(String name, Environment environment) throws Refusal {
        try {
            return SessionFileName.of(name, environment);
        } catch (IllegalArgumentException noName) {
            throw new Refusal(
                    ExitCode.USAGE, "This is no name for a session.", "Without a name, it is called login.session.");
        }
    }
}
