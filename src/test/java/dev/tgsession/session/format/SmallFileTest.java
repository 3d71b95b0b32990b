package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {
    private static final Path SESSION =
            Path.of("src/test/resources/dev/tgsession/session/format/telethon/telethon-1.5.5-v4-login.session");

    @TempDir
    private Path folder;

    @Test
    void anOrdinaryFileIsReadWhole() throws IOException {
        Path file = Files.copy(SESSION, folder.resolve("a.session"));

        assertThat(SmallFile.read(file, 1 << 20))
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(bytes(SESSION)));
    }

    @Test
    void whateverIsNotSoSimpleIsForTheCarefulWay() throws IOException {
        Path file = Files.copy(SESSION, folder.resolve("a.session"));
        Path link = Files.createSymbolicLink(folder.resolve("link.session"), file);
        Path empty = Files.createFile(folder.resolve("empty"));

        for (Path other : new Path[] {link, empty, folder, folder.resolve("nowhere"), Path.of("/")}) {
            assertThat(SmallFile.read(other, 1 << 20)).as(other.toString()).isEmpty();
        }
        assertThat(SmallFile.read(file, 1000)).isEmpty();
        for (String ending : new String[] {"-journal", "-wal"}) {
            Path beside = Files.createFile(folder.resolve("a.session" + ending));
            assertThat(SmallFile.read(file, 1 << 20)).as(ending).isEmpty();
            Files.delete(beside);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsBeingWrittenIsForTheCarefulWay() throws IOException {
        Path file = Files.copy(SESSION, folder.resolve("a.session"));
        try (AnotherProgram other = AnotherProgram.with(file, "begin immediate")) {
            assertThat(SmallFile.read(file, 1 << 20)).isEmpty();
            assertThat(other.goesOn()).isTrue();
        }
        assertThat(SmallFile.read(file, 1 << 20)).isPresent();
    }

    /** Two contents of one size, put in place by turns: each that is read is one of them, from its first byte to its last. */
    @Test
    void aFileThatIsReplacedAllTheTimeIsNeverReadHalf() throws Exception {
        Path file = folder.resolve("a.session");
        byte[] one = bytes(SESSION);
        byte[] other = one.clone();
        for (int i = one.length / 2; i < one.length; i++) {
            other[i] ^= 1;
        }
        other[40] ^= 1;
        Files.write(file, one);
        AtomicBoolean enough = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !enough.get(); i++) {
                try {
                    Path fresh = Files.write(folder.resolve("fresh"), i % 2 == 0 ? other : one);
                    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        });
        writer.start();
        int whole = 0;
        for (int i = 0; i < 500; i++) {
            Optional<byte[]> content = SmallFile.read(file, 1 << 20);
            if (content.isPresent()) {
                whole++;
                assertThat(content.get()).isEqualTo(content.get()[40] == one[40] ? one : other);
                SmallFile.giveBack(content.get());
            }
        }
        enough.set(true);
        writer.join();
        assertThat(whole).isPositive();
    }

    @Test
    void memoryIsUsedAgainOnlyAfterItWasGivenBack() throws IOException {
        Path file = Files.copy(SESSION, folder.resolve("a.session"));

        byte[] first = SmallFile.read(file, 1 << 20).orElseThrow();
        byte[] second = SmallFile.read(file, 1 << 20).orElseThrow();
        assertThat(second).isNotSameAs(first);
        SmallFile.giveBack(first);
        assertThat(SmallFile.read(file, 1 << 20).orElseThrow()).isSameAs(first);
    }

    /** Else one file's key might be taken for another's. */
    @Test
    void whoLooksAfterTheMomentIsOverGetsNothing() throws IOException {
        SessionSource held;
        try (StillSource still = StillSource.of(SessionSource.ofFile(SESSION))) {
            held = still.source();
            assertThat(SqliteDatabase.isOne(held)).isTrue();
        }

        assertThatThrownBy(() -> held.head(16)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> held.bytes(1 << 20)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SqliteDatabase.open(held)).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
