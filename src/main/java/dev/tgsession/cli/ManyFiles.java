package dev.tgsession.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.tgsession.cli.terminal.Printable;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionSource;
import dev.tgsession.session.format.SqliteDatabase;
import dev.tgsession.session.format.StillSource;
import dev.tgsession.session.store.FileState;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Many session files at once, named one by one or by their folder: each is worked on by itself, on all cores, and one that
 * cannot be used does not keep the others.
 *
 * <p>Of a folder and the folders in it those files count that are sessions by what is in them, whatever their names; damaged
 * ones too. A summary goes to standard error, and the exit code is that of the failures, or 1 if they are of several kinds.
 */
final class ManyFiles {
    private final Given given;
    private final SessionFormats formats;
    private final boolean rewritten;

    ManyFiles(Given given, SessionFormats formats) {
        this(given, formats, false);
    }

    private ManyFiles(Given given, SessionFormats formats, boolean rewritten) {
        this.given = given;
        this.formats = formats;
        this.rewritten = rewritten;
    }

    /** The same for work that puts something in the place of what it has read, and must know how that stood. */
    ManyFiles rewritten() {
        return new ManyFiles(given, formats, true);
    }

    /**
     * A file.
     *
     * @param place what to call what becomes of it: its name, or the way to it from the folder that was named
     * @param inFolder whether it was found there, and may be no session at all
     */
    record One(Path file, Path place, boolean inFolder) {}

    private static final FileState UNASKED = new FileState(List.of());

    /** In bytes; of these no more are at work at once than there are cores, or memory would not hold them. */
    private static final int LARGE = 2 << 20;

    private final Semaphore large = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** What is done to each file; several at once, so it says nothing. */
    interface Work {
        /**
         * Does it; the answer is for programs.
         *
         * @param read how the file stood before it was read, if it is to be {@link #rewritten}
         */
        JsonObject on(SessionSource source, One file, FileState read) throws IOException, Refusal;
    }

    /** What came of a file: an answer, a complaint, or neither, if it is no session. */
    record Outcome(String source, Optional<JsonObject> report, Optional<Complaint> complaint) {}

