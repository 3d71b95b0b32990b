package dev.tgsession.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import dev.tgsession.bytes.Bytes;
import dev.tgsession.session.convert.SessionFormats;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged copies of every file we read, given to the commands that read files: whatever it is, the answer is a sentence
 * and a number, in time, and the copy stays as it is.
 *
 * <p>{@code -Dtgsession.mutants=10000} tries more than usual and tells what came of them,
 * {@code -Dtgsession.mutants.seed=7} tries others, {@code -Dtgsession.mutants.only=123} repeats one.
 */
class MutantsTest {
    private static final int USUAL = 400;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** The first of them say enough. */
    private static final int MOST_WRONGS = 20;

    /** Fewer bytes of a key than these may be anything. */
    private static final int TELLING = 12;

    /** A piece of a key that has been copied over a name is shown as that name, and too little to use. */
    private static final int TOO_MUCH = 64;

    private static final List<String> SIDECARS = List.of("-journal", "-wal");

    @TempDir
    private Path folder;

    /** Folders that a run seems to have left, by what they are called: other programs on this machine make such, too. */
    private final Map<String, String> suspects = new TreeMap<>();

    /** What the mutants' files held: a folder left behind with something else in it is another program's. */
    private final Set<Integer> contents = ConcurrentHashMap.newKeySet();

    private final Map<String, Integer> endings = new TreeMap<>();

    /** A session as it came from its library, what lay beside it, and what must not be shown of it. */
    private record Good(String name, byte[] content, Map<String, byte[]> beside, Secrets secrets) {}

    /** Pieces that must not be in a complaint, and such that must not be in what is found out. */
    private record Secrets(Set<String> few, Set<String> many) {}

    /** What one command is given, and the numbers it may end with. */
    private record Trial(String name, List<String> arguments, List<ExitCode> allowed, boolean inPlace) {}

    /** A damaged copy, with words to find it again. */
    private record Mutant(String which, Map<String, byte[]> files, Secrets secrets, List<Trial> trials) {
        static Mutant of(long seed, int number, List<Good> good) {
            Random random = new Random(seed * 1_000_003 + number);
            Good one = good.get(random.nextInt(good.size()));
            Damage damage = new Damage(random, good.stream().map(Good::content).toList());
            Map<String, byte[]> files = new TreeMap<>(Map.of("m", damage.to(one.content)));
            one.beside.forEach(
                    (ending, content) -> files.put("m" + ending, random.nextBoolean() ? damage.to(content) : content));
            String which = "seed " + seed + ", mutant " + number + ", of " + one.name + " (" + damage.story() + ")";
            return new Mutant(which, files, one.secrets, MutantsTest.trials(random));
        }
    }

    @Test
    void noDamageLeadsToMoreThanASentence() throws Exception {
        long seed = Long.getLong("tgsession.mutants.seed", 1);
        int only = Integer.getInteger("tgsession.mutants.only", -1);
        int first = Math.max(only, 0);
        int last = only >= 0 ? only : Integer.getInteger("tgsession.mutants", USUAL) - 1;
        List<Good> good = good();
        List<String> wrongs = new ArrayList<>();
        long longest = 0;
        int slowest = -1;
        for (int number = first; number <= last && wrongs.size() < MOST_WRONGS; number++) {
            Mutant mutant = Mutant.of(seed, number, good);
            long begun = System.nanoTime();
            try {
                runInTime(mutant, Files.createDirectory(folder.resolve(Integer.toString(number))));
            } catch (AssertionError wrong) {
                wrongs.add(wrong + (wrong.getCause() == null ? "" : " " + trace(wrong.getCause())));
            }
            long took = System.nanoTime() - begun;
            slowest = took > longest ? number : slowest;
            longest = Math.max(took, longest);
        }
        if (System.getProperty("tgsession.mutants") != null || only >= 0) {
            System.out.println("Seed " + seed + ", mutants " + first + " to " + last + " of " + good.size()
                    + " files; number " + slowest + " took longest, " + longest / 1_000_000 + " ms");
            endings.forEach((end, count) -> System.out.println("  " + end + ": " + count));
        }
        assertThat(wrongs).as(String.join("\n\n", wrongs)).isEmpty();
        suspects.keySet().retainAll(passing());
        suspects.keySet().removeIf(name -> !isOfThisTest(name));
        assertThat(suspects).as("folders left behind").isEmpty();
        assertThat(endings.keySet().stream().map(end -> end.substring(end.lastIndexOf(' '))))
                .as("some damage can be lived with, some not")
                .contains(" 0", " 6", " 11");
    }

