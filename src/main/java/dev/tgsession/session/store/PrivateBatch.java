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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Many private files that come into the same folders in one run, on several threads. Each is there whole or not at all, as
 * ever; but what concerns the folder is done once for all of them.
 *
 * <p>What killed runs and SQLite left there is looked for before the first file: else each of ten thousand files would go
 * through ten thousand names. And the names of new files are made to last through a power cut by {@link #finish}, not one by one.
 */
public final class PrivateBatch {
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<Path, Names> names = new HashMap<>();
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

    /** What was in the folder when it was first written to. */
    synchronized Names names(Path folder) throws IOException {
        Names known = names.get(folder);
        if (known == null) {
            known = Names.in(folder);
            names.put(folder, known);
        }
        return known;
    }

    /**
     * What is in a folder.
     *
     * @param neighbours whether there may be files that SQLite leaves beside others; asked in all letters, as some systems take
     *     small and capital ones for the same
     * @param temporaries those that look like temporary files of ours, whatever they are for
     */
    record Names(boolean neighbours, List<Path> temporaries) {
        private static Names in(Path folder) throws IOException {
            boolean neighbours = false;
            List<Path> temporaries = new ArrayList<>();
            try (DirectoryStream<Path> every = Files.newDirectoryStream(folder)) {
                for (Path one : every) {
                    String name = String.valueOf(one.getFileName());
                    neighbours |= PrivateFile.isNeighbour(name.toLowerCase(Locale.ROOT));
                    if (name.startsWith(".") && name.endsWith(".tmp")) {
                        temporaries.add(one);
                    }
                }
            } catch (AccessDeniedException | DirectoryIteratorException notShown) {
                return new Names(true, List.of());
            }
            return new Names(neighbours, temporaries);
        }
    }
}
