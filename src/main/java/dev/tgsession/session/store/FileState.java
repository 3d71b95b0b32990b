package dev.tgsession.session.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A database as it stood at some moment, with what SQLite left beside it: the same sizes and times before and after, or
 * somebody wrote in between. Asking opens nothing, so it lets go of no lock.
 */
public record FileState(List<Sign> signs) {
    private static final List<String> PARTS = List.of("", "-journal", "-wal");

    /** The file as it stands now, which may be not at all. */
    public static FileState of(Path file) throws IOException {
        List<Sign> signs = new ArrayList<>();
        for (String part : PARTS) {
            Path one = file.resolveSibling(file.getFileName() + part);
            // Asked in this way first, as most have no neighbours, and that is no exception here.
            if (one.toFile().exists()) {
                BasicFileAttributes sign = Files.readAttributes(one, BasicFileAttributes.class);
                if (sign.isRegularFile()) {
                    signs.add(new Sign(part, sign.size(), sign.lastModifiedTime()));
                }
            }
        }
        return new FileState(List.copyOf(signs));
    }

    /** Whether a journal or the like belongs to it. */
    boolean hasNeighbours() {
        return signs.size() > 1;
    }

    /**
     * Checks that nobody wrote since.
     *
     * @throws StoreException if somebody did
     */
    void requireUnchanged(Path file) throws IOException {
        if (!equals(of(file))) {
            throw new StoreException(
                    "another program has changed " + file + " meanwhile",
                    "Close the program that uses this session, then try again.");
        }
    }

    /** One of the files. */
    public record Sign(String part, long size, FileTime time) {}
}