    private void runInTime(Mutant mutant, Path room) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            for (Trial trial : mutant.trials) {
                endings.merge(trial.name + " " + run(mutant, trial, room), 1, Integer::sum);
            }
            return null;
        });
        Thread thread = new Thread(task, "mutant");
        // One that does not end shall not keep the others.
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            Files.delete(room);
        } catch (TimeoutException hangs) {
            hangs.setStackTrace(thread.getStackTrace());
            throw new AssertionError("no end: " + mutant.which, hangs);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw new AssertionError(mutant.which, failed.getCause());
        }
    }

    private static String trace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Two commands for each: a look, and something that makes a file of it. */
    private static List<Trial> trials(Random random) {
        List<ExitCode> looks = List.of(ExitCode.OK, ExitCode.FINDINGS, ExitCode.BAD_FILE);
        List<ExitCode> makes = List.of(ExitCode.OK, ExitCode.BAD_FILE);
        List<ExitCode> asks = List.of(ExitCode.OK, ExitCode.BAD_FILE, ExitCode.NO_CONSOLE);
        // A session may not say whose it is, or hold what the other form has no place for.
        List<ExitCode> turns = List.of(ExitCode.OK, ExitCode.BAD_FILE, ExitCode.USAGE, ExitCode.FAILED);
        String to = Integer.toString(1 + random.nextInt(8));
        List<String> kinds =
                List.of("telethon-string", "pyrogram-string", "gramjs-string", "telethon", "pyrogram", "kurigram");
        String kind = kinds.get(random.nextInt(kinds.size()));
        Trial look = random.nextInt(4) == 0
                ? new Trial("inspect", List.of("inspect", "m"), looks, false)
                : new Trial("inspect --json", List.of("inspect", "m", "--json"), looks, false);
        Trial make = switch (random.nextInt(12)) {
            case 0 ->
                new Trial(
                        "upgrade --dry-run", List.of("upgrade", "m", "--to", to, "--dry-run", "--json"), makes, false);
            case 1, 2 -> new Trial("upgrade -o", List.of("upgrade", "m", "--to", to, "-o", "out", "-y"), makes, false);
            case 3 -> new Trial("upgrade", List.of("upgrade", "m", "--to", to), asks, true);
            case 4, 5 -> new Trial("repair -o", List.of("repair", "m", "-o", "out", "-y", "--json"), makes, false);
            case 6 -> new Trial("repair", List.of("repair", "m", "-y"), makes, true);
            case 7 -> new Trial("repair --dry-run", List.of("repair", "m", "--dry-run"), makes, false);
            case 8 -> new Trial("export", List.of("export", "m", "--to", "telethon-string"), turns, false);
            case 9 -> new Trial("convert", List.of("convert", "m", "out", "--to", kind), turns, false);
            case 10 -> new Trial("entities", List.of("entities", "m", "--json"), makes, false);
            default -> new Trial("strip -o", List.of("strip", "m", "-o", "out"), turns, false);
        };
        return List.of(look, make);
    }

    /** Gives the number it ended with. */
    private int run(Mutant mutant, Trial trial, Path room) throws IOException {
        String what = trial.name + ": " + mutant.which;
        Set<String> passing = passing();
        try {
            for (Map.Entry<String, byte[]> file : mutant.files.entrySet()) {
                Files.write(room.resolve(file.getKey()), file.getValue());
                contents.add(Arrays.hashCode(file.getValue()));
            }
            Run run = Run.in(room, trial.arguments.toArray(String[]::new));
            String all = what + "\n" + run.error();

            assertThat(trial.allowed.stream().map(ExitCode::number)).as(all).contains(run.code());
            assertThat(run.error())
                    .as(what)
                    .doesNotContain("mistake in tgsession", "It did not work", "Exception", "\tat ");
            assertThat(mutant.secrets.few).as("shown: " + what).noneMatch(run.error()::contains);
            if (!trial.name.equals("export")) {
                assertThat(mutant.secrets.many).as("shown: " + what).noneMatch(run.output()::contains);
            }
            if (trial.arguments.contains("--json")) {
                requireJson(run, what);
            }
            requireUnchanged(room, mutant.files, trial, run, what);
            return run.code();
        } finally {
            try (Stream<Path> files = Files.list(room)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            for (String left : passing()) {
                if (!passing.contains(left)) {
                    suspects.put(left, what);
                }
            }
        }
    }

    /** Also what was replaced has only got another name. */
    private void requireUnchanged(Path room, Map<String, byte[]> before, Trial trial, Run run, String what)
            throws IOException {
        Map<String, byte[]> after = new TreeMap<>();
        try (Stream<Path> files = Files.list(room)) {
            for (Path file : files.toList()) {
                after.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        boolean replaced = trial.inPlace && after.containsKey("m.bak");
        if (replaced) {
            assertThat(run.code()).as(what).isZero();
            requireGood(room, "m", trial, what);
            // What lay beside it was taken in first, by SQLite itself.
            if (before.size() == 1) {
                assertThat(after.get("m.bak")).as(what).isEqualTo(before.get("m"));
                assertThat(after.keySet()).as(what).containsExactly("m", "m.bak");
            }
            return;
        }
        byte[] out = after.remove("out");
        if (out != null) {
            assertThat(run.code()).as(what).isZero();
            requireGood(room, "out", trial, what);
        }
        assertThat(after.keySet()).as(what).isEqualTo(before.keySet());
        before.forEach((name, content) ->
                assertThat(after.get(name)).as(name + " of " + what).isEqualTo(content));
    }

    /** What we write is whole; and there is a login in it, unless it was only given other tables. */
    private void requireGood(Path room, String name, Trial trial, String what) {
        String look = Run.in(room, "inspect", name, "--json").output();
        assertThat(look)
                .as("what was made by " + what)
                .doesNotContain("corrupted-page", "truncated", "not-sqlite", "not-readable");
        if (!trial.name.startsWith("upgrade")) {
            assertThat(look).as("what was made by " + what).contains("\"state\":\"present\"");
        }
    }

    /** The folders in which copies are looked at. */
    private static Set<String> passing() throws IOException {
        Set<String> names = new HashSet<>();
        try (var folders = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "tgsession-*")) {
            folders.forEach(one -> names.add(one.getFileName().toString()));
        }
        return names;
    }

    private boolean isOfThisTest(String name) {
        Path left = Path.of(System.getProperty("java.io.tmpdir")).resolve(name);
        try (var files = Files.newDirectoryStream(left)) {
            for (Path file : files) {
                if (contents.contains(Arrays.hashCode(Files.readAllBytes(file)))) {
                    return true;
                }
            }
            return false;
        } catch (IOException goneMeanwhile) {
            return false;
        }
    }

    /** An object on each line, or one over many. */
    private static void requireJson(Run run, String what) {
        try {
            if (run.output().startsWith("{\n")) {
                JsonParser.object().from(run.output());
            } else {
                for (String line : run.output().lines().toList()) {
                    JsonParser.object().from(line);
                }
            }
        } catch (JsonParserException wrong) {
            throw new AssertionError(what + "\n" + run.output(), wrong);
        }
    }

    // What there is to damage

    private static List<Good> good() throws IOException, URISyntaxException {
        Path fixtures = Path.of(MutantsTest.class
                        .getResource("/dev/tgsession/session/format/telethon/manifest.json")
                        .toURI())
                .resolve("../..")
                .normalize();
        SessionFormats formats = SessionFormats.standard(InstantSource.fixed(Instant.EPOCH));
        List<Good> all = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> found = Files.walk(fixtures)) {
            files = found.filter(file -> file.toString().endsWith(".session")
                            || file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            try {
                byte[] key = formats.read(SessionSource.ofFile(file))
                        .authKey()
                        .secret()
                        .toArray();
                Map<String, byte[]> beside = new TreeMap<>();
                for (String ending : SIDECARS) {
                    Path sidecar = file.resolveSibling(file.getFileName() + ending);
                    if (Files.exists(sidecar)) {
                        beside.put(ending, Files.readAllBytes(sidecar));
                    }
                }
                all.add(new Good(
                        fixtures.relativize(file).toString(),
                        Files.readAllBytes(file),
                        beside,
                        new Secrets(pieces(key, TELLING), pieces(key, TOO_MUCH))));
            } catch (IOException notGood) {
                // Damaged as it is: those have tests of their own.
            }
        }
        assertThat(all).hasSizeGreaterThan(60);
        return List.copyOf(all);
    }

    /** Pieces of a key in the forms in which it could come to light. */
    private static Set<String> pieces(byte[] key, int length) {
        Set<String> pieces = new HashSet<>();
        for (int from = 0; from + length <= key.length; from++) {
            byte[] piece = Arrays.copyOfRange(key, from, from + length);
            pieces.add(Bytes.of(piece).toHex());
            pieces.add(Base64.getEncoder().encodeToString(piece));
            pieces.add(Base64.getUrlEncoder().encodeToString(piece));
            pieces.add(new String(piece, StandardCharsets.ISO_8859_1));
        }
        return pieces;
    }
}