    /** Whether one of these is a folder. */
    boolean anyFolder(List<String> names) {
        for (String name : names) {
            if (isFolder(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFolder(String name) {
        try {
            return Files.isDirectory(given.folder().resolve(name));
        } catch (InvalidPathException noName) {
            return false;
        }
    }

    /** The files, in the order of their names; those in folders by their paths. */
    List<One> found(List<String> names) throws IOException, Refusal {
        return found(names, Optional.empty());
    }

    /** The same without what lies in that folder: it was made of these files. */
    private List<One> found(List<String> names, Optional<Path> leftOut) throws IOException, Refusal {
        List<One> all = new ArrayList<>();
        for (String name : names) {
            if (!isFolder(name)) {
                Path file = NamedSource.rewritten(given, name);
                all.add(new One(file, Path.of(String.valueOf(file.getFileName())), false));
                continue;
            }
            Path folder = given.folder().resolve(name);
            for (Path place : inside(folder.toRealPath(), leftOut)) {
                all.add(new One(folder.resolve(place), place, true));
            }
        }
        return names.size() > 1 ? once(all) : all;
    }

    /** Each of them once, however often and by whatever way it was named. */
    private static List<One> once(List<One> all) {
        Map<Path, One> different = new LinkedHashMap<>();
        for (One one : all) {
            different.putIfAbsent(real(one.file()), one);
        }
        return List.copyOf(different.values());
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException gone) {
            return file.toAbsolutePath().normalize();
        }
    }

    /** Ordinary files, by their way from the folder, in order; a folder that cannot be looked into is a file that fails. */
    private static List<Path> inside(Path folder, Optional<Path> leftOut) throws IOException {
        List<Path> places = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                boolean skips = leftOut.isPresent() && inner.equals(leftOut.get()) && !inner.equals(folder);
                return skips ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isOurs(String.valueOf(file.getFileName()))) {
                    places.add(folder.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) {
                places.add(folder.relativize(file));
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(places);
        return places;
    }

    /** Whether it is called like the backups that we make, or what a killed run leaves. */
    static boolean isOurs(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
            end--;
        }
        boolean numbered = end < name.length() && name.startsWith(".bak.", end - ".bak.".length());
        return numbered || name.endsWith(".bak") || name.startsWith(".") && name.endsWith(".tmp") && name.length() > 4;
    }

    /** Whether a file that was found in a folder is a session: one we know, or a database too damaged to tell. */
    boolean isSession(SessionSource source) {
        if (formats.recognise(source).isPresent()) {
            return true;
        }
        try {
            if (SqliteDatabase.isOne(source)) {
                SqliteDatabase.open(source).close();
            }
            return false;
        } catch (MalformedSessionException damaged) {
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Works on all, tells what went wrong with which, and sums up.
     *
     * @param done what has been done to those that went well, such as "written"
     * @param json whether to print an object a line for each
     * @param into where they go, if not into their places
     */
    ExitCode run(List<String> names, String done, boolean json, Optional<IntoFolder> into, Work work)
            throws IOException, Refusal {
        List<One> files = found(names, into.map(IntoFolder::folder).map(ManyFiles::real));
        into.ifPresent(places -> places.assign(files, this::mayBeSession));
        Tally tally = new Tally();
        try (ProgressLine progress = ProgressLine.ofFiles(given)) {
            progress.onRows(0, files.size());
            AllCores.writing(files, file -> outcomeInTurn(file, work), outcome -> {
                tally.add(outcome);
                tell(outcome, json, progress);
                progress.onRows(tally.all, files.size());
            });
        } finally {
            into.ifPresent(IntoFolder::finish);
        }
        tally.left.forEach((words, count) -> given.error()
                .println("Left behind in " + count + (count == 1 ? " file: " : " files: ") + Printable.of(words)));
        given.error().println(tally.words(done));
        given.output().flush();
        return given.output().checkError() ? ExitCode.FAILED : tally.code();
    }

    private Outcome outcomeInTurn(One file, Work work) {
        boolean isLarge = file.file().toFile().length() > LARGE;
        if (!isLarge) {
            return outcome(file, work);
        }
        large.acquireUninterruptibly();
        try {
            return outcome(file, work);
        } finally {
            large.release();
        }
    }

    private Outcome outcome(One file, Work work) {
        String name = file.file().toString();
        FileState read;
        try {
            read = rewritten ? FileState.of(file.file()) : UNASKED;
        } catch (IOException unreadable) {
            return new Outcome(name, Optional.empty(), Optional.of(Complaint.about(unreadable)));
        }
        try (StillSource still = StillSource.of(SessionSource.ofFile(file.file()))) {
            if (file.inFolder() && !isSession(still.source())) {
                return new Outcome(name, Optional.empty(), Optional.empty());
            }
            return new Outcome(name, Optional.of(work.on(still.source(), file, read)), Optional.empty());
        } catch (IOException
                | Refusal
                | RuntimeException
                | StackOverflowError
                | OutOfMemoryError
                | LinkageError failed) {
            // The last three, too, are the trouble of one file: the next may be a smaller one.
            return new Outcome(name, Optional.empty(), Optional.of(Complaint.about(failed)));
        }
    }

    private boolean mayBeSession(One file) {
        if (!file.inFolder()) {
            return true;
        }
        try (StillSource still = StillSource.of(SessionSource.ofFile(file.file()))) {
            return isSession(still.source());
        } catch (IOException unreadable) {
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError failed) {
            // Whoever works on it tells.
            return true;
        }
    }

    private void tell(Outcome outcome, boolean json, ProgressLine progress) {
        outcome.complaint().ifPresent(complaint -> {
            progress.clear();
            given.error()
                    .println(Printable.of(outcome.source()) + ": "
                            + Printable.of(complaint.sentence().orElse("Stopped.")));
        });
        if (json) {
            outcome.report().ifPresent(report -> given.output().println(JsonWriter.string(report)));
            outcome.complaint()
                    .ifPresent(complaint -> given.output().println(JsonWriter.string(asJson(outcome, complaint))));
        }
    }

    /** {@code {"source": "a.session", "error": {"exitCode": 6, "message": "...", "hint": "..."}}}. */
    private static JsonObject asJson(Outcome outcome, Complaint complaint) {
        JsonObject error = new JsonObject();
        error.put("exitCode", complaint.code().number());
        error.put("message", complaint.sentence().orElse(null));
        error.put("hint", complaint.hint().orElse(null));
        JsonObject json = new JsonObject();
        json.put("source", outcome.source());
        json.put("error", error);
        return json;
    }

    /** How many of each. */
    private static final class Tally {
        private final Set<ExitCode> codes = new HashSet<>();
        private final Map<String, Integer> left = new TreeMap<>();
        private long all;
        private long well;
        private long failed;

        void add(Outcome outcome) {
            all++;
            outcome.report().ifPresent(report -> {
                well++;
                if (report.getString("written") != null) {
                    countLeft(report.getArray("losses"));
                    countLeft(report.getArray("staysBehind"));
                }
            });
            outcome.complaint().ifPresent(complaint -> {
                failed++;
                codes.add(complaint.code());
            });
        }

        /** What a conversion tells of one file in a sentence, is told of many with a number. */
        private void countLeft(@Nullable JsonArray parts) {
            for (Object part : parts == null ? new JsonArray() : parts) {
                String words = part instanceof JsonObject loss ? loss.getString("words") + "." : String.valueOf(part);
                left.merge(words, 1, Integer::sum);
            }
        }

        String words(String done) {
            long others = all - well - failed;
            return all + (all == 1 ? " file: " : " files: ") + well + " " + done + ", " + failed + " failed"
                    + (others == 0 ? "." : ", " + others + " no sessions.");
        }

        ExitCode code() {
            if (codes.isEmpty()) {
                return ExitCode.OK;
            }
            return codes.size() == 1 ? codes.iterator().next() : ExitCode.FAILED;
        }
    }
}
