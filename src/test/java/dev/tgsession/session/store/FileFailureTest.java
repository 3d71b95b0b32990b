package dev.tgsession.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tgsession.session.Session;
import dev.tgsession.session.convert.SessionFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is really full: a small one in memory, which only an administrator can make. */
class FileFailureTest {
    @TempDir
    private Path folder;

    @Test
    void aFullDiskLeavesWhatWasThereAndIsSaid() throws Exception {
        assumeTrue(mounted(), "a small disk cannot be made here: that takes an administrator on Linux");
        try {
            FileStore store = new FileStore(
                    folder.resolve("anon.session"),
                    SessionFormats.standard(InstantSource.system()),
                    new SecureRandom(),
                    InstantSource.system());
            Session small = SampleSessions.bare(1).withPeers(SampleSessions.peers(10));
            store.save(small);
            Session large = SampleSessions.bare(1).withPeers(SampleSessions.peers(20_000));

            for (Session tooLarge : List.of(large, SampleSessions.bare(2).withPeers(large.peers()))) {
                assertThatThrownBy(() -> store.save(tooLarge))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("the session could not be written")
                        .hasMessageContaining("No space left")
                        .satisfies(full ->
                                assertThat(((StoreException) full).hint()).contains("Make room"));
                assertThat(store.load()).isEqualTo(Optional.of(StoreContract.sorted(small)));
                assertThat(names()).containsExactly("anon.session");
            }
            store.save(small.withPeers(SampleSessions.peers(20)));
            assertThat(store.load().orElseThrow().peers()).hasSize(20);
        } finally {
            run("umount", "-l", folder.toString());
        }
    }

    private boolean mounted() throws IOException {
        return Files.isExecutable(Path.of("/bin/mount"))
                && run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.toString());
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().join().exitValue() == 0;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
