package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateBatchTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    private Path folder;

    private final PrivateBatch batch = new PrivateBatch(new SecureRandom(), InstantSource.fixed(NOW));

    @Test
    void manyAtOnceAreEachThereWholeAndForTheirOwnerOnly() throws IOException {
        List<String> names =
                IntStream.range(0, 100).mapToObj(number -> "s" + number).toList();

        names.parallelStream().forEach(this::create);
        batch.finish();

        assertThat(names()).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(folder.resolve(name)).hasContent(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void takesNobodysPlace() throws IOException {
        Files.writeString(folder.resolve("mine"), "old");

        assertThatThrownBy(() -> batch.file(folder.resolve("mine")).create(bytes("new")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.resolve("mine")).hasContent("old");
        assertThat(names()).containsExactly("mine");
        assertThat(batch.file(folder.resolve("mine")).replace(bytes("new"))).contains(folder.resolve("mine.bak"));
    }

    @Test
    void leftoversOfKilledRunsAreRemovedOnceTheyAreOld() throws IOException {
        Path old = leftover(".a.0011223344556677.tmp", 7200);
        Path young = leftover(".a.0011223344556688.tmp", 60);
        Path ofOther = leftover(".b.0011223344556677.tmp", 7200);

        create("a");
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(ofOther).exists();

        create("b");
        assertThat(ofOther).doesNotExist();
    }

    @Test
    void aJournalWithoutItsFileIsSetAside() throws IOException {
        Files.writeString(folder.resolve("a-journal"), "of another");

        create("a");
        create("b");

        assertThat(names()).containsExactlyInAnyOrder("a", "b", "a-journal.bak");
    }

    /** For systems that take small letters and capital ones for the same, the system is asked itself. */
    @Test
    void aNeighbourInWhateverLettersIsSeen() throws IOException {
        assertThat(batch.names(folder).neighbours()).isFalse();
        Files.writeString(folder.resolve("A-JOURNAL"), "of another");
        assertThat(new PrivateBatch(new SecureRandom(), InstantSource.fixed(NOW))
                        .names(folder)
                        .neighbours())
                .isTrue();
    }

    @Test
    void aFolderThatIsNotThereTakesNothing() {
        assertThatThrownBy(() -> batch.file(folder.resolve("nowhere/a")).create(bytes("a")))
                .isInstanceOf(NoSuchFileException.class);
        batch.finish();
    }

    private Path leftover(String name, long age) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(age)));
    }

    private void create(String name) {
        try {
            batch.file(folder.resolve(name)).create(bytes(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
