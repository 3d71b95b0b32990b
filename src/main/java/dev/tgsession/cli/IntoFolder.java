package dev.tgsession.cli;

import dev.tgsession.session.SessionFileName;
import dev.tgsession.session.format.SessionFormat;
import dev.tgsession.session.store.PrivateBatch;
import dev.tgsession.session.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A folder that takes what becomes of many files, each under its old name with the ending of its new form. */
final class IntoFolder {
    private final Path folder;
    private final String ending;
    private final PrivateBatch batch;

    /** Who gets a place that several would have. */
    private final Map<Path, ManyFiles.One> contested = new HashMap<>();

    private final Set<Path> made = new HashSet<>();

    IntoFolder(Given given, Path folder, SessionFormat.Form form) {
        this.folder = folder;
        this.ending = form == SessionFormat.Form.FILE ? SessionFileName.SUFFIX : ".txt";
        this.batch = new PrivateBatch(given.random().get(), given.clock());
    }

    Path folder() {
        return folder;
    }

    /**
     * Gives places that several files would have to the first of them that is a session: whichever thread is the quickest,
     * the same files come out.
     */
    void assign(List<ManyFiles.One> files, Predicate<ManyFiles.One> isSession) {
        Map<Path, ManyFiles.One> first = new HashMap<>();
        for (ManyFiles.One file : files) {
            Path place = placeOf(file);
            ManyFiles.One other = first.putIfAbsent(place, file);
            if (other != null && (!contested.containsKey(place) || !isSession.test(contested.get(place)))) {
                contested.put(place, isSession.test(other) ? other : file);
            }
        }
    }

    /**
     * The place for one of them; folders on the way to it are made.
     *
     * @throws Refusal if another one of these files has got it
     */
    Path place(ManyFiles.One file) throws IOException, Refusal {
        Path place = placeOf(file);
        ManyFiles.One owner = contested.getOrDefault(place, file);
        if (!owner.equals(file)) {
            throw new Refusal(
                    ExitCode.WOULD_OVERWRITE,
                    "Another of these files becomes " + place + " already: " + owner.file() + ".",
                    "Give one of the two another name.");
        }
        make(Optional.ofNullable(place.toAbsolutePath().getParent()).orElse(folder));
        return place;
    }

    /** With whom what is written here comes. */
    PrivateBatch batch() {
        return batch;
    }

    /** The file for one of them. */
    PrivateFile file(ManyFiles.One file) throws IOException, Refusal {
        return batch.file(place(file));
    }

    /** To be called when all are there, or no more will come. */
    void finish() {
        batch.finish();
    }

    private Path placeOf(ManyFiles.One file) {
        String name = String.valueOf(file.place().getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return folder.resolve(file.place()).resolveSibling(stem + ending);
    }

    private synchronized void make(Path place) throws IOException {
        if (!made.contains(place)) {
            Files.createDirectories(place);
            made.add(place);
        }
    }
}
