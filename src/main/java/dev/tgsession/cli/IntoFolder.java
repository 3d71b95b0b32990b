package dev.tgsession.cli;

import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.format.SessionFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A folder that takes what becomes of many files, each under its old name with the ending of its new form. */
final class IntoFolder {
    private final Path folder;
    private final String ending;
    private final Set<Path> given = ConcurrentHashMap.newKeySet();

    IntoFolder(Path folder, SessionFormat.Form form) {
        this.folder = folder;
        this.ending = form == SessionFormat.Form.FILE ? SessionFileName.SUFFIX : ".txt";
    }

    /**
     * The place for one of them; folders on the way to it are made.
     *
     * @throws Refusal if another one of these files has got it
     */
    Path place(ManyFiles.One file) throws IOException, Refusal {
        String name = String.valueOf(file.place().getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        Path place = folder.resolve(file.place()).resolveSibling(stem + ending);
        if (!given.add(place)) {
            throw new Refusal(
                    ExitCode.WOULD_OVERWRITE,
                    "Another of these files becomes " + place + " already.",
                    "Give one of the two another name.");
        }
        Files.createDirectories(folder.resolve(file.place()).toAbsolutePath().getParent());
        return place;
    }
}
