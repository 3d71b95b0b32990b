package dev.tgsession.session.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Many private files that come into the same folders in one run, on several threads. Each is there whole or not at all, as
 * ever; but what concerns the folder is done once for all of them.
 *
 * <p>What killed runs left there is looked for before the first file: else each of ten thousand files would go through ten
 * thousand names. And the names of new files are made to last through a power cut by {@link #finish}, not one by one.
 */
public final class PrivateBatch {
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<Path, List<Path>> temporaries = new HashMap<>();
    private final Set<Path> touched = new HashSet<>();

    /**
     * None yet.
     *
     * @param random makes the names of temporary files
     * @param clock tells how old the leftovers of killed runs are
     */
    public PrivateBatch(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /** One of them; nothing is touched yet. */
    public PrivateFile file(Path target) {
        return new PrivateFile(target, random, clock, this);
    }

    /** Makes the names that are new last through a power cut; done once all files are there. */
    public synchronized void finish() {
        touched.forEach(PrivateFile::sync);
        touched.clear();
    }

    synchronized void touched(Path folder) {
        touched.add(folder);
    }

    /** What looked like a temporary file of anybody's when the folder was first written to. */
    synchronized List<Path> temporaries(Path folder) throws IOException {
        List<Path> known = temporaries.get(folder);
        if (known == null) {
            known = listed(folder);
            temporaries.put(folder, known);
        }
        return known;
    }

    private static List<Path> listed(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ".*.tmp")) {
            all.forEach(found::add);
        } catch (AccessDeniedException | DirectoryIteratorException notOurs) {
            // A folder may take files and not show them.
        }
        return List.copyOf(found);
    }
}
