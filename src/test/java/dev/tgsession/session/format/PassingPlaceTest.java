package dev.tgsession.session.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassingPlaceTest {
    @TempDir
    Path folder;

    @Test
    void theSystemsOwnComesFirstAndKeepsNothing() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        assertThat(PassingPlace.find(folder.toString(), List.of(other.toString())))
                .isEqualTo(folder);
        assertThat(folder.toFile().list()).containsExactly("other");
    }

    @Test
    void whereThatTakesNothingTheNextIsTaken() throws IOException {
        String file = Files.createFile(folder.resolve("file")).toString();
        String missing = folder.resolve("missing").toString();
        assertThat(PassingPlace.find("/proc", List.of(file, missing, folder.toString())))
                .isEqualTo(folder);
        assertThat(PassingPlace.find("no\0name", List.of(folder.toString()))).isEqualTo(folder);
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void whereNoneTakesAnythingItIsTheSystemsOwn() {
        assertThat(PassingPlace.find(
                        "/proc", List.of("/proc/self", folder.resolve("missing").toString())))
                .isEqualTo(Path.of("/proc"));
    }

    @Test
    void ourFoldersAreForNobodyElse() throws IOException {
        try (PrivateFolder own = PrivateFolder.create()) {
            Path file = Files.createFile(own.file("one"));
            assertThat(Files.getPosixFilePermissions(file.getParent())).hasSize(3);
        }
    }
}
