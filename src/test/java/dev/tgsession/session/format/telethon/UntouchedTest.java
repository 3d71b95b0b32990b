package dev.tgsession.session.format.telethon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tgsession.bytes.Bytes;
import dev.tgsession.session.format.Inspection;
import dev.tgsession.session.format.MalformedSessionException;
import dev.tgsession.session.format.SessionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking at a session changes nothing, and nothing one can look at throws us off. */
class UntouchedTest {
    private static final TelethonSqlite FILES = new TelethonSqlite(InstantSource.fixed(Instant.EPOCH));
    private static final TelethonString STRINGS = new TelethonString();

    @TempDir
    private Path folder;

    private static Stream<Fixtures.Entry> all() {
        return Stream.concat(Fixtures.entries("fixtures").stream(), Fixtures.entries("broken").stream());
    }

    /** Seeds that are their own names: a failure can be run again. */
    private static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("all")
    void lookingLeavesFileFolderAndTimesAsTheyWere(Fixtures.Entry entry) throws IOException {
        Path file = copy(entry.file());
        for (String sidecar : entry.texts("sidecars")) {
            copy(sidecar);
        }
        Map<String, String> before = state();

        FILES.inspect(SessionSource.ofFile(file));
        STRINGS.inspect(SessionSource.ofFile(file));
        FILES.recognises(SessionSource.ofFile(file));
        try {
            FILES.read(SessionSource.ofFile(file));
        } catch (MalformedSessionException refused) {
            assertThat(refused.finding().message()).isNotEmpty();
        }

        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageIsReportedAndNeverThrown(int seed) throws IOException {
        Random random = new Random(seed);
        Fixtures.Entry entry = all().toList().get(random.nextInt((int) all().count()));
        byte[] bytes = Files.readAllBytes(Fixtures.file(entry.file()));
        SessionSource damaged = SessionSource.ofBytes(entry.file(), damage(bytes, random));

        for (var format : new dev.tgsession.session.format.SessionFormat[] {FILES, STRINGS}) {
            Inspection inspection = format.inspect(damaged);
            assertThatCode(inspection::toJson).doesNotThrowAnyException();
            assertThat(inspection.findings())
                    .as("no finding stems from a fault of ours")
                    .noneMatch(finding -> finding.code().equals("not-readable"));
            try {
                assertThat(format.read(damaged).authKey()).isNotNull();
            } catch (MalformedSessionException refused) {
                assertThat(refused).hasMessageEndingWith(".");
            }
        }
    }

    /** A few bytes flipped anywhere, most near the start where the structure is; or the end cut off. */
    private static byte[] damage(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        byte[] result = random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        int flips = result.length == 0 ? 0 : 1 + random.nextInt(30);
        for (int i = 0; i < flips; i++) {
            int bound = random.nextBoolean() ? Math.min(result.length, 200) : result.length;
            // The magic in front stays, or nearly every case would end there.
            int at = Math.min(result.length - 1, 16 + random.nextInt(Math.max(1, bound - 16)));
            result[at] = (byte) random.nextInt(256);
        }
        return result;
    }

    private Path copy(String name) throws IOException {
        Path copy = folder.resolve(Path.of(name).getFileName());
        Files.copy(Fixtures.file(name), copy);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
        return copy;
    }

    /** Names, times and contents of all there is. */
    private Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                state.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file) + " " + Bytes.of(Files.readAllBytes(file)));
            }
        }
        state.put("folder", Files.getLastModifiedTime(folder).toString());
        return state;
    }
}
