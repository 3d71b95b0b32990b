package dev.tgsession.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tgsession.crypto.RsaPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PracticeKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void theKeyIsMadeOnceAndThenStaysTheSame() throws Exception {
        Path home = folder.resolve("new").resolve("home");
        RsaPrivateKey first = PracticeKey.in(home, RANDOM);
        assertThat(PracticeKey.in(home, RANDOM).publicKey()).isEqualTo(first.publicKey());
        assertThat(first.publicKey().modulus().bitLength()).isEqualTo(2048);
        assertThat(first.publicKey().exponent().intValue()).isEqualTo(65537);
        assertThat(filesIn(home)).containsExactly(PracticeKey.FILE);
        assertThat(permissions(home.resolve(PracticeKey.FILE))).isEqualTo("rw-------");
    }

    @Test
    void aKeyThatOthersCouldReadIsShut() throws Exception {
        PracticeKey.in(folder, RANDOM);
        Path file = folder.resolve(PracticeKey.FILE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        PracticeKey.in(folder, RANDOM);
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void aFileThatHoldsNoKeyIsLeftAloneAndNamed() throws Exception {
        Path file = folder.resolve(PracticeKey.FILE);
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> PracticeKey.in(folder, RANDOM))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete it");
        assertThat(Files.readString(file)).isEqualTo("hello");
    }

    @Test
    void twoThatBeginAtOnceEndUpWithOneKey() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<RsaPrivateKey>> keys =
                    two.invokeAll(List.of(() -> PracticeKey.in(folder, RANDOM), () -> PracticeKey.in(folder, RANDOM)));
            assertThat(keys.get(0).get().publicKey())
                    .isEqualTo(keys.get(1).get().publicKey());
            assertThat(filesIn(folder)).containsExactly(PracticeKey.FILE);
        } finally {
            two.shutdownNow();
        }
    }

    private static List<String> filesIn(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
